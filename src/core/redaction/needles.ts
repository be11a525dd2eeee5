import type { SecretUse } from '../auth/scheme';
import { binaryText, secretForms } from '../http/secretForms';
import { MASK, maskOf } from '../util/mask';
import type { Interval } from './intervals';
import { percentView, type PercentView } from './percentView';

/**
 * A secret shorter than this (in characters) is not replaced wherever its letters occur: `abc` stands in half of all
 * words, and a body full of dots would tell where it is not. It is masked where we know that it stands, by the name of
 * its header, parameter, cookie or member, and as part of what was sent (`Bearer abc`).
 */
const SHORTEST_VALUE = 4;
/** A piece of the request that contains a short secret is looked for from this length on. */
const SHORTEST_WIRE = 8;
/** So many characters of a secret are masked where a body breaks off in the middle of it. */
const SHORTEST_START = 6;

/** Whether a secret is too short to be looked for by its value alone. */
export function isShort(value: string): boolean {
  return Array.from(value).length < SHORTEST_VALUE;
}

interface Needle {
  readonly text: string;
  /** Characters at the start that need not be masked, e.g. `Bearer `. */
  readonly skip: number;
  readonly mask: string;
  /** How far on the next occurrence can start at the earliest: less than the length where the text overlaps itself. */
  readonly step: number;
}

/** What is looked for in bytes: one character stands for each. */
interface ByteNeedles {
  readonly plain: readonly Needle[];
  readonly quick: readonly string[];
  /** In UTF-16, both orders. */
  readonly wide: readonly Needle[];
  readonly wideQuick: readonly string[];
}

/** Finds secrets by their value, in every form they take on the way, and however it is percent-encoded. Linear in the text for a given set of secrets. */
export class Needles {
  readonly #text: readonly Needle[];
  readonly #masks: ReadonlyMap<string, string>;
  /** Those that every other one contains: without one of them there is nothing to find. */
  readonly #quick: readonly string[];
  #bytes: ByteNeedles | undefined;

  constructor(used: readonly SecretUse[]) {
    const texts = used.flatMap((use) => textsOf(use).map((found) => ({ ...found, value: use.value })));
    this.#masks = makeMasks(used, texts);
    this.#text = unique(
      texts.map(({ text, skip, value }) => ({ text, skip, mask: this.maskFor(value), step: stepOf(text) })),
    );
    this.#quick = smallest(this.#text.map(({ text }) => text));
  }

  /** What stands for a secret with this value. */
  maskFor(value: string): string {
    return this.#masks.get(value) ?? MASK;
  }

  /** So many bytes a secret takes at the most, in any form. */
  get longestBytes(): number {
    const { plain } = this.#byteNeedles();
    // Encoded twice, one byte is `%25` and two digits; UTF-16 takes less.
    return 5 * plain.reduce((longest, needle) => Math.max(longest, needle.text.length), 0);
  }

  /** Where secrets stand in a text; pieces may overlap. */
  inText(text: string): Interval[] {
    const found = this.#quick.some((needle) => text.includes(needle)) ? search(text, this.#text) : [];
    return this.#text.length === 0 ? [] : [...found, ...this.#inView(percentView(text, 'text'), 'again')];
  }

  /**
   * Where secrets stand in bytes, given with one character for each byte (`binaryText`). Finds them in UTF-8 and every
   * encoding that agrees with it on ASCII, and in UTF-16 (where the mask itself, in UTF-8, does not read well).
   */
  inBytes(binary: string): Interval[] {
    const { wide, wideQuick } = this.#byteNeedles();
    const found = [...this.#inPlainBytes(binary), ...this.#inView(percentView(binary, 'bytes'), 'again')];
    return wideQuick.some((needle) => binary.includes(needle)) ? [...found, ...search(binary, wide)] : found;
  }

  /** The start of a secret with which bytes end that were cut off: it tells most of the secret, and no search finds it. */
  atCut(binary: string): Interval[] {
    const { plain, wide } = this.#byteNeedles();
    const end = binary.length;
    const found = [...plain, ...wide].flatMap(({ text, skip, mask }): Interval[] => {
      for (let length = Math.min(text.length - 1, end); length >= skip + SHORTEST_START; length--) {
        if (binary.endsWith(text.slice(0, length))) return [{ start: end - length + skip, end, mask }];
      }
      return [];
    });
    return found.sort((a, b) => a.start - b.start).slice(0, 1);
  }

  #inPlainBytes(binary: string): Interval[] {
    const { plain, quick } = this.#byteNeedles();
    return quick.some((needle) => binary.includes(needle)) ? search(binary, plain) : [];
  }

  /** Where secrets stand in the decoded text, and once more in what that is decoded: a URL inside a URL's query. */
  #inView(view: PercentView | undefined, depth: 'again' | 'last'): Interval[] {
    if (view === undefined || this.#text.length === 0) return [];
    const deeper = depth === 'again' ? this.#inView(percentView(view.binary, 'bytes'), 'last') : [];
    return [...this.#inPlainBytes(view.binary), ...deeper].map((interval) => view.original(interval));
  }

  #byteNeedles(): ByteNeedles {
    if (this.#bytes === undefined) {
      const encoder = new TextEncoder();
      const encoded = this.#text.map((needle) => reshape(needle, binaryText(encoder.encode(needle.text))));
      const plain = unique([...encoded, ...encoded.flatMap(undone)]);
      const wide = unique(
        this.#text.flatMap((needle) => [
          reshape(needle, utf16(needle.text, 'le')),
          reshape(needle, utf16(needle.text, 'be')),
        ]),
      );
      // Both orders of bytes have the inner bytes in common; a search that starts with a zero is slow in zeros.
      const wideQuick = this.#quick.flatMap((text) => [utf16(text, 'le'), utf16(text, 'be')]);
      this.#bytes = {
        plain,
        quick: smallest(plain.map(({ text }) => text)),
        wide,
        wideQuick: smallest(wideQuick.map((text) => text.replace(/^\0/, ''))),
      };
    }
    return this.#bytes;
  }
}

