import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import { describe, it } from 'mocha';
import type { HttpRequest } from '../../../src/core/http/message';
import type { Exchange } from '../../../src/core/http/exchange';
import type { SendOptions } from '../../../src/core/transport/options';
import { useServers, type TestServer } from '../support/servers';
import { failureOf, get, memorySink, options, post, responseOf, textOf, useTransport } from './sending';

/** Waits until something is so; the test's own time limit ends a wait in vain. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('transport: stopping', () => {
  const servers = useServers();
  const { send, transport } = useTransport();

  interface Scene {
    readonly request: HttpRequest;
    /** Resolves when the send has come as far as it will. */
    readonly arrived: () => Promise<void>;
    readonly server?: TestServer;
    readonly afterwards?: () => void;
    readonly changes?: Partial<SendOptions>;
    readonly lookup?: () => void;
  }

  /** Phases in which nothing more comes; each ends in a failure that names it. */
  const beforeAnswer: Readonly<Record<string, () => Promise<Scene>>> = {
    dns: async () => {
      let asked = false;
      return { request: get('http://slow.invalid/'), lookup: () => (asked = true), arrived: () => until(() => asked) };
    },
    tls: async () => {
      const server = await servers.tcp(() => undefined);
      return {
        request: get(`https://127.0.0.1:${server.port}/`),
        server,
        arrived: () => until(() => server.bytes() !== ''),
      };
    },
    send: async () => {
      let resume = (): void => undefined;
      const server = await servers.tcp((socket) => {
        socket.pause();
        resume = () => socket.resume();
      });
      const request = post(server.origin, 'x'.repeat(50_000_000));
      // A socket that is paused does not see that the other side has gone.
      return { request, server, arrived: () => until(() => server.connections() > 0), afterwards: () => resume() };
    },
    wait: async () => {
      const server = await servers.http(() => undefined);
      return { request: get(server.origin), server, arrived: () => until(() => server.received.length > 0) };
    },
  };

  const run = async (scene: Scene, signal: AbortSignal, timeoutMs?: number): Promise<Exchange> => {
    const lookup = scene.lookup && { lookup: scene.lookup as never };
    return transport(lookup).send(scene.request, options({ ...scene.changes, timeoutMs }), signal);
  };

  for (const [phase, build] of Object.entries(beforeAnswer)) {
    it(`is cancelled in the phase ${phase}`, async () => {
      const scene = await build();
      const controller = new AbortController();
      const sending = run(scene, controller.signal);
      await scene.arrived();
      // Node tells a little later than the server that a phase is over.
      await new Promise((resolve) => setTimeout(resolve, 30));
      controller.abort();
      const exchange = await sending;
      const failure = failureOf(exchange);
      assert.deepEqual([failure.code, failure.phase], ['cancelled', phase]);
      assert.equal(failure.host, new URL(scene.request.url).hostname);
      assert.equal(exchange.hops.length, 1);
      scene.afterwards?.();
      await until(() => (scene.server?.open() ?? 0) === 0);
    });

    it(`runs out of time in the phase ${phase}`, async () => {
      const scene = await build();
      const failure = failureOf(await run(scene, new AbortController().signal, 200));
      assert.deepEqual([failure.code, failure.phase], ['timeout', phase]);
      scene.afterwards?.();
      await until(() => (scene.server?.open() ?? 0) === 0);
    });
  }

  const begun = (encoding: 'identity' | 'gzip') =>
    servers.http((_, response) => {
      response.writeHead(200, { 'Content-Encoding': encoding });
      const gzip = zlib.createGzip();
      gzip.write('first part');
      gzip.flush(() => response.write(encoding === 'gzip' ? (gzip.read() as Buffer) : 'first part'));
    });

  for (const encoding of ['identity', 'gzip'] as const) {
    it(`keeps what had come of a body (${encoding}) when it is cancelled`, async () => {
      const server = await begun(encoding);
      const controller = new AbortController();
      const exchange = await send(
        get(server.origin),
        { onProgress: ({ phase }) => phase === 'downloading' && setTimeout(() => controller.abort(), 50) },
        controller.signal,
      );
      assert.equal(textOf(exchange), 'first part');
      assert.deepEqual(responseOf(exchange).body.problem, { code: 'cancelled' });
      await until(() => server.open() === 0);
    });
  }

  it('keeps what had come of a body when time runs out', async () => {
    const server = await begun('identity');
    const exchange = await send(get(server.origin), { timeoutMs: 200 });
    assert.equal(textOf(exchange), 'first part');
    assert.deepEqual(responseOf(exchange).body.problem, { code: 'timeout' });
    await until(() => server.open() === 0);
  });

  it('gives the file of a body that was cancelled halfway', async () => {
    const sink = memorySink();
    const server = await begun('identity');
    const controller = new AbortController();
    const onProgress: SendOptions['onProgress'] = ({ phase }) =>
      phase === 'downloading' && setTimeout(() => controller.abort(), 50);
    const exchange = await send(
      get(server.origin),
      { memoryLimit: 3, overflow: async () => sink, onProgress },
      controller.signal,
    );
    assert.equal(sink.content().toString(), 'first part');
    assert.equal(responseOf(exchange).body.file, '/memory/body');
  });

  it('is not sent when it was cancelled before', async () => {
    const server = await servers.http((_, response) => response.end());
    const exchange = await send(get(server.origin), {}, AbortSignal.abort());
    assert.equal(failureOf(exchange).code, 'cancelled');
    assert.equal(server.connections(), 0);
    assert.equal(exchange.hops.length, 0);
  });

  it('is cancelled while it is being signed', async () => {
    const controller = new AbortController();
    const sending = send(get('http://127.0.0.1:1/'), { sign: () => new Promise(() => undefined) }, controller.signal);
    controller.abort();
    assert.equal(failureOf(await sending).code, 'cancelled');
  });

  it('rejects with what signing rejects with, and only then', async () => {
    const failure = new Error('no secret');
    await assert.rejects(send(get('http://127.0.0.1:1/'), { sign: () => Promise.reject(failure) }), failure);
  });

  it('counts the time of all hops together', async () => {
    const server = await servers.http((request, response) => {
      setTimeout(() => response.writeHead(302, { Location: `${request.url}x` }).end(), 80);
    });
    const exchange = await send(get(server.origin), { timeoutMs: 300 });
    assert.equal(failureOf(exchange).code, 'timeout');
    assert.ok(exchange.hops.length > 1);
  });

  it('waits as long as a timer can when the limit is longer', async () => {
    const server = await servers.http((_, response) => response.end('ok'));
    assert.equal(textOf(await send(get(server.origin), { timeoutMs: 2 ** 40 })), 'ok');
  });

  it('leaves no listener on the signal', async () => {
    const server = await servers.http((_, response) => response.end('ok'));
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...all: Parameters<typeof add>) => (listeners++, add(...all));
    signal.removeEventListener = (...all: Parameters<typeof remove>) => (listeners--, remove(...all));
    await send(get(server.origin), {}, signal);
    assert.equal(listeners, 0);
  });

  it('cancels what is under way and closes every connection when it is disposed', async () => {
    const silent = await servers.http(() => undefined);
    const quick = await servers.http((_, response) => response.end('ok'));
    const own = transport();
    const { signal } = new AbortController();
    await own.send(get(quick.origin), options(), signal);
    assert.equal(quick.open(), 1);
    const sending = own.send(get(silent.origin), options(), signal);
    await until(() => silent.received.length > 0);
    own.dispose();
    assert.equal(failureOf(await sending).code, 'cancelled');
    await until(() => quick.open() + silent.open() === 0);
    await assert.rejects(own.send(get(quick.origin), options(), signal), /disposed/);
  });
});
