/** A piece of the timeline in percent of its width. */
export interface Placed {
  readonly left: number;
  readonly width: number;
}

/** So that a phase of a few microseconds is still to be seen. In percent. */
const LEAST = 0.6;

/** Places a bar on a line that is `total` ms long; what reaches over an end is cut, so that nothing is drawn outside. */
export function place(start: number, length: number, total: number): Placed {
  if (!(total > 0)) return { left: 0, width: 100 };
  const from = clamp((start / total) * 100);
  const to = clamp(((start + length) / total) * 100);
  const width = Math.max(LEAST, to - from);
  return { left: round(Math.min(from, 100 - width)), width: round(width) };
}

const clamp = (percent: number): number => Math.min(100, Math.max(0, percent));
const round = (percent: number): number => Math.round(percent * 100) / 100;
