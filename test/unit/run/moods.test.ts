import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Cause } from '../../../src/core/diagnosis/cause';
import type { Fix } from '../../../src/core/diagnosis/fix';
import { startDemo, type Demo } from '../../../src/demo/server';
import { newSecret, registerSecret } from '../../rig/secrets';
import { ok, useServers } from '../support/servers';
import { everythingIn, finishedOf, holdsNone, outcomeWords, useBench, type Bench } from './bench';

/*
 * From the demo's moods, and from what can go wrong on the way, to the card: the first cause and the first button.
 */

type Credential = 'good' | 'limitedScope' | 'allScopes' | 'expired' | 'wrong' | 'none';

interface Mood {
  readonly name: string;
  /** The credential of the service; `none` is no service at all. */
  readonly with: Credential;
  readonly request: string;
  readonly status: number;
  readonly cause?: Cause['code'];
  readonly fix?: Fix['kind'];
}

const order = (quantity: number): string =>
  `POST DEMO/orders\nContent-Type: application/json\n\n{"item": "key", "quantity": ${quantity}}`;

const moods: readonly Mood[] = [
  { name: 'welcome', with: 'none', request: 'GET DEMO/', status: 200 },
  {
    name: '/me, nobody registered',
    with: 'none',
    request: 'GET DEMO/me',
    status: 401,
    cause: 'no-credential-sent',
    fix: 'addService',
  },
  { name: '/me with the token', with: 'good', request: 'GET DEMO/me', status: 200 },
  {
    name: '/me with a wrong token',
    with: 'wrong',
    request: 'GET DEMO/me',
    status: 401,
    cause: 'credential-invalid',
    fix: 'setSecret',
  },
  {
    name: '/me with an old token',
    with: 'expired',
    request: 'GET DEMO/me',
    status: 401,
    cause: 'credential-expired',
    fix: 'setSecret',
  },
  {
    name: '/me with @no-auth',
    with: 'good',
    request: '# @no-auth\nGET DEMO/me',
    status: 401,
    cause: 'no-credential-sent',
    fix: 'editRequest',
  },
  {
    name: '/me with a written token',
    with: 'good',
    request: 'GET DEMO/me\nAuthorization: Bearer written-and-wrong',
    status: 401,
    cause: 'credential-invalid',
    fix: 'editRequest',
  },
  {
    name: '/me with Bearer twice',
    with: 'good',
    request: 'GET DEMO/me\nAuthorization: Bearer Bearer {{$auth.token("demo")}}',
    status: 400,
    cause: 'credential-malformed',
    fix: 'editRequest',
  },
  { name: '/me through /moved', with: 'good', request: 'GET DEMO/moved', status: 200 },
  {
    name: '/expired',
    with: 'good',
    request: 'GET DEMO/expired',
    status: 401,
    cause: 'credential-expired',
    fix: 'setSecret',
  },
  {
    name: '/reports',
    with: 'good',
    request: 'GET DEMO/reports',
    status: 403,
    cause: 'insufficient-scope',
    fix: 'setSecret',
  },
  { name: '/reports with every scope', with: 'allScopes', request: 'GET DEMO/reports', status: 200 },
  { name: '/orders, a wrong one', with: 'good', request: order(0), status: 400, cause: 'not-an-auth-problem' },
  { name: '/orders, a good one', with: 'good', request: order(1), status: 201 },
  {
    name: '/orders without the scope',
    with: 'limitedScope',
    request: order(1),
    status: 403,
    cause: 'insufficient-scope',
    fix: 'setSecret',
  },
  { name: '/limited', with: 'good', request: 'GET DEMO/limited', status: 429, cause: 'rate-limited', fix: 'wait' },
  {
    name: '/elsewhere',
    with: 'good',
    request: 'GET DEMO/elsewhere',
    status: 401,
    cause: 'redirect-dropped-credential',
    fix: 'editService',
  },
  {
    name: '/elsewhere, nobody registered',
    with: 'none',
    request: 'GET DEMO/elsewhere',
    status: 401,
    cause: 'no-credential-sent',
    fix: 'addService',
  },
  { name: '/login', with: 'good', request: 'GET DEMO/login', status: 200, cause: 'login-page-redirect' },
  { name: '/sign-in, asked for itself', with: 'good', request: 'GET DEMO/sign-in', status: 200 },
  {
    name: '/billing',
    with: 'good',
    request: 'GET DEMO/billing',
    status: 402,
    cause: 'account-disabled-or-billing',
    fix: 'copyQuestion',
  },
  {
    name: '/proxy',
    with: 'good',
    request: 'GET DEMO/proxy',
    status: 407,
    cause: 'proxy-auth-required',
    fix: 'openSetting',
  },
  { name: '/echo', with: 'good', request: 'GET DEMO/echo', status: 200 },
  { name: 'nothing there', with: 'good', request: 'GET DEMO/nowhere', status: 404 },
  { name: 'a broken server', with: 'good', request: 'GET DEMO/status/500', status: 500, cause: 'not-an-auth-problem' },
];

