import type { Node, TemplateNode } from '../../../src/core/language/ast';
import { parseDocument } from '../../../src/core/language/parser';
import type { ParsedDocument, Problem } from '../../../src/core/language/problems';

/** A template in one line: literal text as it is (line ends as `\n`), references as `{{…}}`, holes marked. */
export function printTemplate(template: TemplateNode): string {
  const parts = template.parts.map((part) => {
    if (part.kind === 'literal') return JSON.stringify(part.text).slice(1, -1);
    return part.hole === undefined ? `{{${part.expression}}}` : `<${part.hole} ${part.expression}>`;
  });
  return parts.join('');
}

/** A tree as short lines, one for each node at the top level of a block; blocks are parted by `---`. */
export function printTree(text: string): string[] {
  const { document } = parseDocument(text);
  return document.requests.flatMap((block, index) => {
    const name = block.name === undefined ? [] : [`name ${block.name.text}`];
    return [...(index > 0 ? ['---'] : []), ...name, ...block.children.map((child) => printNode(child, text))];
  });
}

function printNode(node: Node, text: string): string {
  switch (node.kind) {
    case 'separator':
      return `separator ${node.title}`.trim();
    case 'directive':
      return `@${node.name} ${node.argument}`.trim();
    case 'variable':
      return `${node.name} = ${printTemplate(node.value)}`.trim();
    case 'requestLine': {
      const target = node.target.kind === 'missing' ? '<missing>' : printTemplate(node.target);
      const between = node.between.map((child) => ` (${printNode(child, text)})`).join('');
      return `${node.method} ${target}${node.version === undefined ? '' : ` ${node.version.text}`}${between}`;
    }
    case 'header':
      return `${printTemplate(node.name)}: ${printTemplate(node.value)}`.trim();
    case 'body':
      return `body ${printTemplate(node.content)}${node.between.map((child) => ` (${printNode(child, text)})`).join('')}`;
    case 'unsupported':
      return `unsupported ${node.feature}`;
    case 'comment':
    case 'response':
    case 'invalid':
      return `${node.kind} ${JSON.stringify(text.slice(node.span.start, node.span.end)).slice(1, -1)}`;
    default:
      return node.kind;
  }
}

/** Problems as `code "the text it points at"`. */
export function printProblems(problems: readonly Problem[], text: string): string[] {
  return problems.map(({ code, span }) => `${code} ${JSON.stringify(text.slice(span.start, span.end))}`);
}

/** A document with a `|` where the cursor stands. */
export function withCursor(marked: string): { parsed: ParsedDocument; text: string; offset: number } {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { parsed: parseDocument(text), text, offset };
}
