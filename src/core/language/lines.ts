import type { DirectiveNode, SeparatorNode, VariableNode } from './ast';
import { isSpace, isWordChar, skipSpace, trimmedEnd } from './chars';
import { Directive } from './nodes';
import type { TemplateReader } from './templates';

/*
 * Readers of the kinds of line that are complete in themselves. Each takes the text and the line's first and last offset
 * (white space at the start already skipped), and trusts the scanner about the line's kind.
 */

/** `### Title ###`: hashes at the end belong to the frame, not to the title. */
export function readSeparator(text: string, start: number, lineEnd: number): SeparatorNode {
  const end = trimmedEnd(text, start, lineEnd);
  let hashes = start;
  while (hashes < end && text[hashes] === '#') hashes++;
  const titleStart = skipSpace(text, hashes, end);
  let titleEnd = end;
  while (titleEnd > titleStart && text[titleEnd - 1] === '#') titleEnd--;
  // `### C#` keeps its hash: only hashes that stand apart are the frame's.
  if (titleEnd > titleStart && !isSpace(text.charCodeAt(titleEnd - 1))) titleEnd = end;
  titleEnd = trimmedEnd(text, titleStart, titleEnd);
  return {
    kind: 'separator',
    span: { start, end },
    title: text.slice(titleStart, titleEnd),
    titleSpan: { start: titleStart, end: titleEnd },
  };
}

/** `# @name argument`, `// @name = argument`. */
export function readDirective(text: string, start: number, lineEnd: number): DirectiveNode {
  const end = trimmedEnd(text, start, lineEnd);
  const nameStart = text.indexOf('@', start) + 1;
  let nameEnd = nameStart;
  while (nameEnd < end && isDirectiveChar(text.charCodeAt(nameEnd))) nameEnd++;
  let argumentStart = skipSpace(text, nameEnd, end);
  if (text[argumentStart] === '=' && argumentStart < end) argumentStart = skipSpace(text, argumentStart + 1, end);
  return new Directive(start, end, nameStart, text.slice(nameStart, nameEnd), text.slice(argumentStart, end));
}

function isDirectiveChar(code: number): boolean {
  return isWordChar(code) || code === 0x2d;
}

/** `@name = value`, `@name := value`. */
export function readVariable(text: string, start: number, lineEnd: number, templates: TemplateReader): VariableNode {
  const end = trimmedEnd(text, start, lineEnd);
  const equals = text.indexOf('=', start);
  const nameStart = start + 1;
  const nameEnd = trimmedEnd(text, nameStart, text[equals - 1] === ':' ? equals - 1 : equals);
  const valueStart = skipSpace(text, equals + 1, end);
  return {
    kind: 'variable',
    span: { start, end },
    name: text.slice(nameStart, nameEnd),
    nameSpan: { start: nameStart, end: nameEnd },
    value: templates.read(Math.min(valueStart, end), end),
  };
}

/** Where the parts of a request line stand. */
export interface RequestLineParts {
  readonly method?: { readonly start: number; readonly end: number; readonly isReference: boolean };
  /** Empty (start = end) where no target is written. */
  readonly target: { readonly start: number; readonly end: number };
  readonly version?: { readonly start: number; readonly end: number };
}

const methodReference = /\{\{[^{}\r\n]*\}\}(?=[^\S\r\n]+[^\s])/y;
const word = /[A-Za-z][\w-]*(?![^\s])/y;

/** `[METHOD] target [version]`, where nothing is required. `isMethod` says which words are methods. */
export function readRequestLine(
  text: string,
  start: number,
  lineEnd: number,
  isMethod: (word: string) => boolean,
): RequestLineParts {
  const end = trimmedEnd(text, start, lineEnd);
  const version = readVersion(text, start, end);
  const targetEnd = version === undefined ? end : trimmedEnd(text, start, version.start);
  const whole = { target: { start, end: targetEnd }, version };

  methodReference.lastIndex = start;
  const reference = methodReference.exec(text);
  if (reference !== null && start + reference[0].length < targetEnd) {
    const methodEnd = start + reference[0].length;
    const target = { start: skipSpace(text, methodEnd, targetEnd), end: targetEnd };
    return { method: { start, end: methodEnd, isReference: true }, target, version };
  }
  word.lastIndex = start;
  const first = word.exec(text);
  if (first === null) return whole;
  const methodEnd = start + first[0].length;
  // A word alone is a host (`localhost`), unless it is a method whose URL is still to come.
  if (methodEnd >= targetEnd && !isMethod(first[0])) return whole;
  const targetStart = skipSpace(text, methodEnd, Math.max(methodEnd, targetEnd));
  return {
    method: { start, end: methodEnd, isReference: false },
    target: { start: targetStart, end: Math.max(targetStart, targetEnd) },
    version,
  };
}

const versionWord = /^HTTP\/\d{1,2}(?:\.\d{1,2})?$/i;
const priorKnowledge = '(Prior Knowledge)';

/** The `HTTP/1.1` at the end of [start, end), also `HTTP/2 (Prior Knowledge)`; undefined where there is none. */
export function readVersion(text: string, start: number, end: number): { start: number; end: number } | undefined {
  let wordEnd = end;
  if (text.startsWith(priorKnowledge, end - priorKnowledge.length)) {
    wordEnd = trimmedEnd(text, start, Math.max(start, end - priorKnowledge.length));
  }
  let wordStart = wordEnd;
  while (wordStart > start && wordEnd - wordStart <= 10 && !isSpace(text.charCodeAt(wordStart - 1))) wordStart--;
  if (wordStart === start || !versionWord.test(text.slice(wordStart, wordEnd))) return undefined;
  return { start: wordStart, end };
}

/**
 * Offset of the colon that ends a header's name in [start, end), or -1. A colon inside `{{…}}` is part of the name.
 */
export function headerColon(text: string, start: number, end: number): number {
  let inReference = false;
  for (let at = start; at < end; at++) {
    const character = text[at];
    if (character === ':' && !inReference) return at;
    if (character === '{' && text[at + 1] === '{') inReference = true;
    else if (character === '}' && text[at + 1] === '}') inReference = false;
  }
  return -1;
}
