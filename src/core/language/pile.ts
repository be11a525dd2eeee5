/** What everything without any shares: a large document has hundreds of thousands of nodes with empty lists. */
export const none: readonly never[] = [];

/**
 * A list that is filled, taken and filled again. `take` gives a copy that is exactly as large as it must be; a list grown
 * with `push` keeps room for sixteen more, which is most of the memory of a tree whose lists have one or two members.
 */
export class Pile<T> {
  readonly #items: T[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(item: T): void {
    if (this.#length < this.#items.length) this.#items[this.#length] = item;
    else this.#items.push(item);
    this.#length++;
  }

  /** What was added since the last time, in order. */
  take(): readonly T[] {
    if (this.#length === 0) return none;
    const first = this.#items[0];
    const taken = this.#length === 1 && first !== undefined ? [first] : this.#items.slice(0, this.#length);
    this.#length = 0;
    // One huge block must not keep its nodes alive in here.
    if (this.#items.length > 1000) this.#items.length = 0;
    return taken;
  }

  /** The item at an index below `length`. */
  at(index: number): T | undefined {
    return index < this.#length ? this.#items[index] : undefined;
  }
}
