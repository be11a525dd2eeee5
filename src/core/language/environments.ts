import type { TemplateNode, VariableNode } from './ast';
import type { Span } from './span';
import type { DocumentSymbols } from './symbols';

/** What a source knows of a name. */
export type Definition =
  /** A value in which references may stand. */
  | { readonly kind: 'template'; readonly variable: VariableNode; readonly template: TemplateNode }
  /** A value as it is. */
  | { readonly kind: 'text'; readonly text: string }
  /** Several definitions, none of which comes before the reference. */
  | { readonly kind: 'ambiguous'; readonly definitions: readonly Span[] };

/** Somewhere names get their values. The sources of a request are a list in order of precedence: the first that knows wins. */
export interface VariableSource {
  /** e.g. `file`. What hover and the panel show as the origin of a value. */
  readonly id: string;
  /** What the name means at this offset of the document, or undefined where the source does not know it. */
  lookup(name: string, offset: number): Definition | undefined;
  /** The names the source knows. */
  names(): Iterable<string>;
}

/**
 * The `@name = value` lines of a document. The whole file sees them; where a name is defined several times, a reference
 * takes the last definition above it. One that stands above every definition takes the only one there is: files written
 * for REST Client rely on that.
 */
export function fileVariables(symbols: DocumentSymbols): VariableSource {
  return {
    id: 'file',
    names: () => symbols.variables.keys(),
    lookup(name, offset) {
      const definitions = symbols.variables.get(name);
      if (definitions === undefined) return undefined;
      const variable = lastBefore(definitions, offset) ?? (definitions.length === 1 ? definitions[0] : undefined);
      if (variable !== undefined) return { kind: 'template', variable, template: variable.value };
      return { kind: 'ambiguous', definitions: definitions.map((definition) => definition.nameSpan) };
    },
  };
}

/** The last definition that ends at or before an offset. The list is in the order of the text. */
function lastBefore(definitions: readonly VariableNode[], offset: number): VariableNode | undefined {
  let low = 0;
  let high = definitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((definitions[middle]?.span.end ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return definitions[low - 1];
}
