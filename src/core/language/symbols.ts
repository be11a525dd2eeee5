import type { DirectiveNode, DocumentNode, RequestNode, VariableNode } from './ast';
import { directiveRule } from './directives';
import type { Problem } from './problems';

/** What a document defines. */
export interface DocumentSymbols {
  /** Blocks by their name, `# @name` or title; the first of several. */
  readonly requests: ReadonlyMap<string, RequestNode>;
  /** Definitions by name, in the order of the text. */
  readonly variables: ReadonlyMap<string, readonly VariableNode[]>;
  /** Blocks without anything to send: their directives hold for the whole file. */
  readonly fileLevel: readonly RequestNode[];
  /**
   * The directives that hold for the whole file, by the name of their rule, the first of each: every directive of a block
   * in `fileLevel`, and a `# @service` above the first request line with no `###` before it.
   */
  readonly fileDirectives: ReadonlyMap<string, DirectiveNode>;
}

/** True for a block that can only be about the file: it holds no request, nor anything that stands for one. */
export function isFileLevel(block: RequestNode): boolean {
  if (block.line !== undefined) return false;
  return !block.children.some(
    (child) =>
      child.kind === 'response' ||
      (child.kind === 'unsupported' && (child.feature === 'curl' || child.feature === 'run')),
  );
}

/** Gathers names and variables of a document. Gives the symbols, and a problem for each name or variable defined twice. */
export function collectSymbols(document: DocumentNode): { symbols: DocumentSymbols; problems: Problem[] } {
  const requests = new Map<string, RequestNode>();
  const variables = new Map<string, VariableNode[]>();
  const fileLevel: RequestNode[] = [];
  const fileDirectives = new Map<string, DirectiveNode>();
  const problems: Problem[] = [];
  const setForFile = (directive: DirectiveNode): void => {
    const rule = directiveRule(directive.name)?.name;
    if (rule !== undefined && !fileDirectives.has(rule)) fileDirectives.set(rule, directive);
  };
  for (const directive of topOfFile(document)) setForFile(directive);
  for (const block of document.requests) {
    if (isFileLevel(block)) {
      fileLevel.push(block);
      for (const directive of block.directives) setForFile(directive);
    }
    if (block.name !== undefined) {
      const { text, span } = block.name;
      const first = requests.get(text);
      if (first === undefined) requests.set(text, block);
      // Two blocks may carry the same title by chance; two `# @name` of the same name are a mistake.
      else if (span.start !== block.separator?.titleSpan.start && first.name !== undefined) {
        problems.push({ code: 'duplicate-name', span, name: text, first: first.name.span });
      }
    }
    for (const variable of block.variables) {
      const earlier = variables.get(variable.name);
      if (earlier === undefined) variables.set(variable.name, [variable]);
      else {
        const first = earlier[0]?.nameSpan ?? variable.nameSpan;
        problems.push({ code: 'duplicate-variable', span: variable.nameSpan, name: variable.name, first });
        earlier.push(variable);
      }
    }
  }
  return { symbols: { requests, variables, fileLevel, fileDirectives }, problems };
}

/** Every `# @service` that stands above the first request line of a document without a separator before it. */
export function topOfFile(document: DocumentNode): readonly DirectiveNode[] {
  const first = document.requests[0];
  if (first?.line === undefined || first.separator !== undefined) return [];
  const end = first.line.span.start;
  return first.directives.filter(
    (directive) => directive.span.start < end && directiveRule(directive.name)?.name === 'service',
  );
}
