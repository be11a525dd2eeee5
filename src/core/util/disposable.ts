/** Something that holds a resource until `dispose` is called. VS Code's own `Disposable` fits. */
export interface Disposable {
  dispose(): unknown;
}

/** Disposes every item even if one throws, then throws the first error. */
export function disposeAll(items: Iterable<Disposable>): void {
  const errors: unknown[] = [];
  for (const item of items) {
    try {
      item.dispose();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** A base class for owners: what `register` was given goes when the owner goes, last come first gone. */
export abstract class DisposableOwner implements Disposable {
  readonly #owned: Disposable[] = [];
  #disposed = false;

  /** True once `dispose` has run. */
  protected get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes ownership and gives the item back; an owner that is already gone disposes it at once. */
  protected register<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#owned.push(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    disposeAll(this.#owned.splice(0).reverse());
  }
}
