import type { RequestNode } from '../ast';
import type { ParsedDocument } from '../problems';
import type { Span } from '../span';

/** A block without the blank lines before and after what stands in it; empty at its start where nothing does. */
export function trimmedSpan(parsed: ParsedDocument, block: RequestNode): Span {
  const first = block.children[0];
  const last = block.children.at(-1);
  if (first === undefined || last === undefined) return { start: block.span.start, end: block.span.start };
  // Spans count from the first character that is no white space: an indented first line begins where its text does.
  return { start: first.span.start, end: Math.min(last.span.end, parsed.text.length) };
}
