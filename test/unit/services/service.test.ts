import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { isServiceId, makeServiceId, parseTest, testUrl } from '../../../src/core/services/service';

describe('service', () => {
  const ids: readonly (readonly [name: string, taken: readonly string[], id: string])[] = [
    ['SendGrid', [], 'sendgrid'],
    ['Send Grid (EU)', [], 'send-grid-eu'],
    ['  --Crème brûlée--  ', [], 'creme-brulee'],
    ['api.example.com', [], 'api.example.com'],
    ['日本', [], 'service'],
    ['', ['service'], 'service-2'],
    ['GitHub', ['github', 'github-2'], 'github-3'],
    ['x'.repeat(200), [], 'x'.repeat(56)],
  ];
  for (const [name, taken, id] of ids) {
    it(`the id of ${JSON.stringify(name.slice(0, 20))} beside [${taken.join()}] is ${id}`, () =>
      assert.equal(makeServiceId(name, taken), id));
  }

  it('every id that is made is an id and is free', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (name, taken) => {
        const first = makeServiceId(name, taken);
        assert.ok(isServiceId(first) && !taken.includes(first), first);
        assert.ok(isServiceId(makeServiceId(name, [...taken, first])));
      }),
    );
  }).timeout(60_000);

  const tests: readonly (readonly [text: string, method: string | undefined, path?: string])[] = [
    ['GET /scopes', 'GET', '/scopes'],
    ['HEAD', 'HEAD', ''],
    ['post  /a?b=c', 'POST', '/a?b=c'],
    ['/me', 'GET', '/me'],
    [' /me ', 'GET', '/me'],
    ['GET', 'GET', ''],
    ['get', undefined],
    ['scopes', undefined],
    ['GET https://evil.example/', undefined],
    ['GET /a b', undefined],
    ['GET /a#b', undefined],
    ['GET /a\nHost: evil.example', undefined],
    ['', undefined],
  ];
  for (const [text, method, path] of tests) {
    it(`reads the test ${JSON.stringify(text)} as ${method === undefined ? 'nothing' : `${method} ${path}`}`, () =>
      assert.deepEqual(parseTest(text), method === undefined ? undefined : { method, path }));
  }

  it('a test path that looks like another host stays on the service', () => {
    const url = testUrl({ baseUrl: 'https://api.example.com', test: { method: 'GET', path: '//evil.example/x' } });
    assert.equal(new URL(url).host, 'api.example.com');
  });
});
