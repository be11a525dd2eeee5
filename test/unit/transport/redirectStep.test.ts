import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { SecretUse } from '../../../src/core/auth/scheme';
import { isSensitiveHeader } from '../../../src/core/http/sensitive';
import type { HttpRequest } from '../../../src/core/http/message';
import { noRedirects, redirectStep, type RedirectHop, type RedirectStep } from '../../../src/core/transport/redirects';
import { newSecret } from '../../rig/secrets';

const options = { followRedirects: true, maxRedirects: 20, isSensitiveHeader };

const hopTo = (url: string, used: readonly SecretUse[] = [], headers: HttpRequest['headers'] = []): RedirectHop => {
  const request = { method: 'GET', url, headers };
  return { plain: request, signed: request, used };
};

const step = (hop: RedirectHop, location: string): RedirectStep =>
  redirectStep(hop, { status: 302, headers: [{ name: 'location', value: location }] }, options, noRedirects);

describe('transport: what is another origin', () => {
  for (const [from, location, url, crossOrigin] of [
    ['https://api.example/a', 'http://api.example/b', 'http://api.example/b', true],
    ['http://api.example/a', 'https://api.example/b', 'https://api.example/b', true],
    ['https://api.example/a', 'https://api.example:8443/b', 'https://api.example:8443/b', true],
    ['https://api.example/a', 'https://www.api.example/b', 'https://www.api.example/b', true],
    ['https://api.example/a', 'https://example/b', 'https://example/b', true],
    ['https://api.example/a', 'https://api.example./b', 'https://api.example./b', true],
    ['https://api.example/a', 'https://api.example.evil.test/b', 'https://api.example.evil.test/b', true],
    ['https://api.example/a', 'https://api.example@evil.test/b', 'https://evil.test/b', true],
    ['https://api.example/a', 'https://evil.test\\@api.example/b', 'https://evil.test/@api.example/b', true],
    ['https://api.example/a', '//evil.test/b', 'https://evil.test/b', true],
    ['https://api.example/a', '/\\evil.test/b', 'https://evil.test/b', true],
    ['https://api.example/a', '\thttps://evil.test/b', 'https://evil.test/b', true],
    ['http://127.0.0.1:80/a', 'http://localhost/b', 'http://localhost/b', true],
    ['https://api.example/a', 'https://API.EXAMPLE:443/b', 'https://api.example/b', false],
    ['https://api.example:443/a', 'https://user:pass@api.example/b#part', 'https://api.example/b', false],
    ['http://127.0.0.1/a', 'http://2130706433/b', 'http://127.0.0.1/b', false],
    ['https://api.example/a/b?c=d#e', 'f', 'https://api.example/a/f', false],
    ['https://api.example/a/b?c=d#e', '?g', 'https://api.example/a/b?g', false],
    ['https://api.example/a/b?c=d', '../h', 'https://api.example/h', false],
  ] as const) {
    it(`${from} → ${JSON.stringify(location)} is ${crossOrigin ? 'another' : 'the same'}`, () => {
      const secret = newSecret();
      const used = [
        { field: 'token', value: secret, wire: secret, placement: { in: 'header', name: 'X-Colour' } },
      ] as const;
      const next = step(hopTo(from, used, [{ name: 'X-Colour', value: secret }]), location);
      assert.ok(next.kind === 'follow');
      assert.equal(next.plain.url, url);
      assert.deepEqual([next.redirect.crossOrigin, next.state.left], [crossOrigin, crossOrigin]);
      assert.equal(next.plain.headers.length, crossOrigin ? 0 : 1);
    });
  }

  it('a header a scheme placed goes even where its value shows nothing of the secret, as a signature', () => {
    const used = [
      { field: 'key', value: newSecret(), wire: newSecret(), placement: { in: 'header', name: 'X-Colour' } },
    ] as const;
    const next = step(hopTo('https://api.example/', used, [{ name: 'x-COLOUR', value: 'red' }]), 'https://evil.test/');
    assert.ok(next.kind === 'follow');
    assert.deepEqual([next.plain.headers, next.redirect.dropped], [[], ['x-COLOUR']]);
  });

  it('a secret of an earlier hop is still looked for', () => {
    const secret = newSecret();
    const used = [
      { field: 'token', value: secret, wire: secret, placement: { in: 'header', name: 'X-Colour' } },
    ] as const;
    const state = { ...noRedirects, used };
    const response = { status: 302, headers: [{ name: 'Location', value: `https://evil.test/${secret}` }] };
    const next = redirectStep(hopTo('https://api.example/'), response, options, state);
    assert.ok(next.kind === 'stop');
    assert.equal(next.redirect.stopped, 'location-has-secret');
  });

  it('no Location throws, and none of another origin is followed with the secret in it or with it', () => {
    const secret = newSecret();
    const used = [
      { field: 'token', value: secret, wire: `Bearer ${secret}`, placement: { in: 'header', name: 'Authorization' } },
    ] as const;
    const hop = hopTo('https://api.example/start', used, [{ name: 'Authorization', value: `Bearer ${secret}` }]);
    const part = fc.constantFrom(
      'https:',
      '//',
      '/',
      '\\',
      '@',
      ':',
      '?',
      '#',
      'api.example',
      'evil.test',
      '%',
      secret,
      'http:',
      '[',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 3 })), { maxLength: 8 }), (parts) => {
        const next = step(hop, parts.join(''));
        if (next.kind !== 'follow' || new URL(next.plain.url).origin === 'https://api.example') return;
        assert.equal(next.plain.headers.length, 0);
        assert.ok(!parts.join('').includes(secret) && next.state.left);
      }),
      { numRuns: 2000 },
    );
  });
});
