export interface Nearness {
  readonly name: string;
  /** How many characters to insert, delete, replace or swap (case does not count). */
  readonly distance: number;
}

/** More names are not compared, nor longer ones: a suggestion is not worth the time. */
const maxNames = 300;
const maxLength = 64;

/** The names in the order of their nearness to a word, the closest first; equal ones stay in their order. */
export function closest(word: string, names: Iterable<string>): Nearness[] {
  const wanted = word.slice(0, maxLength).toLowerCase();
  const row = (): Uint8Array => new Uint8Array(maxLength + 1);
  const rows = [row(), row(), row()] as const;
  const found: Nearness[] = [];
  for (const name of names) {
    if (found.length >= maxNames) break;
    found.push({ name, distance: distance(wanted, name.slice(0, maxLength).toLowerCase(), rows) });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

/** The names in that order, at most 20, and the first of them if it is so near that it was most likely meant. */
export function suggestions(word: string, names: Iterable<string>): { known: readonly string[]; suggestion?: string } {
  const found = closest(word, names).slice(0, 20);
  const [first] = found;
  const known = found.map((near) => near.name);
  const near =
    first !== undefined && first.distance <= Math.max(1, Math.floor(Math.min(word.length, first.name.length) / 3));
  return near ? { known, suggestion: first.name } : { known };
}

/** Optimal string alignment distance. `rows` is room for three rows, so that nothing is allocated for each pair. */
function distance(a: string, b: string, rows: readonly [Uint8Array, Uint8Array, Uint8Array]): number {
  let [before, previous, row] = rows;
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let best = Math.min((previous[j - 1] ?? 0) + (same ? 0 : 1), (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row[j] = best;
    }
    [before, previous, row] = [previous, row, before];
  }
  return previous[b.length] ?? a.length;
}
