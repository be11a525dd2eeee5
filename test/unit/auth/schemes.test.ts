import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { decodeUserPass } from '../../../src/core/auth/basic';
import { cookiePairs } from '../../../src/core/auth/cookie';
import { queryParameters, setQueryParameter } from '../../../src/core/auth/query';
import type { SchemeSettings } from '../../../src/core/auth/scheme';
import { schemeById, schemeChoices, schemes, suggestionFor } from '../../../src/core/auth/schemes';
import {
  choiceDetail,
  choiceLabel,
  fieldLabel,
  fieldPlaceholder,
  fieldPrompt,
  schemeName,
} from '../../../src/core/auth/words';
import { getHeaders, type Headers } from '../../../src/core/http/headers';
import type { HttpRequest } from '../../../src/core/http/message';
import { newSecret } from '../../rig/secrets';

const get = (url: string, headers: Headers = []): HttpRequest => ({ method: 'GET', url, headers });

async function sign(id: string, settings: SchemeSettings, secret: string, request = get('https://api.example.com/a')) {
  const scheme = schemeById(id);
  assert.ok(scheme);
  return scheme.sign(request, settings, { service: 'demo', secret: () => secret });
}

const inHeader = { in: 'header', name: 'X-Api-Key' };
const inQuery = { in: 'query', name: 'api_key' };
const inCookie = { in: 'cookie', name: 'session' };

describe('schemes', () => {
  it('stand in the order people see them, each choice with words', () => {
    assert.deepEqual(
      schemes.map((scheme) => scheme.id),
      ['bearer', 'basic', 'apiKey', 'none'],
    );
    assert.deepEqual(
      schemeChoices().map(({ code }) => choiceLabel(code)),
      ['Bearer Token', 'Basic', 'API Key in header', 'API Key in query', 'API Key in cookie', 'None'],
    );
    for (const { code } of schemeChoices()) assert.notEqual(choiceDetail(code), '');
  });

  it('every field has a label and a prompt of its own', () => {
    for (const { scheme, settings } of schemeChoices()) {
      assert.notEqual(schemeName(scheme.id), scheme.id);
      for (const { name } of scheme.fields) {
        assert.notEqual(fieldLabel(scheme.id, name, settings), name);
        assert.notEqual(fieldPrompt(scheme.id, name, settings), fieldLabel(scheme.id, name, settings));
        assert.equal(typeof fieldPlaceholder(scheme.id, name, settings), 'string');
      }
    }
  });

  it('the name of a key is suggested as its place wants it', () => {
    const field = schemeById('apiKey')?.fields.find(({ name }) => name === 'name');
    assert.ok(field);
    assert.deepEqual(
      [inHeader, inQuery, inCookie].map((settings) => suggestionFor(field, settings)),
      ['X-API-Key', 'api_key', 'api_key'],
    );
  });
});

