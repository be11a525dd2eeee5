import assert from 'node:assert/strict';
import * as http from 'node:http';
import * as https from 'node:https';
import { describe, it } from 'mocha';
import { Agents, keepAgent } from '../../../src/core/transport/agents';
import type { Timings } from '../../../src/core/http/exchange';
import { pem, useServers, type Handler } from '../support/servers';
import { failureOf, get, options, post, responseOf, textOf, useTransport } from './sending';

const ok: Handler = (_, response) => response.end('ok');
const phases = ['dns', 'connect', 'tls', 'send', 'firstByte', 'download'] as const;
const seen = (timings: Timings): string[] => phases.filter((phase) => timings[phase] !== undefined);

describe('transport: connections and timings', () => {
  const servers = useServers();
  const { send, transport } = useTransport();

  for (const [what, build, expected] of [
    ['http to an address', async () => (await servers.http(ok)).origin, ['connect', 'send', 'firstByte', 'download']],
    [
      'http to a name',
      async () => (await servers.http(ok)).namedOrigin,
      ['dns', 'connect', 'send', 'firstByte', 'download'],
    ],
    [
      'https to an address',
      async () => (await servers.https(ok)).origin,
      ['connect', 'tls', 'send', 'firstByte', 'download'],
    ],
    [
      'https to a name',
      async () => (await servers.https(ok)).namedOrigin,
      ['dns', 'connect', 'tls', 'send', 'firstByte', 'download'],
    ],
  ] as const) {
    it(`${what} has the phases ${expected.join(', ')}`, async () => {
      const url = await build();
      const exchange = await send(get(url));
      const hop = exchange.hops[0]!;
      assert.deepEqual(seen(hop.timings), expected);
      const sum = phases.reduce((total, phase) => total + (hop.timings[phase] ?? 0), 0);
      for (const phase of expected) assert.ok(hop.timings[phase]! >= 0, phase);
      assert.ok(sum <= hop.timings.total + 0.01, `${sum} of ${hop.timings.total}`);
      assert.ok(hop.timings.total <= exchange.totalMs + 0.01);
      assert.deepEqual([hop.remote?.port, hop.reusedConnection], [Number(new URL(url).port), false]);
      assert.match(hop.remote?.address ?? '', /127\.0\.0\.1$/);

      const again = (await send(get(url))).hops[0]!;
      assert.deepEqual(seen(again.timings), ['send', 'firstByte', 'download']);
      assert.equal(again.reusedConnection, true);
      assert.deepEqual(again.remote, hop.remote);
    });
  }

  it('tells where the time went', async () => {
    const server = await servers.http((_, response) => {
      setTimeout(() => response.write('a'), 60);
      setTimeout(() => response.end('b'), 160);
    });
    const { timings } = (await send(get(server.origin))).hops[0]!;
    assert.ok(timings.firstByte! >= 50, `first byte after ${timings.firstByte}`);
    assert.ok(timings.download! >= 80, `download took ${timings.download}`);
  });

  it('takes the time of day from where it is told', async () => {
    const server = await servers.http(ok);
    const exchange = await transport({ now: () => 1_700_000_000_000 }).send(
      get(server.origin),
      options(),
      new AbortController().signal,
    );
    assert.equal(exchange.hops[0]!.timings.startedAt, 1_700_000_000_000);
  });

  it('does not use a connection again that was broken off', async () => {
    const server = await servers.http((request, response) => {
      if (request.url === '/huge') response.end(Buffer.alloc(10_000_000));
      else ok(request, response);
    });
    const controller = new AbortController();
    await send(
      get(`${server.origin}/huge`),
      { onProgress: ({ phase }) => phase === 'downloading' && controller.abort() },
      controller.signal,
    );
    assert.equal((await send(get(server.origin))).hops[0]!.reusedConnection, false);
  });

  for (const [method, outcome] of [
    ['GET', 'response'],
    ['PUT', 'response'],
    ['POST', 'failure'],
  ] as const) {
    it(`${method} on a connection the server closes meanwhile gives a ${outcome}`, async () => {
      let requests = 0;
      // The first connection answers once and then resets on the second request, as if it had been closed just then.
      const server = await servers.tcp((socket) => {
        let first = true;
        socket.on('data', () => {
          requests++;
          if (first) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
          else socket.resetAndDestroy();
          first = false;
        });
      });
      await send(get(server.origin));
      const exchange = await send(
        get(server.origin, { method, body: method === 'GET' ? undefined : Buffer.from('x') }),
      );
      assert.equal(exchange.outcome.kind, outcome);
      assert.equal(requests, outcome === 'response' ? 3 : 2);
      assert.equal(exchange.hops.length, 1);
    });
  }

  it('does not try again where the first connection is the one that fails', async () => {
    const server = await servers.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    assert.equal(failureOf(await send(get(server.origin))).code, 'reset');
    assert.equal(server.connections(), 1);
  });

  it('sends several at once, each over its own connection', async () => {
    const server = await servers.http((request, response) => setTimeout(() => response.end(request.url), 30));
    const texts = await Promise.all(
      ['/a', '/b', '/c'].map(async (path) => textOf(await send(get(server.origin + path)))),
    );
    assert.deepEqual(texts, ['/a', '/b', '/c']);
    assert.equal(server.connections(), 3);
  });
});

/** What VS Code puts in the place of an agent, reduced to what matters: npm's `agent-base`, which asks where to connect. */
class Replacement extends http.Agent {
  asked: Record<string, unknown> | undefined;

