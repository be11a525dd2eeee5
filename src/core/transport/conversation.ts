import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import fetch from 'node-fetch';
import type { Hop, Redirect, TransportFailure } from '../http/exchange';
import { fromRawHeaders, getHeader, getHeaders, type Headers } from '../http/headers';
import type { HttpResponse, ResponseBody } from '../http/message';
import { keepAgent, type OwnAgent } from './agents';
import { readBody } from './body';
import { parseCodings } from './decode';
import { transportFailure } from './failure';
import { Incoming } from './incoming';
import type { Progress, SendOptions } from './options';
import { fromWire, headersAsSent, type Outgoing, OutgoingBody } from './outgoing';
import { HopWatch } from './timings';

/** Why a send was stopped from our side; the reason of its abort signal. */
export type Stop = 'cancelled' | 'timeout';

/** A body that is not wanted is read up to here (bytes), to keep the connection; one that is longer costs it. */
const worthReading = 64 * 1024;

/** Errors by which a kept connection shows that the server had closed it meanwhile. */
const closedMeanwhile: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE']);

/** One request and its answer over one connection. */
export class Conversation {
  readonly #watch: HopWatch;
  readonly #host: string;
  #request: ClientRequest | undefined;
  #message: IncomingMessage | undefined;
  #incoming: Incoming | undefined;
  #upgraded = false;
  #error: unknown;
  #proxyFailed = false;

