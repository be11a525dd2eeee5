import type { BlockChild, CommentNode } from '../ast';
import type { ParsedDocument } from '../problems';
import type { Span } from '../span';
import { trimmedSpan } from './extent';

export interface FoldingRegion {
  readonly kind: 'request' | 'body' | 'comment';
  /** From the line that stays visible to the last one that folds away. */
  readonly span: Span;
}

/** What can be folded: blocks, bodies, scripts, and runs of comment lines. Regions of one line are left out. */
export function foldingRegions(parsed: ParsedDocument): FoldingRegion[] {
  const { text } = parsed;
  const regions: FoldingRegion[] = [];
  const add = (kind: FoldingRegion['kind'], span: Span): void => {
    if (/[\r\n]/.test(text.slice(span.start, span.end))) regions.push({ kind, span });
  };
  for (const block of parsed.document.requests) {
    if (block.line !== undefined || block.separator !== undefined) add('request', trimmedSpan(parsed, block));
    if (block.body !== undefined) add('body', block.body.span);
    for (const node of block.unsupported) add('body', node.span);
    for (const run of commentRuns(block.children)) add('comment', run);
  }
  return regions;
}

/** Comments that follow one another with nothing but line ends between them, at the top level of a block. */
function commentRuns(children: readonly BlockChild[]): Span[] {
  const runs: Span[] = [];
  let first: CommentNode | undefined;
  let last: CommentNode | undefined;
  const close = (): void => {
    if (first !== undefined && last !== undefined) runs.push({ start: first.span.start, end: last.span.end });
    first = undefined;
  };
  for (const child of children) {
    if (child.kind === 'comment') {
      first ??= child;
      last = child;
    } else close();
  }
  close();
  return runs;
}