  constructor(private readonly way: () => http.Agent | Error) {
    super();
  }

  /** Node calls it for each request; the answer comes a microtask later, as with `agent-base`. */
  addRequest(request: http.ClientRequest, given: object): void {
    const connectOptions = { ...given };
    Promise.resolve()
      .then(() => this.connect(request, connectOptions))
      .then(
        (agent) => (agent as unknown as { addRequest: Replacement['addRequest'] }).addRequest(request, connectOptions),
        (error: Error) =>
          (request as unknown as { onSocket(socket: undefined, error: Error): void }).onSocket(undefined, error),
      );
  }

  async connect(request: http.ClientRequest, asked: Record<string, unknown>): Promise<http.Agent> {
    this.asked = asked;
    const way = this.way();
    if (!(way instanceof Error)) return way;
    request.emit('proxy', { proxy: 'PROXY proxy.example:8080', error: way });
    throw new Error('Failed to establish a socket connection to proxies');
  }
}

describe('transport: where VS Code has replaced the agent', () => {
  const servers = useServers();
  const { transport } = useTransport();
  const { signal } = new AbortController();

  /** Runs with `http.request` and `https.request` patched as VS Code does it, and puts them back. */
  async function patched<T>(
    way: (secure: boolean) => http.Agent | Error,
    run: (made: Replacement[]) => Promise<T>,
  ): Promise<T> {
    const made: Replacement[] = [];
    // The very objects that node-fetch reads `request` from.
    const modules = [require('node:http') as typeof http, require('node:https') as typeof https];
    const originals = modules.map((each) => each.request);
    for (const each of modules) {
      const original = each.request;
      const secure = each === modules[1];
      each.request = ((url: string, given: http.RequestOptions) => {
        const agent = new Replacement(() => way(secure));
        if (secure) (agent as unknown as { protocol: string; defaultPort: number }).protocol = 'https:';
        made.push(agent);
        return original(url, { ...given, agent });
      }) as typeof each.request;
    }
    try {
      return await run(made);
    } finally {
      modules.forEach((each, index) => (each.request = originals[index]!));
    }
  }

  const direct = (secure: boolean): http.Agent => (secure ? https.globalAgent : http.globalAgent);

  it('still sends the method, the headers and the body as they were written', async () => {
    const server = await servers.http(ok);
    await patched(direct, async (made) => {
      const headers = [{ name: 'x-KEPT', value: '1' }];
      await transport().send(get(server.origin, { headers, body: Buffer.from('in a GET') }), options(), signal);
      assert.equal(made.length, 1);
    });
    assert.match(server.bytes(), /^GET \/ HTTP\/1\.1\r\nHost: [^]*\r\nx-KEPT: 1\r\n[^]*\r\n\r\nin a GET$/);
  });

  it('still keeps connections, and its own trust', async () => {
    const server = await servers.https(ok);
    await patched(direct, async () => {
      const own = transport();
      const first = await own.send(get(server.namedOrigin), options(), signal);
      const second = await own.send(post(server.namedOrigin, 'x'), options(), signal);
      assert.deepEqual([responseOf(first).status, first.hops[0]!.reusedConnection], [200, false]);
      assert.equal(second.hops[0]!.reusedConnection, true);
    });
  });

  it('still verifies, unless the service does not', async () => {
    const server = await servers.https(ok, 'self-signed');
    await patched(direct, async () => {
      const own = transport();
      assert.equal(responseOf(await own.send(get(server.origin), options({ verifyTls: false }), signal)).status, 200);
      assert.equal(failureOf(await own.send(get(server.origin), options(), signal)).code, 'tls-self-signed');
    });
  });

  it('still verifies the name of the URL, whatever Host was written', async () => {
    const server = await servers.https(ok, 'wrong-name');
    const headers = [{ name: 'Host', value: 'other.example' }];
    await patched(direct, async () => {
      const exchange = await transport().send(get(server.namedOrigin, { headers }), options(), signal);
      assert.equal(failureOf(exchange).code, 'tls-wrong-name');
    });
  });

  it('goes through a proxy where one is set, with the settings of the service', async () => {
    const server = await servers.https(ok);
    const proxy = new https.Agent({ ca: pem('ca') });
    await patched(
      () => proxy,
      async (made) => {
        assert.equal(textOf(await transport().send(get(server.origin), options({ verifyTls: false }), signal)), 'ok');
        assert.equal(made[0]!.asked?.['rejectUnauthorized'], false);
        assert.equal(made[0]!.asked?.['servername'], '');
      },
    );
    proxy.destroy();
  });

  it('says that it is the proxy that fails', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    await patched(
      () => refused,
      async () => {
        const failure = failureOf(await transport().send(get('http://api.example/'), options(), signal));
        assert.deepEqual([failure.code, failure.systemCode, failure.host], ['proxy', 'ECONNREFUSED', 'api.example']);
      },
    );
  });

  it('leaves its own agents and unknown ones alone', () => {
    const agents = new Agents({});
    const own = agents.for(new URL('http://a/'), 'verified');
    const unknown = new http.Agent();
    for (const agent of [own, unknown]) {
      const before = Object.getOwnPropertyNames(agent);
      keepAgent({ agent } as unknown as http.ClientRequest, own, 'a');
      assert.deepEqual(Object.getOwnPropertyNames(agent), before);
    }
    agents.dispose();
  });
});
