import { binaryText } from '../http/secretForms';
import { concat, merge } from './intervals';
import type { Needles } from './needles';

/** Masks secrets in a stream of bytes, also those that lie across two chunks. */
export interface ByteFilter {
  /** Takes the next piece; gives what is safe to pass on. */
  write(chunk: Uint8Array): Uint8Array;
  /** Gives the rest. */
  end(): Uint8Array;
}

/**
 * Masks by value alone, because what a name says can lie far behind in a stream. Holds back one byte less than the
 * longest form, so the time is linear in the stream and the memory does not depend on it.
 */
export function createByteFilter(needles: Needles): ByteFilter {
  const held = Math.max(0, needles.longestBytes - 1);
  const encoder = new TextEncoder();
  let rest: Uint8Array = new Uint8Array();
  /** So many bytes at the start of `rest` belong to a secret whose mask was given out already. */
  let covered = 0;

  function pass(bytes: Uint8Array, upTo: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let from = covered;
    const open = covered > 0 ? [{ start: 0, end: covered, mask: undefined }] : [];
    for (const { start, end, mask } of merge([...open, ...needles.inBytes(binaryText(bytes))])) {
      if (start >= upTo) break;
      if (start > 0 || covered === 0) {
        parts.push(bytes.subarray(from, start), encoder.encode(mask ?? ''));
      }
      from = end;
    }
    if (from < upTo) parts.push(bytes.subarray(from, upTo));
    covered = Math.max(0, from - upTo);
    rest = bytes.slice(upTo);
    return concat(parts);
  }

  return {
    write: (chunk) => {
      const bytes = concat([rest, chunk]);
      if (bytes.length > held) return pass(bytes, bytes.length - held);
      rest = bytes;
      return new Uint8Array();
    },
    end: () => pass(rest, rest.length),
  };
}
