import { afterEach } from 'mocha';
import type { Exchange, Redirect, TransportFailure } from '../../../src/core/http/exchange';
import type { HttpRequest, HttpResponse } from '../../../src/core/http/message';
import { isSensitiveHeader } from '../../../src/core/http/sensitive';
import type { BodySink } from '../../../src/core/ports';
import type { SendOptions } from '../../../src/core/transport/options';
import { createTransport, type Transport, type TransportDeps } from '../../../src/core/transport/transport';
import { pem } from '../support/servers';

/** A request with as little in it as a test needs to say. */
export function get(url: string, rest: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url, headers: [], ...rest };
}

export function post(url: string, body: string, rest: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', url, headers: [], body: Buffer.from(body), ...rest };
}

export const options = (changes: Partial<SendOptions> = {}): SendOptions => ({
  followRedirects: true,
  maxRedirects: 20,
  verifyTls: true,
  memoryLimit: 1024 * 1024,
  sign: async (request) => ({ request, used: [] }),
  isSensitiveHeader,
  ...changes,
});

export interface Sending {
  /** The transport of the running test; it trusts the tests' own authority. */
  transport(deps?: Partial<TransportDeps>): Transport;
  send(request: HttpRequest, changes?: Partial<SendOptions>, signal?: AbortSignal): Promise<Exchange>;
}

/** To be called inside `describe`: each test has a transport of its own, which goes with it. */
export function useTransport(): Sending {
  const made: Transport[] = [];
  afterEach(() => {
    for (const transport of made.splice(0)) transport.dispose();
  });
  const transport = (deps: Partial<TransportDeps> = {}): Transport => {
    const fresh = createTransport({ userAgent: 'latchkey/test', ca: pem('ca'), ...deps });
    made.push(fresh);
    return fresh;
  };
  return {
    transport,
    send: (request, changes, signal = new AbortController().signal) =>
      (made[0] ?? transport()).send(request, options(changes), signal),
  };
}

/** The response of an exchange; an error that names the failure where there is none. */
export function responseOf({ outcome }: Exchange): HttpResponse {
  if (outcome.kind === 'response') return outcome.response;
  throw new Error(`no response but ${outcome.failure.code} (${outcome.failure.systemCode}): ${outcome.failure.detail}`);
}

export function failureOf({ outcome }: Exchange): TransportFailure {
  if (outcome.kind === 'failure') return outcome.failure;
  throw new Error(`no failure but status ${outcome.response.status}`);
}

export function textOf(exchange: Exchange): string {
  return Buffer.from(responseOf(exchange).body.bytes).toString();
}

export const redirectsOf = (exchange: Exchange): (Redirect | undefined)[] => exchange.hops.map((hop) => hop.redirect);

export interface MemorySink extends BodySink {
  content(): Buffer;
  /** The most calls of `write` that ran at once. */
  mostAtOnce(): number;
  discarded(): boolean;
}

/** A sink that keeps what it is given; writing takes until the next turn of the event loop, or fails. */
export function memorySink(failure?: Error): MemorySink {
  const parts: Buffer[] = [];
  let running = 0;
  let most = 0;
  let discarded = false;
  return {
    async write(chunk) {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (failure) throw failure;
      parts.push(Buffer.from(chunk));
    },
    close: async () => '/memory/body',
    discard: async () => {
      discarded = true;
    },
    content: () => Buffer.concat(parts),
    mostAtOnce: () => most,
    discarded: () => discarded,
  };
}