describe('signing', () => {
  it('bearer puts the token as it is, over what stands there', async () => {
    const token = newSecret('token');
    const { request, used } = await sign(
      'bearer',
      {},
      token,
      get('https://a.example/', [
        { name: 'authorization', value: 'x' },
        { name: 'A', value: 'b' },
      ]),
    );
    assert.deepEqual(request.headers, [
      { name: 'Authorization', value: `Bearer ${token}` },
      { name: 'A', value: 'b' },
    ]);
    assert.deepEqual(used, [
      {
        service: 'demo',
        field: 'token',
        value: token,
        wire: `Bearer ${token}`,
        placement: { in: 'header', name: 'Authorization' },
      },
    ]);
  });

  it('basic is the example of RFC 7617 section 2', async () => {
    const { request } = await sign('basic', { username: 'Aladdin' }, 'open sesame');
    assert.deepEqual(request.headers, [{ name: 'Authorization', value: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' }]);
  });

  it('basic is the example of RFC 7617 section 2.1, in UTF-8', async () => {
    const { request } = await sign('basic', { username: 'test' }, '123\u00a3');
    assert.deepEqual(request.headers, [{ name: 'Authorization', value: 'Basic dGVzdDoxMjPCow==' }]);
  });

  it('basic decodes to what was encoded, colons and all', () => {
    const user = fc.string({ unit: 'grapheme' }).filter((text) => !/[:\p{Cc}\p{Surrogate}]/u.test(text));
    const password = fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text));
    return fc.assert(
      fc.asyncProperty(user, password, async (username, secret) => {
        const { used } = await sign('basic', { username }, secret);
        assert.deepEqual(decodeUserPass(used[0]?.wire.slice(6) ?? ''), { username, password: secret });
      }),
    );
  }).timeout(60_000);

  it('an API key goes into its header', async () => {
    const key = newSecret('key');
    const { request, used } = await sign('apiKey', inHeader, key);
    assert.deepEqual(request.headers, [{ name: 'X-Api-Key', value: key }]);
    assert.deepEqual(used, [{ service: 'demo', field: 'key', value: key, wire: key, placement: inHeader }]);
  });

  const queries: readonly (readonly [url: string, key: string, expected: string])[] = [
    ['https://a.example', 'k', 'https://a.example?api_key=k'],
    ['https://a.example/p', 'k', 'https://a.example/p?api_key=k'],
    ['https://a.example/p?', 'k', 'https://a.example/p?api_key=k'],
    ['https://a.example/p?b=1&a=x%20y+z', 'k', 'https://a.example/p?b=1&a=x%20y+z&api_key=k'],
    ['https://a.example/p?x=1#frag?y', 'k', 'https://a.example/p?x=1&api_key=k#frag?y'],
    ['https://a.example/p?api_key=old&x=1&api%5Fkey=older', 'k', 'https://a.example/p?api_key=k&x=1'],
    ['https://a.example/p', "a b&c=d#e'é", 'https://a.example/p?api_key=a%20b%26c%3Dd%23e%27%C3%A9'],
  ];
  for (const [url, key, expected] of queries) {
    it(`a key in the query of ${url}`, async () => {
      const { request, used } = await sign('apiKey', inQuery, key, get(url));
      assert.equal(request.url, expected);
      assert.ok(request.url.includes(used[0]?.wire ?? 'nothing'));
      assert.deepEqual(request.headers, []);
    });
  }

  it('any key in a query comes back decoded, once, and the other parameters stay as they were', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.string(),
        fc.string({ minLength: 1 }),
        (url, key, name) => {
          const wellFormed = (text: string) => Buffer.from(text).toString();
          const signed = setQueryParameter(url, wellFormed(name), wellFormed(key));
          const found = queryParameters(signed).filter((parameter) => parameter.name === wellFormed(name));
          assert.deepEqual(
            found.map(({ value }) => value),
            [wellFormed(key)],
          );
          const rest = (text: string) =>
            queryParameters(text)
              .filter((p) => p.name !== wellFormed(name))
              .map((p) => p.raw);
          assert.deepEqual(rest(signed), rest(url));
          assert.equal(setQueryParameter(signed, wellFormed(name), wellFormed(key)), signed);
        },
      ),
    );
  }).timeout(60_000);

  const cookies: readonly (readonly [before: Headers, key: string, after: readonly string[]])[] = [
    [[], 'k', ['session=k']],
    [[{ name: 'cookie', value: 'a=1; b=2' }], 'k', ['a=1; b=2; session=k']],
    [[{ name: 'Cookie', value: 'session=old; b=2' }], 'k', ['session=k; b=2']],
    [
      [
        { name: 'Cookie', value: 'a=1' },
        { name: 'Cookie', value: 'session=old' },
      ],
      'k',
      ['a=1; session=k'],
    ],
    [[], 'a;b c,"d"\\é%', ['session=a%3Bb%20c%2C%22d%22%5C%C3%A9%']],
    [[], 'A0+/=!#$-_.~|:<>?@[]^`{}', ['session=A0+/=!#$-_.~|:<>?@[]^`{}']],
  ];
  for (const [before, key, after] of cookies) {
    it(`a key in a cookie beside ${JSON.stringify(before.map(({ value }) => value))}`, async () => {
      const { request, used } = await sign('apiKey', inCookie, key, get('https://a.example', before));
      assert.deepEqual(getHeaders(request.headers, 'Cookie'), after);
      assert.ok(after[0]?.includes(used[0]?.wire ?? 'nothing'));
      assert.equal(cookiePairs(request.headers).filter(({ name }) => name === 'session').length, 1);
    });
  }

  it('none leaves the request as it is', async () => {
    const request = get('https://a.example');
    assert.deepEqual(await sign('none', {}, newSecret(), request), { request, used: [] });
  });

  it('signing a signed request again changes nothing: a hop to the same origin', async () => {
    for (const settings of [inHeader, inQuery, inCookie]) {
      const key = newSecret('key');
      const once = await sign('apiKey', settings, key);
      assert.deepEqual((await sign('apiKey', settings, key, once.request)).request, once.request);
    }
  });

  it('arrives at a server as it was signed, byte for byte', async () => {
    const seen: { url?: string; raw: string[] }[] = [];
    const server = createServer((request, response) => {
      seen.push({ url: request.url, raw: request.rawHeaders });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?x=%20+`;
      const secret = newSecret('token');
      for (const [id, settings] of [
        ['bearer', {}],
        ['apiKey', inHeader],
        ['apiKey', inQuery],
        ['apiKey', inCookie],
      ] as const) {
        const { request } = await sign(id, settings, secret, get(base));
        await fetch(request.url, {
          headers: request.headers.map(({ name, value }): [string, string] => [name, value]),
        });
      }
      const header = (at: number, name: string) =>
        seen[at]?.raw[(seen[at]?.raw.findIndex((text) => text.toLowerCase() === name) ?? 0) + 1];
      const right = [
        header(0, 'authorization') === `Bearer ${secret}`,
        header(1, 'x-api-key') === secret,
        seen[2]?.url === `/a?x=%20+&api_key=${secret}`,
        header(3, 'cookie') === `session=${secret}`,
      ];
      assert.deepEqual(right, [true, true, true, true]);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

describe('plain fields', () => {
  const problems: readonly (readonly [
    scheme: string,
    field: string,
    value: string,
    settings: SchemeSettings,
    problem?: string,
  ])[] = [
    ['basic', 'username', 'jane@example.com', {}],
    ['basic', 'username', 'Jané Doe', {}],
    ['basic', 'username', '', {}, 'empty'],
    ['basic', 'username', 'a:b', {}, 'colon'],
    ['basic', 'username', 'a\tb', {}, 'control-character'],
    ['apiKey', 'name', 'X-Api-Key', { in: 'header' }],
    ['apiKey', 'name', 'Authorization', { in: 'header' }],
    ['apiKey', 'name', '', { in: 'header' }, 'empty'],
    ['apiKey', 'name', 'X Key', { in: 'header' }, 'not-a-token'],
    ['apiKey', 'name', 'X-Key:', { in: 'header' }, 'not-a-token'],
    ['apiKey', 'name', 'X-Kéy', {}, 'not-a-token'],
    ['apiKey', 'name', 'Content-Length', { in: 'header' }, 'reserved-name'],
    ['apiKey', 'name', 'Cookie', { in: 'header' }, 'reserved-name'],
    ['apiKey', 'name', 'host', { in: 'cookie' }],
    ['apiKey', 'name', 'a=b', { in: 'cookie' }, 'not-a-token'],
    ['apiKey', 'name', 'key[]', { in: 'query' }],
    ['apiKey', 'name', 'a\nb', { in: 'query' }, 'control-character'],
  ];
  for (const [scheme, field, value, settings, problem] of problems) {
    it(`${scheme} ${field} ${JSON.stringify(value)} in ${settings['in'] ?? 'it'}: ${problem ?? 'fine'}`, () => {
      const found = schemeById(scheme)?.fields.find(({ name }) => name === field);
      assert.equal(found?.validate?.(value, settings), problem);
    });
  }
});
