import assert from 'node:assert/strict';
import * as net from 'node:net';
import { describe, it } from 'mocha';
import type { TransportFailure, TransportFailureCode } from '../../../src/core/http/exchange';
import { transportFailure, type FailurePlace } from '../../../src/core/transport/failure';
import { pem, useServers } from '../support/servers';
import { failureOf, get, options, post, responseOf, useTransport } from './sending';

const here: FailurePlace = { host: 'api.example', port: 443, phase: 'connect', proxyFailed: false };
const systemError = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`about ${code}`), { code, ...more });

describe('transport: failures', () => {
  const servers = useServers();
  const { send, transport } = useTransport();
  const { signal } = new AbortController();

  const refusedPort = async (): Promise<number> => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  for (const [systemCode, code] of [
    ['ENOTFOUND', 'dns-not-found'],
    ['EAI_AGAIN', 'dns-failed'],
  ] as const) {
    it(`a name server says ${systemCode}`, async () => {
      const lookup = ((_: string, __: object, done: (error: Error) => void) =>
        process.nextTick(done, systemError(systemCode, { syscall: 'getaddrinfo' }))) as never;
      const exchange = await transport({ lookup }).send(get('https://nonexistent.invalid/x'), options(), signal);
      const { detail, ...rest } = failureOf(exchange);
      assert.deepEqual(rest, { code, systemCode, host: 'nonexistent.invalid', port: 443, phase: 'dns' });
      assert.match(detail ?? '', /getaddrinfo|about/);
      assert.equal(exchange.hops[0]!.request.headers[0]?.value, 'nonexistent.invalid');
      assert.equal(exchange.hops[0]!.response, undefined);
    });
  }

  it('nobody listens', async () => {
    const port = await refusedPort();
    const { detail: _, ...rest } = failureOf(await send(get(`http://127.0.0.1:${port}/`)));
    assert.deepEqual(rest, { code: 'refused', systemCode: 'ECONNREFUSED', host: '127.0.0.1', port, phase: 'connect' });
  });

  it('nobody listens at any of several addresses', async () => {
    const port = await refusedPort();
    const both = [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ];
    const lookup = ((_: string, { all }: { all: boolean }, done: (...results: unknown[]) => void) =>
      process.nextTick(() => (all ? done(null, both) : done(null, '127.0.0.1', 4)))) as never;
    const exchange = await transport({ lookup }).send(get(`http://two.invalid:${port}/`), options(), signal);
    assert.deepEqual([failureOf(exchange).code, failureOf(exchange).systemCode], ['refused', 'ECONNREFUSED']);
  });

  const junk: readonly [string, string | Buffer, TransportFailureCode][] = [
    ['nothing but closes', '', 'reset'],
    ['HTTP/0.9', '<html>hello</html>', 'bad-response'],
    ['another protocol', '220 mail.example ESMTP\r\n', 'bad-response'],
    ['half a head', 'HTTP/1.1 200 OK\r\nX-A: ', 'reset'],
    ['a field without a colon', 'HTTP/1.1 200 OK\r\nnonsense\r\n\r\n', 'bad-response'],
    ['a NUL in a field', 'HTTP/1.1 200 OK\r\nX-A: a\0b\r\n\r\n', 'bad-response'],
    ['too large a head', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`, 'bad-response'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 'bad-response'],
    ['a TLS alert', Buffer.from([0x15, 3, 3, 0, 2, 2, 10]), 'tls-protocol'],
  ];
  for (const [what, bytes, code] of junk) {
    it(`the server sends ${what}`, async () => {
      const server = await servers.tcp((socket) => socket.once('data', () => socket.end(bytes)));
      const failure = failureOf(await send(get(server.origin)));
      assert.equal(failure.code, code);
      assert.ok(failure.systemCode);
    });
  }

  it('the server resets the connection', async () => {
    const server = await servers.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const failure = failureOf(await send(post(server.origin, 'abc')));
    assert.deepEqual([failure.code, failure.systemCode, failure.phase], ['reset', 'ECONNRESET', 'wait']);
  });

  it('https is spoken to an http server, and the other way round', async () => {
    const plain = await servers.tcp((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    const failure = failureOf(await send(get(`https://127.0.0.1:${plain.port}/`)));
    assert.deepEqual([failure.code, failure.phase], ['tls-protocol', 'tls']);
    const secure = await servers.https((_, response) => response.end());
    assert.equal(failureOf(await send(get(`http://127.0.0.1:${secure.port}/`))).code, 'reset');
  });

  it('TLS versions do not meet', async () => {
    const old = await servers.https((_, response) => response.end(), 'server', {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
    });
    assert.equal(failureOf(await send(get(old.origin))).code, 'tls-protocol');
  });

  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    it(`a client certificate is wanted (${maxVersion})`, async () => {
      const wanting = { requestCert: true, rejectUnauthorized: true, ca: pem('ca'), maxVersion };
      const server = await servers.https((_, response) => response.end(), 'server', wanting);
      const failure = failureOf(await send(get(server.origin)));
      // TLS 1.2 has no alert for a certificate that is missing: servers send `handshake_failure`, or just close.
      const expected =
        maxVersion === 'TLSv1.3' ? ['tls-client-certificate'] : ['tls-protocol', 'tls-client-certificate', 'reset'];
      assert.ok(expected.includes(failure.code), `${failure.code} ${failure.systemCode} ${failure.detail}`);
    });
  }

  for (const [code, expected] of [
    ['ENOTFOUND', 'dns-not-found'],
    ['EAI_FAIL', 'dns-failed'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ETIMEDOUT', 'timeout'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['CERT_NOT_YET_VALID', 'tls-not-yet-valid'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-protocol'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls-client-certificate'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-protocol'],
    ['EPROTO', 'tls-protocol'],
    ['HPE_HEADER_OVERFLOW', 'bad-response'],
    ['HPE_INVALID_CONSTANT', 'bad-response'],
    ['ERR_INVALID_CHAR', 'bad-request'],
    ['E_NEVER_HEARD_OF', 'unknown'],
  ] as const) {
    it(`${code} is ${expected}`, () => {
      assert.equal(transportFailure(systemError(code), here).code, expected);
      assert.equal(transportFailure(new Error('outer', { cause: systemError(code) }), here).systemCode, code);
      assert.equal(transportFailure(new AggregateError([systemError(code), new Error('b')]), here).code, expected);
      assert.equal(transportFailure(systemError(code), { ...here, proxyFailed: true }).code, 'proxy');
    });
  }

  for (const [detail, expected] of [
    ['write EPROTO 80AB:error:0A00045C:SSL routines::tlsv13 alert certificate required', 'tls-client-certificate'],
    [
      'write EPROTO 1234:error:1000045C:SSL routines:OPENSSL_internal:TLSV1_CERTIFICATE_REQUIRED',
      'tls-client-certificate',
    ],
    ['write EPROTO 80AB:error:0A000418:SSL routines::tlsv1 alert unknown ca', 'tls-client-certificate'],
    ['write EPROTO 80AB:error:0A000410:SSL routines::sslv3 alert handshake failure', 'tls-protocol'],
    ['write EPROTO 80AB:error:0A00010B:SSL routines::wrong version number', 'tls-protocol'],
    ['write EPROTO 1234:error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER', 'tls-protocol'],
  ] as const) {
    it(`${detail.slice(11)} is ${expected}`, () => {
      assert.equal(transportFailure(Object.assign(new Error(detail), { code: 'EPROTO' }), here).code, expected);
    });
  }

  it('never throws, whatever was thrown', () => {
    const circle: { cause?: unknown } & Error = new Error('circle');
    circle.cause = circle;
    for (const thrown of [undefined, null, 'text', 42, {}, circle, new AggregateError([])]) {
      assert.equal(transportFailure(thrown, here).code, 'unknown');
    }
  });
});

