import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Cause, CauseCode, CredentialFault, EvidenceItem } from '../../../src/core/diagnosis/cause';
import { faultText } from '../../../src/core/diagnosis/credentialWords';
import { diagnose } from '../../../src/core/diagnosis/diagnose';
import type { Fix } from '../../../src/core/diagnosis/fix';
import { questionText } from '../../../src/core/diagnosis/question';
import {
  evidenceLabel,
  evidenceText,
  explain,
  fixIcon,
  fixLabel,
  sentText,
  shortCause,
  spanText,
} from '../../../src/core/diagnosis/words';
import type { Exchange, TransportFailureCode } from '../../../src/core/http/exchange';
import type { Diagnosis } from '../../../src/core/diagnosis/cause';
import type { Redacted } from '../../../src/core/redaction/redacted';
import type { Case } from './evidence';
import { at, evidence, first, jwt, token } from './evidence';

const bearer = (): Record<string, string> => ({ Authorization: `Bearer ${token()}` });

function headline(given: Case): string {
  const cause = first(given);
  return cause ? explain(cause).headline : '';
}

const TRANSPORT: readonly TransportFailureCode[] = [
  'dns-not-found',
  'dns-failed',
  'refused',
  'reset',
  'unreachable',
  'timeout',
  'cancelled',
  'tls-untrusted',
  'tls-self-signed',
  'tls-expired',
  'tls-not-yet-valid',
  'tls-wrong-name',
  'tls-client-certificate',
  'tls-protocol',
  'proxy',
  'bad-response',
  'bad-request',
  'unknown',
];

const PLAIN: readonly CauseCode[] = [
  'no-credential-sent',
  'credential-malformed',
  'credential-invalid',
  'credential-expired',
  'clock-skew',
  'wrong-scheme',
  'wrong-credential-kind',
  'wrong-audience-or-issuer',
  'insufficient-scope',
  'insufficient-permission',
  'step-up-required',
  'signature-mismatch',
  'wrong-host-or-region',
  'client-certificate-required',
  'proxy-auth-required',
  'ip-not-allowed',
  'account-disabled-or-billing',
  'rate-limited',
  'csrf-or-session',
  'hidden-as-404',
  'login-page-redirect',
  'dpop-required',
  'redirect-dropped-credential',
  'not-an-auth-problem',
];

const CODES: readonly CauseCode[] = [...PLAIN, ...TRANSPORT.map((code) => `transport-${code}` as const)];

