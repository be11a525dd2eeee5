import type { RequestNode, TemplateNode } from '../ast';
import type { ParsedDocument } from '../problems';
import type { Span } from '../span';
import { trimmedSpan } from './extent';

export interface OutlineSymbol {
  readonly kind: 'request' | 'variable';
  /** A request's name, else its method and target; a variable's name. */
  readonly name: string;
  /** Method and target beside a name; a variable's value as written. */
  readonly detail: string;
  /** All of it. */
  readonly span: Span;
  /** What is selected when it is chosen; lies inside `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

/** The outline: requests with the variables of their block below them; variables of the file at the top level. */
export function outline(parsed: ParsedDocument): OutlineSymbol[] {
  return parsed.document.requests.flatMap((block) => {
    const variables = block.variables.map((variable): OutlineSymbol => {
      const { value } = variable;
      const detail = oneLine(parsed.text.slice(value.span.start, value.span.end));
      return {
        kind: 'variable',
        name: variable.name,
        detail,
        span: variable.span,
        selection: variable.nameSpan,
        children: [],
      };
    });
    const request = requestSymbol(parsed, block, variables);
    return request === undefined ? variables : [request];
  });
}

function requestSymbol(
  parsed: ParsedDocument,
  block: RequestNode,
  children: readonly OutlineSymbol[],
): OutlineSymbol | undefined {
  if (block.line === undefined) return undefined;
  const { method, target } = block.line;
  const detail = target.kind === 'missing' ? method : `${method} ${oneLine(written(target))}`;
  const name = block.name?.text;
  return {
    kind: 'request',
    name: name ?? detail,
    detail: name === undefined ? '' : detail,
    span: trimmedSpan(parsed, block),
    selection: block.line.span,
    children,
  };
}

/** A template as a person wrote it, with its lines joined. */
function written(template: TemplateNode): string {
  return template.parts.map((part) => (part.kind === 'literal' ? part.text : `{{${part.expression}}}`)).join('');
}

function oneLine(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}
