import type { BodyProblem, ResponseBody } from '../http/message';
import type { BodySink } from '../ports';
import type { Codings } from './decode';
import { decode, DecodeError } from './decode';

/** What is known of a body before it is read, and what is to be done with it. */
export interface BodyPlan {
  readonly codings: Codings;
  /** Content-Length, where there is one. */
  readonly expectedBytes?: number;
  /** Bytes of the decoded body kept in memory. */
  readonly memoryLimit: number;
  /** Opens the file for a body over the limit. */
  readonly overflow?: () => Promise<BodySink>;
  /** Why reading has to stop, once it has. */
  readonly stopped: () => 'cancelled' | 'timeout' | undefined;
}

/** Where the bytes come from. */
export interface BodySource {
  readonly receivedBytes: number;
  /** True where the connection ended before the message did. */
  readonly broken: boolean;
  pieces(): AsyncIterable<Uint8Array>;
}

/**
 * Reads a body to its end: keeps the first bytes, gives a body over the limit to the sink as a whole, and waits for the
 * sink before it takes more. Never rejects for what the server or the sink did; the first problem is in the result,
 * beside everything that came before it.
 */
export async function readBody(source: BodySource, plan: BodyPlan): Promise<ResponseBody> {
  const store = new Store(plan.memoryLimit, plan.overflow);
  const { codings } = plan;
  let problem: BodyProblem | undefined;
  let broken = false;
  try {
    for await (const piece of decode(source.pieces(), codings.known ? codings.undo : [])) {
      await store.add(piece);
      if (plan.stopped()) break;
    }
    broken = source.broken;
    if (!codings.known && source.receivedBytes > 0) problem = { code: 'unknown-encoding', encoding: codings.encoding };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    // A compressed body that was cut off is bad gzip too, but the cut is the reason, so it is the one to tell.
    broken = source.broken && error.atEnd;
    problem = { code: 'bad-encoding', encoding: error.encoding, detail: error.detail };
  }
  const stopped = plan.stopped();
  const { expectedBytes } = plan;
  if (broken) problem = { code: 'closed-early', expectedBytes, receivedBytes: source.receivedBytes };
  if (stopped) problem = { code: stopped };
  return store.close(source.receivedBytes, problem);
}

/** The decoded bytes: the first ones in memory, all of them in the sink once they are more than that. */
class Store {
  #kept = new Uint8Array(0);
  #keptBytes = 0;
  #size = 0;
  #sink: BodySink | undefined;
  #failure: unknown;

  constructor(
    private readonly limit: number,
    private readonly overflow: BodyPlan['overflow'],
  ) {}

  async add(piece: Uint8Array): Promise<void> {
    const overBefore = this.#size > this.limit;
    this.#size += piece.length;
    const overNow = this.#size > this.limit;
    if (overNow && !overBefore) await this.#openSink();
    this.#keep(piece.subarray(0, this.limit - this.#keptBytes));
    if (overNow) await this.#guard(() => this.#sink?.write(piece));
  }

  async close(encodedSize: number, problem: BodyProblem | undefined): Promise<ResponseBody> {
    let file: string | undefined;
    await this.#guard(async () => {
      file = await this.#sink?.close();
    });
    const notStored: BodyProblem | undefined =
      this.#failure === undefined ? undefined : { code: 'not-stored', detail: messageOf(this.#failure) };
    return {
      bytes: this.#kept.slice(0, this.#keptBytes),
      size: this.#size,
      encodedSize,
      ...(file === undefined ? {} : { file }),
      ...((problem ?? notStored) ? { problem: problem ?? notStored } : {}),
    };
  }

  /** Grows by doubling, so that a body in very small pieces does not hold on to a buffer for each of them. */
  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const needed = this.#keptBytes + piece.length;
    if (needed > this.#kept.length) {
      const grown = new Uint8Array(Math.min(this.limit, Math.max(needed, this.#kept.length * 2, 16384)));
      grown.set(this.#kept.subarray(0, this.#keptBytes));
      this.#kept = grown;
    }
    this.#kept.set(piece, this.#keptBytes);
    this.#keptBytes = needed;
  }

  async #openSink(): Promise<void> {
    await this.#guard(async () => {
      this.#sink = await this.overflow?.();
      if (this.#keptBytes > 0) await this.#sink?.write(this.#kept.slice(0, this.#keptBytes));
    });
  }

  /** A disk that is full must not cost the person the answer: what is in memory stays, and the body says so. */
  async #guard(step: () => Promise<unknown> | undefined): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#failure ??= error;
      const sink = this.#sink;
      this.#sink = undefined;
      await sink?.discard().catch(() => undefined);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
