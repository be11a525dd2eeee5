import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { signJwt, type Claims } from '../../../src/demo/jwt';
import type { Demo } from '../../../src/demo/server';
import { jwtKey } from '../../../src/demo/tokens';
import { serving } from './serving';

const seed = crypto.randomUUID();
/** Wed, 12 Mar 2025 10:00:00 GMT. */
const now = Date.UTC(2025, 2, 12, 10);

describe('the demo: who is let in', () => {
  const { demo, call } = serving({ seed, now: () => now });

  type Expected = { readonly status: number; readonly challenge?: string | RegExp; readonly text?: RegExp };

  /** One request and what its answer must be. */
  const check = (
    title: string,
    path: string,
    headers: (demo: Demo) => Record<string, string>,
    expected: Expected,
    init: RequestInit = {},
  ) =>
    it(`${title}: ${expected.status}`, async () => {
      const answer = await call(path.replace('KEY', demo().tokens.apiKey), { ...init, headers: headers(demo()) });
      assert.equal(answer.status, expected.status, answer.text);
      const challenge = answer.headers.get('www-authenticate');
      if (expected.challenge === undefined) assert.equal(challenge, null);
      else if (typeof expected.challenge === 'string') assert.equal(challenge, expected.challenge);
      else assert.match(challenge ?? '', expected.challenge);
      if (expected.text) assert.match(answer.text, expected.text);
    });
  const none = () => ({});
  const raw = (value: string) => () => ({ authorization: value });
  const bearer = (which: 'good' | 'limitedScope' | 'allScopes' | 'expired') => (d: Demo) => ({
    authorization: `Bearer ${d.tokens[which]}`,
  });
  const jwt =
    (claims: Claims, key = jwtKey(seed)) =>
    (d: Demo) => ({
      authorization: `Bearer ${signJwt(key, { aud: d.url, ...claims })}`,
    });
  const basic = (text: (d: Demo) => string) => (d: Demo) => ({ authorization: `Basic ${btoa(text(d))}` });
  const bare = 'Bearer realm="demo"';
  const invalid = (description: string) => `${bare}, error="invalid_token", error_description="${description}"`;
  const malformed = (description: string) => `${bare}, error="invalid_request", error_description="${description}"`;

  describe('by a bearer token', () => {
    check('no credential, and so no error code', '/me', none, { status: 401, challenge: bare, text: /none was sent/ });
    check('the good token', '/me', bearer('good'), { status: 200, text: /Ada Demo/ });
    check('the scheme in lower case', '/me', (d) => ({ authorization: `bearer ${d.tokens.good}` }), { status: 200 });
    check('an unknown token', '/me', raw('Bearer nope'), { status: 401, challenge: invalid('The token is unknown') });
    check('the expired token', '/me', bearer('expired'), {
      status: 401,
      challenge: invalid('The token expired at 2025-03-12T09:00:00Z'),
    });
    check('a good token at /expired', '/expired', bearer('good'), {
      status: 401,
      challenge: invalid('The token expired at 2025-03-12T09:00:00Z'),
    });
    check('no credential at /expired', '/expired', none, { status: 401, challenge: bare });
    check('a JWT of our own', '/me', jwt({ exp: now / 1000 + 60 }), { status: 200 });
    check('a JWT that runs out this second', '/me', jwt({ exp: now / 1000 }), { status: 401, challenge: /expired at/ });
    check('a JWT of somebody else', '/me', jwt({}, 'another key'), {
      status: 401,
      challenge: invalid('The token is unknown'),
    });
    check('a JWT that is not valid yet', '/me', jwt({ nbf: now / 1000 + 60 }), {
      status: 401,
      challenge: invalid('The token is not valid yet'),
    });
    check('a JWT for another API', '/me', jwt({ aud: 'https://other.example' }), {
      status: 401,
      challenge: invalid('The token was issued for another audience'),
    });
    check('another scheme', '/me', raw('Basic ZGVtbzpkZW1v'), { status: 401, challenge: bare, text: /another scheme/ });
    check('the word twice', '/me', raw('Bearer Bearer abc'), {
      status: 400,
      challenge: malformed('The word Bearer stands twice in front of the token'),
    });
    check('quotes', '/me', raw('Bearer "abc"'), { status: 400, challenge: malformed('The token stands in quotes') });
    check('a space', '/me', raw('Bearer ab c'), { status: 400, challenge: malformed('The token contains a space') });
    check('nothing after the scheme', '/me', raw('Bearer'), {
      status: 400,
      challenge: malformed('The token is empty'),
    });
    check('a placeholder', '/me', raw('Bearer <your token>'), { status: 400, challenge: /invalid_request/ });
  });

  describe('by scope', () => {
    const missing = /^Bearer realm="demo", error="insufficient_scope", error_description="[^"]+", scope="(.+)"$/;
    check('reports without the scope', '/reports', bearer('good'), {
      status: 403,
      challenge: missing,
      text: /reports:read/,
    });
    check('reports with it', '/reports', bearer('allScopes'), { status: 200 });
    check('reports without a token', '/reports', none, { status: 401, challenge: bare });
    check(
      'orders without the scope',
      '/orders',
      bearer('limitedScope'),
      { status: 403, challenge: missing },
      post('{}'),
    );
    check('me, which needs none', '/me', bearer('limitedScope'), { status: 200 });
  });

  describe('by user name and password', () => {
    const challenge = 'Basic realm="demo", charset="UTF-8"';
    const password = (d: Demo) => d.tokens.basic.password;
    check('none', '/basic', none, { status: 401, challenge, text: /none were sent/ });
    check(
      'the right ones',
      '/basic',
      basic((d) => `demo:${password(d)}`),
      { status: 200, text: /"by": "basic"/ },
    );
    check(
      'a wrong password',
      '/basic',
      basic(() => 'demo:wrong'),
      { status: 401, challenge, text: /is wrong/ },
    );
    check(
      'a longer password',
      '/basic',
      basic((d) => `demo:${password(d)}:x`),
      { status: 401, challenge },
    );
    check(
      'a line end behind it',
      '/basic',
      basic((d) => `demo:${password(d)}\n`),
      { status: 401, challenge },
    );
    check(
      'no colon',
      '/basic',
      basic(() => 'demo'),
      { status: 401, challenge, text: /no colon/ },
    );
    check('no base64', '/basic', raw('Basic demo:demo'), { status: 401, challenge, text: /not base64/ });
    check('a bearer token', '/basic', bearer('good'), { status: 401, challenge, text: /another scheme/ });
  });

  describe('by API key', () => {
    const challenge = (place: string, name: string) => `ApiKey realm="demo", in="${place}", name="${name}"`;
    const inHeader = challenge('header', 'X-Demo-Key');
    const inQuery = challenge('query', 'demo_key');
    const inCookie = challenge('cookie', 'demo_key');
    check('header', '/keys/header', (d) => ({ 'x-demo-key': d.tokens.apiKey }), { status: 200 });
    check('header, none', '/keys/header', none, { status: 401, challenge: inHeader, text: /none was sent/ });
    check('header, wrong', '/keys/header', () => ({ 'x-demo-key': 'x' }), { status: 401, challenge: inHeader });
    check('query', '/keys/query?demo_key=KEY', none, { status: 200 });
    check('query, wrong', '/keys/query?demo_key=x', none, { status: 401, challenge: inQuery, text: /is unknown/ });
    check('query, twice', '/keys/query?demo_key=KEY&demo_key=KEY', none, {
      status: 401,
      challenge: inQuery,
      text: /sent twice/,
    });
    check('cookie', '/keys/cookie', (d) => ({ cookie: `a=b; demo_key=${d.tokens.apiKey}` }), { status: 200 });
    check('cookie, wrong', '/keys/cookie', () => ({ cookie: 'demo_key=' }), { status: 401, challenge: inCookie });
    check('the key of the header in the query', '/keys/header?demo_key=KEY', none, {
      status: 401,
      challenge: inHeader,
    });
  });
});

function post(body: string): RequestInit {
  return { method: 'POST', body };
}