describe('words', () => {
  const headlines: readonly (readonly [given: () => Case, expected: string])[] = [
    [
      () => ({ status: 401, unsigned: 'no-service', service: false, url: 'http://127.0.0.1:4000/a' }),
      'No credential was sent: no service is registered for http://127.0.0.1:4000.',
    ],
    [
      () => ({ status: 401, unsigned: 'no-auth-directive' }),
      'No credential was sent: `# @no-auth` stands on the request.',
    ],
    [
      () => ({ status: 401, sent: { Authorization: `Bearer ${jwt({ exp: at(-3 * 86_400) })}` } }),
      'The token Example was given expired 3 days ago.',
    ],
    [
      () => ({
        status: 403,
        sent: bearer(),
        headers: { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="mail.send"' },
      }),
      'Example wants a scope that this token does not have: mail.send.',
    ],
    [
      () => ({ status: 401, sent: { Authorization: 'Bearer undefined' } }),
      'The token sent to Example is the word "undefined": a variable was empty when it was filled in.',
    ],
    [
      () => ({ status: 429, headers: { 'Retry-After': '30' } }),
      'Too many requests to Example: it wants 30 seconds of waiting.',
    ],
    [
      () => ({ status: 400, sent: bearer(), body: { message: 'amount is missing' } }),
      'Example does not take the request as it is: amount is missing',
    ],
    [
      () => ({ failure: { code: 'refused', host: '127.0.0.1', port: 4000 } }),
      'Nothing is listening on 127.0.0.1:4000.',
    ],
    [
      () => ({ failure: { code: 'refused', host: 'api.example.com', port: 443 } }),
      'api.example.com:443 refused the connection.',
    ],
    [() => ({ failure: { code: 'dns-not-found', host: 'api.exmple.com' } }), 'There is no host named api.exmple.com.'],
    [
      () => ({
        failure: { code: 'tls-wrong-name', host: 'a.example', port: 443, certificateNames: ['b.example', 'c.example'] },
      }),
      'The certificate of a.example:443 is for b.example, c.example, not for this name.',
    ],
    [
      () => ({ failure: { code: 'timeout', host: 'a.example', port: 443, phase: 'wait' } }),
      'a.example:443 did not answer within 12 s.',
    ],
  ];
  for (const [given, expected] of headlines) it(expected, () => assert.equal(headline(given()), expected));

  it('has a plain sentence, a short form and a way on for every cause, also without data', () => {
    for (const code of CODES) {
      const cause: Cause = { code, confidence: 'likely', evidence: [], data: {}, fixes: [], action: 'none' };
      const { headline: text, explanation } = explain(cause);
      for (const said of [text, explanation ?? '', shortCause(code)]) {
        assert.doesNotMatch(said, /undefined|NaN|\{\d\}|!/, `${code}: ${said}`);
      }
      assert.ok(text.length > 10 && /[.)…]$/.test(text), `${code}: ${text}`);
      const words = shortCause(code).split(' ').length;
      assert.ok(words >= 1 && words <= 4, shortCause(code));
    }
  });

  it('has words for every fault', () => {
    const faults: readonly CredentialFault[] = [
      'empty',
      'line-break',
      'space-around',
      'space-inside',
      'quotes',
      'scheme-word-twice',
      'scheme-word-inside',
      'header-name-inside',
      'unresolved-variable',
      'placeholder',
      'nothing-word',
      'invisible-character',
      'control-character',
      'not-ascii',
      'percent-encoded',
      'too-short',
      'broken-jwt',
      'no-colon',
      'sent-twice',
    ];
    const texts = faults.map((fault) => faultText(fault, 3, 'U+200B'));
    assert.equal(new Set(texts).size, faults.length);
  });

  it('labels evidence and quotes it word for word', () => {
    const rows: readonly (readonly [EvidenceItem, string])[] = [
      [{ kind: 'status', status: 401 }, 'Status: 401'],
      [{ kind: 'header', name: 'WWW-Authenticate', text: 'Bearer', hop: 0 }, 'Header WWW-Authenticate: Bearer'],
      [{ kind: 'body', text: 'no', pointer: '/a' }, 'The API says, at /a: no'],
      [{ kind: 'body', text: 'no' }, 'The API says: no'],
      [{ kind: 'claim', name: 'exp', text: 'x' }, 'Claim exp of the token: x'],
      [{ kind: 'clock', skewSeconds: 300 }, "Clock: 5 minutes ahead of the server's"],
      [{ kind: 'clock', skewSeconds: -300 }, "Clock: 5 minutes behind the server's"],
      [{ kind: 'scopes', needed: 'a', granted: 'b' }, 'Scopes: needed: a; granted: b'],
      [{ kind: 'hop', hop: 0, text: 'https://b.example' }, 'Redirect 1: to https://b.example'],
      [{ kind: 'system', text: 'ECONNREFUSED' }, 'The system says: ECONNREFUSED'],
      [{ kind: 'certificate', field: 'issuer', text: 'CN=x' }, 'Issued by: CN=x'],
      [
        { kind: 'credential', code: 'vendor', text: 'SendGrid API key' },
        'What was sent: by its prefix: SendGrid API key',
      ],
    ];
    for (const [item, expected] of rows) assert.equal(`${evidenceLabel(item)}: ${evidenceText(item)}`, expected);
  });

  it('labels fixes with the name of the service, or its id where it is gone', () => {
    const fix: Fix = { kind: 'setSecret', service: 'mail', field: 'token', replace: true };
    assert.equal(
      fixLabel(fix, () => 'SendGrid'),
      'Replace Token of SendGrid…',
    );
    assert.equal(
      fixLabel(fix, () => undefined),
      'Replace Token of mail…',
    );
    assert.equal(
      fixLabel({ kind: 'addService', baseUrl: 'https://a.example' }, () => undefined),
      'Add Service for https://a.example…',
    );
    assert.equal(fixIcon(fix), 'key');
  });

  it('says what was sent', () => {
    const service = { id: 'mail', name: 'SendGrid' };
    const header = { in: 'header', name: 'Authorization' } as const;
    assert.equal(
      sentText({ credentials: [{ text: 'Bearer ••••7Qx2', placement: header, service }] }),
      'Bearer ••••7Qx2 from service SendGrid',
    );
    assert.equal(
      sentText({ credentials: [{ text: '••••', placement: { in: 'query', name: 'key' } }] }),
      '•••• in query parameter key, written in the request',
    );
    assert.equal(
      sentText({ credentials: [], unsigned: 'no-auth-directive' }),
      'nothing: `# @no-auth` stands on the request',
    );
    assert.equal(
      sentText({ credentials: [], unsigned: 'no-service', origin: 'https://a.example' }),
      'nothing: no service is registered for https://a.example',
    );
  });

  it('says spans as a person does', () => {
    const spans: readonly (readonly [number, string])[] = [
      [1000, '1 second'],
      [30_000, '30 seconds'],
      [120_000, '2 minutes'],
      [7_200_000, '2 hours'],
      [259_200_000, '3 days'],
      [-30_000, '30 seconds'],
    ];
    for (const [span, expected] of spans) assert.equal(spanText(span), expected);
  });

  it('writes a question for the owner of the API, with the id by which the request is found', () => {
    const given = evidence({
      status: 403,
      sent: bearer(),
      headers: { 'X-Request-Id': 'req-7' },
      body: { message: 'Not for you' },
    });
    // Redaction is not under test here; nothing in this exchange is secret but the header, which the question leaves out.
    const text = questionText(given.exchange as Redacted<Exchange>, diagnose(given) as Redacted<Diagnosis>);
    for (const part of [
      'GET https://api.example.com/v1/things',
      'X-Request-Id: req-7',
      'Not for you',
      '403',
      'Bearer ••••',
    ]) {
      assert.ok(text.includes(part), `${part} in\n${text}`);
    }
    assert.ok(!text.includes(given.used[0]?.value ?? 'x'));
  });
});
