import { binaryText } from '../http/secretForms';
import type { Interval } from './intervals';

/**
 * A text with its percent-encoding undone, as bytes (one character each), and where each byte came from. Which characters
 * are encoded differs from program to program, so a secret is looked for in the decoded text too.
 */
export interface PercentView {
  readonly binary: string;
  /** The piece of the original text that an interval of the view stands for. */
  original(interval: Interval): Interval;
}

const ENCODED = /%[0-9A-Fa-f]{2}/;

/**
 * The view of a text, or undefined where nothing in it is encoded. `bytes` says that each character is a byte already;
 * other text is taken in UTF-8. Linear.
 */
export function percentView(text: string, characters: 'bytes' | 'text'): PercentView | undefined {
  if (!ENCODED.test(text)) return undefined;
  // A character that is not ASCII is two bytes in UTF-8, or three; a pair of surrogates four.
  const size = characters === 'bytes' ? text.length : text.length * 3;
  const bytes = new Uint8Array(size);
  const starts = new Uint32Array(size);
  const ends = new Uint32Array(size);
  const encoder = new TextEncoder();
  let length = 0;
  const put = (byte: number, start: number, end: number): void => {
    bytes[length] = byte;
    starts[length] = start;
    ends[length++] = end;
  };
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const value = code === 37 ? hexByte(text, at + 1) : -1;
    if (value >= 0) {
      put(value, at, at + 3);
      at += 3;
    } else if (code < 128 || characters === 'bytes') {
      put(code, at, ++at);
    } else {
      const end = at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
      for (const byte of encoder.encode(text.slice(at, end))) put(byte, at, end);
      at = end;
    }
  }
  return {
    binary: binaryText(bytes.subarray(0, length)),
    original: ({ start, end, mask }) => ({ start: starts[start] ?? 0, end: ends[end - 1] ?? 0, mask }),
  };
}

function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** The value of a hexadecimal digit by its character code; -1 where it is none, also beyond the end. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const upper = code & ~32;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
}
