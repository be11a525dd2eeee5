import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { serving, type Answer } from './serving';

describe('the demo: its moods', () => {
  let now = Date.UTC(2025, 2, 12, 10);
  const { demo, call } = serving({ now: () => now });
  const asUser = () => ({ authorization: `Bearer ${demo().tokens.good}` });

  describe('answers', () => {
    /** One request with the good token, and what its answer must hold. */
    const check = (path: string, status: number, type: RegExp, text: RegExp, init: RequestInit = {}) =>
      it(`${init.method ?? 'GET'} ${path} ${typeof init.body === 'string' ? init.body : ''}: ${status}`, async () => {
        const answer = await call(path, { ...init, headers: { ...asUser(), ...init.headers } });
        assert.equal(answer.status, status, answer.text);
        assert.match(answer.headers.get('content-type') ?? '', type);
        assert.match(answer.text, text);
      });
    const json = /^application\/json/;
    const trouble = /^application\/problem\+json$/;
    const page = /^text\/html/;
    const order = (body: string, type = 'application/json') => ({
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });

    check('/', 200, json, /lk_demo_/);
    check('/credentials', 200, json, /has every scope/);
    check('/orders', 400, trouble, /"pointer": "#\/quantity"/, order('{"item":"key","quantity":0}'));
    check('/orders', 400, trouble, /"pointer": "#\/item"/, order('{"quantity":1}'));
    check('/orders', 400, trouble, /is an object/, order('[]'));
    check('/orders', 400, trouble, /not JSON/, order('{'));
    check('/orders', 415, trouble, /Content-Type/, order('{}', 'text/plain'));
    check('/orders', 201, json, /"quantity": 2/, order('{"item":"key","quantity":2}'));
    check('/billing', 402, trouble, /not paid/);
    check('/sign-in', 200, page, /<form/);
    check('/html', 200, page, /<script>/);
    check('/gzip', 200, json, /"coding": "gzip"/);
    check('/deflate', 200, json, /"coding": "deflate"/);
    check('/br', 200, json, /"coding": "br"/);
    check('/charset', 200, /charset=x-latchkey/, /^OK/);
    check('/slow?ms=1&lines=3', 200, /^text\/plain/, /^Line 1 of 3\nLine 2 of 3\nLine 3 of 3\n$/);
    check('/status/418', 418, trouble, /418/);
    check('/status/204', 204, /^/, /^$/);
    check('/status/99', 404, trouble, /nothing here/);
    check('/help/scope', 200, page, /Ask whoever/);
    check('/help/toString', 404, trouble, /nothing here/);
    check('/nowhere', 404, trouble, /lists what it has/);
    check('/%2e%2e/%00', 404, trouble, /nothing here/);
    check('/me', 405, trouble, /Use GET, HEAD/, { method: 'DELETE' });
    check('/orders', 405, trouble, /Use POST/);
  });

  describe('redirects', () => {
    const check = (path: string, status: number, location: () => string) =>
      it(`GET ${path}: ${status}`, async () => {
        const answer = await call(path);
        assert.equal(answer.status, status);
        assert.equal(answer.headers.get('location'), location());
      });
    check('/elsewhere', 302, () => `${demo().elsewhere}/received`);
    check('/moved', 307, () => '/me');
    check('/login', 302, () => '/sign-in');
    check('/loop', 302, () => '/loop');

    const other = async (headers: Record<string, string>) => {
      const response = await fetch(`${demo().elsewhere}/received`, { headers });
      assert.equal(response.status, 401);
      assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="elsewhere"');
      return response.text();
    };
    it('the other origin tells that nothing arrived', async () =>
      assert.match(await other({}), /No credential arrived/));
    for (const name of ['authorization', 'cookie', 'x-demo-key']) {
      it(`the other origin tells of a ${name} header, by name alone`, async () => {
        const value = crypto.randomUUID();
        const text = await other({ [name]: value });
        assert.match(text, new RegExp(`credential arrived here, in ${name}`));
        assert.ok(!text.includes(value));
      });
    }
  });

  it('/limited refuses, tells how long, and lets a call through after that', async () => {
    const waits = async () => (await call('/limited')).headers.get('retry-after');
    assert.equal(await waits(), '5');
    now += 1500;
    assert.equal(await waits(), '4');
    assert.equal((await call('/limited')).status, 429);
    now += 3500;
    assert.equal((await call('/limited')).status, 200);
    assert.equal(await waits(), '5');
  });

  it('/large streams as much JSON as was asked for', async () => {
    const { text } = await call('/large?mb=2');
    const { items, count } = JSON.parse(text) as { items: unknown[]; count: number };
    assert.equal(items.length, count);
    assert.ok(text.length > 2 * 1024 * 1024 && text.length < 2.2 * 1024 * 1024, String(text.length));
  });

  it('/echo gives back method, target, headers and body', async () => {
    const answer = await call('/echo?a=1', { method: 'PUT', body: 'hé', headers: { ...asUser(), 'X-One': '1' } });
    const echoed = JSON.parse(answer.text) as { method: string; target: string; headers: string[][]; body: string };
    assert.equal(echoed.method, 'PUT');
    assert.equal(echoed.target, '/echo?a=1');
    assert.equal(echoed.body, 'hé');
    const names = new Map(echoed.headers.map(([name = '', value = '']) => [name.toLowerCase(), value]));
    assert.equal(names.get('x-one'), '1');
    assert.equal(names.get('authorization'), asUser().authorization);
  });

  it('HEAD has the headers of GET and no body', async () => {
    const get = await call('/me', { headers: asUser() });
    const head = await call('/me', { method: 'HEAD', headers: asUser() });
    assert.equal(head.text, '');
    assert.equal(head.headers.get('content-length'), get.headers.get('content-length'));
  });

  it("every answer carries the demo's own date", async () => {
    const dates = (answers: readonly Answer[]) => answers.map((answer) => answer.headers.get('date'));
    const expected = new Date(now).toUTCString();
    assert.deepEqual(dates([await call('/'), await call('/nowhere')]), [expected, expected]);
  });

  it('the links in its problems lead to a page', async () => {
    const answers = [
      await call('/reports', { headers: asUser() }),
      await call('/billing', { headers: asUser() }),
      await call('/limited'),
      await call('/orders', {
        method: 'POST',
        body: '{}',
        headers: { ...asUser(), 'content-type': 'application/json' },
      }),
    ];
    for (const answer of answers) {
      const { type } = JSON.parse(answer.text) as { type: string };
      assert.equal((await fetch(type)).status, 200, type);
    }
  });
});
