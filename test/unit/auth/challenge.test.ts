import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { getParam, parseChallenges } from '../../../src/core/auth/challenge';

/** `Scheme(name=value; name=value)` or `Scheme[token68]`, joined by ` | `: short enough for one line a case. */
function written(...values: string[]): string {
  return parseChallenges(values)
    .map(({ scheme, params, token68 }) => {
      if (token68 !== undefined) return `${scheme}[${token68}]`;
      return params.length === 0 ? scheme : `${scheme}(${params.map((p) => `${p.name}=${p.value}`).join('; ')})`;
    })
    .join(' | ');
}

function table(name: string, cases: readonly (readonly [string | readonly string[], string])[]): void {
  describe(name, () => {
    for (const [input, expected] of cases) {
      it(JSON.stringify(input), () => assert.equal(written(...[input].flat()), expected));
    }
  });
}

describe('parseChallenges', () => {
  table('the grammar of RFC 9110', [
    ['Basic', 'Basic'],
    ['Basic realm="simple"', 'Basic(realm=simple)'],
    ['Basic realm=simple', 'Basic(realm=simple)'],
    ['basic REALM="x"', 'basic(REALM=x)'],
    ['Basic realm="x", charset="UTF-8"', 'Basic(realm=x; charset=UTF-8)'],
    ['Basic realm = "x" , charset = "UTF-8"', 'Basic(realm=x; charset=UTF-8)'],
    ['Basic   realm="x"', 'Basic(realm=x)'],
    ['Basic\trealm="x"', 'Basic(realm=x)'],
    [', Basic realm="x",, ,', 'Basic(realm=x)'],
    ['Basic ,realm="x"', 'Basic(realm=x)'],
    ['Basic realm=""', 'Basic(realm=)'],
    ['Basic realm="a, b"', 'Basic(realm=a, b)'],
    ['Basic realm="a \\"b\\" c"', 'Basic(realm=a "b" c)'],
    ['Basic realm="a\\\\b"', 'Basic(realm=a\\b)'],
    ['Basic realm="a=b, Digest c=d"', 'Basic(realm=a=b, Digest c=d)'],
    [
      'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""',
      'Basic(realm=simple) | Newauth(realm=apps; type=1; title=Login to "apps")',
    ],
    ['Newauth realm="apps", type=1, Basic realm="simple"', 'Newauth(realm=apps; type=1) | Basic(realm=simple)'],
    ['Bearer, DPoP algs="ES256 PS256"', 'Bearer | DPoP(algs=ES256 PS256)'],
    ['Negotiate, NTLM, Basic realm="x"', 'Negotiate | NTLM | Basic(realm=x)'],
    [['Negotiate', 'NTLM', 'Basic realm="x"'], 'Negotiate | NTLM | Basic(realm=x)'],
    [['Bearer realm="a"', 'Basic realm="b", Digest nonce="c"'], 'Bearer(realm=a) | Basic(realm=b) | Digest(nonce=c)'],
    ['Negotiate YIIBhgYGKwYBBQUCoIIB', 'Negotiate[YIIBhgYGKwYBBQUCoIIB]'],
    ['NTLM TlRMTVNTUAACAAAADAAMADgAAAA=', 'NTLM[TlRMTVNTUAACAAAADAAMADgAAAA=]'],
    ['Negotiate oRQwEqADCgEBoQs/Ag==', 'Negotiate[oRQwEqADCgEBoQs/Ag==]'],
    ['Negotiate abc==, Basic realm="x"', 'Negotiate[abc==] | Basic(realm=x)'],
    ['Negotiate a/b, NTLM', 'Negotiate[a/b] | NTLM'],
    ['Scheme a.b-c_d~e', 'Scheme[a.b-c_d~e]'],
    [
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, stale=true, nonce="n", opaque="o"',
      'Digest(realm=http-auth@example.org; qop=auth, auth-int; algorithm=SHA-256; stale=true; nonce=n; opaque=o)',
    ],
    ['Unknown-Scheme!x a=1', 'Unknown-Scheme!x(a=1)'],
    ['Bearer x=1, x=2', 'Bearer(x=1; x=2)'],
  ]);

  table('what APIs send', [
    ['Bearer', 'Bearer'],
    ['Token', 'Token'],
    [
      'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
      'Bearer(realm=example; error=invalid_token; error_description=The access token expired)',
    ],
    [
      'Bearer error="insufficient_scope", scope="a:read b:write"',
      'Bearer(error=insufficient_scope; scope=a:read b:write)',
    ],
    [
      'Bearer error="insufficient_user_authentication", acr_values="myACR", max_age="5"',
      'Bearer(error=insufficient_user_authentication; acr_values=myACR; max_age=5)',
    ],
    [
      'Bearer resource_metadata="https://a.example/.well-known/x"',
      'Bearer(resource_metadata=https://a.example/.well-known/x)',
    ],
    ['DPoP error="use_dpop_nonce"', 'DPoP(error=use_dpop_nonce)'],
    ['OAuth realm="https%3A%2F%2Fx.example"', 'OAuth(realm=https%3A%2F%2Fx.example)'],
    ['AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256'],
    ['HMAC-SHA256 SignedHeaders=x-date;host', 'HMAC-SHA256(SignedHeaders=x-date;host)'],
    ['SharedKeyLite realm="x"', 'SharedKeyLite(realm=x)'],
    ['Cookie realm="x" form-action="/login" cookie-name=SID', 'Cookie(realm=x; form-action=/login; cookie-name=SID)'],
    ['xBasic realm="x"', 'xBasic(realm=x)'],
    ['PrivateToken challenge="abc=", token-key="d/e="', 'PrivateToken(challenge=abc=; token-key=d/e=)'],
  ]);

  table('illegal spellings that are read as browsers read them', [
    ['Basic realm="x" Digest nonce="y"', 'Basic(realm=x) | Digest(nonce=y)'],
    ['Bearer realm="x" error="invalid_token"', 'Bearer(realm=x; error=invalid_token)'],
    [
      'Bearer error=invalid_token error_description=The token expired, scope=a',
      'Bearer(error=invalid_token; error_description=The token expired; scope=a)',
    ],
    ['Basic realm=My Site', 'Basic(realm=My Site)'],
    ['Basic realm=My Site, charset=UTF-8', 'Basic(realm=My Site; charset=UTF-8)'],
    [
      'Bearer authorization_uri=https://login.example/a/b?c=d',
      'Bearer(authorization_uri=https://login.example/a/b?c=d)',
    ],
    [
      'Bearer authorization=https://l.example/t, resource_id=https://m.example',
      'Bearer(authorization=https://l.example/t; resource_id=https://m.example)',
    ],
    ["Basic realm='x y', charset='UTF-8'", 'Basic(realm=x y; charset=UTF-8)'],
    ["Basic realm=it's", "Basic(realm=it's)"],
    ['Basic realm="not closed', 'Basic(realm=not closed)'],
    ['Basic realm="ends in a backslash\\', 'Basic(realm=ends in a backslash\\)'],
    ['Basic realm="x"; charset="UTF-8"', 'Basic(realm=x; charset=UTF-8)'],
    ['Basic realm="x"charset="UTF-8"', 'Basic(realm=x; charset=UTF-8)'],
    ['Basic realm=', 'Basic(realm=)'],
    ['Basic realm=, charset=UTF-8', 'Basic(realm=; charset=UTF-8)'],
    ['Basic = "x"', ''],
    ['realm="x"', ''],
    ['realm="x", Basic', 'Basic'],
    ['"quoted" Basic realm="x"', 'Basic(realm=x)'],
    ['@@ Basic realm="x"', 'Basic(realm=x)'],
    ['Basic realm="ä"', 'Basic(realm=ä)'],
    ['Basic realm="\u0000"', 'Basic(realm=\u0000)'],
    ['Bearer Basic realm="x"', 'Bearer | Basic(realm=x)'],
    ['401', ''],
    ['', ''],
    [' \t , ', ''],
    [[], ''],
  ]);

  it('finds a parameter without regard to case, the first one where it is repeated', () => {
    const [challenge] = parseChallenges(['Bearer Error="a", error="b"']);
    assert.ok(challenge);
    assert.equal(getParam(challenge, 'ERROR'), 'a');
    assert.equal(getParam(challenge, 'scope'), undefined);
  });

  it('gives back what was written, whatever the values are', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,11}$/);
    const challenge = fc.record({
      scheme: name,
      params: fc.array(fc.record({ name, value: fc.string({ maxLength: 40 }) }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(challenge, { minLength: 1, maxLength: 4 }), (challenges) => {
        const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`;
        const text = challenges
          .map(({ scheme, params }) => `${scheme} ${params.map((p) => `${p.name}=${quoted(p.value)}`).join(', ')}`)
          .join(', ');
        assert.equal(JSON.stringify(parseChallenges([text])), JSON.stringify(challenges));
      }),
    );
  });

  it('never throws', () => {
    const sign = fc.constantFrom('"', "'", '=', ',', ';', ' ', '\\', '/', '+', 'a', 'Basic', 'realm', 'é', '\n');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 200 }), (signs) => Array.isArray(parseChallenges([signs.join('')]))),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(parseChallenges([text]))));
  });

  it('takes time in proportion to its input: a megabyte of each nasty pattern is read', () => {
    const nasty = ['a/', 'a=', "a='", 'a="', '\\"', ' ', ', ', '=', 'Basic ', 'a b=', "a=' ", 'a\t', '"', 'a=b c '];
    for (const pattern of nasty) {
      const text = `Basic ${pattern.repeat(Math.ceil(1_000_000 / pattern.length))}`;
      assert.ok(Array.isArray(parseChallenges([text])), pattern);
    }
  }).timeout(20_000);
});
