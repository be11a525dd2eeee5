import type { DocumentNode, Node, RequestNode } from './ast';
import type { Span } from './span';
import { isFileLevel } from './symbols';

/** True where an offset lies in a span or at its end: where a cursor belongs to what it has just typed. */
export function touches(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

/** The nodes directly below a node, in the order of the text. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'document':
      return node.requests;
    case 'request':
      return node.children;
    case 'requestLine': {
      const method: readonly Node[] = node.methodReference === undefined ? [] : [node.methodReference];
      if (node.between.length === 0) return [...method, node.target];
      // The lines between stand inside the target's span: what the target is made of comes piece by piece.
      const target: readonly Node[] = node.target.kind === 'template' ? node.target.parts : [node.target];
      return sorted([...method, ...target, ...node.between]);
    }
    case 'header':
      return [node.name, node.value];
    case 'variable':
      return [node.value];
    case 'body':
      return node.between.length === 0 ? [node.content] : sorted([...node.content.parts, ...node.between]);
    case 'template':
      return node.parts;
    case 'literal':
    case 'reference':
    case 'missing':
    case 'separator':
    case 'directive':
    case 'comment':
    case 'unsupported':
    case 'response':
    case 'invalid':
      return [];
  }
}

function sorted(nodes: Node[]): Node[] {
  return nodes.sort((a, b) => a.span.start - b.span.start);
}

/** Visits a node and all below it, parents first, in the order of the text. `visit` may return false to skip what is below. */
export function walk(node: Node, visit: (node: Node, parents: readonly Node[]) => boolean | void): void {
  const parents: Node[] = [];
  const go = (current: Node): void => {
    if (visit(current, parents) === false) return;
    parents.push(current);
    for (const child of childrenOf(current)) go(child);
    parents.pop();
  };
  go(node);
}

/** The innermost node at an offset with its parents, outermost first. An end counts as inside unless something begins there. */
export function nodeAt(document: DocumentNode, offset: number): { node: Node; parents: readonly Node[] } {
  const parents: Node[] = [];
  let node: Node = document;
  for (;;) {
    const child: Node | undefined =
      node.kind === 'document' ? blockAt(node, offset) : childAt(childrenOf(node), offset);
    if (child === undefined) return { node, parents };
    parents.push(node);
    node = child;
  }
}

function childAt(children: readonly Node[], offset: number): Node | undefined {
  let found: Node | undefined;
  for (const child of children) {
    if (child.span.start > offset) break;
    if (touches(child.span, offset)) found = child;
  }
  return found;
}

/** The block that holds an offset; the end of the document belongs to the last one. Undefined where there is no block. */
export function blockAt(document: DocumentNode, offset: number): RequestNode | undefined {
  const blocks = document.requests;
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]?.span.start ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  const block = blocks[low];
  return block !== undefined && touches(block.span, offset) ? block : undefined;
}

/**
 * The request in whose block the cursor stands, also on its separator or on a blank line. Undefined where the block only
 * speaks about the file, holds a stored response, or there is none. (A `curl` block is given: resolving says why it is not sent.)
 */
export function requestAt(document: DocumentNode, offset: number): RequestNode | undefined {
  const block = blockAt(document, offset);
  if (block === undefined || isFileLevel(block)) return undefined;
  return block.line !== undefined || block.unsupported.length > 0 ? block : undefined;
}
