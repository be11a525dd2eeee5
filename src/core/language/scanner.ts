import { isSpace } from './chars';

/*
 * The language is one of lines. What a line is depends on its first characters and on where in a block it stands, so the
 * scanner finds the lines and says what each one is; the parser says where it is.
 *
 * Time is linear: each character is looked at a bounded number of times. The patterns are sticky, so they are tried at one
 * place only, and none has two neighbouring repetitions that can match the same character.
 */

/** Where in a block a line stands. */
export type Place =
  | 'before' // above the request line
  | 'target' // after the request line, while lines may still continue its path or query
  | 'headers'
  | 'body'; // after the first blank line

export type LineKind =
  | 'blank'
  | 'separator'
  | 'directive'
  | 'comment'
  | 'blockComment'
  | 'variable'
  | 'badVariable'
  | 'scriptBlock'
  | 'requestScript'
  | 'responseDiff'
  | 'inputFile'
  | 'handlerScript'
  | 'responseFile'
  | 'handlerFile'
  | 'assert'
  | 'response'
  | 'curl'
  | 'run'
  | 'missingSeparator'
  | 'query'
  | 'path'
  | 'request'
  | 'header'
  | 'text';

interface LineRule {
  readonly kind: LineKind;
  readonly places: readonly Place[];
  /** The characters it can begin with. */
  readonly first: string;
  /** Tried at the first character of the line that is no white space. */
  readonly pattern: RegExp;
  /** Where the line must, or must not, begin with white space. */
  readonly indent?: 'never' | 'always';
}

const everywhere: readonly Place[] = ['before', 'target', 'headers', 'body'];
const head: readonly Place[] = ['before', 'target', 'headers'];
const afterLine: readonly Place[] = ['target', 'headers', 'body'];

/**
 * The first rule that fits wins, so the order matters:
 * - a separator begins as a comment does, and ends a block wherever it stands: first of all;
 * - a directive is a comment for every tool that does not know it: before the comment. In a body there are no directives;
 * - a comment beats a path that begins with two slashes, and a header or a body line that begins with `#`;
 * - `??`, `<>` and `>>` begin like `?`, `<` and `>`: the longer first;
 * - `curl …` and `run …` look like a request line with a method nobody knows: before it. It is what a line above the
 *   headers is if nothing else fits, as a header is below it and text in a body (`fallback`).
 */
