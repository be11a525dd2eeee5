import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SecretUse, Signed } from '../../../src/core/auth/scheme';
import { setHeader } from '../../../src/core/http/headers';
import type { HttpRequest } from '../../../src/core/http/message';
import { secretForms } from '../../../src/core/http/secretForms';
import { newSecret } from '../../rig/secrets';
import { ok, redirect, useServers, type TestServer } from '../support/servers';
import { get, post, redirectsOf, responseOf, textOf, useTransport } from './sending';

type Sign = (request: HttpRequest) => Promise<Signed>;

/** A way to attach a secret, as a scheme would. */
type Attach = (secret: string) => { readonly name: string; readonly sign: Sign };

const use = (value: string, wire: string, placement: SecretUse['placement']): SecretUse => ({
  service: 'demo',
  field: 'token',
  value,
  wire,
  placement,
});

const attachers: Readonly<Record<string, Attach>> = {
  'Bearer header': (secret) => ({
    name: 'Authorization',
    sign: async (request) => ({
      request: { ...request, headers: setHeader(request.headers, 'Authorization', `Bearer ${secret}`) },
      used: [use(secret, `Bearer ${secret}`, { in: 'header', name: 'Authorization' })],
    }),
  }),
  'header of a harmless name': (secret) => ({
    name: 'X-Colour',
    sign: async (request) => ({
      request: { ...request, headers: setHeader(request.headers, 'X-Colour', secret) },
      used: [use(secret, secret, { in: 'header', name: 'X-Colour' })],
    }),
  }),
  'query key': (secret) => ({
    name: '?colour',
    sign: async (request) => {
      const url = new URL(request.url);
      url.searchParams.append('colour', secret);
      const wire = new URLSearchParams({ colour: secret }).toString();
      return { request: { ...request, url: url.href }, used: [use(secret, wire, { in: 'query', name: 'colour' })] };
    },
  }),
  cookie: (secret) => ({
    name: 'Cookie',
    sign: async (request) => ({
      request: { ...request, headers: setHeader(request.headers, 'Cookie', `colour=${secret}`) },
      used: [use(secret, `colour=${secret}`, { in: 'cookie', name: 'colour' })],
    }),
  }),
};

/** Whether a server got the secret, in any form, anywhere. */
const got = (server: TestServer, secret: string): boolean =>
  secretForms(secret).some((form) => server.bytes().includes(form));

