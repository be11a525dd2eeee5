import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { diagnose } from '../../../src/core/diagnosis/diagnose';
import type { Case } from './evidence';
import { at, basic, bearer, evidence, first, jwt, NOW, table, token } from './evidence';

describe('diagnose', () => {
  table('nothing was sent', [
    ['401 with a challenge', 'no-credential-sent', { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } }],
    ['403 in so many words', 'no-credential-sent', { status: 403, body: { detail: 'Not authenticated' } }],
    ['400 of Vault', 'no-credential-sent', { status: 400, body: { errors: ['missing client token'] } }],
    ['401 of Kong', 'no-credential-sent', { status: 401, body: { message: 'No API key found in request' } }],
    [
      'GraphQL in a 200',
      'no-credential-sent',
      { status: 200, body: { errors: [{ message: 'Unauthenticated', extensions: { code: 'UNAUTHENTICATED' } }] } },
    ],
  ]);

  table('the credential is damaged', [
    [
      'a line break at its end',
      'credential-malformed',
      { status: 401, sent: { Authorization: `Bearer ${token()}\n` } },
    ],
    ['quotes around it', 'credential-malformed', { status: 401, sent: { Authorization: `Bearer "${token()}"` } }],
    ['Bearer twice', 'credential-malformed', { status: 401, sent: { Authorization: `Bearer Bearer ${token()}` } }],
    [
      'Bearer in a key header',
      'credential-malformed',
      { status: 403, body: { message: 'Forbidden' }, sent: { 'X-Api-Key': `Bearer ${token()}` } },
    ],
    ['an unresolved variable', 'credential-malformed', { status: 401, sent: { Authorization: 'Bearer {{token}}' } }],
    ['a placeholder', 'credential-malformed', { status: 401, sent: { Authorization: 'Bearer <YOUR_TOKEN>' } }],
    ['the word undefined', 'credential-malformed', { status: 401, sent: { Authorization: 'Bearer undefined' } }],
    [
      'a character beyond ASCII',
      'credential-malformed',
      { status: 401, sent: { Authorization: `Bearer ${token()}é` } },
    ],
    [
      'an invisible character',
      'credential-malformed',
      { status: 401, sent: { Authorization: `Bearer ${token()}\u200b` } },
    ],
    ['Basic without a colon', 'credential-malformed', { status: 401, sent: basic(token()) }],
    ['a newline that was encoded with it', 'credential-malformed', { status: 401, sent: basic(`dev:${token()}\n`) }],
    [
      'the API could not read it',
      'credential-malformed',
      { status: 400, sent: bearer(), body: { message: 'The given OAuth 2 access token is malformed.' } },
    ],
    [
      'Node refused to write it',
      'credential-malformed',
      {
        sent: { Authorization: `Bearer ${token()}\n` },
        failure: { code: 'bad-request', detail: 'Invalid character in header content' },
      },
    ],
  ]);

  table('the token tells why', [
    ['expired', 'credential-expired', { status: 401, sent: { Authorization: `Bearer ${jwt({ exp: at(-3600) })}` } }],
    [
      'expired, with a text that says invalid',
      'credential-expired',
      { status: 401, sent: { Authorization: `Bearer ${jwt({ exp: at(-1) })}` }, body: { message: 'Invalid token' } },
    ],
    [
      'not expired by the server, only by us',
      'credential-invalid',
      { status: 401, now: NOW + 7_200_000, sent: { Authorization: `Bearer ${jwt({ exp: at(3600) })}` } },
    ],
    [
      'not valid yet',
      'clock-skew',
      { status: 401, sent: { Authorization: `Bearer ${jwt({ nbf: at(600), exp: at(7200) })}` } },
    ],
    [
      'issued in the future',
      'clock-skew',
      { status: 401, sent: { Authorization: `Bearer ${jwt({ iat: at(600), exp: at(7200) })}` } },
    ],
    [
      'for another host',
      'wrong-audience-or-issuer',
      { status: 401, sent: { Authorization: `Bearer ${jwt({ aud: 'https://other.example.net', exp: at(60) })}` } },
    ],
    [
      'without a flaw',
      'credential-invalid',
      { status: 401, sent: { Authorization: `Bearer ${jwt({ aud: 'https://api.example.com', exp: at(60) })}` } },
    ],
  ]);

  table('RFC 6750, 9470, 9449 and 7616', [
    [
      'invalid_token',
      'credential-invalid',
      { status: 401, sent: bearer(), headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } },
    ],
    [
      'invalid_token, expired',
      'credential-expired',
      {
        status: 401,
        sent: bearer(),
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token", error_description="The access token expired"' },
      },
    ],
    [
      'insufficient_scope',
      'insufficient-scope',
      {
        status: 403,
        sent: bearer(),
        headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="mail.send"' },
      },
    ],
    ['two ways at once', 'credential-malformed', twice()],
    [
      'Basic wanted',
      'wrong-scheme',
      { status: 401, sent: bearer(), headers: { 'WWW-Authenticate': 'Basic realm="x"' } },
    ],
    [
      'acr_values',
      'step-up-required',
      {
        status: 401,
        sent: bearer(),
        headers: { 'WWW-Authenticate': 'Bearer error="insufficient_user_authentication", acr_values="gold"' },
      },
    ],
    [
      'DPoP wanted',
      'dpop-required',
      { status: 401, sent: bearer(), headers: { 'WWW-Authenticate': 'DPoP algs="ES256"' } },
    ],
    [
      'Digest stale',
      'csrf-or-session',
      {
        status: 401,
        sent: { Authorization: 'Digest username="a", response="b"' },
        headers: { 'WWW-Authenticate': 'Digest realm="x", nonce="n", stale=TRUE' },
      },
    ],
  ]);

  it('says nothing more once the cause is certain', () => {
    assert.equal(diagnose(evidence({ status: 401 })).causes.length, 1);
  });

  it('gives further guesses where the first is none too sure, each once', () => {
    const { causes } = diagnose(
      evidence({ status: 401, sent: bearer(), headers: { 'WWW-Authenticate': 'Basic realm="x"' } }),
    );
    const codes = causes.map((cause) => cause.code);
    assert.ok(codes.length > 1, codes.join());
    assert.equal(new Set(codes).size, codes.length);
  });

  describe('evidence and data', () => {
    it('points at the sentence of the API by its JSON pointer', () => {
      const cause = first({ status: 400, sent: bearer(), body: { error: { errors: [{ message: 'Bad date' }] } } });
      assert.deepEqual(
        cause?.evidence.find(({ kind }) => kind === 'body'),
        { kind: 'body', text: 'Bad date', pointer: '/error/errors/0/message' },
      );
      assert.equal(cause?.said, 'Bad date');
    });

    it('shows the scopes that are needed beside those that are granted', () => {
      const cause = first({
        status: 403,
        sent: bearer(),
        headers: { 'X-OAuth-Scopes': 'gist, repo', 'X-Accepted-OAuth-Scopes': 'delete_repo' },
        body: { message: 'Must have admin rights.' },
      });
      assert.equal(cause?.code, 'insufficient-scope');
      assert.deepEqual(cause?.evidence[0], { kind: 'scopes', needed: 'delete_repo', granted: 'gist repo' });
      assert.equal(cause?.data['scope'], 'delete_repo');
    });

    it('compares the claims with the clock of the server, not with ours', () => {
      const cause = first({
        status: 401,
        now: NOW - 86_400_000,
        sent: { Authorization: `Bearer ${jwt({ exp: at(-60) })}` },
      });
      assert.equal(cause?.data['expiredAt'], NOW - 60_000);
      assert.equal(cause?.data['observedAt'], NOW);
    });

    it('tells when the secret last worked', () => {
      const cause = first({ status: 401, sent: bearer(), lastVerifiedAt: NOW - 3_600_000 });
      assert.equal(cause?.data['lastVerifiedAt'], NOW - 3_600_000);
    });

    it('names the hop on which a redirect left the credential behind', () => {
      const location = 'https://other.example.net/v1/things';
      const before = evidence({ status: 302, sent: bearer() }).exchange.hops.map((hop) => ({
        ...hop,
        redirect: { location, crossOrigin: true, dropped: ['Authorization'], becameGet: false },
      }));
      const cause = first({ status: 401, url: location, before });
      assert.equal(cause?.code, 'redirect-dropped-credential');
      assert.deepEqual(cause?.evidence[0], { kind: 'hop', hop: 0, text: location });
      assert.equal(cause?.data['to'], 'https://other.example.net');
    });
  });

  function twice(): Case {
    const value = token();
    return {
      status: 400,
      sent: { Authorization: `Bearer ${value}` },
      url: `https://api.example.com/v1/things?access_token=${value}`,
    };
  }
});
