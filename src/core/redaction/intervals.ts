import { MASK, UNKNOWN_MASK } from '../util/mask';

/** A piece of a text that must not be shown: offsets, `end` not included. */
export interface Interval {
  readonly start: number;
  readonly end: number;
  /** What stands for it; undefined where only its name makes it sensitive. */
  readonly mask: string | undefined;
}

/**
 * The intervals in order, those that overlap made into one: then nothing of the second is left where the first ended.
 * One secret's mask stays, also inside a larger unknown piece; where two secrets overlap the bare mask stands for both.
 */
export function merge(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = [...intervals].sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Interval[] = [];
  for (const next of sorted) {
    if (next.end <= next.start) continue;
    const last = merged.at(-1);
    if (last === undefined || next.start >= last.end) merged.push(next);
    else {
      const mask = last.mask === undefined || next.mask === undefined ? (last.mask ?? next.mask) : both(last, next);
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end), mask };
    }
  }
  return merged;
}

const both = (a: Interval, b: Interval): string | undefined => (a.mask === b.mask ? a.mask : MASK);

/** The text with a mask in the place of each interval. Takes merged intervals. */
export function spliceText(text: string, intervals: readonly Interval[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, mask } of intervals) {
    parts.push(text.slice(from, start), mask ?? UNKNOWN_MASK);
    from = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

/** The bytes with the mask, in UTF-8, in the place of each interval; the same object where there is none. */
export function spliceBytes(bytes: Uint8Array, intervals: readonly Interval[]): Uint8Array {
  if (intervals.length === 0) return bytes;
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, mask } of intervals) {
    parts.push(bytes.subarray(from, start), encoder.encode(mask ?? UNKNOWN_MASK));
    from = end;
  }
  parts.push(bytes.subarray(from));
  return concat(parts);
}

/** The pieces in one array. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
