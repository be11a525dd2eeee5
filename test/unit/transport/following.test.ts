import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ok, redirect, useServers } from '../support/servers';
import { get, options, redirectsOf, responseOf, textOf, useTransport } from './sending';

describe('transport: following redirects', () => {
  const servers = useServers();
  const { send, transport } = useTransport();

  for (const [status, method, body, expected] of [
    [301, 'GET', undefined, 'GET '],
    [301, 'POST', 'x', 'GET '],
    [302, 'DELETE', 'x', 'GET '],
    [302, 'GET', 'x', 'GET x'],
    [302, 'HEAD', undefined, 'HEAD '],
    [303, 'GET', undefined, 'GET '],
    [303, 'GET', 'x', 'GET '],
    [303, 'PUT', 'x', 'GET '],
    [303, 'HEAD', undefined, 'HEAD '],
    [307, 'POST', 'x', 'POST x'],
    [308, 'PATCH', 'x', 'PATCH x'],
  ] as const) {
    it(`${status} makes ${method}${body ? ' with a body' : ''} into ${expected}`, async () => {
      const server = await servers.http((request, response) =>
        request.url === '/end' ? ok(request, response) : redirect(status, () => 'end')(request, response),
      );
      const headers = [
        { name: 'Content-Type', value: 'text/plain' },
        { name: 'X-Stays', value: '1' },
      ];
      const exchange = await send(get(`${server.origin}/start`, { method, headers, body: body && Buffer.from(body) }));
      const last = server.received[1]!;
      assert.equal(`${last.method} ${last.body.toString()}`, expected);
      assert.equal(last.headers['x-stays'], '1');
      const becameGet = exchange.hops[0]!.redirect!.becameGet;
      assert.equal(becameGet, last.body.toString() !== (body ?? '') || last.method !== method);
      assert.equal(last.headers['content-type'], becameGet ? undefined : 'text/plain');
    });
  }

  for (const [what, location, changes, stopped] of [
    ['a list of hosts that is no URL', 'http://[', {}, 'bad-location'],
    ['an empty Location', '', {}, 'bad-location'],
    ['a local file', 'file:///etc/passwd', {}, 'unsupported-scheme'],
    ['FTP', 'ftp://127.0.0.1/', {}, 'unsupported-scheme'],
    ['a script', 'javascript:alert(1)', {}, 'unsupported-scheme'],
    ['data', 'data:text/plain,hi', {}, 'unsupported-scheme'],
    ['itself', '/start', {}, 'loop'],
    ['itself with a fragment', '/start#again', {}, 'loop'],
    ['anything when redirects are off', '/other', { followRedirects: false }, 'not-followed'],
    ['anything when none are left', '/other', { maxRedirects: 0 }, 'too-many'],
  ] as const) {
    it(`does not follow to ${what}`, async () => {
      const server = await servers.http(redirect(302, () => location));
      const exchange = await send(get(`${server.origin}/start`), changes);
      assert.equal(exchange.hops.length, 1);
      assert.equal(exchange.hops[0]!.redirect?.stopped, stopped);
      assert.equal(responseOf(exchange).status, 302);
      assert.equal(textOf(exchange), 'moved');
    });
  }

  it('stops after as many redirects as are allowed', async () => {
    let count = 0;
    const server = await servers.http(redirect(302, () => `/${++count}`));
    const exchange = await send(get(server.origin), { maxRedirects: 5 });
    assert.equal(exchange.hops.length, 6);
    assert.deepEqual(
      redirectsOf(exchange).map((each) => each?.stopped),
      [undefined, undefined, undefined, undefined, undefined, 'too-many'],
    );
  });

  it('sees a loop over two origins', async () => {
    let home = '';
    const other = await servers.http(redirect(302, () => `${home}/start`));
    const server = await servers.http(redirect(302, () => `${other.origin}/there`));
    home = server.origin;
    const exchange = await send(get(`${home}/start`));
    assert.deepEqual(
      redirectsOf(exchange).map((each) => each?.stopped),
      [undefined, 'loop'],
    );
  });

  it('follows no Location that is given twice with different values', async () => {
    const server = await servers.http((_, response) =>
      response.writeHead(302, { Location: ['/a', '/b'] as never }).end(),
    );
    assert.equal((await send(get(server.origin))).hops[0]!.redirect?.stopped, 'bad-location');
  });

  for (const status of [200, 300, 304, 305, 401]) {
    it(`takes ${status} with a Location for what it is`, async () => {
      const server = await servers.http((_, response) => response.writeHead(status, { Location: '/other' }).end());
      const exchange = await send(get(server.origin));
      assert.equal(responseOf(exchange).status, status);
      assert.equal(exchange.hops[0]!.redirect, undefined);
    });
  }

  it('reads a Location in UTF-8', async () => {
    const server = await servers.http((request, response) =>
      request.url === '/start'
        ? response.writeHead(302, { Location: Buffer.from('/zoë').toString('latin1') }).end()
        : ok(request, response),
    );
    await send(get(`${server.origin}/start`));
    assert.equal(server.received[1]!.url, '/zo%C3%AB');
  });

  it('uses the connection again after a redirect with a small body, gives it up after an endless one', async () => {
    const small = await servers.http((request, response) =>
      request.url === '/end' ? ok(request, response) : redirect(302, () => '/end')(request, response),
    );
    const exchange = await send(get(`${small.origin}/start`));
    assert.deepEqual(
      exchange.hops.map((hop) => hop.reusedConnection),
      [false, true],
    );
    const endless = await servers.http((request, response) => {
      if (request.url === '/end') return ok(request, response);
      response.writeHead(302, { Location: '/end' });
      const write = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', write);
      };
      return write();
    });
    assert.equal(textOf(await send(get(`${endless.origin}/start`))), 'arrived');
    assert.equal(endless.connections(), 2);
  });

  it('verifies TLS at another origin although it does not at the first', async () => {
    const other = await servers.https(ok, 'self-signed');
    const home = await servers.https((request, response) => {
      if (request.url === '/end') ok(request, response);
      else redirect(302, () => (request.url === '/in' ? '/end' : `${other.origin}/`))(request, response);
    }, 'self-signed');
    const signal = new AbortController().signal;
    const unverified = options({ verifyTls: false });
    const within = await transport().send(get(`${home.origin}/in`), unverified, signal);
    assert.equal(textOf(within), 'arrived');
    assert.equal(within.tlsVerified, false);
    const { outcome } = await transport().send(get(`${home.origin}/out`), unverified, signal);
    assert.equal(outcome.kind === 'failure' && outcome.failure.code, 'tls-self-signed');
  });
});
