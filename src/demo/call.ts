import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoTokens } from './tokens';

/** What the two servers of the demo know about themselves. */
export interface DemoState {
  /** Base URL of the demo API, e.g. `http://127.0.0.1:4477`, without a trailing slash. */
  readonly url: string;
  /** Base URL of the second origin, which redirects lead to. */
  readonly elsewhere: string;
  readonly tokens: DemoTokens;
  /** What its JWTs are signed with. */
  readonly jwtKey: string;
  /** Milliseconds since the epoch. */
  now(): number;
  /** `/limited` refuses until then, milliseconds since the epoch; undefined where the next call opens a window. */
  limitedUntil: number | undefined;
}

/** One request on its way through the demo. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Upper case. */
  readonly method: string;
  readonly url: URL;
  readonly body: Buffer;
  readonly demo: DemoState;
  /** Aborted when the client has gone or the demo stops. */
  readonly signal: AbortSignal;
}

/** Answers a call. May throw or reject: the server then answers 500. */
export type Handler = (call: Call) => void | Promise<void>;

/** Every value of a header as it came over the wire, also where a client sent it twice. `name` in any case. */
export function headerValues(request: IncomingMessage, name: string): string[] {
  const wanted = name.toLowerCase();
  const raw = request.rawHeaders;
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1]?.toLowerCase() === wanted);
}

/** A whole number from the query, kept within bounds; `fallback` where there is none. */
export function numberFrom(url: URL, name: string, bounds: { min: number; max: number; fallback: number }): number {
  const text = url.searchParams.get(name);
  const value = text === null ? NaN : Number(text);
  return Number.isFinite(value) ? Math.min(bounds.max, Math.max(bounds.min, Math.round(value))) : bounds.fallback;
}
