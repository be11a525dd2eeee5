import assert from 'node:assert/strict';
import { createServer, connect, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { routes } from '../../../src/demo/routes';
import { startDemo } from '../../../src/demo/server';
import { serving } from './serving';

/** Sends text as it is and gives everything that came back until the server closed. */
function wire(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text));
    let received = '';
    socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => (received === '' ? reject(error) : resolve(received)));
    socket.on('close', () => resolve(received));
  });
}

describe('the demo: its server', () => {
  const { demo, call } = serving();

  describe('on the wire', () => {
    const check = (title: string, request: (host: string) => string, expected: RegExp) =>
      it(title, async () => {
        const host = new URL(demo().url).host;
        assert.match(await wire(demo().url, request(host)), expected);
      });
    const get = (path: string) => (host: string) =>
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

    check('garbage is answered and closed', () => '\x00\xff\x16\x03 nonsense\r\n\r\n', /^HTTP\/1\.1 400 /);
    check('no Host', () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 400 /);
    check(
      'too many headers',
      (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    );
    check(
      'a name that only points here (DNS rebinding) gets nothing',
      () => 'GET /credentials HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 421 (?!.*lk_demo)/s,
    );
    check(
      'an absolute target of another host gets nothing',
      (host) => `GET http://evil.example/credentials HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 421 (?!.*lk_demo)/s,
    );
    check(
      'an absolute target of its own',
      (host) => `GET http://${host}/sign-in HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 200 /,
    );
    check('OPTIONS *', (host) => get('*')(host).replace('GET', 'OPTIONS'), /^HTTP\/1\.1 404 /);
    check('a target that is no URL', get('//['), /^HTTP\/1\.1 404 /);
    check(
      'the Authorization header sent twice',
      (host) => get('/me')(host).replace('\r\n\r\n', '\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n'),
      /^HTTP\/1\.1 400 .*error="invalid_request", error_description="The Authorization header was sent twice"/s,
    );
    check('breaking off', get('/disconnect'), /Content-Length: 1000\r\n(?:.*\r\n)*\r\n\{ "items": .{1,60}$/);
    check('a wrong length', get('/bad-length'), /Content-Length: 5\r\n(?:.*\r\n)*\r\nhello, and more/);
    check('a bad header', get('/bad-header'), /\r\nnot a header\r\n/);
    // Here and not with fetch, which takes no 407.
    check('a proxy', get('/proxy'), /^HTTP\/1\.1 407 .*\r\nProxy-Authenticate: Basic realm="demo proxy"\r\n/s);
  });

  it('no target and no credential makes it fail', async () => {
    const paths = fc
      .constantFrom(...routes.map((route) => route.path.replace('*', '')), '/x')
      .filter((path) => path !== '/silent');
    const printable = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    await fc.assert(
      fc.asyncProperty(paths, printable, printable, async (path, suffix, credential) => {
        const { host } = new URL(demo().url);
        const short = path === '/slow' || path === '/large' ? '?ms=0&lines=1&mb=1&' : '';
        const head = `GET ${path}${short}${suffix} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${credential}\r\n`;
        const answer = await wire(demo().url, `${head}Connection: close\r\n\r\n`).catch(
          (error: Error) => error.message,
        );
        if (path === '/reset') return;
        assert.match(answer, /^HTTP\/1\.1 (?:200|30[27]|4\d\d) /);
      }),
      { numRuns: 150 },
    );
  });

  it('a reset connection gives no answer', async () => {
    await assert.rejects(call('/reset'), (error: Error) => (error.cause as { code?: string }).code !== undefined);
  });

  it('a body that is too large is refused', async () => {
    const answer = await call('/echo', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    assert.equal(answer.status, 413);
  });

  it('a client that goes away is forgotten, and the next one is served', async () => {
    for (const path of ['/slow', '/silent', '/large?mb=200']) {
      const gone = new AbortController();
      const sent = fetch(demo().url + path, { signal: gone.signal }).then((response) => response.text());
      while (demo().requests.at(-1)?.target !== path) await new Promise((resolve) => setImmediate(resolve));
      gone.abort();
      await assert.rejects(sent, { name: 'AbortError' });
    }
    assert.equal((await call('/')).status, 200);
  });

  it('what arrived is kept as it came, at both origins, and never more than a hundred', async () => {
    await call('/echo?q=%20', { method: 'POST', body: 'raw', headers: { 'X-Mixed-Case': 'Yes' } });
    await fetch(`${demo().elsewhere}/received`);
    const [first, second] = demo().requests.slice(-2);
    assert.equal(first?.target, '/echo?q=%20');
    assert.equal(first?.body.toString(), 'raw');
    assert.equal(first?.rawHeaders[(first?.rawHeaders.indexOf('X-Mixed-Case') ?? -1) + 1], 'Yes');
    assert.deepEqual([first?.origin, second?.origin], ['demo', 'elsewhere']);
    for (let i = 0; i < 101; i++) await call('/sign-in');
    assert.equal(demo().requests.length, 100);
  });
});

describe('the demo: starting and stopping', () => {
  it('takes the port it is told, and another one where that is in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const taken = (holder.address() as AddressInfo).port;
    const fallback = await startDemo({ port: taken });
    assert.notEqual(fallback.port, taken);
    await fallback.dispose();
    await new Promise((resolve) => holder.close(resolve));
    const wanted = await startDemo({ port: taken });
    assert.equal(wanted.url, `http://127.0.0.1:${taken}`);
    await wanted.dispose();
  });

  it('has new credentials for each start, and the same ones for the same seed', async () => {
    const seeds = [undefined, undefined, 'a', 'a'];
    const demos = await Promise.all(seeds.map((seed) => startDemo({ seed })));
    const [one, two, three, four] = demos.map(({ tokens: { good, limitedScope, allScopes, basic, apiKey } }) =>
      JSON.stringify([good, limitedScope, allScopes, basic, apiKey]),
    );
    await Promise.all(demos.map((demo) => demo.dispose()));
    assert.notEqual(one, two);
    assert.equal(three, four);
    const values = JSON.parse(one ?? '[]') as unknown[];
    assert.equal(new Set(values).size, values.length);
  });

  it('stops at once with a call under way, and may be stopped twice', async () => {
    const demo = await startDemo();
    const pending = fetch(`${demo.url}/silent`);
    while (demo.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([demo.dispose(), assert.rejects(pending)]);
    await demo.dispose();
    await assert.rejects(fetch(demo.url), (error: Error) => (error.cause as { code?: string }).code === 'ECONNREFUSED');
    await assert.rejects(fetch(demo.elsewhere));
  });
});
