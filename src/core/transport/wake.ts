/** Lets one loop sleep until something happened: `wake` ends the sleep under way, or the next one if none is. */
export class Wake {
  #awake = false;
  #resume: (() => void) | undefined;

  readonly wake = (): void => {
    this.#awake = true;
    this.#resume?.();
    this.#resume = undefined;
  };

  async sleep(): Promise<void> {
    if (!this.#awake) await new Promise<void>((resolve) => (this.#resume = resolve));
    this.#awake = false;
  }
}
