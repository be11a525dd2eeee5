import assert from 'node:assert/strict';
import type { AuthScheme, SecretUse } from '../../../src/core/auth/scheme';
import { describe, it } from 'mocha';
import type { Cause, CauseCode, Evidence } from '../../../src/core/diagnosis/cause';
import { diagnose } from '../../../src/core/diagnosis/diagnose';
import type { Hop, TransportFailure } from '../../../src/core/http/exchange';
import type { Headers } from '../../../src/core/http/headers';
import type { HttpResponse } from '../../../src/core/http/message';
import { newSecret } from '../../rig/secrets';

/** The server's clock in these tests, and ours unless a case says otherwise. */
export const NOW = Date.UTC(2025, 2, 12, 10);

export const bearerScheme: AuthScheme = {
  id: 'bearer',
  fields: [{ name: 'token', secret: true }],
  choices: [{ code: 'bearer', settings: {} }],
  placements: () => [{ in: 'header', name: 'Authorization' }],
  sign: () => Promise.reject(new Error('not used')),
};

/** What a case consists of; everything that is left out is ordinary. */
export interface Case {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or anything that becomes JSON. */
  readonly body?: unknown;
  /** What stands in the request, by name; `Authorization` is reported as the service's token. */
  readonly sent?: Readonly<Record<string, string>>;
  readonly url?: string;
  readonly method?: string;
  readonly unsigned?: Evidence['unsigned'];
  /** Hops before the last one. */
  readonly before?: readonly Hop[];
  readonly redirect?: Hop['redirect'];
  readonly failure?: TransportFailure;
  readonly now?: number;
  readonly lastVerifiedAt?: number;
  /** False leaves the service out. */
  readonly service?: false;
}

/** A token nobody has seen before, as an ordinary credential. */
export const token = (): string => newSecret('token');

export function evidence(given: Case): Evidence {
  const url = given.url ?? 'https://api.example.com/v1/things';
  const sent = given.sent ?? {};
  const headers: Headers = Object.entries(sent).map(([name, value]) => ({ name, value }));
  const used: SecretUse[] = Object.entries(sent)
    .filter(([name]) => /authorization|key/i.test(name))
    .map(([name, wire]) => ({
      service: 'example',
      field: 'token',
      value: /authorization/i.test(name) ? wire.replace(/^(?:Bearer|Token|Basic) /, '') : wire,
      wire,
      placement: { in: 'header', name },
    }));
  const response = responseOf(given);
  const failure = given.failure;
  const { body: _body, ...head } = response;
  const hop: Hop = {
    request: { method: given.method ?? 'GET', url, headers },
    ...(failure ? {} : { response: head }),
    ...(given.redirect ? { redirect: given.redirect } : {}),
    timings: { startedAt: NOW, total: 12 },
    reusedConnection: false,
    signed: used.length > 0,
  };
  return {
    exchange: {
      id: 'test',
      hops: [...(given.before ?? []), hop],
      outcome: failure ? { kind: 'failure', failure } : { kind: 'response', response },
      tlsVerified: true,
      totalMs: 12_000,
    },
    used,
    ...(given.service === false
      ? {}
      : {
          service: {
            id: 'example',
            name: 'Example',
            baseUrl: 'https://api.example.com/v1',
            scheme: bearerScheme,
            settings: {},
          },
        }),
    ...(given.unsigned === undefined ? {} : { unsigned: given.unsigned }),
    now: given.now ?? NOW,
    ...(given.lastVerifiedAt === undefined ? {} : { lastVerifiedAt: given.lastVerifiedAt }),
  };
}

function responseOf({ status = 200, headers, body }: Case): HttpResponse {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  const type = typeof body === 'string' ? (/^\s*</.test(body) ? 'text/html' : 'text/plain') : 'application/json';
  const all = {
    Date: new Date(NOW).toUTCString(),
    ...(body === undefined ? {} : { 'Content-Type': type }),
    ...headers,
  };
  return {
    status,
    statusText: '',
    httpVersion: '1.1',
    headers: Object.entries(all).map(([name, value]) => ({ name, value })),
    body: { bytes, size: bytes.length, encodedSize: bytes.length },
  };
}

/** The first cause of a case; undefined where the call went well. */
export function first(given: Case): Cause | undefined {
  return diagnose(evidence(given)).causes[0];
}

/** Its code; `fine` where the call went well. */
export function code(given: Case): CauseCode | 'fine' {
  return first(given)?.code ?? 'fine';
}

/** A JSON Web Token with these claims; the signature is nothing. */
export function jwt(claims: object, header: object = { alg: 'RS256', typ: 'JWT' }): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${Buffer.from(newSecret('key')).toString('base64url')}`;
}

/** Seconds since the epoch, this many seconds from the server's now. */
export const at = (seconds: number): number => Math.round(NOW / 1000) + seconds;

export type Row = readonly [name: string, expected: CauseCode | 'fine', given: Case];

/** A suite of cases, one line each: what it is, the code that has to come first, the case. */
export function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const [name, expected, given] of rows) it(`${name} → ${expected}`, () => assert.equal(code(given), expected));
  });
}

/** Headers of a request that carries a new bearer token, `user:password`, or a key of its own header. */
export const bearer = (): Record<string, string> => ({ Authorization: `Bearer ${token()}` });
export const basic = (pair: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
});
export const apiKey = (): Record<string, string> => ({ 'X-Api-Key': token() });
