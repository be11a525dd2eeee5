import type { RequestNode } from '../ast';
import { directiveRules } from '../directives';
import { dynamicVariables } from '../dynamic';
import { commonMethods, methods } from '../methods';
import type { ParsedDocument } from '../problems';
import type { ResolveContext } from '../resolution';
import type { Span } from '../span';
import { blockAt } from '../walk';
import { headerNames, headerValues } from './headerWords';

export type CompletionKind =
  'method' | 'header' | 'value' | 'directive' | 'service' | 'variable' | 'system' | 'credential';

export interface Completion {
  readonly kind: CompletionKind;
  readonly label: string;
  /** What is put in the place of `replace`. */
  readonly insert: string;
  readonly replace: Span;
  /** A value, a service's name, or the syntax; never a secret. */
  readonly detail?: string;
}

export interface CompletionContext {
  readonly services: readonly { readonly id: string; readonly name: string; readonly fields?: readonly string[] }[];
  readonly sources?: ResolveContext['sources'];
}

/** The line an offset stands in. */
interface Cursor {
  readonly text: string;
  readonly offset: number;
  readonly lineStart: number;
  /** From the start of the line to the cursor. */
  readonly before: string;
}

/** What may be written at an offset, in the order in which it should be offered. */
export function completionsAt(parsed: ParsedDocument, offset: number, context: CompletionContext): Completion[] {
  const { text } = parsed;
  const lineStart =
    offset === 0 ? 0 : Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  // A line longer than this holds nothing that is completed far from its end.
  const cursor: Cursor = { text, offset, lineStart, before: text.slice(Math.max(lineStart, offset - 2000), offset) };
  const open = cursor.before.lastIndexOf('{{');
  if (open >= 0 && !cursor.before.includes('}}', open)) {
    return references(parsed, cursor, offset - cursor.before.length + open + 2, context);
  }
  const directive = /^\s*(?:#|\/\/)[^\S\r\n]*@([\w-]*)$/.exec(cursor.before);
  if (directive !== null) return directives(cursor, offset - (directive[1]?.length ?? 0));
  const service = /^\s*(?:#|\/\/)[^\S\r\n]*@service[^\S\r\n]*[ =][^\S\r\n]*([^\s]*)$/.exec(cursor.before);
  if (service !== null) return services(cursor, offset - (service[1]?.length ?? 0), context);
  if (/^\s*(?:#|\/\/|@)/.test(cursor.before)) return [];
  const block = blockAt(parsed.document, offset);
  return block === undefined ? startOfRequest(cursor) : ofBlock(block, cursor, context);
}

function ofBlock(block: RequestNode, cursor: Cursor, context: CompletionContext): Completion[] {
  const { line } = block;
  if (line === undefined || cursor.offset <= (line.methodSpan?.end ?? line.span.start)) return startOfRequest(cursor);
  if (cursor.lineStart <= line.span.end && cursor.offset >= line.span.start && cursor.lineStart <= line.span.start) {
    // `loc` or `ge`: a word alone may become a method.
    return line.methodSpan === undefined ? startOfRequest(cursor) : [];
  }
  const endOfHead = block.headers.at(-1)?.span.end ?? line.span.end;
  const blankLines = cursor.text.slice(endOfHead, cursor.lineStart).match(/\r\n|\r|\n/g)?.length ?? 0;
  // A blank line right below the headers is where the next one will stand.
  const inHead =
    cursor.lineStart <= endOfHead || (blankLines <= 1 && (block.body?.span.start ?? Infinity) >= cursor.lineStart);
  if (!inHead || (block.body !== undefined && cursor.offset >= block.body.span.start && blankLines > 1)) return [];
  const value = /^\s*([^\s:{}]+)[^\S\r\n]*:[^\S\r\n]*([^\r\n]*)$/.exec(cursor.before);
  if (value !== null) return valuesOf(value[1] ?? '', cursor, cursor.offset - (value[2]?.length ?? 0), context);
  const name = /^\s*([^\s:{}]*)$/.exec(cursor.before);
  return name === null ? [] : headers(block, cursor, cursor.offset - (name[1]?.length ?? 0));
}

function startOfRequest(cursor: Cursor): Completion[] {
  const word = /^\s*([A-Za-z-]*)$/.exec(cursor.before)?.[1];
  if (word === undefined) return [];
  const replace = { start: cursor.offset - word.length, end: cursor.offset };
  const offered = word === '' ? commonMethods : methods;
  return offered.map((method) => ({ kind: 'method', label: method, insert: `${method} `, replace }));
}

function headers(block: RequestNode, cursor: Cursor, start: number): Completion[] {
  const lineEnd = endOfWord(cursor.text, cursor.offset, /[^\s:{}]/);
  const replace = { start, end: lineEnd };
  const present = new Set(
    block.headers
      .filter((header) => header.span.start !== start)
      .map((header) => cursor.text.slice(header.name.span.start, header.name.span.end).toLowerCase()),
  );
  // Where a colon stands already, only the name is written.
  const suffix = cursor.text[lineEnd] === ':' ? '' : ': ';
  return headerNames
    .filter((name) => !present.has(name.toLowerCase()))
    .map((name) => ({ kind: 'header', label: name, insert: `${name}${suffix}`, replace }));
}

function valuesOf(name: string, cursor: Cursor, start: number, context: CompletionContext): Completion[] {
  const replace = { start, end: cursor.offset };
  const values = (headerValues.get(name.toLowerCase()) ?? []).map((value): Completion => ({
    kind: 'value',
    label: value.trim(),
    insert: value,
    replace,
  }));
  if (name.toLowerCase() !== 'authorization') return values;
  const tokens = context.services.map((service): Completion => {
    const insert = `{{$auth.token("${service.id}")}}`;
    return { kind: 'credential', label: insert, insert, replace, detail: service.name };
  });
  return [...values, ...tokens];
}

function directives(cursor: Cursor, start: number): Completion[] {
  const replace = { start, end: endOfWord(cursor.text, cursor.offset, /[\w-]/) };
  return directiveRules
    .filter((rule) => rule.support === 'works')
    .map((rule) => {
      const insert = rule.argument === 'none' ? rule.name : `${rule.name} `;
      return { kind: 'directive', label: rule.name, insert, replace, detail: rule.usage };
    });
}

function services(cursor: Cursor, start: number, context: CompletionContext): Completion[] {
  const replace = { start, end: endOfWord(cursor.text, cursor.offset, /[^\s]/) };
  return context.services.map(({ id, name }) => ({ kind: 'service', label: id, insert: id, replace, detail: name }));
}

/** What may stand between braces: the document's variables, those of other sources, system variables, credentials. */
function references(parsed: ParsedDocument, cursor: Cursor, inside: number, context: CompletionContext): Completion[] {
  const written = cursor.text.slice(inside, cursor.offset);
  const start = inside + (written.length - written.trimStart().length);
  const end = endOfWord(cursor.text, cursor.offset, /[\w$.%-]/);
  const rest = cursor.text.slice(end, end + 200);
  const close = /^[^\S\r\n]*\}\}/.test(rest) || /^[^\r\n{]*\}\}/.test(rest) ? '' : '}}';
  const replace = { start, end };
  const items: Completion[] = [];
  const offer = (kind: CompletionKind, label: string, detail: string | undefined): void => {
    items.push({ kind, label, insert: `${label}${close}`, replace, detail });
  };
  const names = new Set<string>();
  for (const [name, definitions] of parsed.symbols.variables) {
    names.add(name);
    const value = definitions.at(-1)?.value.span;
    offer('variable', name, value && parsed.text.slice(value.start, Math.min(value.end, value.start + 80)));
  }
  for (const source of context.sources ?? []) {
    for (const name of source.names()) {
      if (!names.has(name)) offer('variable', name, source.id);
      names.add(name);
    }
  }
  for (const variable of dynamicVariables) offer('system', variable.name, variable.usage);
  for (const service of context.services) {
    offer('credential', `$auth.token("${service.id}")`, service.name);
    for (const field of service.fields ?? []) offer('credential', `$secret ${service.id} ${field}`, service.name);
  }
  return items;
}

/** The end of the word the cursor stands in. */
function endOfWord(text: string, offset: number, character: RegExp): number {
  let end = offset;
  while (end < text.length && end - offset < 200 && character.test(text[end] ?? '')) end++;
  return end;
}
