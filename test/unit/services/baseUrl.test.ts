import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { validateBaseUrl } from '../../../src/core/services/baseUrl';
import { originOf } from '../../../src/core/http/origin';

/** What comes out, in one line: the address and a warning, or the code of the problem. */
function outcome(text: string): string {
  const check = validateBaseUrl(text);
  if (check.ok) return check.warning ? `${check.url} (${check.warning})` : check.url;
  return check.problem.code === 'no-scheme' ? `no-scheme: ${check.problem.suggestion}` : check.problem.code;
}

describe('base URL of a service', () => {
  const table: readonly (readonly [text: string, outcome: string])[] = [
    ['https://api.sendgrid.com/v3', 'https://api.sendgrid.com/v3'],
    ['  https://api.sendgrid.com/v3/  ', 'https://api.sendgrid.com/v3'],
    ['https://API.Example.COM:443/', 'https://api.example.com'],
    ['https://api.example.com:8443/a/../b//', 'https://api.example.com:8443/b'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost', 'http://localhost'],
    ['http://[::1]:3000/x', 'http://[::1]:3000/x'],
    ['http://app.localhost', 'http://app.localhost'],
    ['http://api.example.com', 'http://api.example.com (insecure)'],
    ['http://127.0.0.1.evil.example', 'http://127.0.0.1.evil.example (insecure)'],
    ['HTTP://192.168.1.4', 'http://192.168.1.4 (insecure)'],
    ['', 'empty'],
    ['   ', 'empty'],
    ['hello', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['https:api.example.com', 'not-a-url'],
    ['https://a b.example', 'not-a-url'],
    ['https://good.example\\@evil.example', 'not-a-url'],
    ['https://good.example\n.evil.example', 'not-a-url'],
    ['https://api.example.com:99999', 'not-a-url'],
    ['api.example.com/v1', 'no-scheme: https://api.example.com/v1'],
    ['//api.example.com', 'no-scheme: https://api.example.com'],
    ['localhost:8080', 'no-scheme: http://localhost:8080'],
    ['127.0.0.1:8080/x', 'no-scheme: http://127.0.0.1:8080/x'],
    ['api.example.com:8443/v1', 'no-scheme: https://api.example.com:8443/v1'],
    ['ftp://example.com', 'not-http'],
    ['file:///etc/passwd', 'not-http'],
    ['javascript:alert(1)', 'not-http'],
    ['https://user:pass@api.example.com', 'has-credentials'],
    ['https://user@api.example.com', 'has-credentials'],
    ['https://@api.example.com', 'has-credentials'],
    ['https://:pass@api.example.com?x#y', 'has-credentials'],
    ['https://api.example.com?x=1', 'has-query'],
    ['https://api.example.com/?', 'has-query'],
    ['https://api.example.com/#top', 'has-fragment'],
    ['https://api.example.com#?', 'has-fragment'],
    ['https://{{host}}/v1', 'has-variable'],
  ];
  for (const [text, expected] of table) {
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(outcome(text), expected));
  }

  it('never throws, and what it accepts is its own normal form with the origin of its URL', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((text) => `https://${text}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const check = validateBaseUrl(text);
        if (!check.ok) return;
        assert.equal(originOf(check.url), check.origin);
        const again = validateBaseUrl(check.url);
        assert.ok(again.ok && again.url === check.url);
      }),
    );
  }).timeout(60_000);
});