/** The mask of each value. The last characters of one secret may be all of another: then they are not shown. */
function makeMasks(
  used: readonly SecretUse[],
  texts: readonly { readonly text: string }[],
): ReadonlyMap<string, string> {
  const shown = (mask: string): string => (texts.some(({ text }) => mask.includes(text)) ? MASK : mask);
  return new Map(used.map(({ value }) => [value, shown(maskOf(value))]));
}

/** The texts to look for because of one use. */
function textsOf({ value, wire, placement }: SecretUse): { readonly text: string; readonly skip: number }[] {
  if (value === '') return [];
  const whole = (text: string) => ({ text, skip: 0 });
  const separator = placement.in === 'header' ? wire.indexOf(' ') : wire.indexOf('=');
  const credentials = wire.slice(separator + 1);
  const isLong = !isShort(value);
  const texts = isLong ? secretForms(value).map(whole) : [];
  // What was made of it, e.g. the base64 of `user:password`, in the forms that takes in turn.
  if (credentials !== value && credentials.length >= SHORTEST_WIRE) texts.push(...secretForms(credentials).map(whole));
  if (!isLong && separator > 0 && wire.length >= SHORTEST_WIRE) texts.push({ text: wire, skip: separator + 1 });
  return texts;
}

function reshape(needle: Needle, text: string): Needle {
  return {
    ...needle,
    text,
    skip: needle.skip === 0 ? 0 : needle.skip * (text.length / needle.text.length),
    step: stepOf(text),
  };
}

/** What a secret with `%41` in it becomes when it is written into a URL as it is, and that is decoded. */
function undone(needle: Needle): readonly Needle[] {
  const text = percentView(needle.text, 'bytes')?.binary ?? '';
  return needle.skip === 0 && text.length >= SHORTEST_VALUE ? [reshape(needle, text)] : [];
}

function utf16(text: string, order: 'le' | 'be'): string {
  const parts = Array.from({ length: text.length }, (_, at) => {
    const code = text.charCodeAt(at);
    const [low, high] = [String.fromCharCode(code & 0xff), String.fromCharCode(code >> 8)];
    return order === 'le' ? low + high : high + low;
  });
  return parts.join('');
}

/** Each text once, the first mask wins. */
function unique(needles: readonly Needle[]): readonly Needle[] {
  const byText = new Map<string, Needle>();
  for (const needle of needles) if (!byText.has(needle.text)) byText.set(needle.text, needle);
  return [...byText.values()];
}

/** The texts that contain no other one. */
function smallest(texts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const text of [...texts].sort((a, b) => a.length - b.length))
    if (!kept.some((other) => text.includes(other))) kept.push(text);
  return kept;
}

/** The shortest distance at which a text can overlap itself (its period, by the failure function of Knuth, Morris and Pratt). */
function stepOf(text: string): number {
  const border = [0];
  for (let at = 1; at < text.length; at++) {
    let length = border[at - 1] ?? 0;
    while (length > 0 && text[at] !== text[length]) length = border[length - 1] ?? 0;
    border.push(text[at] === text[length] ? length + 1 : 0);
  }
  return Math.max(1, text.length - (border.at(-1) ?? 0));
}

function search(text: string, needles: readonly Needle[]): Interval[] {
  const found: Interval[] = [];
  for (const { text: wanted, skip, mask, step } of needles) {
    let last: Interval | undefined;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + step)) {
      const [start, end] = [at + skip, at + wanted.length];
      // A run that overlaps itself is one piece, so that a million of them are not a million objects.
      if (last !== undefined && start < last.end) {
        last = { start: last.start, end, mask };
        found[found.length - 1] = last;
      } else {
        last = { start, end, mask };
        found.push(last);
      }
    }
  }
  return found;
}
