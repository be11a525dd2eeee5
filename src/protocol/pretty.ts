import type { BodyLanguage } from './panelState';

/*
 * Lays text out for reading without changing a token of it: nothing is parsed into values, so numbers of any length,
 * duplicate members and odd escapes stay as they came. What is not well formed is left alone.
 */

/** Output may be this many times longer than the text: deep nesting would otherwise cost its square in spaces. */
const MOST_GROWTH = 6;
const INDENT = '  ';
const DEEPEST = 200;

/**
 * Takes text and its language; gives it laid out, or undefined where it is not well formed, would grow out of bounds, or
 * is already laid out like this. Linear time, never throws.
 */
export function pretty(text: string, language: BodyLanguage): string | undefined {
  const limit = text.length * MOST_GROWTH + 4096;
  const laidOut =
    language === 'json' ? prettyJson(text, limit) : language === 'xml' ? prettyXml(text, limit) : undefined;
  return laidOut === text ? undefined : laidOut;
}

/** Collects pieces up to a limit in characters. */
class Output {
  readonly #pieces: string[] = [];
  readonly #limit: number;
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  line(depth: number): void {
    if (this.#length > 0) this.add(`\n${INDENT.repeat(Math.min(depth, DEEPEST))}`);
  }

  get isFull(): boolean {
    return this.#length > this.#limit;
  }

  toString(): string {
    return this.#pieces.join('');
  }
}

/** One JSON text, or several one after another (JSON lines, RFC 7464 without its separators). */
function prettyJson(text: string, limit: number): string | undefined {
  const output = new Output(limit);
  const stack: string[] = [];
  // What may come next: a value, a member's name, or what follows a value.
  let expect: 'value' | 'first' | 'name' | 'colon' | 'after' = 'value';
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  const closeOf = (open: string | undefined): string => (open === '{' ? '}' : ']');
  while (at < text.length) {
    if (output.isFull) return undefined;
    const sign = text.charAt(at);
    if (sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t' || sign === '\u001e') {
      at++;
      continue;
    }
    const inside = stack[stack.length - 1];
    if ((sign === '}' || sign === ']') && (expect === 'first' || expect === 'after')) {
      if (inside === undefined || closeOf(inside) !== sign) return undefined;
      stack.pop();
      if (expect === 'after') output.line(stack.length);
      output.add(sign);
      expect = 'after';
      at++;
      continue;
    }
    if (expect === 'after') {
      if (inside !== undefined) {
        if (sign !== ',') return undefined;
        output.add(',');
        expect = inside === '{' ? 'name' : 'value';
        if (inside === '[') output.line(stack.length);
        at++;
        continue;
      }
      output.add('\n');
      expect = 'value';
    }
    if (expect === 'colon') {
      if (sign !== ':') return undefined;
      output.add(': ');
      expect = 'value';
      at++;
      continue;
    }
    if (expect === 'name' || (expect === 'first' && inside === '{')) {
      const end = sign === '"' ? stringEnd(text, at) : -1;
      if (end < 0) return undefined;
      output.line(stack.length);
      output.add(text.slice(at, end));
      expect = 'colon';
      at = end;
      continue;
    }
    if (expect === 'first') output.line(stack.length);
    if (sign === '{' || sign === '[') {
      output.add(sign);
      stack.push(sign);
      expect = 'first';
      at++;
      continue;
    }
    const end = sign === '"' ? stringEnd(text, at) : wordEnd(text, at);
    if (end <= at) return undefined;
    const word = text.slice(at, end);
    if (sign !== '"' && !isWord(word)) return undefined;
    output.add(word);
    expect = 'after';
    at = end;
  }
  return stack.length === 0 && expect === 'after' ? output.toString() : undefined;
}

/** The place after the closing quote, or -1 where there is none. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code === 0x5c) at++;
    else if (code === 0x0a) return -1;
  }
  return -1;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.0-9A-Za-z•]/.test(text.charAt(at))) at++;
  return at;
}

/** A number or a literal of JSON, or a mask that redaction put in the place of one. */
function isWord(word: string): boolean {
  return /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(word) || /^(?:true|false|null)$/.test(word) || word.includes('•');
}

/** Elements on lines of their own where nothing but space stands between them; text stays where it is. */
function prettyXml(text: string, limit: number): string | undefined {
  const output = new Output(limit);
  let depth = 0;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let before: 'nothing' | 'open' | 'text' | 'other' = 'nothing';
  while (at < text.length) {
    if (output.isFull) return undefined;
    if (text.charAt(at) !== '<') {
      const next = text.indexOf('<', at);
      const end = next < 0 ? text.length : next;
      const content = text.slice(at, end);
      if (content.trim() !== '') {
        output.add(content);
        before = 'text';
      }
      at = end;
      continue;
    }
    const end = tagEnd(text, at);
    if (end < 0) return undefined;
    const tag = text.slice(at, end);
    at = end;
    if (tag.startsWith('<![CDATA[')) {
      output.add(tag);
      before = 'text';
      continue;
    }
    if (tag.startsWith('</')) {
      depth--;
      if (depth < 0) return undefined;
      if (before === 'other') output.line(depth);
      output.add(tag);
      before = 'other';
      continue;
    }
    if (before !== 'text') output.line(depth);
    output.add(tag);
    const isOpen = !/^<[?!]/.test(tag) && !tag.endsWith('/>');
    if (isOpen) depth++;
    before = isOpen ? 'open' : 'other';
  }
  return depth === 0 ? output.toString() : undefined;
}

/** The place after a tag, comment, CDATA section or declaration that starts here, or -1 where it is not closed. */
function tagEnd(text: string, start: number): number {
  const until = (mark: string): number => {
    const end = text.indexOf(mark, start);
    return end < 0 ? -1 : end + mark.length;
  };
  if (text.startsWith('<!--', start)) return until('-->');
  if (text.startsWith('<![CDATA[', start)) return until(']]>');
  if (text.startsWith('<?', start)) return until('?>');
  let quote = '';
  let brackets = 0;
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '[') brackets++;
    else if (sign === ']') brackets--;
    else if (sign === '>' && brackets <= 0) return at + 1;
  }
  return -1;
}
