/*
 * Reads WWW-Authenticate and Proxy-Authenticate (RFC 9110 sections 11.3 and 11.6.1). The grammar is ambiguous on commas:
 * one separates challenges, parameters, and nothing at all where empty list elements stand. What decides is what follows
 * a name: `=` makes it a parameter, anything else the scheme of the next challenge. Servers also leave commas out, write
 * values with spaces or addresses without quotes, or use single quotes; what a browser would read is read here too.
 */

/** One parameter of a challenge; the name as it was written. */
export interface ChallengeParam {
  readonly name: string;
  readonly value: string;
}

/** One challenge: the scheme as it was written (`Bearer`), and either parameters or a token68. */
export interface Challenge {
  readonly scheme: string;
  readonly params: readonly ChallengeParam[];
  readonly token68?: string;
}

/** RFC 9110 section 5.6.2. */
const TCHAR = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

/**
 * Takes the values of all field lines of one name, and gives their challenges in order. Never throws; time is linear in
 * the length of the values. Empty where nothing in them can be read as a challenge.
 */
export function parseChallenges(fieldValues: readonly string[]): Challenge[] {
  return fieldValues.flatMap((value) => new Reader(value).challenges());
}

/** The value of a parameter; names compare without case. The first one counts where it is repeated. */
export function getParam(challenge: Challenge, name: string): string | undefined {
  const lower = name.toLowerCase();
  return challenge.params.find((param) => param.name.toLowerCase() === lower)?.value;
}