const rules: readonly LineRule[] = [
  { kind: 'separator', places: everywhere, first: '#', pattern: /#{3,}/y },
  { kind: 'directive', places: head, first: '#/', pattern: /(?:#|\/\/)[^\S\r\n]*@[A-Za-z]/y },
  { kind: 'comment', places: everywhere, first: '#/', pattern: /#|\/\//y },
  { kind: 'blockComment', places: ['before'], first: '/', pattern: /\/\*/y },
  { kind: 'variable', places: head, first: '@', pattern: /@[^\s=:]+[^\S\r\n]*:?=/y },
  { kind: 'badVariable', places: ['before'], first: '@', pattern: /@/y },
  {
    kind: 'scriptBlock',
    places: everywhere,
    first: '{',
    pattern: /\{\{(?:[+@]\w*)?[^\S\r\n]*(?![^\r\n])/y,
    indent: 'never',
  },
  { kind: 'requestScript', places: everywhere, first: '<', pattern: /<[^\S\r\n]*\{%/y, indent: 'never' },
  { kind: 'responseDiff', places: everywhere, first: '<', pattern: /<>[^\S\r\n]+[^\s]/y, indent: 'never' },
  { kind: 'inputFile', places: everywhere, first: '<', pattern: /<(?:@\w*)?[^\S\r\n]+[^\s]/y, indent: 'never' },
  { kind: 'handlerScript', places: everywhere, first: '>', pattern: />[^\S\r\n]*\{%/y, indent: 'never' },
  { kind: 'responseFile', places: everywhere, first: '>', pattern: />>!?[^\S\r\n]+[^\s]/y, indent: 'never' },
  {
    kind: 'handlerFile',
    places: everywhere,
    first: '>',
    pattern: />[^\S\r\n]+[^\s]+\.(?:js|mjs|cjs|ts|lua)(?![^\s])/y,
    indent: 'never',
  },
  { kind: 'assert', places: afterLine, first: '?', pattern: /\?\?[^\S\r\n]+[^\s]/y },
  {
    kind: 'response',
    places: ['before', 'body'],
    first: 'H',
    indent: 'never',
    pattern: /HTTP\/\d+(?:\.\d+)?[^\S\r\n]+\d{3}(?!\d)/y,
  },
  { kind: 'curl', places: ['before'], first: 'cC', pattern: /curl(?=[^\S\r\n])/iy },
  {
    kind: 'run',
    places: ['before'],
    first: 'ri',
    pattern: /(?:run|import)[^\S\r\n]+(?:#|[^\s]*\.(?:http|rest)(?![^\s]))/y,
  },
  {
    kind: 'missingSeparator',
    places: afterLine,
    first: 'GPDHO',
    pattern: /(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[^\S\r\n]+(?:https?:\/\/|\{\{)/y,
    indent: 'never',
  },
  { kind: 'query', places: ['target'], first: '?&', pattern: /[?&]/y },
  { kind: 'path', places: ['target'], first: '/', pattern: /\//y, indent: 'always' },
];

const fallback: Readonly<Record<Place, LineKind>> = {
  before: 'request',
  target: 'header',
  headers: 'header',
  body: 'text',
};

/** Rules by place and first character, so that most lines are told by looking at one character. */
function rulesByFirst(place: Place): ReadonlyMap<number, readonly LineRule[]> {
  const byFirst = new Map<number, LineRule[]>();
  for (const rule of rules) {
    if (!rule.places.includes(place)) continue;
    for (const character of rule.first) {
      const code = character.charCodeAt(0);
      byFirst.set(code, [...(byFirst.get(code) ?? []), rule]);
    }
  }
  return byFirst;
}

const table: Readonly<Record<Place, ReadonlyMap<number, readonly LineRule[]>>> = {
  before: rulesByFirst('before'),
  target: rulesByFirst('target'),
  headers: rulesByFirst('headers'),
  body: rulesByFirst('body'),
};

/** Goes over a text line by line. A line ends at `\n`, `\r\n` or `\r`; a byte order mark at the start is white space. */
export class LineScanner {
  readonly text: string;
  /** Offset of the line's first character. */
  start = 0;
  /** Offset of its first character that is no white space; `end` on a blank line. */
  textStart = 0;
  /** Offset after its last character, before the line end. */
  end = 0;
  /** Offset of the next line's first character. */
  next = 0;
  #nextLf = -1;
  #nextCr = -1;

  constructor(text: string) {
    this.text = text;
    this.#read(0);
  }

  /** True while there is a line. */
  get hasLine(): boolean {
    return this.start < this.text.length;
  }

  get isIndented(): boolean {
    return (
      this.textStart > this.start && !(this.start === 0 && this.textStart === 1 && this.text.charCodeAt(0) === 0xfeff)
    );
  }

  advance(): void {
    this.#read(this.next);
  }

  /** What the line is when it stands in this place of a block. */
  classify(place: Place): LineKind {
    if (this.textStart >= this.end) return 'blank';
    const candidates = table[place].get(this.text.charCodeAt(this.textStart));
    if (candidates !== undefined) {
      for (const rule of candidates) {
        if (rule.indent !== undefined && this.isIndented !== (rule.indent === 'always')) continue;
        rule.pattern.lastIndex = this.textStart;
        if (rule.pattern.test(this.text)) return rule.kind;
      }
    }
    return fallback[place];
  }

  #read(start: number): void {
    const { text } = this;
    this.start = start;
    // Each of the two is searched for again only when it has been passed: a text without any CR is searched once.
    if (this.#nextLf < start) this.#nextLf = indexOrEnd(text, '\n', start);
    if (this.#nextCr < start) this.#nextCr = indexOrEnd(text, '\r', start);
    this.end = Math.min(this.#nextLf, this.#nextCr);
    if (this.end >= text.length) this.next = text.length;
    else this.next = this.#nextLf === this.end + 1 && this.#nextCr === this.end ? this.end + 2 : this.end + 1;
    let at = start;
    while (at < this.end && isSpace(text.charCodeAt(at))) at++;
    this.textStart = at;
  }
}

function indexOrEnd(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? text.length : at;
}
