// What the bench measures, and how it is shown. Figures are numbers to compare from one state of the code to the next;
// none of them passes or fails.

/** One measured number. */
export interface Figure {
  readonly name: string;
  /** The median of what was measured, or a size. */
  readonly value: number;
  /** `ms`, `bytes`, `times`. */
  readonly unit: string;
  /** What it is a multiple of, where it is compared with something: `8.1 × bare http`. */
  readonly ratio?: string;
  /** How it came about: how many times it was measured, which ceiling there is. */
  readonly note?: string;
}

/** The middle of the values; 0 where there are none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** How long synchronous work takes, in milliseconds. */
export function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** How many times as large one number is as another, with the name of that other. */
export function times(value: number, other: number, name: string): string {
  return `${shown(value / other)} × ${name}`;
}

/** Figures as lines of one table: name, median, unit, ratio, note. */
export function table(figures: readonly Figure[]): string {
  const rows = [
    ['what', 'median', 'unit', 'ratio', ''],
    ...figures.map(({ name, value, unit, ratio, note }) => [name, shown(value), unit, ratio ?? '', note ?? '']),
  ];
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  return rows
    .map((row) =>
      row.map((cell, at) => (at === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  '),
    )
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

/** Three digits that mean something, thousands set apart; sizes are whole. */
function shown(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toFixed(digits).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ' ');
}
