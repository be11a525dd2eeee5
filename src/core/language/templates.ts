import type { LiteralNode, ReferenceNode, TemplateNode } from './ast';
import { isWordChar, skipSpace, trimmedEnd } from './chars';
import { Literal, PlainTemplate, Reference, Template } from './nodes';
import { none, Pile } from './pile';
import type { Problem } from './problems';

/** Finds the next occurrence of a text, and searches again only when the one it knows has been passed: linear in all. */
class Finder {
  readonly #text: string;
  readonly #wanted: string;
  #from = 0;
  #found = -1;

  constructor(text: string, wanted: string) {
    this.#text = text;
    this.#wanted = wanted;
  }

  /** Offset of the next occurrence at or after `from`; the text's length where there is none. */
  next(from: number): number {
    if (from > this.#found || from < this.#from) {
      const found = this.#text.indexOf(this.#wanted, from);
      this.#found = found < 0 ? this.#text.length : found;
    }
    this.#from = from;
    return this.#found;
  }
}

/** The parts of a template that is still being made. */
export type Parts = Pile<LiteralNode | ReferenceNode>;

/** Reads pieces of one text as templates. The time is linear when they are read in the order of the text. */
export class TemplateReader {
  readonly #text: string;
  readonly #problems: Problem[];
  readonly #opens: Finder;
  readonly #closes: Finder;
  readonly #lf: Finder;
  readonly #cr: Finder;
  readonly #parts: Parts = new Pile();

  constructor(text: string, problems: Problem[]) {
    this.#text = text;
    this.#problems = problems;
    this.#opens = new Finder(text, '{{');
    this.#closes = new Finder(text, '}}');
    this.#lf = new Finder(text, '\n');
    this.#cr = new Finder(text, '\r');
  }

  /** The template that stands in [start, end). */
  read(start: number, end: number): TemplateNode {
    if (start >= end) return new Template(start, end, none);
    if (this.#opens.next(start) + 2 > end) return new PlainTemplate(this.#text, start, end);
    this.append(this.#parts, start, end);
    return new Template(start, end, this.#parts.take());
  }

  /** Adds what stands in [start, end) to the parts of a template that is made of several pieces. */
  append(parts: Parts, start: number, end: number): void {
    const text = this.#text;
    let at = start;
    while (at < end) {
      let open = this.#opens.next(at);
      if (open + 2 > end) break;
      // Of more than two braces the last two open: `{"a":{{{id}}}}` holds the reference `{{id}}`.
      while (open + 2 < end && text.charCodeAt(open + 2) === 0x7b) open++;
      if (open > at) parts.add(this.#literal(at, open));
      at = this.#reference(parts, open, end);
    }
    if (at < end) parts.add(this.#literal(at, end));
  }

  #literal(start: number, end: number): LiteralNode {
    return new Literal(start, end, this.#text.slice(start, end));
  }

  /** Reads the reference that opens here, and gives the offset after it. */
  #reference(parts: Parts, open: number, end: number): number {
    const inside = open + 2;
    const limit = Math.min(end, this.#lf.next(inside), this.#cr.next(inside));
    const close = this.#closes.next(inside);
    // `{{ho/{{id}}`: the first one was never closed; the second is whole.
    if (close + 2 > limit || this.#opens.next(inside) < close) return this.#unclosed(parts, open, limit);
    const start = skipSpace(this.#text, inside, close);
    const expression = this.#text.slice(start, trimmedEnd(this.#text, start, close));
    const after = close + 2;
    if (expression !== '') parts.add(new Reference(open, after, start, expression));
    else {
      this.#problems.push({ code: 'empty-reference', span: { start: open, end: after } });
      parts.add(new Reference(open, after, start, expression, 'empty'));
    }
    return after;
  }

  #unclosed(parts: Parts, open: number, limit: number): number {
    const start = open + 2;
    let at = start;
    while (at < limit && isNamePart(this.#text.charCodeAt(at))) at++;
    this.#problems.push({ code: 'unclosed-reference', span: { start: open, end: at } });
    parts.add(new Reference(open, at, start, this.#text.slice(start, at), 'unclosed'));
    return at;
  }
}

/** What the name of a variable is made of while it is being typed. */
function isNamePart(code: number): boolean {
  return isWordChar(code) || code === 0x24 || code === 0x2d || code === 0x2e || code > 0x7f;
}
