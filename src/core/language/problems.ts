import type { DocumentNode, UnsupportedFeature } from './ast';
import type { Span } from './span';
import type { DocumentSymbols } from './symbols';

/** What the parser and the resolver find: codes, not words. `diagnostics.ts` of the host puts them into sentences. */
export type Problem =
  // The request line.
  | { readonly code: 'missing-url'; readonly span: Span }
  | { readonly code: 'unknown-method'; readonly span: Span; readonly text: string; readonly known: readonly string[] }
  | { readonly code: 'bad-url'; readonly span: Span; readonly text: string }
  /** A control character that a value brought into the URL. `position` counts from 0 in the expanded target. */
  | { readonly code: 'bad-url-character'; readonly span: Span; readonly position: number; readonly codePoint: number }
  | { readonly code: 'unsupported-scheme'; readonly span: Span; readonly scheme: string }
  /** A target without scheme and host, and neither a service nor a `Host` header to complete it. */
  | { readonly code: 'relative-url'; readonly span: Span; readonly text: string }
  /** A second request line where no `###` stands before it. In a body it is sent as text, among headers it is an error. */
  | { readonly code: 'missing-separator'; readonly span: Span; readonly place: 'headers' | 'body' }
  | { readonly code: 'indented-separator'; readonly span: Span }
  /** The block the cursor stands in holds nothing that could be sent. */
  | { readonly code: 'no-request'; readonly span: Span }
  // Headers.
  | { readonly code: 'bad-header'; readonly span: Span; readonly text: string }
  /** `position` counts UTF-16 code units from 0 in the expanded value; `span` is where that piece comes from. */
  | {
      readonly code: 'bad-header-value';
      readonly span: Span;
      readonly name: string;
      readonly position: number;
      readonly codePoint: number;
    }
  // Variables and references.
  | { readonly code: 'bad-variable'; readonly span: Span; readonly text: string }
  | { readonly code: 'unclosed-reference'; readonly span: Span }
  | { readonly code: 'empty-reference'; readonly span: Span }
  /** A system variable with arguments it cannot use; `usage` is its syntax. */
  | { readonly code: 'bad-reference'; readonly span: Span; readonly expression: string; readonly usage: string }
  | { readonly code: 'duplicate-name'; readonly span: Span; readonly name: string; readonly first: Span }
  | { readonly code: 'duplicate-variable'; readonly span: Span; readonly name: string; readonly first: Span }
  /** `known` are the names there are, the closest first, at most 20; `suggestion` is one that was most likely meant. */
  | {
      readonly code: 'unresolved-variable';
      readonly span: Span;
      readonly name: string;
      readonly known: readonly string[];
      readonly suggestion?: string;
    }
  /** Defined several times, and only below: which one is meant cannot be told. */
  | {
      readonly code: 'ambiguous-variable';
      readonly span: Span;
      readonly name: string;
      readonly definitions: readonly Span[];
    }
  /** `names` in the order in which they refer to each other; the last refers to the first. */
  | { readonly code: 'variable-cycle'; readonly span: Span; readonly names: readonly string[] }
  /** Values that refer to each other so deeply, or grow so large, that they are not worked out. */
  | {
      readonly code: 'expansion-limit';
      readonly span: Span;
      readonly limit: 'depth' | 'size';
      readonly maximum: number;
    }
  // Directives and services.
  | {
      readonly code: 'unknown-service';
      readonly span: Span;
      readonly id: string;
      readonly known: readonly string[];
      readonly suggestion?: string;
    }
  /**
   * A reference to a secret that the service's type of authentication does not have. `field` is undefined for
   * `$auth.token` of a service that has none at all; `known` are those it has.
   */
  | {
      readonly code: 'unknown-secret-field';
      readonly span: Span;
      readonly service: string;
      readonly field?: string;
      readonly known: readonly string[];
      readonly suggestion?: string;
    }
  | { readonly code: 'bad-directive'; readonly span: Span; readonly name: string; readonly usage: string }
  /** With `suggestion` it is most likely a misspelling, and the request is not sent; without, it is taken as a comment. */
  | { readonly code: 'unknown-directive'; readonly span: Span; readonly name: string; readonly suggestion?: string }
  | { readonly code: 'duplicate-directive'; readonly span: Span; readonly name: string; readonly first: Span }
  /** A credential reference where its value would leave in clear or change who is called: the host, a name, a method. */
  | {
      readonly code: 'misplaced-credential';
      readonly span: Span;
      readonly place: 'host' | 'user-info' | 'header-name' | 'method' | 'basic';
    }
  | { readonly code: 'unclosed-comment'; readonly span: Span }
  /** Something of another dialect: recognised, not run yet, and never sent as text. `text` is as written, one line. */
  | {
      readonly code: 'not-supported-yet';
      readonly span: Span;
      readonly feature: UnsupportedFeature;
      readonly text: string;
    };

export type ProblemCode = Problem['code'];

/** `error`: the request it belongs to is not sent. `warning`: it is, but most likely something else was meant. */
export type Severity = 'error' | 'warning' | 'hint';

const severities: Readonly<Record<ProblemCode, Severity>> = {
  'missing-url': 'error',
  'unknown-method': 'error',
  'bad-url': 'error',
  'bad-url-character': 'error',
  'unsupported-scheme': 'error',
  'relative-url': 'error',
  'missing-separator': 'error',
  'indented-separator': 'warning',
  'no-request': 'error',
  'bad-header': 'error',
  'bad-header-value': 'error',
  'bad-variable': 'error',
  'unclosed-reference': 'error',
  'empty-reference': 'error',
  'bad-reference': 'error',
  'duplicate-name': 'warning',
  'duplicate-variable': 'warning',
  'unresolved-variable': 'error',
  'ambiguous-variable': 'error',
  'variable-cycle': 'error',
  'expansion-limit': 'error',
  'unknown-service': 'error',
  'unknown-secret-field': 'error',
  'bad-directive': 'error',
  'unknown-directive': 'hint',
  'duplicate-directive': 'error',
  'misplaced-credential': 'error',
  'unclosed-comment': 'warning',
  'not-supported-yet': 'error',
};

/** How much a problem weighs. Only an `error` keeps the request from being sent. */
export function severityOf(problem: Problem): Severity {
  if (problem.code === 'unknown-directive' && problem.suggestion !== undefined) return 'error';
  if (problem.code === 'missing-separator' && problem.place === 'body') return 'warning';
  return severities[problem.code];
}

export interface ParsedDocument {
  readonly text: string;
  readonly document: DocumentNode;
  /** In the order of the text. What needs the other parts of the world (services, environments) is not among them. */
  readonly problems: readonly Problem[];
  /** Names and variables the document defines. */
  readonly symbols: DocumentSymbols;
}
