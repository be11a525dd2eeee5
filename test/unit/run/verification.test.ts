import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newSecret } from '../../rig/secrets';
import { useServers, type Handler } from '../support/servers';
import { outcomeWords, useBench, type SendChanges } from './bench';

/*
 * What a run says of a service: verified, failed, or nothing at all.
 */

const answers =
  (status: number, body: string | object = '', headers: Record<string, string> = {}): Handler =>
  (_, response) => {
    const type = typeof body === 'string' ? 'text/plain' : 'application/json';
    response.writeHead(status, { 'Content-Type': type, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const challenge = { 'WWW-Authenticate': 'Bearer error="invalid_token"' };
const signIn = '<html><title>Sign in</title><form><input type="password" name="password"></form></html>';

interface Row {
  readonly name: string;
  readonly handler: Handler;
  readonly expected: 'verified' | 'failed' | 'untested';
  readonly request?: string;
  readonly changes?: SendChanges;
}

const cancelling = (): SendChanges => {
  const abort = new AbortController();
  return { signal: abort.signal, onProgress: ({ phase }) => phase === 'waiting' && abort.abort() };
};

const rows: readonly Row[] = [
  { name: '200', handler: answers(200, { ok: true }), expected: 'verified' },
  { name: '204', handler: answers(204), expected: 'verified' },
  { name: '401', handler: answers(401, 'no', challenge), expected: 'failed' },
  { name: '403 of one request', handler: answers(403, { message: 'The token may not do this' }), expected: 'untested' },
  {
    name: '200 with a sign-in page',
    handler: answers(200, signIn, { 'Content-Type': 'text/html' }),
    expected: 'failed',
  },
  { name: '404', handler: answers(404, { message: 'Not Found' }), expected: 'untested' },
  { name: '500', handler: answers(500, 'oops'), expected: 'untested' },
  { name: '503', handler: answers(503, 'later'), expected: 'untested' },
  {
    name: '400 of a validation',
    handler: answers(400, { errors: [{ field: 'quantity', message: 'must be positive' }] }),
    expected: 'untested',
  },
  {
    name: '422 of a validation',
    handler: answers(422, { detail: [{ loc: ['body', 'q'], msg: 'field required' }] }),
    expected: 'untested',
  },
  { name: '409', handler: answers(409, { message: 'Version conflict' }), expected: 'untested' },
  { name: '429', handler: answers(429, 'slow down', { 'Retry-After': '5' }), expected: 'untested' },
  { name: 'cancelled', handler: () => undefined, expected: 'untested', changes: cancelling() },
  { name: 'timeout', handler: () => undefined, expected: 'failed', changes: { settings: { timeoutMs: 40 } } },
  {
    name: '200 without credentials',
    handler: answers(200),
    expected: 'untested',
    changes: { credentials: 'leave-out' },
  },
  {
    name: '401 without credentials',
    handler: answers(401),
    expected: 'untested',
    changes: { credentials: 'leave-out' },
  },
  { name: '200 with @no-auth', handler: answers(200), expected: 'untested', request: '# @no-auth\nGET HERE/' },
  { name: '401 with @no-auth', handler: answers(401), expected: 'untested', request: '# @no-auth\nGET HERE/' },
  {
    name: '200 with a written header',
    handler: answers(200),
    expected: 'untested',
    request: 'GET HERE/\nAuthorization: x',
  },
  { name: 'problems', handler: answers(200), expected: 'untested', request: 'GET HERE/{{nothing}}' },
];

describe('what a run says of the service', () => {
  const servers = useServers();
  const bench = useBench();

  for (const { name, handler, expected, request = 'GET HERE/', changes } of rows) {
    it(`${name}: ${expected}`, async () => {
      const one = bench();
      const server = await servers.http(handler);
      await one.bearer('demo', server.origin, newSecret());
      await one.send(request.replace('HERE', server.origin), changes);
      const service = one.core.services.get('demo') ?? assert.fail();
      const { state } = await one.core.verification.status(service);
      assert.equal(state.kind, expected);
      if (state.kind === 'failed') assert.ok(state.cause, 'the cause is remembered');
    });
  }

  it('a test counts like a request, is in the history without a place, and takes the path it names', async () => {
    const one = bench();
    const server = await servers.http(answers(200));
    await one.bearer('demo', `${server.origin}/v1`, newSecret(), { test: 'HEAD /scopes?x=1' });
    assert.equal(outcomeWords(await one.test('demo')), '200');
    assert.equal(`${server.received[0]?.method} ${server.received[0]?.url}`, 'HEAD /v1/scopes?x=1');
    const service = one.core.services.get('demo') ?? assert.fail();
    assert.equal((await one.core.verification.status(service)).state.kind, 'verified');
    const [entry] = one.core.history.list();
    assert.deepEqual([entry?.method, entry?.service, entry?.status, entry?.request], ['HEAD', 'demo', 200, undefined]);
  });

  it('a 403 counts against the service where its own test meets it', async () => {
    const one = bench();
    const server = await servers.http(answers(403, { message: 'The token may not do this' }));
    await one.bearer('demo', server.origin, newSecret());
    await one.test('demo');
    const service = one.core.services.get('demo') ?? assert.fail();
    assert.equal((await one.core.verification.status(service)).state.kind, 'failed');
  });

  it('a silent answer leaves an earlier verdict, a new secret ends it', async () => {
    const one = bench();
    let handler = answers(200);
    const server = await servers.http((request, response) => handler(request, response));
    await one.bearer('demo', server.origin, newSecret());
    const service = one.core.services.get('demo') ?? assert.fail();
    const kind = async () => (await one.core.verification.status(service)).state.kind;
    await one.send(`GET ${server.origin}/`);
    handler = answers(500);
    await one.send(`GET ${server.origin}/`);
    assert.equal(await kind(), 'verified');
    handler = answers(401, '', challenge);
    await one.send(`GET ${server.origin}/`);
    assert.equal(await kind(), 'failed');
    one.ports.clock.advance(1000);
    await one.store('demo', 'token', newSecret());
    assert.equal(await kind(), 'untested');
  });

  it('a secret replaced while the request runs is not what was tested', async () => {
    const one = bench();
    const server = await servers.http((_, response) => {
      one.ports.clock.advance(1000);
      void one.store('demo', 'token', newSecret()).then(() => response.writeHead(401, challenge).end());
    });
    await one.bearer('demo', server.origin, newSecret());
    await one.send(`GET ${server.origin}/`);
    const service = one.core.services.get('demo') ?? assert.fail();
    assert.equal((await one.core.verification.status(service)).state.kind, 'untested');
  });
});
