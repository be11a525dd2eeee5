/** A piece of text: offsets in UTF-16 code units from the start of the document, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Zero-based line and column (UTF-16 code units), as VS Code counts them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offset ↔ line and column of one text. A line ends at `\n`, `\r\n` or `\r`. */
export class LineIndex {
  /** Offset of the first character of each line. */
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.#starts = starts;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset; one beyond the end counts from the last line's start. */
  positionAt(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: Math.max(0, offset - (this.#starts[low] ?? 0)) };
  }

  /** The offset of a line's first character; beyond the last line, that of the last. */
  lineStart(line: number): number {
    return this.#starts[Math.min(Math.max(0, line), this.#starts.length - 1)] ?? 0;
  }
}
