import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/language/parser';
import { newSecret } from '../../rig/secrets';
import { ok, useServers, type Handler } from '../support/servers';
import { bodyText, finishedOf, holdsNone, outcomeWords, responseOf, settings, useBench } from './bench';

/*
 * What people, servers and storages do wrong: each ends in an outcome, never in a rejection.
 */

describe('documents that are none', () => {
  const servers = useServers();
  const bench = useBench();
  const noise = randomBytes(4096)
    .toString('latin1')
    .replace(/\bGET\b|https?:/g, '');
  const cases: readonly (readonly [name: string, text: string])[] = [
    ['empty', ''],
    ['only blank lines', '\r\n\n\r'],
    ['only a separator', '###'],
    ['only a comment', '# nothing'],
    ['a method alone', 'GET'],
    ['a byte order mark alone', '\uFEFF'],
    ['zeros', '\0'.repeat(1000)],
    ['noise', noise],
    ['braces', '{{'.repeat(1000)],
  ];
  for (const [name, text] of cases) {
    it(`${name}: problems, and nothing is sent`, async () => {
      const one = bench();
      const parsed = parseDocument(text);
      const [request] = parsed.document.requests;
      if (!request) return;
      const place = { document: 'file:///x.http', index: 0 };
      const outcome = await one.core.run.request(
        { parsed, request, place, settings, credentials: 'attach' },
        new AbortController().signal,
      );
      assert.equal(outcome.kind, 'problems');
      assert.ok(outcome.kind === 'problems' && outcome.problems.length > 0);
    });
  }

  it('a byte order mark, carriage returns and a line of a megabyte are sent as they are meant', async () => {
    const one = bench();
    const server = await servers.http(ok);
    const long = 'x'.repeat(1024 * 1024);
    await one.finish(`\uFEFF# note\r\nPOST ${server.origin}/a\r\nX-One: 1\r\n\r\n${long}`);
    const [arrived] = server.received;
    assert.equal(`${arrived?.method} ${arrived?.url} ${arrived?.headers['x-one']}`, 'POST /a 1');
    assert.equal(arrived?.body.length, long.length);
  });
});