const firstOf = ({ diagnosis }: { readonly diagnosis: { readonly causes: readonly Cause[] } }) => diagnosis.causes[0];

describe('the moods of the demo', () => {
  const bench = useBench();
  let demo: Demo;
  before(async () => {
    demo = await startDemo();
    // The expired one is a JWT: its header stands in every JWT, so a search for parts of it would find others.
    const { good, limitedScope, allScopes, basic, apiKey } = demo.tokens;
    for (const secret of [good, limitedScope, allScopes, basic.password, apiKey]) registerSecret(secret);
  });
  after(() => demo.dispose());

  async function registered(credential: Credential): Promise<{ one: Bench; token: string | undefined }> {
    const one = bench();
    if (credential === 'none') return { one, token: undefined };
    const token = credential === 'wrong' ? newSecret() : demo.tokens[credential];
    await one.bearer('demo', demo.url, token);
    return { one, token };
  }

  for (const mood of moods) {
    it(`${mood.name}: ${mood.status} ${mood.cause ?? ''} ${mood.fix ?? ''}`, async () => {
      const { one, token } = await registered(mood.with);
      const outcome = await one.send(mood.request.replace('DEMO', demo.url));
      assert.equal(outcomeWords(outcome), String(mood.status));
      const first = firstOf(finishedOf(outcome));
      if (mood.cause !== undefined || mood.status < 400) assert.equal(first?.code, mood.cause);
      if (mood.fix !== undefined) assert.equal(first?.fixes[0]?.kind, mood.fix);
      if (token !== undefined) holdsNone('the outcome', everythingIn(outcome), [token]);
      // What the card says must be checkable.
      if (first) assert.ok(first.evidence.length > 0, 'a cause without evidence');
    });
  }

  it('a wait ends when Retry-After says, by our clock', async () => {
    const { one } = await registered('good');
    const response = await fetch(`${demo.url}/limited`);
    const seconds = Number(response.headers.get('retry-after'));
    const [fix] = firstOf(finishedOf(await one.send(`GET ${demo.url}/limited`)))?.fixes ?? [];
    assert.ok(fix?.kind === 'wait');
    const wait = fix.until - one.core.now();
    assert.ok(wait > (seconds - 2) * 1000 && wait <= (seconds + 1) * 1000, `${wait} ms for ${seconds} s`);
  });

  it('the fixes name the service, the address and the place', async () => {
    const nobody = await registered('none');
    assert.deepEqual(firstOf(finishedOf(await nobody.one.send(`GET ${demo.url}/me`)))?.fixes[0], {
      kind: 'addService',
      baseUrl: demo.url,
    });
    const { one } = await registered('wrong');
    assert.deepEqual(firstOf(finishedOf(await one.send(`GET ${demo.url}/me`)))?.fixes[0], {
      ...{ kind: 'setSecret', service: 'demo', field: 'token', replace: true },
    });
    assert.deepEqual(firstOf(finishedOf(await one.send(`# @no-auth\nGET ${demo.url}/me`)))?.fixes[0], {
      ...{ kind: 'editRequest', at: 'noAuthDirective' },
    });
    assert.deepEqual(
      firstOf(finishedOf(await one.send(`GET ${demo.url}/me`, { credentials: 'leave-out' })))?.fixes[0],
      {
        kind: 'sendAgain',
      },
    );
  });

  it('Basic and API keys open their doors, and are told apart when wrong', async () => {
    const doors = [
      ['/basic', { scheme: 'basic', username: demo.tokens.basic.user }, 'password', demo.tokens.basic.password],
      ['/keys/header', { scheme: 'apiKey', in: 'header', name: 'X-Demo-Key' }, 'key', demo.tokens.apiKey],
      ['/keys/query', { scheme: 'apiKey', in: 'query', name: 'demo_key' }, 'key', demo.tokens.apiKey],
      ['/keys/cookie', { scheme: 'apiKey', in: 'cookie', name: 'demo_key' }, 'key', demo.tokens.apiKey],
    ] as const;
    for (const [path, auth, field, secret] of doors) {
      const one = bench();
      one.define('demo', demo.url + path, auth);
      await one.store('demo', field, secret);
      assert.equal(outcomeWords(await one.send(`# @service demo\nGET ?`.replace('?', '/'))).slice(0, 1), '4');
      assert.equal(outcomeWords(await one.test('demo')), '200', path);
      await one.store('demo', field, newSecret());
      const wrong = await one.test('demo');
      assert.equal(outcomeWords(wrong), '401', path);
      assert.deepEqual(firstOf(finishedOf(wrong))?.fixes[0], {
        ...{ kind: 'setSecret', service: 'demo', field, replace: true },
      });
    }
  });
});

