import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Fix } from '../../../src/core/diagnosis/fix';
import type { Case } from './evidence';
import { first, NOW, token } from './evidence';

const bearer = (): Record<string, string> => ({ Authorization: `Bearer ${token()}` });

describe('fixes', () => {
  const rows: readonly (readonly [name: string, given: Case, primary: Fix])[] = [
    [
      'no service',
      { status: 401, unsigned: 'no-service', service: false },
      { kind: 'addService', baseUrl: 'https://api.example.com' },
    ],
    ['no secret yet', { status: 401 }, { kind: 'setSecret', service: 'example', field: 'token', replace: false }],
    [
      'left out by a directive',
      { status: 401, unsigned: 'no-auth-directive' },
      { kind: 'editRequest', at: 'noAuthDirective' },
    ],
    ['left out once', { status: 401, unsigned: 'left-out-once' }, { kind: 'sendAgain' }],
    [
      'a service without authentication',
      { status: 401, unsigned: 'scheme-none' },
      { kind: 'editService', service: 'example', at: 'auth' },
    ],
    [
      'a secret that is refused',
      { status: 401, sent: bearer() },
      { kind: 'setSecret', service: 'example', field: 'token', replace: true },
    ],
    [
      'the wrong scheme',
      { status: 401, sent: bearer(), headers: { 'WWW-Authenticate': 'Digest realm="x"' } },
      { kind: 'editService', service: 'example', at: 'auth' },
    ],
    [
      'a cookie written in the request',
      { status: 401, sent: { Cookie: `session=${token()}` } },
      { kind: 'editRequest', at: 'authorization' },
    ],
    ['no permission', { status: 403, sent: bearer() }, { kind: 'copyQuestion' }],
    ['a proxy', { status: 407 }, { kind: 'openSetting', key: 'http.proxy' }],
    ['a wait in seconds', { status: 429, headers: { 'Retry-After': '30' } }, { kind: 'wait', until: NOW + 30_000 }],
    [
      'a wait until a date',
      { status: 429, headers: { 'Retry-After': new Date(NOW + 90_000).toUTCString() } },
      { kind: 'wait', until: NOW + 90_000 },
    ],
    [
      'a date by the clock of the server',
      { status: 429, now: NOW + 3_600_000, headers: { 'Retry-After': new Date(NOW + 90_000).toUTCString() } },
      { kind: 'wait', until: NOW + 3_690_000 },
    ],
    [
      'a reset in seconds',
      { status: 429, headers: { 'RateLimit-Reset': '12' } },
      { kind: 'wait', until: NOW + 12_000 },
    ],
    [
      'a reset at an epoch',
      { status: 429, headers: { 'X-RateLimit-Reset': String(NOW / 1000 + 45) } },
      { kind: 'wait', until: NOW + 45_000 },
    ],
    [
      'a reset at an epoch in milliseconds',
      { status: 429, headers: { 'X-RateLimit-Reset': String(NOW + 45_000) } },
      { kind: 'wait', until: NOW + 45_000 },
    ],
    [
      'a reset as a span',
      { status: 429, headers: { 'x-ratelimit-reset-requests': '1m30s' } },
      { kind: 'wait', until: NOW + 90_000 },
    ],
    [
      'the draft RateLimit header',
      { status: 429, headers: { RateLimit: '"default";r=0;t=20' } },
      { kind: 'wait', until: NOW + 20_000 },
    ],
    [
      'a wait in words',
      { status: 429, body: { message: 'Please try again in 20s.' } },
      { kind: 'wait', until: NOW + 20_000 },
    ],
    [
      'a reset that has passed',
      { status: 429, headers: { 'X-RateLimit-Reset': String(NOW / 1000 - 45) } },
      { kind: 'wait', until: NOW },
    ],
    ['a limit without a time', { status: 429 }, { kind: 'sendAgain' }],
    [
      'a limit with a time that makes no sense',
      { status: 429, headers: { 'Retry-After': 'soon' } },
      { kind: 'sendAgain' },
    ],
    [
      'a server that is down for a while',
      { status: 503, headers: { 'Retry-After': '5' } },
      { kind: 'wait', until: NOW + 5_000 },
    ],
    ['a path that is not there', { status: 404 }, { kind: 'editService', service: 'example', at: 'baseUrl' }],
  ];
  for (const [name, given, primary] of rows) it(name, () => assert.deepEqual(first(given)?.fixes[0], primary));

  const links: readonly (readonly [name: string, given: Case, url: string | undefined])[] = [
    [
      'documentation_url',
      { status: 401, body: { message: 'x', documentation_url: 'https://docs.example.com/a' } },
      'https://docs.example.com/a',
    ],
    [
      'more_info',
      { status: 401, body: { message: 'x', more_info: 'https://docs.example.com/b' } },
      'https://docs.example.com/b',
    ],
    [
      'an RFC 9457 type',
      { status: 403, body: { title: 'x', type: 'https://docs.example.com/problems/c' } },
      'https://docs.example.com/problems/c',
    ],
    [
      'a type that is only the specification',
      { status: 403, body: { title: 'x', type: 'https://tools.ietf.org/html/rfc9110#section-15.5.4' } },
      undefined,
    ],
    [
      'an address in the sentence',
      { status: 401, body: { message: 'See https://docs.example.com/d.' } },
      'https://docs.example.com/d',
    ],
    [
      'a Link header',
      { status: 403, headers: { Link: '<https://docs.example.com/e>; rel="help"' } },
      'https://docs.example.com/e',
    ],
    ['something else than http', { status: 401, body: { message: 'x', help: 'javascript:alert(1)' } }, undefined],
    [
      'an address with a user name',
      { status: 401, body: { message: 'x', help: 'https://a:b@docs.example.com/' } },
      undefined,
    ],
  ];
  for (const [name, given, url] of links) {
    it(`offers the help: ${name}`, () => {
      const link = first({ ...given, sent: bearer() })?.fixes.find((fix) => fix.kind === 'openLink');
      assert.equal(link?.kind === 'openLink' ? link.url : undefined, url);
    });
  }
});