describe('servers that behave badly', () => {
  const servers = useServers();
  const bench = useBench();
  const head = 'HTTP/1.1 200 OK\r\n';

  /** What the server writes, and what the person is told: status or failure, body problem, first cause. */
  const raw: readonly (readonly [name: string, answer: string, expected: string])[] = [
    ['closes in the middle of the body', `${head}Content-Length: 100\r\n\r\nhalf`, '200 closed-early'],
    ['closes in the middle of a chunk', `${head}Transfer-Encoding: chunked\r\n\r\n64\r\nhalf`, '200 closed-early'],
    ['sends more than it promised', `${head}Content-Length: 4\r\n\r\nhalf and half`, '200'],
    ['sends no length', `${head}\r\nall of it`, '200'],
    [
      'sends two lengths',
      `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\nhalf`,
      'bad-response transport-bad-response',
    ],
    ['sends a length that is none', `${head}Content-Length: x\r\n\r\nhalf`, 'bad-response transport-bad-response'],
    ['sends a header that is none', `${head}not a header\r\n\r\nx`, 'bad-response transport-bad-response'],
    ['sends a control character in a header', `${head}X: a\u0001b\r\n\r\nx`, 'bad-response transport-bad-response'],
    ['sends 100 KB of headers', `${head}X: ${'a'.repeat(100_000)}\r\n\r\nx`, 'bad-response transport-bad-response'],
    ['is no HTTP server', 'SSH-2.0-OpenSSH_9.6\r\n', 'bad-response transport-bad-response'],
    ['closes without a word', '', 'reset transport-reset'],
    ['breaks off in the headers', `${head}Content-Le`, 'reset transport-reset'],
    ['sends a status that does not exist', 'HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n', '799'],
    ['packs badly', `${head}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone`, '200 bad-encoding'],
    [
      'packs in a way nobody knows',
      `${head}Content-Encoding: zap\r\nContent-Length: 4\r\n\r\nnone`,
      '200 unknown-encoding',
    ],
    ['redirects without saying where', 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', '302'],
  ];
  for (const [name, answer, expected] of raw) {
    it(`${name}: ${expected}`, async () => {
      const one = bench();
      const server = await servers.tcp((socket) => {
        socket.once('data', () => socket.end(answer, 'latin1'));
      });
      const token = newSecret();
      await one.bearer('demo', server.origin, token);
      const outcome = await one.send(`GET ${server.origin}/`);
      const { exchange, diagnosis } = finishedOf(outcome);
      const end = exchange.outcome;
      const problem = end.kind === 'response' ? end.response.body.problem?.code : undefined;
      const cause = diagnosis.causes[0]?.code.startsWith('transport-') ? diagnosis.causes[0].code : undefined;
      const words = [outcomeWords(outcome), problem, cause].filter((word) => word !== undefined);
      assert.equal(words.join(' '), expected);
      holdsNone('the outcome', JSON.stringify(outcome), [token]);
    });
  }

  const text = JSON.stringify({ text: 'päcked', list: Array.from({ length: 2000 }, (_, at) => at) });
  const codings: readonly (readonly [name: string, packed: Buffer])[] = [
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
    ['identity', Buffer.from(text)],
  ];
  for (const [coding, packed] of codings) {
    it(`${coding} is undone`, async () => {
      const one = bench();
      const handler: Handler = (_, response) => response.writeHead(200, { 'Content-Encoding': coding }).end(packed);
      const server = await servers.http(handler);
      const finished = await one.finish(`GET ${server.origin}/`);
      assert.equal(bodyText(finished), text);
      assert.equal(responseOf(finished).body.encodedSize, packed.length);
      assert.equal(server.received[0]?.headers['accept-encoding'], 'gzip, deflate, br');
    });
  }

  it('an unknown charset leaves the bytes as they are', async () => {
    const one = bench();
    const bytes = Buffer.from([0x4f, 0x4b, 0xe9, 0xff]);
    const server = await servers.http((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/plain; charset=x-none' }).end(bytes),
    );
    assert.deepEqual(Buffer.from(responseOf(await one.finish(`GET ${server.origin}/`)).body.bytes), bytes);
  });

  it('a large body lies in the file as a whole, its beginning in memory', async () => {
    const one = bench();
    const block = Buffer.alloc(64 * 1024, 'abcdefgh');
    const server = await servers.http((_, response) => {
      response.setHeader('Content-Type', 'application/json');
      for (let count = 0; count < 64; count++) response.write(block);
      response.end();
    });
    await one.bearer('demo', server.origin, newSecret());
    const { body } = responseOf(await one.finish(`GET ${server.origin}/`, { settings: { memoryLimit: 100_000 } }));
    assert.equal(body.bytes.length, 100_000);
    assert.equal(body.size, 64 * block.length);
    assert.match(body.file ?? '', /\.json$/);
    const [file] = one.ports.files.content.values();
    assert.ok(file && Buffer.concat(Array.from({ length: 64 }, () => block)).equals(file));
    assert.equal(one.ports.files.open(), 0);
  });

  it('a disk that is full, or no file at all, costs the file and not the answer', async () => {
    for (const fail of ['write', 'open'] as const) {
      const one = bench();
      if (fail === 'write') one.ports.files.failWritesWith(new Error('ENOSPC'));
      else one.ports.files.temporary = () => Promise.reject(new Error('ENOSPC'));
      const server = await servers.http((_, response) => response.end('x'.repeat(5000)));
      const { body } = responseOf(await one.finish(`GET ${server.origin}/`, { settings: { memoryLimit: 1000 } }));
      assert.deepEqual(body.problem, { code: 'not-stored', detail: 'ENOSPC' });
      assert.deepEqual([body.bytes.length, body.size, body.file], [1000, 5000, undefined]);
      assert.equal(one.ports.files.open(), 0);
    }
  });
});

describe('cancelling, waiting and what changes meanwhile', () => {
  const servers = useServers();
  const bench = useBench();
  const silent: Handler = () => undefined;

  it('cancelled before it began: nothing is sent', async () => {
    const one = bench();
    const server = await servers.http(ok);
    await one.bearer('demo', server.origin, newSecret());
    const signal = AbortSignal.abort();
    assert.equal(outcomeWords(await one.send(`GET ${server.origin}/`, { signal })), 'cancelled');
    assert.equal(server.received.length, 0);
  });

  it('cancelled while the secret is being read: nothing is sent', async () => {
    const one = bench();
    const server = await servers.http(ok);
    await one.bearer('demo', server.origin, newSecret());
    const abort = new AbortController();
    const { get } = one.ports.secrets;
    one.ports.secrets.get = (key) => {
      abort.abort();
      return get(key);
    };
    assert.equal(outcomeWords(await one.send(`GET ${server.origin}/`, { signal: abort.signal })), 'cancelled');
    assert.equal(server.received.length, 0);
  });

  it('cancelled while it waits, and after the headers: what had come is kept', async () => {
    const one = bench();
    const abort = new AbortController();
    const server = await servers.http((request, response) => {
      if (request.url === '/silent') return abort.abort();
      response.writeHead(200, { 'X-Here': '1' });
      response.write('first part', () => undefined);
      return undefined;
    });
    const waiting = await one.send(`GET ${server.origin}/silent`, { signal: abort.signal });
    assert.equal(outcomeWords(waiting), 'cancelled');
    const second = new AbortController();
    const late = await one.finish(`GET ${server.origin}/late`, {
      signal: second.signal,
      onProgress: ({ phase }) => phase === 'downloading' && second.abort(),
    });
    assert.equal(responseOf(late).body.problem?.code, 'cancelled');
    assert.equal(bodyText(late), 'first part');
  });

  it('a time limit: of the setting, of the request, and none', async () => {
    const server = await servers.http((request, response) => {
      if (request.url === '/soon') setTimeout(() => response.end('at last'), 150);
    });
    const rows: readonly (readonly [text: string, timeoutMs: number | undefined, expected: string])[] = [
      ['GET HERE/never', 40, 'timeout'],
      ['# @timeout 40 ms\nGET HERE/never', undefined, 'timeout'],
      ['# @timeout 40 ms\nGET HERE/never', 10_000, 'timeout'],
      ['# @timeout 10 s\nGET HERE/soon', 40, '200'],
      ['# @timeout 0\nGET HERE/soon', 40, '200'],
      ['GET HERE/soon', undefined, '200'],
    ];
    for (const [text, timeoutMs, expected] of rows) {
      const one = bench();
      const outcome = await one.send(text.replace('HERE', server.origin), { settings: { timeoutMs } });
      assert.equal(outcomeWords(outcome), expected, `${text} with ${timeoutMs}`);
    }
  });

  it('redirects are not followed where the setting or the request says so', async () => {
    const one = bench();
    const server = await servers.http((_, response) => response.writeHead(302, { Location: '/next' }).end());
    for (const [text, followRedirects] of [
      ['GET HERE/', false],
      ['# @no-redirect\nGET HERE/', true],
    ] as const) {
      const finished = await one.finish(text.replace('HERE', server.origin), { settings: { followRedirects } });
      assert.equal(finished.exchange.hops[0]?.redirect?.stopped, 'not-followed');
    }
    assert.equal(server.received.length, 2);
  });

  it('two requests at once, each with its own secret, are both answered and remembered', async () => {
    const one = bench();
    const waiting: ServerResponse[] = [];
    const both: Handler = (_, response) => {
      waiting.push(response);
      if (waiting.length === 2) for (const each of waiting) each.end('both are here');
    };
    const [a, b] = [await servers.http(both), await servers.http(both)];
    const tokens = [newSecret(), newSecret()] as const;
    await one.bearer('a', a.origin, tokens[0]);
    await one.bearer('b', b.origin, tokens[1]);
    const outcomes = await Promise.all([one.send(`GET ${a.origin}/`), one.send(`GET ${b.origin}/`)]);
    assert.deepEqual(outcomes.map(outcomeWords), ['200', '200']);
    holdsNone('what a received', a.bytes(), [tokens[1]]);
    holdsNone('what b received', b.bytes(), [tokens[0]]);
    assert.deepEqual(
      one.core.history
        .list()
        .map(({ service }) => service)
        .sort(),
      ['a', 'b'],
    );
    for (const id of ['a', 'b']) {
      const service = one.core.services.get(id) ?? assert.fail();
      assert.equal((await one.core.verification.status(service)).state.kind, 'verified');
    }
  });

  // At each moment of a run; the request also holds the secret by hand.
  for (const moment of ['while its secret is read', 'while it waits', 'while it downloads'] as const) {
    it(`a service removed ${moment}: the answer is shown, and nothing is remembered of the service`, async () => {
      const one = bench();
      const token = newSecret();
      const remove = async (): Promise<void> => {
        one.ports.definitions.edit('user', undefined);
        await one.core.vault.forget({ id: 'demo' });
      };
      const server = await servers.http((_, response) => {
        void (moment === 'while it waits' ? remove() : Promise.resolve()).then(() => response.end(`for ${token}`));
      });
      await one.bearer('demo', server.origin, token);
      const { get } = one.ports.secrets;
      if (moment === 'while its secret is read')
        one.ports.secrets.get = async (key) => {
          const value = await get(key);
          if (one.core.services.get('demo')) await remove();
          return value;
        };
      const outcome = await one.send(`GET ${server.origin}/\nX-Key: {{$auth.token("demo")}}`, {
        onProgress: ({ phase }) => phase === 'downloading' && moment === 'while it downloads' && void remove(),
      });
      assert.equal(outcomeWords(outcome), '200');
      assert.equal(one.core.services.get('demo'), undefined);
      assert.deepEqual(
        [...one.ports.store.content.keys()].filter((key) => key.includes('verification')),
        [],
      );
      holdsNone('the outcome', JSON.stringify(outcome), [token]);
    });
  }

  it('a store that throws, for reading or writing, costs a line in the log and not the answer', async () => {
    for (const method of ['get', 'set'] as const) {
      const one = bench();
      const server = await servers.http(ok);
      await one.bearer('demo', server.origin, newSecret());
      one.ports.store[method] = () => {
        throw new Error('the database is locked');
      };
      const finished = await one.finish(`GET ${server.origin}/`);
      assert.equal(bodyText(finished), 'arrived');
      assert.match(one.ports.log.lines.join('\n'), /^warn: .*the database is locked/);
    }
  });

  it('a core that is disposed while a request runs ends it', async () => {
    const one = bench();
    const server = await servers.http(silent);
    const outcome = one.send(`GET ${server.origin}/`, {
      onProgress: ({ phase }) => phase === 'waiting' && one.core.dispose(),
    });
    assert.equal(outcomeWords(await outcome), 'cancelled');
  });

  it('settings that do not fit leave the good services working', async () => {
    const one = bench();
    const server = await servers.http(ok);
    const token = newSecret();
    one.ports.definitions.edit('workspace', { bad: 7, 'also bad': {}, worse: { baseUrl: 'x' } });
    await one.bearer('good', server.origin, token);
    assert.equal(outcomeWords(await one.send('# @service good\nGET /')), '200');
    assert.ok(one.core.services.problems.length >= 3);
  });
});