describe('transport: TLS', () => {
  const servers = useServers();
  const { send, transport } = useTransport();
  const year = (iso: string | undefined): string | undefined => iso?.slice(0, 10);

  it('shows the peer of a good connection', async () => {
    const server = await servers.https((_, response) => response.end('ok'));
    const exchange = await send(get(server.namedOrigin));
    const { protocol, cipher, ...rest } = exchange.hops[0]!.tls!;
    assert.match(protocol ?? '', /^TLSv1\.[23]$/);
    assert.match(cipher ?? '', /^[A-Z0-9_-]+$/);
    assert.deepEqual(rest, {
      authorized: true,
      subject: 'localhost',
      issuer: 'Latchkey Test ca',
      validFrom: '2024-01-01T00:00:00.000Z',
      validTo: '2124-01-01T00:00:00.000Z',
    });
    assert.equal(exchange.tlsVerified, true);
    const again = await send(get(server.namedOrigin));
    assert.deepEqual([again.hops[0]!.reusedConnection, again.hops[0]!.tls], [true, exchange.hops[0]!.tls]);
  });

  const cases: readonly [
    certificate: string,
    code: TransportFailureCode,
    more: Partial<TransportFailure>,
    dates: readonly string[],
  ][] = [
    ['expired', 'tls-expired', { systemCode: 'CERT_HAS_EXPIRED' }, ['2020-01-01', '2021-01-01']],
    ['future', 'tls-not-yet-valid', { systemCode: 'CERT_NOT_YET_VALID' }, ['2120-01-01', '2124-01-01']],
    ['self-signed', 'tls-self-signed', { systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, ['2024-01-01', '2124-01-01']],
    ['untrusted', 'tls-untrusted', { systemCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, ['2024-01-01', '2124-01-01']],
    ['untrusted-chain', 'tls-untrusted', { systemCode: 'SELF_SIGNED_CERT_IN_CHAIN' }, ['2024-01-01', '2124-01-01']],
    [
      'wrong-name',
      'tls-wrong-name',
      { systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID', certificateNames: ['other.example', '*.api.example', '192.0.2.1'] },
      ['2024-01-01', '2124-01-01'],
    ],
  ];
  for (const [certificate, code, more, dates] of cases) {
    it(`refuses ${certificate}, and sends nothing`, async () => {
      const server = await servers.https((_, response) => response.end(), certificate);
      const exchange = await send(post(server.namedOrigin, 'secret body'));
      const { tls: peer, detail, ...rest } = failureOf(exchange);
      assert.deepEqual(rest, { code, host: 'localhost', port: server.port, phase: 'tls', ...more });
      assert.ok(detail);
      assert.deepEqual([peer?.authorized, year(peer?.validFrom), year(peer?.validTo)], [false, ...dates]);
      assert.ok(peer?.subject && peer.issuer && peer.protocol);
      assert.equal(server.bytes(), '');
    });

    it(`takes ${certificate} when verification is off, and says so`, async () => {
      const server = await servers.https((_, response) => response.end('ok'), certificate);
      const exchange = await send(get(server.namedOrigin), { verifyTls: false });
      assert.equal(responseOf(exchange).status, 200);
      assert.equal(exchange.tlsVerified, false);
      assert.equal(exchange.hops[0]!.tls?.authorized, false);
    });
  }

  it('never verifies by using a connection that was not verified', async () => {
    const server = await servers.https((_, response) => response.end('ok'), 'self-signed');
    const own = transport();
    const { signal } = new AbortController();
    assert.equal(responseOf(await own.send(get(server.origin), options({ verifyTls: false }), signal)).status, 200);
    assert.equal(failureOf(await own.send(get(server.origin), options(), signal)).code, 'tls-self-signed');
    const again = await own.send(get(server.origin), options({ verifyTls: false }), signal);
    assert.equal(again.hops[0]!.reusedConnection, true);
  });

  it("verifies the URL's host, whatever Host header was written", async () => {
    const server = await servers.https((_, response) => response.end('ok'), 'wrong-name');
    const headers = [{ name: 'Host', value: 'other.example' }];
    assert.equal(failureOf(await send(get(server.namedOrigin, { headers }))).code, 'tls-wrong-name');
  });
});
