import type { Span } from './span';

/*
 * The tree of an `.http` document. Plain data, discriminated on `kind`; every node knows its span, so nobody searches the
 * text for a position. Holes are nodes: an incomplete document still gives a tree.
 */

/** `{{name}}` inside a text. */
export interface ReferenceNode {
  readonly kind: 'reference';
  readonly span: Span;
  /** What stands between the braces, trimmed, e.g. `host` or `$auth.token("demo")`. */
  readonly expression: string;
  readonly expressionSpan: Span;
}

/** Text in which references may stand: literal runs and references in order. */
export interface TemplateNode {
  readonly kind: 'template';
  readonly span: Span;
  readonly parts: readonly ({ readonly kind: 'literal'; readonly span: Span; readonly text: string } | ReferenceNode)[];
}

/** Something that should be there and is not. */
export interface MissingNode {
  readonly kind: 'missing';
  readonly span: Span;
  readonly expected: 'url' | 'header-name' | 'header-value' | 'name' | 'value';
}

/** `@name = value`. */
export interface VariableNode {
  readonly kind: 'variable';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: TemplateNode;
}

/** `# @service demo`, `// @name login`, `# @no-auth`. */
export interface DirectiveNode {
  readonly kind: 'directive';
  readonly span: Span;
  /** Without the `@`, as written. */
  readonly name: string;
  readonly nameSpan: Span;
  /** The rest of the line, trimmed; empty where there is none. */
  readonly argument: string;
  readonly argumentSpan: Span;
}

export interface CommentNode {
  readonly kind: 'comment';
  readonly span: Span;
}

/** `GET https://example.com/a HTTP/1.1` with the lines that continue the path or query. */
export interface RequestLineNode {
  readonly kind: 'requestLine';
  readonly span: Span;
  /** Upper case; `GET` where none is written. */
  readonly method: string;
  /** Where it is written; undefined where it is implied. */
  readonly methodSpan?: Span;
  /** The target with continuation lines joined; a part's span points into the source. */
  readonly target: TemplateNode | MissingNode;
  /** e.g. `HTTP/1.1`. */
  readonly version?: { readonly text: string; readonly span: Span };
}

export interface HeaderNode {
  readonly kind: 'header';
  readonly span: Span;
  readonly name: TemplateNode;
  readonly value: TemplateNode;
}

export interface BodyNode {
  readonly kind: 'body';
  readonly span: Span;
  readonly content: TemplateNode;
}

/** One block between separators. A block of comments and variables alone has no `line`. */
export interface RequestNode {
  readonly kind: 'request';
  /** From the end of the separator before it to the start of the next. */
  readonly span: Span;
  /** The `###` line before it, where there is one. */
  readonly separator?: { readonly span: Span; readonly title: string; readonly titleSpan: Span };
  /** From `# @name x`, else the title after `###`. */
  readonly name?: { readonly text: string; readonly span: Span };
  readonly line?: RequestLineNode;
  readonly directives: readonly DirectiveNode[];
  readonly variables: readonly VariableNode[];
  readonly comments: readonly CommentNode[];
  readonly headers: readonly HeaderNode[];
  readonly body?: BodyNode;
}

export interface DocumentNode {
  readonly kind: 'document';
  readonly span: Span;
  /** Blocks in order; those without a `line` carry file-level variables and directives. */
  readonly requests: readonly RequestNode[];
}
