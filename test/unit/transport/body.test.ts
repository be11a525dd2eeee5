import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { BodyProblem } from '../../../src/core/http/message';
import type { Progress } from '../../../src/core/transport/options';
import { useServers } from '../support/servers';
import { get, memorySink, responseOf, textOf, useTransport } from './sending';

const text = 'Zoë reads a body. '.repeat(2000);
const plain = Buffer.from(text);

describe('transport: the body', () => {
  const servers = useServers();
  const { send } = useTransport();

  /** A server that answers with these header lines and bytes, and then ends the connection or keeps it. */
  const answering = (lines: readonly string[], body: Buffer | string, after: 'end' | 'keep' = 'keep') =>
    servers.tcp((socket) =>
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`);
        socket.write(body);
        if (after === 'end') socket.end();
      }),
    );
  const encoded = (encoding: string, body: Buffer) =>
    answering([`Content-Encoding: ${encoding}`, `Content-Length: ${body.length}`], body);

  for (const [encoding, body] of [
    ['gzip', zlib.gzipSync(plain)],
    ['x-gzip', zlib.gzipSync(plain)],
    ['GZip', zlib.gzipSync(plain)],
    ['deflate', zlib.deflateSync(plain)],
    ['deflate', zlib.deflateRawSync(plain)],
    ['br', zlib.brotliCompressSync(plain)],
    ['identity', plain],
    ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(plain))],
    ['gzip', Buffer.concat([zlib.gzipSync(plain.subarray(0, 100)), zlib.gzipSync(plain.subarray(100))])],
  ] as const) {
    it(`decodes ${encoding} (${body.length} bytes)`, async () => {
      const exchange = await send(get((await encoded(encoding, body)).origin));
      const result = responseOf(exchange).body;
      assert.ok(Buffer.from(result.bytes).equals(plain));
      assert.equal(result.size, plain.length);
      assert.equal(result.encodedSize, body.length);
      assert.equal(result.problem, undefined);
      assert.equal(result.file, undefined);
    });
  }

  it('decodes what comes byte by byte', async () => {
    const body = zlib.deflateSync(Buffer.from('one byte at a time'));
    const server = await servers.tcp((socket) => {
      socket.setNoDelay(true);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n');
        for (const byte of body)
          socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte), Buffer.from('\r\n')]));
        socket.write('0\r\nX-Sum: 42\r\n\r\n');
      });
    });
    const exchange = await send(get(server.origin));
    assert.equal(textOf(exchange), 'one byte at a time');
    assert.deepEqual(responseOf(exchange).trailers, [{ name: 'X-Sum', value: '42' }]);
  });

  it('takes trailers before the end of a connection', async () => {
    const body = '5\r\nhello\r\n0\r\nX-Sum: 5\r\n\r\n';
    const exchange = await send(
      get((await answering(['Transfer-Encoding: chunked', 'Connection: close'], body, 'end')).origin),
    );
    assert.equal(textOf(exchange), 'hello');
    assert.equal(responseOf(exchange).body.problem, undefined);
    assert.deepEqual(responseOf(exchange).trailers, [{ name: 'X-Sum', value: '5' }]);
  });

  it('reads to the end of the connection where no length is given', async () => {
    const exchange = await send(get((await answering([], text, 'end')).origin));
    assert.equal(textOf(exchange), text);
    assert.equal(responseOf(exchange).body.problem, undefined);
  });

  for (const [what, method, status] of [
    ['HEAD', 'HEAD', 200],
    ['204', 'GET', 204],
    ['304', 'GET', 304],
  ] as const) {
    it(`waits for no body after ${what}`, async () => {
      const server = await servers.tcp((socket) =>
        socket.once('data', () =>
          socket.write(`HTTP/1.1 ${status} X\r\nContent-Length: 500\r\nContent-Encoding: zstd\r\n\r\n`),
        ),
      );
      const { status: got, body } = responseOf(await send(get(server.origin, { method })));
      assert.deepEqual([got, body.size, body.problem], [status, 0, undefined]);
    });
  }

  it('takes no bytes for an empty body, whatever its coding', async () => {
    assert.equal(responseOf(await send(get((await encoded('gzip', Buffer.alloc(0))).origin))).body.problem, undefined);
  });

  const gzipped = zlib.gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n % 251) ^ ((n * 7) >> 5))));
  const broken = Buffer.concat([gzipped.subarray(0, gzipped.length / 2), Buffer.alloc(5000, 0xff)]);
  const chunked = 'Transfer-Encoding: chunked';
  const problems: readonly [
    what: string,
    lines: readonly string[],
    body: Buffer | string,
    after: 'end' | 'keep',
    problem: BodyProblem['code'],
    atLeast: number,
  ][] = [
    ['fewer bytes than announced', ['Content-Length: 99999'], 'abc', 'end', 'closed-early', 3],
    ['chunks without an end', [chunked], '3\r\nabc\r\n', 'end', 'closed-early', 3],
    ['a chunk that is cut off', [chunked], 'ff\r\nabc', 'end', 'closed-early', 3],
    ['a chunk of no size', [chunked], '3\r\nabc\r\nzz\r\n', 'keep', 'closed-early', 3],
    [
      'gzip that is cut off with the connection',
      ['Content-Encoding: gzip', `Content-Length: ${gzipped.length}`],
      gzipped.subarray(0, 3000),
      'end',
      'closed-early',
      1000,
    ],
    [
      'gzip that is cut off by the server',
      ['Content-Encoding: gzip', 'Content-Length: 3000'],
      gzipped.subarray(0, 3000),
      'keep',
      'bad-encoding',
      1000,
    ],
    [
      'gzip that goes wrong',
      ['Content-Encoding: gzip', `Content-Length: ${broken.length}`],
      broken,
      'keep',
      'bad-encoding',
      100,
    ],
    [
      'text that calls itself gzip',
      ['Content-Encoding: gzip', 'Content-Length: 5'],
      'hello',
      'keep',
      'bad-encoding',
      0,
    ],
    ['text that calls itself br', ['Content-Encoding: br', 'Content-Length: 5'], 'hello', 'keep', 'bad-encoding', 0],
    [
      'text that calls itself deflate',
      ['Content-Encoding: deflate', 'Content-Length: 5'],
      'hello',
      'keep',
      'bad-encoding',
      0,
    ],
    ['an unknown coding', ['Content-Encoding: zzip', 'Content-Length: 5'], 'hello', 'keep', 'unknown-encoding', 5],
    [
      'too many codings',
      [`Content-Encoding: ${'gzip, '.repeat(50)}gzip`, 'Content-Length: 5'],
      'hello',
      'keep',
      'unknown-encoding',
      5,
    ],
  ];
  for (const [what, lines, body, after, code, atLeast] of problems) {
    it(`keeps what it can of ${what}`, async () => {
      const result = responseOf(await send(get((await answering(lines, body, after)).origin))).body;
      assert.equal(result.problem?.code, code);
      assert.ok(result.bytes.length >= atLeast, `${result.bytes.length} bytes`);
      assert.equal(result.size, result.bytes.length);
    });
  }

  it('tells how much of how much came', async () => {
    const { body } = responseOf(await send(get((await answering(['Content-Length: 10'], 'abc', 'end')).origin)));
    assert.deepEqual(body.problem, { code: 'closed-early', expectedBytes: 10, receivedBytes: 3 });
  });

  it('takes as many bytes as were announced when more come', async () => {
    const exchange = await send(get((await answering(['Content-Length: 3'], 'abcdef')).origin));
    assert.equal(textOf(exchange), 'abc');
  });

  for (const memoryLimit of [0, 1, 1000, plain.length - 1]) {
    for (const encoding of ['identity', 'br']) {
      it(`gives all of a ${encoding} body to the sink when it is over ${memoryLimit} bytes`, async () => {
        const sink = memorySink();
        const types: (string | undefined)[] = [];
        const body = encoding === 'br' ? zlib.brotliCompressSync(plain) : plain;
        const server = await servers.http((_, response) =>
          response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Type': 'text/x-test' }).end(body),
        );
        const exchange = await send(get(server.origin), {
          memoryLimit,
          overflow: async (type) => {
            types.push(type);
            return sink;
          },
        });
        const result = responseOf(exchange).body;
        assert.ok(sink.content().equals(plain));
        assert.ok(Buffer.from(result.bytes).equals(plain.subarray(0, memoryLimit)));
        assert.deepEqual([result.size, result.file, result.problem], [plain.length, '/memory/body', undefined]);
        assert.deepEqual(types, ['text/x-test']);
        assert.equal(sink.mostAtOnce(), 1);
      });
    }
  }

  it('opens no sink for a body that is as large as the limit', async () => {
    const exchange = await send(get((await encoded('identity', plain)).origin), {
      memoryLimit: plain.length,
      overflow: () => Promise.reject(new Error('not wanted')),
    });
    assert.equal(textOf(exchange), text);
    assert.equal(responseOf(exchange).body.problem, undefined);
  });

  it('keeps the answer when the disk is full', async () => {
    const sink = memorySink(new Error('no space left'));
    const exchange = await send(get((await encoded('identity', plain)).origin), {
      memoryLimit: 10,
      overflow: async () => sink,
    });
    const { bytes, size, file, problem } = responseOf(exchange).body;
    assert.deepEqual([bytes.length, size, file], [10, plain.length, undefined]);
    assert.deepEqual(problem, { code: 'not-stored', detail: 'no space left' });
    assert.ok(sink.discarded());
  });

  for (const [coding, compress] of [
    ['gzip', zlib.gzipSync],
    ['br', (bytes: Buffer) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } })],
  ] as const) {
    it(`never holds more of a ${coding} bomb than the limit and a piece`, async () => {
      const size = 100 * 1024 * 1024;
      const bomb = compress(Buffer.alloc(size));
      const server = await encoded(coding, bomb);
      let largest = 0;
      let written = 0;
      const exchange = await send(get(server.origin), {
        memoryLimit: 64 * 1024,
        overflow: async () => ({
          write: async (chunk) => {
            written += chunk.length;
            largest = Math.max(largest, chunk.length);
          },
          close: async () => '/bomb',
          discard: async () => undefined,
        }),
      });
      const { body } = responseOf(exchange);
      assert.deepEqual([body.size, written, body.encodedSize, body.bytes.length], [size, size, bomb.length, 64 * 1024]);
      assert.ok(largest <= 128 * 1024, `a piece of ${largest} bytes`);
    }).timeout(20_000);
  }

  it('makes a fast sender wait for a slow sink', async () => {
    const size = 64 * 1024 * 1024;
    let sent = 0;
    const server = await servers.http((_, response) => {
      const write = (): void => {
        while (sent < size) {
          sent += 65_536;
          if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let opened = (): void => undefined;
    const first = new Promise<void>((resolve) => (opened = resolve));
    const sink = memorySink();
    const sending = send(get(server.origin), {
      memoryLimit: 1024,
      overflow: async () => ({
        ...sink,
        write: async () => {
          opened();
          await held;
        },
      }),
    });
    await first;
    // As long as the sink holds, the server must come to a stop: ask until two looks agree.
    for (let before = -1; before !== sent;) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(sent < size, 'everything was taken in');
    release();
    assert.equal(responseOf(await sending).body.size, size);
  });

  it('tells of its progress', async () => {
    const seen: Progress[] = [];
    const server = await encoded('identity', plain);
    await send(get(`${server.origin}/a`), { onProgress: (progress) => seen.push(progress) });
    assert.deepEqual(
      seen.slice(0, 3),
      ['connecting', 'sending', 'waiting'].map((phase) => ({ phase, url: `${server.origin}/a` })),
    );
    assert.deepEqual(seen.at(-1), { phase: 'downloading', bytes: plain.length, totalBytes: plain.length });
  });

  it('comes out as it went in, however it is cut and coded', async () => {
    const codings = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync };
    let next: { body: Buffer; encoding: string; cuts: readonly number[] } | undefined;
    const server = await servers.http((_, response) => {
      response.writeHead(200, { 'Content-Encoding': next!.encoding });
      let at = 0;
      for (const cut of next!.cuts) response.write(next!.body.subarray(at, (at += cut)));
      response.end(next!.body.subarray(at));
    });
    const names = fc.array(fc.constantFrom('gzip', 'deflate', 'br'), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        names,
        fc.array(fc.integer({ min: 1, max: 50 })),
        async (bytes, layers, cuts) => {
          const body = layers.reduce((inner, name) => codings[name as 'gzip'](inner), Buffer.from(bytes));
          next = { body, encoding: layers.join(', ') || 'identity', cuts };
          const result = responseOf(await send(get(server.origin))).body;
          assert.equal(result.problem, undefined);
          assert.ok(Buffer.from(result.bytes).equals(Buffer.from(bytes)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
