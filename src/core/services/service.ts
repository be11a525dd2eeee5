import type { SchemeSettings } from '../auth/scheme';
import type { SettingsScope } from '../ports';

/** An API as the person knows it. Read from `latchkey.services`; holds no secret. */
export interface Service {
  /** The key in the setting; matches `^[a-z0-9][a-z0-9._-]*$`, at most 64 characters. */
  readonly id: string;
  readonly name: string;
  /** Absolute http(s) URL without query, fragment, user info or trailing slash. */
  readonly baseUrl: string;
  /** The origin of `baseUrl`: what a secret entered now is bound to. */
  readonly origin: string;
  /** Id of a scheme in `auth/schemes.ts`. */
  readonly scheme: string;
  /** What stands under `auth` beside `scheme`. */
  readonly settings: SchemeSettings;
  /** The test request, by default `GET` of the base URL. */
  readonly test: TestRequest;
  /** False only where the definition says `"verifyTls": false`. */
  readonly verifyTls: boolean;
  readonly scope: SettingsScope;
}

/** What *Test Service* sends: a method and a path below the base URL; the path is empty or starts with `/`. */
export interface TestRequest {
  readonly method: string;
  readonly path: string;
}

/** The test request of a service that names none. */
export const DEFAULT_TEST: TestRequest = { method: 'GET', path: '' };

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Whether a text can be the id of a service. */
export function isServiceId(text: string): boolean {
  return ID.test(text);
}

/** An id made from a name: `Send Grid (EU)` gives `send-grid-eu`; one that is taken gets a number, `-2` and on. */
export function makeServiceId(name: string, taken: Iterable<string>): string {
  const ascii = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = ascii.replace(/[^a-z0-9._]+/g, '-').replace(/^[-._]+/, '');
  const base = words.slice(0, 56).replace(/[-._]+$/, '') || 'service';
  const used = new Set(taken);
  let id = base;
  for (let count = 2; used.has(id); count++) id = `${base}-${count}`;
  return id;
}

/**
 * Reads `GET /scopes`, `/scopes` or `HEAD`; undefined where the text is none of these. A method (RFC 9110 section 9.1) comes
 * out in capitals; without a path the base URL itself is meant.
 */
export function parseTest(text: string): TestRequest | undefined {
  const trimmed = text.trim();
  // A word alone is a method only in capitals: `scopes` is a path whose slash was forgotten.
  if (/^[A-Z]+$/.test(trimmed)) return { method: trimmed, path: '' };
  const match = /^(?:([A-Za-z]+)[ \t]+)?(\/[!-~]*)$/.exec(trimmed);
  const path = match?.[2];
  if (path === undefined || path.includes('#')) return undefined;
  return { method: (match?.[1] ?? 'GET').toUpperCase(), path };
}

/** The absolute URL of the test request. */
export function testUrl(service: Pick<Service, 'baseUrl' | 'test'>): string {
  return service.baseUrl + service.test.path;
}

/** The JSON that stands in the setting `latchkey.services` under the id. Holds no secret, because a service has none. */
export function serviceToDefinition(service: Service): object {
  const { method, path } = service.test;
  const isDefault = method === DEFAULT_TEST.method && path === DEFAULT_TEST.path;
  return {
    name: service.name,
    baseUrl: service.baseUrl,
    auth: { scheme: service.scheme, ...service.settings },
    ...(isDefault ? {} : { test: `${method} ${path}`.trim() }),
    ...(service.verifyTls ? {} : { verifyTls: false }),
  };
}
