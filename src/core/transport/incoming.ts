import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Wake } from './wake';

/** Bytes that may wait for the consumer before the sender is told to pause. */
const mostWaiting = 256 * 1024;

/**
 * The content of a response as it comes over the wire, after chunking. node-fetch gives a stream of it that, on a
 * connection that breaks, throws away what it still holds; so the pieces are taken from Node's own message, and
 * node-fetch's stream is only drained at the pace at which they are consumed.
 */
export class Incoming {
  /** Bytes that came so far. */
  receivedBytes = 0;
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #over = false;
  #stream: Readable | undefined;
  readonly #wake = new Wake();

  constructor(
    private readonly message: IncomingMessage,
    private readonly onBytes?: () => void,
  ) {
    message.on('data', this.#take);
    message.once('end', this.#finish);
    message.once('close', this.settle);
    message.on('error', () => undefined); // `complete` tells what there is to tell.
  }

  /** True once nothing more will come. */
  get over(): boolean {
    return this.#over;
  }

  /** True where the connection ended before the message did. */
  get broken(): boolean {
    return this.#over && !this.message.complete;
  }

  /** Takes node-fetch's stream of the same bytes, to drain. */
  drain(stream: Readable): void {
    this.#stream = stream;
    stream.on('error', () => undefined);
    if (this.#waitingBytes <= mostWaiting) stream.resume();
  }

  /** Saves what Node still holds; nothing comes after that. To be called before a request is destroyed. */
  readonly settle = (): void => {
    if (this.#over) return;
    this.message.off('data', this.#take);
    for (let piece = this.#read(); piece; piece = this.#read()) this.#take(piece);
    this.#finish();
  };

  /** The pieces, once. Ends with the message or its connection. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = this.#waiting.shift();
      if (piece) {
        this.#waitingBytes -= piece.length;
        if (this.#waitingBytes <= mostWaiting) this.#stream?.resume();
        yield piece;
      } else if (this.#over) return;
      else await this.#wake.sleep();
    }
  }

  #read(): Uint8Array | null {
    return this.message.read() as Uint8Array | null;
  }

  readonly #take = (piece: Uint8Array): void => {
    this.#waiting.push(piece);
    this.#waitingBytes += piece.length;
    this.receivedBytes += piece.length;
    if (this.#waitingBytes > mostWaiting) this.#stream?.pause();
    this.onBytes?.();
    this.#wake.wake();
  };

  readonly #finish = (): void => {
    this.#over = true;
    this.#wake.wake();
  };
}
