import type { RequestNode } from '../ast';
import { directivesOf } from '../requestDirectives';
import type { ParsedDocument } from '../problems';
import type { ResolvedDirectives } from '../resolution';
import type { Span } from '../span';

export interface RequestLens {
  readonly request: RequestNode;
  /** Where the lens stands: the separator, or the request line where the block has none. */
  readonly span: Span;
  /** From 0, over the requests of the document. */
  readonly index: number;
  readonly name?: string;
  readonly directives: ResolvedDirectives;
}

/** One lens for each block that holds a request line, in the order of the text. */
export function requestLenses(parsed: ParsedDocument): RequestLens[] {
  const lenses: RequestLens[] = [];
  for (const request of parsed.document.requests) {
    if (request.line === undefined) continue;
    lenses.push({
      request,
      span: request.separator?.span ?? request.line.span,
      index: lenses.length,
      name: request.name?.text,
      directives: directivesOf(parsed, request),
    });
  }
  return lenses;
}
