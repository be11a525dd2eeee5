import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { schemeById } from '../../../src/core/auth/schemes';
import { credentialWritten, writtenSecrets } from '../../../src/core/auth/written';
import type { HttpRequest } from '../../../src/core/http/message';
import { newSecret } from '../../rig/secrets';

/** A request from `Name: value` lines. */
function request(url: string, lines: readonly string[] = [], body?: string): HttpRequest {
  const headers = lines.map((line) => ({
    name: line.slice(0, line.indexOf(':')),
    value: line.slice(line.indexOf(':') + 1).trim(),
  }));
  return { method: 'POST', url, headers, ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }) };
}

describe('a credential written in the request wins', () => {
  const placements = (id: string, settings = {}) => schemeById(id)?.placements(settings) ?? [];
  const header = placements('apiKey', { in: 'header', name: 'X-Api-Key' });
  const query = placements('apiKey', { in: 'query', name: 'api_key' });
  const cookie = placements('apiKey', { in: 'cookie', name: 'session' });
  const url = 'https://api.example.com/a';
  const table: readonly (readonly [
    what: string,
    placements: ReturnType<typeof placements>,
    request: HttpRequest,
    found?: string,
  ])[] = [
    ['nothing written', placements('bearer'), request(url)],
    ['Authorization', placements('bearer'), request(url, ['authorization: x']), 'header Authorization'],
    ['an empty Authorization', placements('bearer'), request(url, ['Authorization:']), 'header Authorization'],
    ['Authorization beside a key’s header', header, request(url, ['Authorization: x']), 'header Authorization'],
    ['Authorization beside a key in the query', query, request(url, ['Authorization: x']), 'header Authorization'],
    ['the key’s own header', header, request(url, ['x-api-key: x']), 'header X-Api-Key'],
    ['another header', header, request(url, ['X-Other-Key: x'])],
    ['the parameter', query, request(`${url}?a=1&api_key=x`), 'query api_key'],
    ['the parameter, encoded', query, request(`${url}?api%5Fkey=x`), 'query api_key'],
    ['the parameter without a value', query, request(`${url}?api_key`), 'query api_key'],
    ['a parameter of another case', query, request(`${url}?API_KEY=x`)],
    ['the parameter in the fragment', query, request(`${url}#?api_key=x`)],
    ['the cookie', cookie, request(url, ['Cookie: a=1; session=x']), 'cookie session'],
    ['another cookie', cookie, request(url, ['Cookie: a=session'])],
    ['Authorization with a service that sends none', placements('none'), request(url, ['Authorization: x'])],
  ];
  for (const [what, places, written, found] of table) {
    it(what, () => {
      const placement = credentialWritten(written, places);
      assert.equal(placement && `${placement.in} ${'name' in placement ? placement.name : ''}`, found);
    });
  }
});

describe('secrets written in the request', () => {
  const token = newSecret('token');
  const password = newSecret('password');
  const basic = Buffer.from(`jane:${password}`).toString('base64');
  const encoded = encodeURIComponent(password);
  const url = 'https://api.example.com/a';
  const json = (value: unknown) => JSON.stringify(value);

  const table: readonly (readonly [
    what: string,
    request: HttpRequest,
    found: readonly (readonly [field: string, value: string])[],
  ])[] = [
    [
      'a request without',
      request(`${url}?page=2`, ['Accept: */*', 'X-Request-Id: 12345678'], json({ user: 'jane' })),
      [],
    ],
    ['Bearer', request(url, [`Authorization: Bearer ${token}`]), [['bearer', token]]],
    ['a scheme nobody knows', request(url, [`authorization: Frob ${token}`]), [['frob', token]]],
    ['a header without a scheme', request(url, [`Authorization: ${token}`]), [['authorization', token]]],
    [
      'Basic, also decoded',
      request(url, [`Authorization: Basic ${basic}`]),
      [
        ['password', password],
        ['basic', basic],
      ],
    ],
    [
      'Basic to a proxy',
      request(url, [`Proxy-Authorization: basic ${basic}`]),
      [
        ['password', password],
        ['basic', basic],
      ],
    ],
    ['Basic that is none', request(url, ['Authorization: Basic %%%%']), [['basic', '%%%%']]],
    [
      'a key as user name',
      request(url, [`Authorization: Basic ${btoa(`${token}:`)}`]),
      [
        ['username', token],
        ['basic', btoa(`${token}:`)],
      ],
    ],
    ['X-Api-Key', request(url, [`X-API-Key: ${token}`]), [['x-api-key', token]]],
    ['a header that ends in -Token', request(url, [`X-Frob-Token: ${token}`]), [['x-frob-token', token]]],
    ['an empty header', request(url, ['Authorization:']), []],
    ['cookies, long ones', request(url, [`Cookie: sid=${token}; theme=dark`]), [['sid', token]]],
    ['a parameter', request(`${url}?api_key=${encoded}&page=2`), [['api_key', password]]],
    ['a signature', request(`${url}?X-Amz-Signature=${token}`), [['X-Amz-Signature', token]]],
    ['user info', request(`https://jane:${encoded}@api.example.com/`), [['password', password]]],
    ['a key as user info', request(`https://${token}@api.example.com/`), [['username', token]]],
    [
      'a form',
      request(url, ['Content-Type: application/x-www-form-urlencoded'], `grant_type=x&client_secret=${encoded}`),
      [['client_secret', password]],
    ],
    ['JSON', request(url, [], json([{ a: { password } }])), [['password', password]]],
    ['a short word in JSON', request(url, [], json({ password: 'ab', token: 5 })), []],
    ['broken JSON', request(url, [], '{"password": '), []],
  ];
  for (const [what, written, found] of table) {
    it(what, () => {
      const uses = writtenSecrets(written);
      const pairs = uses.map(({ field, value }) => [field, value]);
      assert.ok(JSON.stringify(pairs) === JSON.stringify(found), `found ${pairs.map(([field]) => field).join(', ')}`);
      for (const use of uses) assert.equal(use.service, undefined);
    });
  }
});
