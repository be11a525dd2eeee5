// How figures come out of an extension host: as lines of its console.
import type { Figure } from './figure';

/** What such a line begins with; JSON of a `Figure` follows. */
export const figureMark = 'latchkey-figure ';

/** How often what can be repeated is measured, and how often it is done before that without counting. */
export const rounds = 41;
export const warmUp = 10;

/** Gives the figure in a line of output, or nothing when it is another line. */
export function readFigure(line: string): Figure | undefined {
  const at = line.indexOf(figureMark);
  return at < 0 ? undefined : (JSON.parse(line.slice(at + figureMark.length)) as Figure);
}