  constructor(
    private readonly outgoing: Outgoing,
    private readonly signal: AbortSignal,
    startedAt: number,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    const { hostname } = outgoing.url;
    this.#host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
    const url = outgoing.url.href;
    this.#watch = new HopWatch(this.#host, startedAt, (phase) => {
      if (phase === 'send') onProgress({ phase: 'sending', url });
      if (phase === 'wait') onProgress({ phase: 'waiting', url });
    });
  }

  /** Sends the request and waits for the headers of the answer. Gives the failure where none come; never rejects. */
  async start(agent: OwnAgent): Promise<TransportFailure | undefined> {
    const { url } = this.outgoing;
    this.onProgress({ phase: 'connecting', url: url.href });
    // Registered before node-fetch's own: it destroys the request, and with it what Node still holds of the body.
    this.signal.addEventListener('abort', this.#settle, { once: true });
    try {
      await new Promise<void>((resolve, reject) => {
        const body = new OutgoingBody(this.outgoing, (request) => this.#attach(request, agent, resolve));
        const { signal } = this;
        // The method decides only whether node-fetch takes a body; the real one is set where the body is written.
        fetch(url.href, { method: 'POST', body, agent, signal, redirect: 'manual', compress: false }).then(
          (response) => {
            this.#incoming?.drain(response.body as Readable);
            resolve();
          },
          reject,
        );
      });
      return undefined;
    } catch (error) {
      this.#request?.destroy();
      return this.#failure(this.#error ?? error);
    }
  }

  /** True where a kept connection turned out to be closed before anything came back. */
  get wasClosedMeanwhile(): boolean {
    const { code } = (this.#error ?? {}) as { code?: string };
    return this.#watch.reusedConnection && this.#message === undefined && closedMeanwhile.has(code);
  }

  /** Status line, header fields and, once the body is read, trailers. */
  response(): Omit<HttpResponse, 'body'> {
    const message = this.#answer();
    const trailers = fieldsOf(message.rawTrailers);
    return {
      status: message.statusCode ?? 0,
      statusText: fromWire(message.statusMessage ?? ''),
      httpVersion: message.httpVersion,
      headers: fieldsOf(message.rawHeaders),
      ...(trailers.length > 0 ? { trailers } : {}),
    };
  }

  /** Reads the body as the options want it. Never rejects for what the server does. */
  async body(options: Pick<SendOptions, 'memoryLimit' | 'overflow'>): Promise<ResponseBody> {
    const { headers } = this.response();
    const { overflow, memoryLimit } = options;
    const body = await readBody(this.#source(), {
      codings: parseCodings(getHeaders(headers, 'Content-Encoding')),
      expectedBytes: this.#announcedBytes(),
      memoryLimit,
      overflow: overflow && (() => overflow(getHeader(headers, 'Content-Type'))),
      stopped: () => (this.signal.aborted ? (this.signal.reason as Stop) : undefined),
    });
    this.#finish();
    return body;
  }

  /** Reads a body nobody wants, so that its connection can be used again; gives up on a long one. */
  async discard(): Promise<void> {
    const source = this.#source();
    for await (const _ of source.pieces()) if (source.receivedBytes > worthReading) break;
    this.#finish();
  }

  /** The hop as data. Takes what its response led to, and whether a service's credential was attached. */
  hop(signed: boolean, redirect?: Redirect): Hop {
    const { method, url, headers, body } = this.outgoing;
    const sent = this.#request ? headersAsSent(this.#request) : headers;
    return {
      request: { method, url: url.href, headers: sent, ...(body ? { body } : {}) },
      ...(this.#message ? { response: this.response() } : {}),
      ...(redirect ? { redirect } : {}),
      timings: this.#watch.timings(),
      ...(this.#watch.remote ? { remote: this.#watch.remote } : {}),
      reusedConnection: this.#watch.reusedConnection,
      ...(this.#watch.tls ? { tls: this.#watch.tls } : {}),
      signed,
    };
  }

  #attach(request: ClientRequest, agent: OwnAgent, onUpgrade: () => void): void {
    this.#request = request;
    keepAgent(request, agent, this.#host);
    this.#watch.watch(request);
    request.prependListener('error', (error) => {
      this.#error ??= error;
      this.#settle();
    });
    request.prependOnceListener('response', (message) => this.#answered(message));
    // VS Code's proxy agent tells of its attempts this way; Node's types do not know it.
    (request as NodeJS.EventEmitter).on('proxy', (attempt: { proxy?: string; error?: unknown }) => {
      if (attempt.error !== undefined && attempt.proxy !== 'DIRECT') {
        this.#proxyFailed = true;
        this.#error = attempt.error;
      }
    });
    // A protocol that is switched (101), or a tunnel: there is an answer, and nothing of HTTP after it.
    for (const event of ['upgrade', 'connect'] as const) {
      request.once(event, (message: IncomingMessage, socket: NodeJS.WritableStream & { destroy(): void }) => {
        this.#upgraded = true;
        this.#answered(message);
        socket.destroy();
        onUpgrade();
      });
    }
  }

  #answered(message: IncomingMessage): void {
    this.#message = message;
    this.#watch.answered(message);
    const incoming = new Incoming(message, () => {
      this.onProgress({ phase: 'downloading', bytes: incoming.receivedBytes, totalBytes: this.#announcedBytes() });
    });
    this.#incoming = incoming;
  }

  #answer(): IncomingMessage {
    if (!this.#message) throw new Error('there is no answer yet');
    return this.#message;
  }

  #source(): Pick<Incoming, 'receivedBytes' | 'broken' | 'pieces'> {
    if (!this.#upgraded && this.#incoming) return this.#incoming;
    return { receivedBytes: 0, broken: false, pieces: async function* () {} };
  }

  #announcedBytes(): number | undefined {
    const length = this.#message?.headers['content-length'];
    return length !== undefined && /^\d+$/.test(length) ? Number(length) : undefined;
  }

  #finish(): void {
    this.#watch.end();
    this.signal.removeEventListener('abort', this.#settle);
    if (!this.#incoming?.over) this.#request?.destroy();
  }

  readonly #settle = (): void => this.#incoming?.settle();

  #failure(error: unknown): TransportFailure {
    this.#watch.end();
    this.signal.removeEventListener('abort', this.#settle);
    const { url } = this.outgoing;
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const { phase, tls, certificateNames } = this.#watch;
    const place = { host: this.#host, port, phase, tls, certificateNames, proxyFailed: this.#proxyFailed };
    if (this.signal.aborted) return { code: this.signal.reason as Stop, host: place.host, port, phase };
    return transportFailure(error, place);
  }
}

function fieldsOf(raw: readonly string[]): Headers {
  return fromRawHeaders(raw).map(({ name, value }) => ({ name, value: fromWire(value) }));
}
