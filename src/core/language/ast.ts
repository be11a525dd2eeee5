import type { Span } from './span';

/*
 * The tree of an `.http` document. Readonly data, discriminated on `kind`; every node knows its span, so nobody searches the
 * text for a position. Holes are nodes: an incomplete document still gives a tree. The blocks (`RequestNode`) tile the
 * document; what lies in a block outside its `children` is white space.
 */

/** A run of text. `text` is the source under `span`, except where lines were joined (a folded header: one space). */
export interface LiteralNode {
  readonly kind: 'literal';
  readonly span: Span;
  readonly text: string;
}

/** `{{name}}` inside a text. Never longer than a line. */
export interface ReferenceNode {
  readonly kind: 'reference';
  readonly span: Span;
  /** What stands between the braces, trimmed, e.g. `host` or `$auth.token("demo")`. */
  readonly expression: string;
  readonly expressionSpan: Span;
  /** Set where there is something to complete: `{{ho` without the closing braces, or `{{}}`. Such a one has no value. */
  readonly hole?: 'unclosed' | 'empty';
}

/** Text in which references may stand: literal runs and references in order. */
export interface TemplateNode {
  readonly kind: 'template';
  readonly span: Span;
  readonly parts: readonly (LiteralNode | ReferenceNode)[];
}

/** Something that should be there and is not. */
export interface MissingNode {
  readonly kind: 'missing';
  readonly span: Span;
  readonly expected: 'url';
}

/** The `###` line that begins a block. */
export interface SeparatorNode {
  readonly kind: 'separator';
  readonly span: Span;
  /** What follows the hashes, without closing hashes; empty where nothing does. */
  readonly title: string;
  readonly titleSpan: Span;
}

/** `@name = value`. */
export interface VariableNode {
  readonly kind: 'variable';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** Without parts where the value is the empty string. */
  readonly value: TemplateNode;
}

/** `# @service demo`, `// @name login`, `# @no-auth`. */
export interface DirectiveNode {
  readonly kind: 'directive';
  readonly span: Span;
  /** Without the `@`, as written. `directives.ts` knows which rule it means. */
  readonly name: string;
  readonly nameSpan: Span;
  /** The rest of the line, trimmed, without a leading `=`; empty where there is none. */
  readonly argument: string;
  readonly argumentSpan: Span;
}

/** A `#` or `//` line, or a comment between slash-star and star-slash before a request line. */
export interface CommentNode {
  readonly kind: 'comment';
  readonly span: Span;
}

/** `GET https://example.com/a HTTP/1.1` with the lines that continue the path or query. */
export interface RequestLineNode {
  readonly kind: 'requestLine';
  readonly span: Span;
  /** Upper case; `GET` where none is written; the reference as written where it is one (`{{m}}`). */
  readonly method: string;
  /** Where it is written; undefined where it is implied. */
  readonly methodSpan?: Span;
  /** Set where the method is a variable. */
  readonly methodReference?: ReferenceNode;
  /** The target with continuation lines joined; a part's span points into the source. */
  readonly target: TemplateNode | MissingNode;
  /** e.g. `HTTP/1.1`. */
  readonly version?: { readonly text: string; readonly span: Span };
  /** Lines that stand between the lines of the target without being part of it. */
  readonly between: readonly (CommentNode | DirectiveNode | VariableNode)[];
}

export interface HeaderNode {
  readonly kind: 'header';
  readonly span: Span;
  readonly name: TemplateNode;
  /** Folded lines are joined by one space (RFC 9112 section 5.2). */
  readonly value: TemplateNode;
}

/** What follows the first blank line after the request line, from its first line of text to its last. */
export interface BodyNode {
  readonly kind: 'body';
  readonly span: Span;
  /** The text as it stands, line ends included, without the lines in `between`. */
  readonly content: TemplateNode;
  /** Lines among the text that are not sent: comments, and what this version does not run. */
  readonly between: readonly (CommentNode | UnsupportedNode | ResponseNode)[];
}

/** Parts of the other dialects that are recognised so that they are never sent as text. */
export type UnsupportedFeature =
  | 'input-file' // < ./body.json
  | 'pre-request-script' // < {% … %}
  | 'response-handler' // > {% … %}
  | 'response-file' // >> ./answer.json
  | 'script-block' // {{ … }} over several lines
  | 'assert' // ?? status == 200
  | 'curl' // curl https://…
  | 'run' // run ./other.http, import ./other.http
  | 'directive' // # @ref login
  | 'graphql'
  | 'protocol' // GRPC, WS, SSE, MQTT, AMQP, CONNECT
  | 'system-variable' // {{$dotenv X}}
  | 'request-variable' // {{login.response.body.$.token}}
  | 'authorization'; // Authorization: Digest user password

export interface UnsupportedNode {
  readonly kind: 'unsupported';
  readonly span: Span;
  readonly feature: UnsupportedFeature;
}

/**
 * An answer kept in the file, which is never sent: `HTTP/1.1 200 OK` with all that follows in its block, or the
 * `<> ./answer.json` with which JetBrains' client notes where it put one.
 */
export interface ResponseNode {
  readonly kind: 'response';
  readonly span: Span;
}

/** A line that is nothing the language knows; a problem says why. */
export interface InvalidNode {
  readonly kind: 'invalid';
  readonly span: Span;
}

/** What a block is made of. */
export type BlockChild =
  | SeparatorNode
  | DirectiveNode
  | VariableNode
  | CommentNode
  | RequestLineNode
  | HeaderNode
  | BodyNode
  | UnsupportedNode
  | ResponseNode
  | InvalidNode;

/**
 * One block between separators. A block without a request line (`line` undefined) whose children are comments, variables
 * and directives speaks for the whole file.
 */
export interface RequestNode {
  readonly kind: 'request';
  /** From the start of its separator (of the document, for the first) to the start of the next. */
  readonly span: Span;
  readonly separator?: SeparatorNode;
  /** From `# @name x`, else the title after `###`. */
  readonly name?: { readonly text: string; readonly span: Span };
  readonly line?: RequestLineNode;
  readonly directives: readonly DirectiveNode[];
  readonly variables: readonly VariableNode[];
  /** Comments that are not inside the request line or the body. */
  readonly comments: readonly CommentNode[];
  readonly headers: readonly HeaderNode[];
  readonly body?: BodyNode;
  /** All of them, also those inside the body. */
  readonly unsupported: readonly UnsupportedNode[];
  /** Everything at the top level of the block, in the order of the text. */
  readonly children: readonly BlockChild[];
}

export interface DocumentNode {
  readonly kind: 'document';
  readonly span: Span;
  /** Blocks in order; those without a `line` carry file-level variables and directives. */
  readonly requests: readonly RequestNode[];
}

export type Node = DocumentNode | RequestNode | BlockChild | TemplateNode | LiteralNode | ReferenceNode | MissingNode;