describe('transport: redirects to another origin', () => {
  const servers = useServers();
  const { send } = useTransport();

  const crossings: Readonly<
    Record<string, () => Promise<{ first: TestServer; start: string; last: TestServer; target: string }>>
  > = {
    'another port': async () => {
      const last = await servers.http(ok);
      const target = `${last.origin}/end`;
      const first = await servers.http(redirect(302, () => target));
      return { first, start: `${first.origin}/`, last, target };
    },
    'another host': async () => {
      const last = await servers.http(ok);
      const target = `${last.namedOrigin}/end`;
      const first = await servers.http(redirect(307, () => target));
      return { first, start: `${first.origin}/`, last, target };
    },
    'another scheme (https to http)': async () => {
      const last = await servers.http(ok);
      const target = `${last.origin}/end`;
      const first = await servers.https(redirect(301, () => target));
      return { first, start: `${first.origin}/`, last, target };
    },
    'another scheme (http to https)': async () => {
      const last = await servers.https(ok);
      const target = `${last.origin}/end`;
      const first = await servers.http(redirect(308, () => target));
      return { first, start: `${first.origin}/`, last, target };
    },
  };

  for (const [crossing, build] of Object.entries(crossings)) {
    for (const [attacher, attach] of Object.entries(attachers)) {
      it(`${attacher} does not go to ${crossing}`, async () => {
        const secret = newSecret();
        const { first, start, last, target } = await build();
        const { name, sign } = attach(secret);
        const exchange = await send(get(start), { sign });
        assert.ok(got(first, secret), 'the first origin gets it');
        assert.equal(textOf(exchange), 'arrived');
        assert.equal(last.received.length, 1);
        assert.ok(!got(last, secret), 'the other origin got the secret');
        assert.ok(!/^referer:/im.test(last.bytes()), 'a Referer was sent');
        assert.deepEqual(redirectsOf(exchange), [
          { location: target, crossOrigin: true, dropped: [name], becameGet: false },
          undefined,
        ]);
        assert.deepEqual(
          exchange.hops.map((hop) => hop.signed),
          [true, false],
        );
      });
    }

    it(`what the person wrote does not go to ${crossing}`, async () => {
      const secrets = [1, 2, 3, 4, 5].map(() => newSecret());
      const [own, cookie, proxy, key, odd] = secrets as [string, string, string, string, string];
      const { start, last } = await build();
      const headers = [
        { name: 'authorization', value: `Bearer ${own}` },
        { name: 'Cookie', value: `sid=${cookie}` },
        { name: 'Proxy-Authorization', value: `Basic ${proxy}` },
        { name: 'X-Api-Key', value: key },
        { name: 'X-Odd', value: `prefix ${odd}` },
        { name: 'X-Plain', value: 'stays' },
        { name: 'Host', value: 'virtual.example' },
      ];
      const used = [{ field: 'token', value: odd, wire: odd, placement: { in: 'header', name: 'X-Other' } } as const];
      const exchange = await send(get(start, { headers }), { sign: async (request) => ({ request, used }) });
      const { dropped } = exchange.hops[0]!.redirect!;
      assert.deepEqual(dropped, ['authorization', 'Cookie', 'Proxy-Authorization', 'X-Api-Key', 'X-Odd']);
      assert.ok(!secrets.some((secret) => got(last, secret)), 'the other origin got a secret');
      assert.equal(last.received[0]!.headers['x-plain'], 'stays');
      assert.notEqual(last.received[0]!.headers.host, 'virtual.example');
    });
  }

  for (const [attacher, attach] of Object.entries(attachers)) {
    it(`${attacher} does not come back with a redirect that does`, async () => {
      const secret = newSecret();
      let back = '';
      const other = await servers.http((request, response) =>
        request.url === '/one'
          ? redirect(302, () => '/two')(request, response)
          : redirect(302, () => back)(request, response),
      );
      const home = await servers.http((request, response) =>
        request.url.startsWith('/end')
          ? ok(request, response)
          : redirect(302, () => `${other.origin}/one`)(request, response),
      );
      back = `${home.origin}/end`;
      let signed = 0;
      const { sign } = attach(secret);
      const exchange = await send(get(`${home.origin}/start`), {
        sign: (request) => {
          signed++;
          return sign(request);
        },
      });
      assert.equal(textOf(exchange), 'arrived');
      assert.equal(signed, 1);
      assert.equal(exchange.hops.length, 4);
      assert.equal(home.bytes().split(secret).length, 2, 'the secret went home more than once');
      assert.ok(!got(other, secret), 'the other origin got the secret');
    });

    it(`${attacher} is attached once on each hop of its own origin`, async () => {
      const secret = newSecret();
      const home = await servers.http((request, response) => {
        // The server repeats the query it was asked with, as many do.
        if (request.url.startsWith('/end')) ok(request, response);
        else redirect(302, () => `/end${new URL(request.url, 'http://a').search}`)(request, response);
      });
      const { sign } = attach(secret);
      const exchange = await send(get(`${home.origin}/start?a=b%20c`), { sign });
      const lines = home.bytes().split('\r\n\r\n').slice(0, -1);
      assert.deepEqual(
        lines.map((line) => line.split(secret).length - 1),
        [1, 1],
      );
      assert.deepEqual(redirectsOf(exchange)[0]?.dropped, []);
    });
  }

  const leaks: Readonly<Record<string, (secret: string) => string>> = {
    'as it is': (secret) => `/?next=${secret}`,
    'in the path': (secret) => `/x/${secret}/y`,
    'in the fragment': (secret) => `/#access_token=${secret}`,
    'percent-encoded': (secret) => `/?next=${encodeURIComponent(secret)}`,
    'percent-encoded needlessly': (secret) =>
      `/?next=${[...secret].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('')}`,
    'inside an encoded URL': (secret) => `/?next=${encodeURIComponent(`https://a/?b=${encodeURIComponent(secret)}`)}`,
    'in base64': (secret) => `/?next=${Buffer.from(secret).toString('base64url')}`,
    'as part of user:password in base64': (secret) =>
      `/?next=${encodeURIComponent(Buffer.from(`user:${secret}`).toString('base64'))}`,
  };
  for (const [form, location] of Object.entries(leaks)) {
    it(`an address that holds the secret ${form} is not followed`, async () => {
      const secret = newSecret();
      const other = await servers.http(ok);
      const home = await servers.http(redirect(302, () => other.origin + location(secret)));
      const exchange = await send(get(home.origin), { sign: attachers['Bearer header']!(secret).sign });
      assert.equal(exchange.hops[0]!.redirect?.stopped, 'location-has-secret');
      assert.equal(responseOf(exchange).status, 302);
      assert.equal(textOf(exchange), 'moved');
      assert.equal(other.connections(), 0);
    });
  }

  it('user information with the secret in it is not followed, other user information is not sent', async () => {
    const secret = newSecret();
    const other = await servers.http(ok);
    const stolen = await servers.http(redirect(302, () => `http://u:${secret}@127.0.0.1:${other.port}/`));
    const harmless = await servers.http(redirect(302, () => `http://u:p@127.0.0.1:${other.port}/`));
    const { sign } = attachers['Bearer header']!(secret);
    const first = await send(get(stolen.origin), { sign });
    assert.equal(first.hops[0]!.redirect?.stopped, 'location-has-secret');
    await send(get(harmless.origin), { sign });
    assert.equal(other.received.length, 1);
    assert.equal(other.received[0]!.headers.authorization, undefined);
  });

  const bodies: Readonly<Record<string, (secret: string) => string>> = {
    'as it is': (secret) => `token=${secret}`,
    'JSON-escaped': (secret) => JSON.stringify({ token: secret }),
    'as a form': (secret) => new URLSearchParams({ token: secret }).toString(),
    'in base64': (secret) => Buffer.from(`{"t":"${secret}"}`).toString('base64'),
  };
  for (const status of [307, 308]) {
    for (const [form, body] of Object.entries(bodies)) {
      for (const kind of ['password', 'unicode'] as const) {
        it(`a body with a ${kind} ${form} is not sent on by ${status}`, async () => {
          const secret = newSecret(kind);
          const other = await servers.http(ok);
          const home = await servers.http(redirect(status, () => `${other.origin}/`));
          const used = [use(secret, secret, { in: 'body', name: '' })];
          const exchange = await send(post(home.origin, body(secret)), {
            sign: async (request) => ({ request, used }),
          });
          assert.equal(exchange.hops[0]!.redirect?.stopped, 'body-has-secret');
          assert.equal(responseOf(exchange).status, status);
          assert.equal(other.connections(), 0);
        });
      }
    }

    it(`a body without a secret is sent on by ${status}, with its method`, async () => {
      const other = await servers.http(ok);
      const home = await servers.http(redirect(status, () => `${other.origin}/`));
      const headers = [{ name: 'Content-Type', value: 'text/x-test' }];
      await send(post(home.origin, 'harmless', { method: 'PUT', headers }), {
        sign: attachers['Bearer header']!(newSecret()).sign,
      });
      const { method, body, headers: arrived } = other.received[0]!;
      assert.deepEqual([method, body.toString(), arrived['content-type']], ['PUT', 'harmless', 'text/x-test']);
    });
  }

  it('a body with the secret is sent on within the origin', async () => {
    const secret = newSecret();
    const home = await servers.http((request, response) =>
      request.url === '/end' ? ok(request, response) : redirect(307, () => '/end')(request, response),
    );
    const used = [use(secret, secret, { in: 'body', name: '' })];
    await send(post(home.origin, secret), { sign: async (request) => ({ request, used }) });
    assert.ok(home.received[1]!.body.toString() === secret, 'the body did not arrive');
  });

  it('a secret too short to be looked for anywhere counts where it stands alone', async () => {
    const other = await servers.http(ok);
    const used = [use('a1', 'a1', { in: 'header', name: 'X-Key' })];
    const sign: Sign = async (request) => ({ request, used });
    const leaking = await servers.http(redirect(302, () => `${other.origin}/?k=a1&b=c`));
    const harmless = await servers.http(redirect(302, () => `${other.origin}/data12`));
    assert.equal((await send(get(leaking.origin), { sign })).hops[0]!.redirect?.stopped, 'location-has-secret');
    assert.equal(textOf(await send(get(harmless.origin), { sign })), 'arrived');
  });
});