interface Draft {
  scheme: string;
  params: ChallengeParam[];
  token68?: string;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  challenges(): Challenge[] {
    const found: Draft[] = [];
    let open: Draft | undefined;
    while (this.#skipTo()) {
      const start = this.#at;
      const name = this.#token();
      if (name === '') {
        // Not a name: a stray sign. One character on, so that the loop always moves.
        if (this.#peek() === '"') this.#quoted('"');
        else this.#at++;
        continue;
      }
      const afterName = this.#at;
      if (afterName < this.#text.length && !/[\s,;=]/.test(this.#peek())) {
        // Not a name after all: `abc/def==`, an address, a name glued to a quote.
        const run = this.#run(start);
        const isToken68 = /^[A-Za-z0-9\-._~+/]+=*$/.test(run);
        if (isToken68 && open && isEmpty(open) && !this.#newElement(start)) open.token68 = run;
        continue;
      }
      this.#spaces();
      if (this.#peek() === '=' && !this.#isToken68End(afterName)) {
        this.#at++;
        const value = this.#value();
        open?.params.push({ name, value });
        continue;
      }
      if (open && isEmpty(open) && !this.#newElement(start)) {
        // Right after the scheme, on the same list element: RFC 9110 allows one token68 there.
        const token68 = this.#token68(start);
        if (token68 !== undefined && !this.#startsParams()) {
          open.token68 = token68;
          continue;
        }
        this.#at = afterName;
      }
      if (!isScheme(name)) continue;
      this.#at = afterName;
      open = { scheme: name, params: [] };
      found.push(open);
    }
    return found;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  /** Passes spaces and commas; false at the end. */
  #skipTo(): boolean {
    while (this.#at < this.#text.length && /[\s,;]/.test(this.#peek())) this.#at++;
    return this.#at < this.#text.length;
  }

  #spaces(): void {
    while (this.#at < this.#text.length && /[ \t\r\n]/.test(this.#peek())) this.#at++;
  }

  #token(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && TCHAR.test(this.#peek())) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** From `start` to the next space or comma; a quoted string inside is passed whole. */
  #run(start: number): string {
    while (this.#at < this.#text.length && !/[\s,]/.test(this.#peek())) {
      if (this.#peek() === '"') this.#quoted('"');
      else this.#at++;
    }
    return this.#text.slice(start, this.#at);
  }

  /** True where a comma stands before this place: the text there begins a list element. */
  #newElement(start: number): boolean {
    let at = start - 1;
    while (at >= 0 && /\s/.test(this.#text.charAt(at))) at--;
    return at < 0 || this.#text.charAt(at) === ',' || this.#text.charAt(at) === ';';
  }

  /** A run of `=` that ends the element is the padding of a token68, not a parameter. */
  #isToken68End(afterName: number): boolean {
    let at = afterName;
    if (this.#text.charAt(at) !== '=') return false;
    while (this.#text.charAt(at) === '=') at++;
    const count = at - afterName;
    while (/[ \t]/.test(this.#text.charAt(at))) at++;
    const ends = at >= this.#text.length || this.#text.charAt(at) === ',';
    // `name=` at the end is an empty parameter unless the padding is doubled; a lone `=` there reads as base64 as well.
    return ends && (count > 1 || afterName - this.#wordStart(afterName) > 12);
  }

  #wordStart(end: number): number {
    let at = end;
    while (at > 0 && end - at < 16 && TCHAR.test(this.#text.charAt(at - 1))) at--;
    return at;
  }

  /** From `start`: letters, digits, `-._~+/`, then any number of `=`; undefined where that is not all up to the next comma or space. */
  #token68(start: number): string | undefined {
    let at = start;
    while (at < this.#text.length && /[A-Za-z0-9\-._~+/]/.test(this.#text.charAt(at))) at++;
    while (this.#text.charAt(at) === '=') at++;
    if (at === start || (at < this.#text.length && !/[\s,]/.test(this.#text.charAt(at)))) return undefined;
    this.#at = at;
    return this.#text.slice(start, at);
  }

  /** After a would-be token68: a `=` or a further word means that it was a scheme or a name (a comma was left out). */
  #startsParams(): boolean {
    let at = this.#at;
    while (/[ \t]/.test(this.#text.charAt(at))) at++;
    return at < this.#text.length && this.#text.charAt(at) !== ',';
  }

  #value(): string {
    this.#spaces();
    const first = this.#peek();
    if (first === '"') return this.#quoted('"');
    if (first === "'") {
      const end = this.#text.indexOf("'", this.#at + 1);
      if (end > 0 && /^\s*(?:,|;|$)/.test(this.#text.slice(end + 1, end + 9))) return this.#quoted("'");
    }
    return this.#bare();
  }

  /** RFC 9110 section 5.6.4; a string that is not closed runs to the end. */
  #quoted(quote: string): string {
    let value = '';
    let from = ++this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const sign = this.#peek();
      if (sign === quote) break;
      if (sign !== '\\' || this.#at + 1 >= this.#text.length) continue;
      value += this.#text.slice(from, this.#at);
      from = ++this.#at;
    }
    value += this.#text.slice(from, this.#at);
    this.#at++;
    return value;
  }

  /** A value without quotes: to the next comma, or to a space or `;` that is followed by `name=` (a comma was left out). */
  #bare(): string {
    const start = this.#at;
    let end = start;
    while (this.#at < this.#text.length && this.#peek() !== ',') {
      if (/[\s;]/.test(this.#peek())) {
        const separator = this.#at++;
        this.#spaces();
        if (this.#isParamAhead()) break;
        if (this.#text.charAt(separator) === ';') end = separator + 1;
        continue;
      }
      this.#at++;
      end = this.#at;
    }
    return this.#text.slice(start, end);
  }

  #isParamAhead(): boolean {
    let at = this.#at;
    const limit = Math.min(this.#text.length, at + 64);
    while (at < limit && TCHAR.test(this.#text.charAt(at))) at++;
    if (at === this.#at) return false;
    while (at < limit && /[ \t]/.test(this.#text.charAt(at))) at++;
    return this.#text.charAt(at) === '=';
  }
}

function isEmpty(draft: Draft): boolean {
  return draft.params.length === 0 && draft.token68 === undefined;
}

/** A scheme is a token that begins with a letter; a number or a sign alone is the rest of something unreadable. */
function isScheme(name: string): boolean {
  return /^[A-Za-z]/.test(name) && name.length <= 64;
}