describe('what goes wrong on the way', () => {
  const servers = useServers();
  const bench = useBench();

  async function card(one: Bench, origin: string, changes = {}): Promise<string> {
    await one.bearer('demo', origin, newSecret());
    const first = firstOf(finishedOf(await one.send(`GET ${origin}/`, changes)));
    return `${first?.code} ${first?.fixes[0]?.kind}`;
  }

  it('nobody listens', async () => {
    const server = await servers.tcp(() => undefined);
    const { origin } = server;
    const free = new URL(origin);
    free.port = '1';
    assert.equal(await card(bench(), free.origin), 'transport-refused sendAgain');
  });

  for (const [code, expected] of [
    ['ENOTFOUND', 'transport-dns-not-found editService'],
    ['EAI_AGAIN', 'transport-dns-failed sendAgain'],
  ] as const) {
    it(`the name cannot be looked up: ${code}`, async () => {
      const lookup = (host: string, _: object, done: (error: Error, address: string, family: number) => void): void =>
        done(Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, hostname: host }), '', 4);
      assert.equal(await card(bench({}, { lookup }), 'https://api.nowhere.example'), expected);
    });
  }

  it('nothing comes in time', async () => {
    const server = await servers.http(() => undefined);
    assert.equal(await card(bench(), server.origin, { settings: { timeoutMs: 40 } }), 'transport-timeout sendAgain');
  });

  it('the connection is reset', async () => {
    const server = await servers.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
    assert.equal(await card(bench(), server.origin), 'transport-reset sendAgain');
  });

  it('http spoken to a server of https', async () => {
    const server = await servers.https(ok);
    const told = await card(bench(), server.origin.replace('https', 'http'));
    assert.match(told, /^(?:transport-reset|transport-bad-response|not-an-auth-problem) /);
  });

  it('https spoken to a server of http', async () => {
    const server = await servers.http(ok);
    assert.equal(await card(bench(), server.origin.replace('http', 'https')), 'transport-tls-protocol editService');
  });

  for (const [certificate, expected] of [
    ['untrusted', 'transport-tls-untrusted openSetting'],
    ['self-signed', 'transport-tls-self-signed openSetting'],
    ['expired', 'transport-tls-expired copyQuestion'],
    ['future', 'transport-tls-not-yet-valid sendAgain'],
    ['wrong-name', 'transport-tls-wrong-name editService'],
  ] as const) {
    it(`the certificate is ${certificate}: nothing is sent`, async () => {
      const server = await servers.https(ok, certificate);
      assert.equal(await card(bench(), server.origin), expected);
      assert.equal(server.received.length, 0);
      assert.equal(server.bytes(), '');
    });
  }

  it('a 200 that is a sign-in page', async () => {
    const page = '<!doctype html><title>Log in</title><form action="/login"><input type="password" name="p"></form>';
    const server = await servers.http((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page),
    );
    assert.match(await card(bench(), server.origin), /^login-page-redirect /);
  });
});
