import type { Headers } from './headers';
import type { HttpResponse } from './message';

/** Milliseconds each phase of a hop took; a phase that did not happen (a reused connection, plain http) is undefined. */
export interface Timings {
  /** When the hop began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
  /** From the connection being ready to the last byte of the request written. */
  readonly send?: number;
  /** From the last byte written to the first byte of the answer. */
  readonly firstByte?: number;
  readonly download?: number;
  readonly total: number;
}

/** What the TLS handshake showed of the other side. */
export interface TlsPeer {
  readonly protocol?: string;
  readonly cipher?: string;
  /** False where verification failed or was turned off for the service. */
  readonly authorized: boolean;
  readonly subject?: string;
  readonly issuer?: string;
  /** ISO 8601. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** Why a redirect was followed with less than it came with, or not at all. */
export type RedirectStop =
  | 'not-followed' // the setting or the request says so
  | 'too-many'
  | 'loop'
  | 'bad-location'
  | 'unsupported-scheme'
  | 'body-has-secret' // 307/308 to another origin with a secret in the body
  | 'location-has-secret'; // the server put the credential into the Location of another origin

export interface Redirect {
  /** The absolute target, as the Location header gives it. */
  readonly location: string;
  readonly crossOrigin: boolean;
  /** Set when the redirect was not followed. */
  readonly stopped?: RedirectStop;
  /** Names of the headers, query parameters and cookies that were not sent on, e.g. `Authorization`, `?api_key`. */
  readonly dropped: readonly string[];
  /** True where a 301/302/303 turned the method into GET and left the body out (RFC 9110 section 15.4). */
  readonly becameGet: boolean;
}

/** One request as it went over the wire, and what came back on it. */
export interface Hop {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** The header lines as sent, including those that Node's client adds. */
    readonly headers: Headers;
    readonly body?: Uint8Array;
  };
  /** The answer without its body; only the last hop's body is kept, in the outcome. */
  readonly response?: Omit<HttpResponse, 'body'>;
  readonly redirect?: Redirect;
  readonly timings: Timings;
  readonly remote?: { readonly address: string; readonly port: number };
  readonly reusedConnection: boolean;
  readonly tls?: TlsPeer;
  /** True where the credential of a service was attached to this hop. */
  readonly signed: boolean;
}

/** Why there is no response at all. Codes, not words: `diagnosis/words.ts` speaks. */
export type TransportFailureCode =
  | 'dns-not-found'
  | 'dns-failed'
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'timeout'
  | 'cancelled'
  | 'tls-untrusted'
  | 'tls-self-signed'
  | 'tls-expired'
  | 'tls-not-yet-valid'
  | 'tls-wrong-name'
  | 'tls-client-certificate'
  | 'tls-protocol'
  | 'proxy'
  | 'bad-response' // not HTTP, or headers Node's parser refuses
  | 'bad-request' // a header or URL that can't be put on the wire
  | 'unknown';

export interface TransportFailure {
  readonly code: TransportFailureCode;
  /** The system's or OpenSSL's own code where there is one, e.g. `ECONNREFUSED`. */
  readonly systemCode?: string;
  /** The library's own message: evidence, never matched on. */
  readonly detail?: string;
  /** Host and port that were tried. */
  readonly host?: string;
  readonly port?: number;
  /** The phase in which it failed. */
  readonly phase?: 'dns' | 'connect' | 'tls' | 'send' | 'wait' | 'download';
  /** The peer's certificate where TLS failed after it was seen. */
  readonly tls?: TlsPeer;
  /** Names the certificate is for, where the name was wrong. */
  readonly certificateNames?: readonly string[];
}

export type Outcome =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  | { readonly kind: 'failure'; readonly failure: TransportFailure };

/** What was sent and what came back: one or more hops, then a response or a failure. Plain data. */
export interface Exchange {
  readonly id: string;
  readonly hops: readonly Hop[];
  readonly outcome: Outcome;
  /** False where verification was off for this service: shown on every response. */
  readonly tlsVerified: boolean;
  /** Milliseconds from start to end, over all hops. */
  readonly totalMs: number;
}

const beforeSending: ReadonlySet<TransportFailure['phase']> = new Set(['dns', 'connect', 'tls']);

/**
 * Whether the last hop's request was written to a connection at all. One that failed while its connection was being made was
 * not: whatever was attached to it never left this machine.
 */
export function lastHopWasSent({ hops, outcome }: Exchange): boolean {
  if (outcome.kind === 'response') return true;
  return hops.length > 0 && !beforeSending.has(outcome.failure.phase);
}
