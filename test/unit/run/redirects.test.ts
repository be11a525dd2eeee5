import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { newSecret } from '../../rig/secrets';
import { ok, redirect, useServers, type Handler, type Received, type TestServer } from '../support/servers';
import { finishedOf, holdsNone, useBench, utf8, type Bench } from './bench';

/*
 * The acceptance line of the whole product: a credential arrives at its origin as it should, byte for byte, and nowhere
 * after a redirect to another port, host or scheme, nor when that leads back.
 */

/** A way to send a credential: what the service is, what the request says, and what must arrive of it. */
interface Way {
  readonly name: string;
  readonly auth: object;
  readonly field: string;
  readonly kind: string;
  /** What follows the request line; `BASE` is the origin, `SECRET` the secret. */
  readonly request?: string;
  /** A line or piece that must arrive on the bound origin. */
  readonly arrives: (secret: string) => string;
}

const bearer = { auth: { scheme: 'bearer' }, field: 'token', kind: 'token' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const get = 'GET BASE/first';

const ways: readonly Way[] = [
  { name: 'a bearer token', ...bearer, arrives: (token) => `\r\nAuthorization: Bearer ${token}\r\n` },
  {
    name: 'a Basic password',
    ...{ auth: { scheme: 'basic', username: 'ada' }, field: 'password', kind: 'password' },
    arrives: (password) => `\r\nAuthorization: Basic ${base64(`ada:${password}`)}\r\n`,
  },
  {
    name: 'a Basic password outside ASCII',
    ...{ auth: { scheme: 'basic', username: 'ädä' }, field: 'password', kind: 'unicode' },
    arrives: (password) => `\r\nAuthorization: Basic ${base64(`ädä:${password}`)}\r\n`,
  },
  {
    name: 'a key in a header',
    ...{ auth: { scheme: 'apiKey', in: 'header', name: 'X-Odd' }, field: 'key', kind: 'key' },
    arrives: (key) => `\r\nX-Odd: ${key}\r\n`,
  },
  {
    name: 'a key in the query',
    ...{ auth: { scheme: 'apiKey', in: 'query', name: 'odd' }, field: 'key', kind: 'token' },
    arrives: (key) => `GET /first?odd=${key} HTTP/1.1\r\n`,
  },
  {
    name: 'a key in a cookie',
    ...{ auth: { scheme: 'apiKey', in: 'cookie', name: 'odd' }, field: 'key', kind: 'token' },
    request: `${get}\nCookie: theme=dark`,
    arrives: (key) => `\r\nCookie: theme=dark; odd=${key}\r\n`,
  },
  {
    name: '$auth.token in Authorization',
    ...bearer,
    request: `${get}\nAuthorization: Bearer {{$auth.token("demo")}}`,
    arrives: (token) => `\r\nAuthorization: Bearer ${token}\r\n`,
  },
  {
    name: '$secret in a header nobody knows',
    ...bearer,
    request: `# @no-auth\n${get}\nX-Odd: id={{$secret demo token}};v=1`,
    arrives: (token) => `\r\nX-Odd: id=${token};v=1\r\n`,
  },
  {
    name: '$secret through a variable, in the query',
    ...bearer,
    request: `@key = {{$secret demo token}}\n# @no-auth\n${get}?odd={{key}}`,
    arrives: (token) => `GET /first?odd=${token} HTTP/1.1\r\n`,
  },
  {
    name: '$auth.token in the path',
    ...bearer,
    request: `# @no-auth\nGET BASE/{{$auth.token("demo")}}/first`,
    arrives: (token) => `GET /${token}/first HTTP/1.1\r\n`,
  },
  {
    name: '$secret in a JSON body',
    ...{ auth: { scheme: 'basic', username: 'ada' }, field: 'password', kind: 'password' },
    request: 'POST BASE/first\nContent-Type: application/json\n\n{"a": "{{$secret demo password}}"}',
    arrives: (password) => `{"a": ${JSON.stringify(password)}}`,
  },
  {
    name: '$secret in a form',
    ...{ auth: { scheme: 'basic', username: 'ada' }, field: 'password', kind: 'password' },
    request: 'POST BASE/first\nContent-Type: application/x-www-form-urlencoded\n\na={{$auth.token("demo")}}&b=1',
    arrives: (password) => `a=${encodeURIComponent(password).replaceAll("'", '%27')}&b=1`,
  },
  {
    name: 'a bearer token in the request',
    ...bearer,
    request: `${get}\nAuthorization: Bearer SECRET`,
    arrives: (token) => `\r\nAuthorization: Bearer ${token}\r\n`,
  },
  {
    name: 'user and password in the request',
    ...bearer,
    request: `${get}\nAuthorization: Basic ada SECRET`,
    arrives: (token) => `\r\nAuthorization: Basic ${base64(`ada:${token}`)}\r\n`,
  },
  {
    name: 'a session in the request',
    ...bearer,
    request: `# @no-auth\n${get}\nCookie: session=SECRET`,
    arrives: (token) => `\r\nCookie: session=${token}\r\n`,
  },
  {
    name: 'a key in the URL of the request',
    ...bearer,
    request: `# @no-auth\n${get}?api_key=SECRET`,
    arrives: (token) => `GET /first?api_key=${token} HTTP/1.1\r\n`,
  },
  {
    name: 'user info in the URL of the request',
    ...bearer,
    request: '# @no-auth\nGET PROTOCOL//ada:SECRET@HOST/first',
    arrives: (token) => `\r\nAuthorization: Basic ${base64(`ada:${token}`)}\r\n`,
  },
  {
    name: 'a client secret in the JSON of the request',
    ...bearer,
    request: '# @no-auth\nPOST BASE/first\nContent-Type: application/json\n\n{"client_secret": "SECRET"}',
    arrives: (token) => `{"client_secret": "${token}"}`,
  },
];

/** Where the redirect leads: two servers, or one under two names. */
interface Leap {
  readonly name: string;
  readonly from: 'http' | 'https';
  readonly to: 'http' | 'https' | 'localhost';
}

const leaps: readonly Leap[] = [
  { name: 'another port', from: 'http', to: 'http' },
  { name: 'another host', from: 'http', to: 'localhost' },
  { name: 'another host over TLS', from: 'https', to: 'localhost' },
  { name: 'https instead of http', from: 'http', to: 'https' },
  { name: 'http instead of https', from: 'https', to: 'http' },
];

interface Scene {
  readonly first: TestServer;
  /** Where the redirect leads. */
  readonly target: string;
  /** All that arrived where nothing may: at the other origin, and at the first one after that. */
  readonly strangers: () => string;
}

describe('a credential and redirects', () => {
  const servers = useServers();
  const bench = useBench();

  const text = ({ method, url, rawHeaders, body }: Received): string =>
    `${method} ${url}\n${rawHeaders.join('\n')}\n\n${body.toString()}`;

  async function scene({ from, to }: Leap, status: number): Promise<Scene> {
    const isForeign = ({ headers, url }: Received): boolean =>
      (to === 'localhost' && headers.host?.startsWith('localhost') === true) || url.startsWith('/back');
    const away: Handler = (request, response) => {
      if (request.url.startsWith('/back')) ok(request, response);
      else if (isForeign(request)) redirect(status, () => `${first.origin}/back`)(request, response);
      else redirect(status, () => `${target}/away`)(request, response);
    };
    const first = await servers[from](away);
    const other = to === 'localhost' ? undefined : await servers[to](redirect(status, () => `${first.origin}/back`));
    const target = other?.origin ?? first.namedOrigin;
    return {
      first,
      target,
      strangers: () => utf8(other?.bytes() ?? '') + first.received.filter(isForeign).map(text).join('\n'),
    };
  }

  async function prepared(one: Bench, way: Way, { first }: Scene): Promise<{ secret: string; request: string }> {
    const secret = newSecret(way.kind);
    one.define('demo', first.origin, way.auth);
    await one.store('demo', way.field, secret);
    const { protocol, host } = new URL(first.origin);
    const request = (way.request ?? get)
      .replace('BASE', first.origin)
      .replace('PROTOCOL', protocol)
      .replace('HOST', host)
      .replace('SECRET', () => secret);
    return { secret, request };
  }

  for (const leap of leaps) {
    for (const way of ways) {
      it(`${way.name} arrives, and not after a redirect to ${leap.name} and back`, async () => {
        const one = bench();
        const here = await scene(leap, 302);
        const { secret, request } = await prepared(one, way, here);
        const { exchange } = await one.finish(request);
        const arrived = here.first.bytes().split(way.arrives(secret)).length - 1;
        assert.equal(arrived, 1, 'the credential did not arrive exactly once as it should');
        assert.match(here.strangers(), /\/away/);
        assert.match(here.strangers(), /\/back/);
        holdsNone('what the others received', here.strangers(), [secret]);
        assert.deepEqual(
          exchange.hops.map(({ redirect: led }) => led?.crossOrigin),
          [true, true, undefined],
        );
        assert.deepEqual(
          exchange.hops.slice(1).map(({ signed }) => signed),
          [false, false],
        );
      });
    }
    for (const status of [307, 308]) {
      for (const way of ways.filter(({ request }) => request?.includes('POST '))) {
        it(`${way.name} is not replayed by a ${status} to ${leap.name}`, async () => {
          const one = bench();
          const here = await scene(leap, status);
          const { secret, request } = await prepared(one, way, here);
          const { exchange, diagnosis } = await one.finish(request);
          assert.equal(here.first.bytes().split(way.arrives(secret)).length - 1, 1);
          assert.equal(here.strangers(), '');
          assert.equal(exchange.hops[0]?.redirect?.stopped, 'body-has-secret');
          assert.equal(diagnosis.causes[0]?.code, 'redirect-dropped-credential');
        });
      }
    }
  }

  it('a body without a secret is replayed by a 307, without what the service added', async () => {
    const one = bench();
    const here = await scene({ name: '', from: 'http', to: 'http' }, 307);
    const token = newSecret();
    await one.bearer('demo', here.first.origin, token);
    await one.finish(`POST ${here.first.origin}/first\nX-Trace: 7\n\nplain text`);
    assert.match(here.strangers(), /POST \/away HTTP\/1\.1\r\n[^]*X-Trace: 7\r\n[^]*plain text/);
    holdsNone('what the others received', here.strangers(), [token]);
  });

  it('a redirect on the same origin carries it on', async () => {
    const one = bench();
    const token = newSecret();
    const server = await servers.http((request, response) =>
      request.url === '/a' ? redirect(302, () => '/b')(request, response) : ok(request, response),
    );
    await one.bearer('demo', server.origin, token);
    await one.finish(`GET ${server.origin}/a`);
    assert.deepEqual(
      server.received.map(({ headers }) => headers.authorization === `Bearer ${token}`),
      [true, true],
    );
  });

  // What a hostile server writes into its redirect. `TOKEN` is the token it was just sent, `OTHER` another origin.
  const tricks: readonly (readonly [name: string, location: string, ends: string])[] = [
    ['the token in the query', 'OTHER/?t=TOKEN', 'location-has-secret'],
    ['the token in the path', 'OTHER/TOKEN/x', 'location-has-secret'],
    ['the token in the host', 'http://TOKEN.localhost:PORT/', 'location-has-secret'],
    ['the token in base64', 'OTHER/?t=BASE64', 'location-has-secret'],
    ['the token percent-encoded twice', 'OTHER/?t=PERCENT', 'location-has-secret'],
    ['the token in the fragment', 'OTHER/#TOKEN', 'location-has-secret'],
    ['the token as user info', 'http://TOKEN:x@127.0.0.1:PORT/', 'location-has-secret'],
    ['user info of its own', 'http://ada:pw@127.0.0.1:PORT/', 'arrived'],
    ['an address without a scheme', '//127.0.0.1:PORT/', 'arrived'],
    ['backslashes', 'http:\\\\127.0.0.1:PORT\\x', 'arrived'],
    ['the first host as user info', 'http://HERE@127.0.0.1:PORT/', 'arrived'],
    ['a file', 'file:///etc/passwd', 'unsupported-scheme'],
    ['a script', 'javascript:alert(1)', 'unsupported-scheme'],
    ['data', 'data:text/plain,x', 'unsupported-scheme'],
    ['no address', 'http://[', 'bad-location'],
  ];
  for (const [name, location, ends] of tricks) {
    it(`Location with ${name}: ${ends}`, async () => {
      const one = bench();
      const token = newSecret();
      const other = await servers.http(ok);
      const written = location
        .replace('OTHER', other.origin)
        .replace('PORT', String(other.port))
        .replace('TOKEN', token)
        .replace('BASE64', encodeURIComponent(base64(`x:${token}`)))
        .replace(
          'PERCENT',
          token.replace(/[a-z]/g, (c) => `%25${c.charCodeAt(0).toString(16)}`),
        );
      const server = await servers.http(redirect(302, () => written.replace('HERE', `127.0.0.1:${server.port}`)));
      await one.bearer('demo', server.origin, token);
      const finished = finishedOf(await one.send(`GET ${server.origin}/`));
      const stopped = finished.exchange.hops[0]?.redirect?.stopped;
      assert.equal(stopped ?? (other.received.length === 1 ? 'arrived' : 'lost'), ends);
      holdsNone('what the other received', utf8(other.bytes()), [token]);
      if (ends !== 'arrived') assert.equal(other.connections(), 0);
      if (ends === 'arrived') assert.equal(other.received[0]?.headers.authorization, undefined);
    });
  }

  it('neither Refresh nor a cookie nor a link of the answer sends anything anywhere', async () => {
    const one = bench();
    const token = newSecret();
    const other = await servers.http(ok);
    const server = await servers.http((_, response) => {
      response.setHeader('Refresh', `0; url=${other.origin}/`);
      response.setHeader('Set-Cookie', `t=${token}; Domain=localhost`);
      response.setHeader('Link', `<${other.origin}/x>; rel=preload`);
      response.setHeader('Content-Location', `${other.origin}/c`);
      response.end('ok');
    });
    await one.bearer('demo', server.origin, token);
    await one.finish(`GET ${server.origin}/`);
    await one.finish(`# @no-auth\nGET ${server.origin}/again`);
    assert.equal(other.connections(), 0);
    assert.equal(server.received[1]?.headers.cookie, undefined);
    assert.equal(server.received[1]?.headers.authorization, undefined);
  });
});
