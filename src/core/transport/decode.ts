import * as zlib from 'node:zlib';
import type { Transform } from 'node:stream';
import { Wake } from './wake';

/** Undoing more layers than this is nobody's wish but an attacker's. */
const mostLayers = 5;

type Coding = 'gzip' | 'deflate' | 'br';
const names: ReadonlyMap<string, Coding> = new Map<string, Coding>([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'], // RFC 9110 section 8.4.1.3
  ['deflate', 'deflate'],
  ['br', 'br'],
]);

/** The content codings of a body: those to undo, in this order, or the one that is not known. */
export type Codings =
  { readonly known: true; readonly undo: readonly Coding[] } | { readonly known: false; readonly encoding: string };

/**
 * Bytes that are not what Content-Encoding says. Carries the coding, zlib's own words, and whether all input had been
 * read: then they were fine as far as they went, and only the rest is missing.
 */
export class DecodeError extends Error {
  constructor(
    readonly encoding: string,
    readonly detail: string,
    readonly atEnd: boolean,
  ) {
    super(`the body is not valid ${encoding}`);
  }
}

/** Reads Content-Encoding (RFC 9110 section 8.4): takes its field values, gives the codings from the last applied to the first. */
export function parseCodings(values: readonly string[]): Codings {
  const undo: Coding[] = [];
  for (const value of values.flatMap((text) => text.split(','))) {
    const name = value.trim().toLowerCase();
    if (name === '' || name === 'identity') continue;
    const coding = names.get(name);
    if (!coding || undo.length === mostLayers) return { known: false, encoding: name };
    undo.unshift(coding);
  }
  return { known: true, undo };
}

/**
 * Undoes content codings piece by piece; never holds more than a piece of output, however far the input expands.
 * Throws {@link DecodeError} after everything that could be decoded was given.
 */
export function decode(chunks: AsyncIterable<Uint8Array>, undo: readonly Coding[]): AsyncIterable<Uint8Array> {
  return undo.reduce((source, coding) => decodeOne(source, coding), chunks);
}

async function* decodeOne(source: AsyncIterable<Uint8Array>, coding: Coding): AsyncGenerator<Uint8Array> {
  let decoder: Decoder | undefined;
  try {
    for await (const chunk of source) {
      if (chunk.length === 0) continue;
      decoder ??= new Decoder(coding, chunk);
      yield* decoder.write(chunk);
    }
    // A body of no bytes at all is an empty body, whatever its coding: servers send it for redirects and 304s.
    if (decoder) yield* decoder.end();
  } finally {
    decoder?.destroy();
  }
}

/**
 * A zlib stream that is read by hand. An async iterator over it would lose what it had decoded before an error, and a
 * listener for `data` could not stop a small piece of input from expanding to gigabytes.
 */
class Decoder {
  readonly #stream: Transform;
  readonly #wake = new Wake();
  #error: Error | undefined;
  #ended = false;

  constructor(
    private readonly coding: Coding,
    first: Uint8Array,
  ) {
    this.#stream = createStream(coding, first);
    this.#stream.on('readable', this.#wake.wake);
    this.#stream.on('end', () => {
      this.#ended = true;
      this.#wake.wake();
    });
    this.#stream.on('error', (error) => {
      this.#error = error;
      this.#wake.wake();
    });
  }

  async *write(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    let taken = false;
    this.#stream.write(chunk, () => {
      taken = true;
      this.#wake.wake();
    });
    yield* this.#read(() => taken);
  }

  async *end(): AsyncGenerator<Uint8Array> {
    this.#stream.end();
    yield* this.#read(() => this.#ended);
  }

  destroy(): void {
    this.#stream.destroy();
  }

  async *#read(done: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let piece = this.#next(); piece; piece = this.#next()) yield piece;
      if (this.#error) throw new DecodeError(this.coding, this.#error.message, this.#stream.writableEnded);
      if (done()) return;
      await this.#wake.sleep();
    }
  }

  #next(): Uint8Array | null {
    return this.#stream.read() as Uint8Array | null;
  }
}

function createStream(coding: Coding, first: Uint8Array): Transform {
  switch (coding) {
    case 'gzip':
      return zlib.createGunzip();
    case 'br':
      return zlib.createBrotliDecompress();
    case 'deflate':
      // RFC 9110 section 8.4.1.2 notes it: some servers send the raw format. A zlib header begins with method 8.
      return ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  }
}
