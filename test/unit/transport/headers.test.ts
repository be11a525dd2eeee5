import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { HeaderField } from '../../../src/core/http/headers';
import { newSecret } from '../../rig/secrets';
import { useServers } from '../support/servers';
import { failureOf, get, post, responseOf, textOf, useTransport } from './sending';

const fields = (...lines: string[]): HeaderField[] =>
  lines.map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() };
  });

describe('transport: what goes over the wire', () => {
  const servers = useServers();
  const { send } = useTransport();
  const echo = () => servers.http((_, response) => response.end('ok'));

  it('writes a bare GET with the headers it adds itself, byte for byte', async () => {
    const server = await echo();
    await send(get(`${server.origin}/a?b=c%20d#fragment`));
    assert.equal(
      server.bytes(),
      [
        'GET /a?b=c%20d HTTP/1.1',
        `Host: 127.0.0.1:${server.port}`,
        'User-Agent: latchkey/test',
        'Accept: */*',
        'Accept-Encoding: gzip, deflate, br',
        'Connection: keep-alive',
        '',
        '',
      ].join('\r\n'),
    );
  });

  it("keeps the person's names, order, case and repetition", async () => {
    const server = await echo();
    const token = newSecret();
    const headers = fields(
      'x-LOWER-upper: 1',
      'HOST: other.example',
      `Authorization: Bearer ${token}`,
      'X-Twice: a',
      'accept: text/plain',
      'X-Twice: b',
      'USER-agent: mine',
      'accept-encoding: identity',
      'Connection: close',
    );
    const exchange = await send(get(`${server.origin}/`, { headers }));
    const lines = [
      'GET / HTTP/1.1',
      'x-LOWER-upper: 1',
      'HOST: other.example',
      `Authorization: Bearer ${token}`,
      'X-Twice: a',
      'X-Twice: b',
      'accept: text/plain',
      'USER-agent: mine',
      'accept-encoding: identity',
      'Connection: close',
      '',
      '',
    ];
    assert.ok(server.bytes() === lines.join('\r\n'), 'the bytes differ');
    const recorded = exchange.hops[0]!.request.headers.map(({ name, value }) => `${name}: ${value}`);
    assert.ok(recorded.join('\r\n') === lines.slice(1, -2).join('\r\n'), 'the recorded headers differ');
  });

  for (const method of ['GET', 'HEAD', 'DELETE', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'QUERY', 'PROPFIND', 'get']) {
    // Node's own parser takes only the methods it knows; `get` is not one of them, so a plain socket answers.
    it(`sends ${method} with a body`, async () => {
      const server = await servers.tcp((socket) =>
        socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')),
      );
      const exchange = await send(post(server.origin, 'a=1', { method }));
      assert.equal(responseOf(exchange).status, 200);
      assert.match(
        server.bytes(),
        new RegExp(`^${method} / HTTP/1.1\r\n[^]*\r\nContent-Length: 3\r\n[^]*\r\n\r\na=1$`),
      );
      assert.equal(exchange.hops[0]!.request.method, method);
    });
  }

  for (const [method, length] of [
    ['GET', undefined],
    ['HEAD', undefined],
    ['DELETE', undefined],
    ['POST', '0'],
    ['PUT', '0'],
    ['PATCH', '0'],
  ] as const) {
    it(`announces ${length ?? 'nothing'} for ${method} without a body`, async () => {
      const server = await echo();
      await send(get(server.origin, { method }));
      assert.equal(server.received[0]!.method, method);
      assert.equal(server.received[0]!.headers['content-length'], length);
      assert.equal(server.received[0]!.headers['transfer-encoding'], undefined);
    });
  }

  it('puts a wrong Content-Length right, in its place', async () => {
    const server = await echo();
    await send(post(server.origin, 'äö', { headers: fields('content-LENGTH: 999', 'X-After: 1') }));
    assert.match(server.bytes(), /\r\ncontent-LENGTH: 4\r\nX-After: 1\r\n/);
    assert.equal(server.received[0]!.body.toString(), 'äö');
  });

  it('sends chunks where the person wrote so', async () => {
    const server = await echo();
    await send(post(server.origin, 'abc', { headers: fields('Transfer-Encoding: chunked') }));
    assert.match(server.bytes(), /\r\n\r\n3\r\nabc\r\n0\r\n\r\n$/);
    assert.equal(server.received[0]!.headers['content-length'], undefined);
  });

  it('sends a large body whole', async () => {
    const server = await echo();
    const body = 'x'.repeat(3_000_000);
    await send(post(server.origin, body));
    assert.equal(server.received[0]!.body.length, body.length);
  });

  it('writes a value outside ASCII as UTF-8, and shows it as it was written', async () => {
    const server = await servers.http((request, response) => {
      response.writeHead(200, { 'X-Echo': request.headers['x-name'] });
      response.end();
    });
    const exchange = await send(get(server.origin, { headers: fields('X-Name: Zoë €') }));
    assert.ok(server.bytes().includes(Buffer.from('X-Name: Zoë €').toString('latin1')));
    assert.equal(exchange.hops[0]!.request.headers.find(({ name }) => name === 'X-Name')?.value, 'Zoë €');
    assert.equal(responseOf(exchange).headers.find(({ name }) => name === 'X-Echo')?.value, 'Zoë €');
  });

  it('waits for no 100 Continue and shows no informational response', async () => {
    const server = await servers.http((_, response) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</a>; rel=preload' });
      response.end('final');
    });
    const exchange = await send(post(server.origin, 'abc', { headers: fields('Expect: 100-continue') }));
    assert.equal(textOf(exchange), 'final');
  });

  it('shows a 101 as the response', async () => {
    const server = await servers.tcp((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      ),
    );
    const exchange = await send(get(server.origin, { headers: fields('Connection: Upgrade', 'Upgrade: x') }));
    assert.equal(responseOf(exchange).status, 101);
  });

  it('turns user information in the URL into a Basic credential', async () => {
    const server = await echo();
    const password = newSecret('token');
    const exchange = await send(get(`http://me%40x:${password}@127.0.0.1:${server.port}/`));
    const expected = `Basic ${Buffer.from(`me@x:${password}`).toString('base64')}`;
    assert.ok(server.received[0]!.headers.authorization === expected, 'another credential arrived');
    assert.equal(exchange.hops[0]!.request.url, `${server.origin}/`);
  });

  for (const [what, request] of [
    ['a line end in a value', get('http://127.0.0.1:1/', { headers: [{ name: 'X-A', value: 'a\r\nX-B: b' }] })],
    ['a NUL in a value', get('http://127.0.0.1:1/', { headers: [{ name: 'X-A', value: 'a\0' }] })],
    ['a space in a name', get('http://127.0.0.1:1/', { headers: [{ name: 'X A', value: 'a' }] })],
    ['an empty name', get('http://127.0.0.1:1/', { headers: [{ name: '', value: 'a' }] })],
    ['a line end in the method', get('http://127.0.0.1:1/', { method: 'GET / HTTP/1.1\r\nX-A: b\r\n\r\nGET' })],
    ['an empty method', get('http://127.0.0.1:1/', { method: '' })],
    ['a relative URL', get('/path')],
    ['an unreadable URL', get('http://[')],
    ['another scheme', get('file:///etc/passwd')],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const exchange = await send(request);
      assert.equal(failureOf(exchange).code, 'bad-request');
      assert.equal(exchange.hops.length, 0);
    });
  }
});
