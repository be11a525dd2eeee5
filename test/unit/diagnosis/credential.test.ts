import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CredentialFault } from '../../../src/core/diagnosis/cause';
import { carriedCredentials, faultsOf } from '../../../src/core/diagnosis/credential';
import { claimTime, grantedScopes, readJwt } from '../../../src/core/diagnosis/jwt';
import { keyKindOf } from '../../../src/core/diagnosis/vendors';
import { evidence, jwt, token } from './evidence';

/** The faults of one header, the odd-looking ones with a question mark. */
function faults(name: string, value: string): string {
  const given = evidence({ status: 401, sent: { [name]: value } });
  return carriedCredentials(given)
    .flatMap((credential) => faultsOf(credential))
    .map(({ code, certain }) => (certain ? code : `${code}?`))
    .join(' ');
}

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

/** The value as a title may show it: Basic decoded, and SECRET, or its halves, in the place of the secret. */
function shown(value: string, secret: string): string {
  const pair = /^Basic (.*)$/s.exec(value)?.[1];
  const plain = pair === undefined ? value : `Basic (${Buffer.from(pair, 'base64').toString()})`;
  return plain.replaceAll(secret, 'SECRET').replaceAll(secret.slice(0, 8), 'SEC').replaceAll(secret.slice(8), 'RET');
}

describe('credentials in a request', () => {
  const secret = token();
  const rows: readonly (readonly [value: string, expected: CredentialFault | '' | `${CredentialFault}?` | string])[] = [
    [`Bearer ${secret}`, ''],
    [`Token ${secret}`, ''],
    [secret, ''],
    [`Bearer ${jwt({ sub: 'a' })}`, ''],
    [basic(`dev:${secret}`), ''],
    [basic(`${secret}:`), ''],
    [basic(`:${secret}`), ''],
    [basic(`dev:päss wörd ${secret}`), ''],
    [`Digest username="a b", response="c"`, ''],
    [`AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c`, ''],
    [`Bearer ${secret}\r\n`, 'line-break'],
    [`Bearer ${secret} `, 'space-around'],
    [`Bearer ${secret}\t`, 'control-character space-around'],
    [`Bearer '${secret}'`, 'quotes'],
    [`Bearer “${secret}”`, 'quotes'],
    [`Bearer Bearer ${secret}`, 'scheme-word-twice'],
    [`Bearer Authorization: Bearer ${secret}`, 'header-name-inside space-inside?'],
    [`Bearer {{token}}`, 'unresolved-variable'],
    [`Bearer \${TOKEN}`, 'unresolved-variable'],
    [`Bearer $TOKEN`, 'unresolved-variable'],
    [`Bearer <token>`, 'placeholder'],
    [`Bearer YOUR_API_KEY`, 'placeholder'],
    [`Bearer sk_test_YOUR_SECRET_KEY_HERE`, 'placeholder'],
    [`Bearer your-token-here`, 'placeholder'],
    [`Bearer xxxxxxxx`, 'placeholder'],
    [`Bearer null`, 'nothing-word'],
    [`Bearer [object Object]`, 'nothing-word space-inside?'],
    [`Bearer ${secret}\u200b`, 'invisible-character'],
    [`Bearer ${secret}ß`, 'not-ascii'],
    [`Bearer ${secret.slice(0, 8)} ${secret.slice(8)}`, 'space-inside?'],
    [`Bearer abc`, 'too-short?'],
    [`Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIi`, 'broken-jwt?'],
    [basic(secret), 'no-colon'],
    [basic(':'), 'empty'],
    [basic(`"${secret}":`), 'quotes'],
    [basic(`dev:${secret}\n`), 'line-break'],
  ];
  for (const [value, expected] of rows) {
    it(`${JSON.stringify(shown(value, secret)).slice(0, 80)} → ${expected || 'nothing wrong'}`, () =>
      assert.equal(faults('Authorization', value), expected));
  }

  it('finds what the person wrote into headers, address and cookies, but no other cookies and nothing twice', () => {
    const given = evidence({
      status: 401,
      url: `https://api.example.com/?api_key=${token()}&page=2`,
      sent: {
        Authorization: `Bearer ${token()}`,
        'X-Vault-Token': token(),
        Cookie: `session=${token()}; theme=dark`,
        Accept: '*/*',
      },
    });
    const places = carriedCredentials(given).map(({ placement }) => `${placement.in} ${placement.name}`);
    assert.deepEqual(places, ['header Authorization', 'header X-Vault-Token', 'query api_key', 'cookie session']);
  });
});

describe('readJwt', () => {
  it('reads claims in seconds, and in the milliseconds some issuers write', () => {
    const read = readJwt(jwt({ exp: 1_700_000_000, iat: 1_700_000_000_000, nbf: 'x', scope: 'a b' }));
    assert.ok(read);
    assert.equal(claimTime(read, 'exp'), 1_700_000_000_000);
    assert.equal(claimTime(read, 'iat'), 1_700_000_000_000);
    assert.equal(claimTime(read, 'nbf'), undefined);
    assert.equal(grantedScopes(read), 'a b');
  });

  it('reads nothing from what is no token', () => {
    for (const text of [
      '',
      'abc',
      'eyJ',
      'eyJhbGciOiJIUzI1NiJ9..',
      'eyJhbGciOiJIUzI1NiJ9.W10.x',
      'eyJ.eyJ.eyJ',
      'a.b.c.d',
    ]) {
      assert.equal(readJwt(text), undefined, text);
    }
  });
});

describe('keyKindOf', () => {
  const rows: readonly (readonly [prefix: string, vendor: string | undefined])[] = [
    ['ghp_', 'GitHub'],
    ['github_pat_', 'GitHub'],
    ['sk-ant-', 'Anthropic'],
    ['sk-proj-', 'OpenAI'],
    ['sk-', undefined],
    ['pk_live_', undefined],
    ['SG.', 'SendGrid'],
    ['xoxb-', 'Slack'],
    ['AIza', 'Google'],
    ['PMAK-', 'Postman'],
  ];
  for (const [prefix, vendor] of rows)
    it(`${prefix}… is ${vendor ?? 'shared'}`, () => assert.equal(keyKindOf(`${prefix}${token()}`)?.vendor, vendor));
  it('does not name what it does not know', () => assert.equal(keyKindOf(`zz_${token()}`), undefined));
});
