import type { DocumentNode } from './ast';
import type { Span } from './span';

/** What the parser and the resolver find: codes, not words. `diagnostics.ts` of the host puts them into sentences. */
export type Problem =
  | { readonly code: 'missing-url'; readonly span: Span }
  | { readonly code: 'bad-header'; readonly span: Span; readonly text: string }
  | { readonly code: 'bad-variable'; readonly span: Span; readonly text: string }
  | { readonly code: 'unclosed-reference'; readonly span: Span }
  | { readonly code: 'empty-reference'; readonly span: Span }
  | { readonly code: 'duplicate-name'; readonly span: Span; readonly name: string }
  | { readonly code: 'duplicate-variable'; readonly span: Span; readonly name: string }
  | {
      readonly code: 'unresolved-variable';
      readonly span: Span;
      readonly name: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'variable-cycle'; readonly span: Span; readonly names: readonly string[] }
  | { readonly code: 'bad-url'; readonly span: Span; readonly text: string }
  | { readonly code: 'relative-url'; readonly span: Span; readonly text: string }
  | { readonly code: 'bad-header-value'; readonly span: Span; readonly name: string; readonly position: number }
  | { readonly code: 'unknown-service'; readonly span: Span; readonly id: string; readonly known: readonly string[] }
  | { readonly code: 'bad-directive'; readonly span: Span; readonly name: string };

export type ProblemCode = Problem['code'];

export interface ParsedDocument {
  readonly text: string;
  readonly document: DocumentNode;
  readonly problems: readonly Problem[];
}
