import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SecretUse } from '../../../src/core/auth/scheme';
import { schemeById } from '../../../src/core/auth/schemes';
import type { Diagnosis } from '../../../src/core/diagnosis/cause';
import type { Exchange, Hop } from '../../../src/core/http/exchange';
import type { Headers } from '../../../src/core/http/headers';
import { createRedactor } from '../../../src/core/redaction/redact';
import { newSecret } from '../../rig/secrets';

const token = newSecret('token');
const mask = `••••${token.slice(-4)}`;
const names = (id: string) => (id === 'sendgrid' ? 'SendGrid' : undefined);

function use(value: string, more: Partial<SecretUse> = {}): SecretUse {
  const placement = { in: 'header', name: 'Authorization' } as const;
  return { service: 'sendgrid', field: 'token', value, wire: `Bearer ${value}`, placement, ...more };
}

const headers = (...lines: readonly string[]): Headers =>
  lines.map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1).trim() }));

/** An exchange of one hop, built from what a test is about. */
function exchange(of: {
  readonly url?: string;
  readonly request?: Headers;
  readonly sent?: string | Uint8Array;
  readonly response?: Headers;
  readonly body?: string | Uint8Array;
  readonly hop?: Partial<Hop>;
}): Exchange {
  const bytes = (text: string | Uint8Array) => (typeof text === 'string' ? new TextEncoder().encode(text) : text);
  const answer = { status: 200, statusText: 'OK', httpVersion: '1.1', headers: of.response ?? [] };
  const body = bytes(of.body ?? '');
  return {
    id: 'x',
    hops: [
      {
        request: {
          method: 'GET',
          url: of.url ?? 'https://api.example.com/',
          headers: of.request ?? [],
          ...(of.sent === undefined ? {} : { body: bytes(of.sent) }),
        },
        response: answer,
        timings: { startedAt: 1, total: 2 },
        reusedConnection: false,
        signed: true,
        ...of.hop,
      },
    ],
    outcome: {
      kind: 'response',
      response: { ...answer, body: { bytes: body, size: body.length, encodedSize: body.length } },
    },
    tlsVerified: true,
    totalMs: 2,
  };
}

/** Everything in an exchange as one text, bodies decoded. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member instanceof Uint8Array
      ? Buffer.from(member).toString('latin1') + Buffer.from(member).toString('utf8')
      : member,
  );
}

const bodyOf = ({ outcome }: Exchange): string =>
  outcome.kind === 'response' ? Buffer.from(outcome.response.body.bytes).toString('utf8') : '';

describe('redaction of a request’s own headers and URL', () => {
  const redactor = createRedactor([use(token)], names);
  const table: readonly (readonly [line: string, expected: string])[] = [
    [`Authorization: Bearer ${token}`, `Bearer ${mask}`],
    [`X-Echo: ${token}`, mask],
    [`X-Echo: a ${token} b ${token}`, `a ${mask} b ${mask}`],
    ['Authorization: Bearer somethingelse', 'Bearer •••'],
    ['authorization: rawvalue', '•••'],
    ['Authorization: Digest username="jane", response="00ff"', 'Digest •••'],
    [`Authorization: Digest a="${token}", b="x"`, `Digest ${mask}`],
    ['Authorization:', ''],
    ['Proxy-Authorization: Basic amFuZTpw', 'Basic •••'],
    ['Cookie: sid=abc; theme=dark', 'sid=•••; theme=•••'],
    [`Cookie: sid=${token}; a`, `sid=${mask}; •••`],
    ['Set-Cookie: sid=abc; Path=/; HttpOnly', 'sid=•••; Path=/; HttpOnly'],
    ['X-API-Key: whatever', '•••'],
    ['Ocp-Apim-Subscription-Key: whatever', '•••'],
    ['X-Vault-Token: whatever', '•••'],
    ['X-Continuation-Token: page2', 'page2'],
    ['Access-Control-Allow-Credentials: true', 'true'],
    ['WWW-Authenticate: Bearer realm="x", error="invalid_token"', 'Bearer realm="x", error="invalid_token"'],
    ['X-RateLimit-Remaining: 0', '0'],
    ['Location: https://a.example/?code=1&access_token=abc#x', 'https://a.example/?code=1&access_token=•••#x'],
    ['Location: /cb#id_token=abc&state=1', '/cb#id_token=•••&state=1'],
    ['Referer: https://jane:pw@a.example/', 'https://•••@a.example/'],
    [
      'Link: <https://a.example/?page=2&api_key=abc>; rel="next"',
      '<https://a.example/?page=2&api_key=•••>; rel="next"',
    ],
  ];
  for (const [line, expected] of table) {
    it(line.replaceAll(token, 'TOKEN'), () => {
      const both = redactor.exchange(exchange({ request: headers(line), response: headers(line) }));
      assert.equal(both.hops[0]?.request.headers[0]?.value, expected);
      assert.equal(both.hops[0]?.response?.headers[0]?.value, expected);
      assert.equal(both.outcome.kind === 'response' && both.outcome.response.headers[0]?.value, expected);
    });
  }

  const urls: readonly (readonly [url: string, expected: string])[] = [
    [`https://a.example/p?api_key=${token}&x=1`, `https://a.example/p?api_key=${mask}&x=1`],
    [`https://a.example/${token}/x`, `https://a.example/${mask}/x`],
    ['https://a.example/?sig=abc&se=1', 'https://a.example/?sig=•••&se=1'],
    [
      'https://a.example/?X-Amz-Security-Token=abc&X-Amz-Date=1',
      'https://a.example/?X-Amz-Security-Token=•••&X-Amz-Date=1',
    ],
    ['https://a.example/?page%5Fsize=1&access%5Ftoken=abc', 'https://a.example/?page%5Fsize=1&access%5Ftoken=•••'],
    ['https://a.example/?next=https://b.example/?token=abc', 'https://a.example/?next=https://b.example/?token=•••'],
    ['https://jane:pw@a.example/?x', 'https://•••@a.example/?x'],
    ['https://a.example/?token=&x=1', 'https://a.example/?token=&x=1'],
    ['https://a.example/?pageToken=2', 'https://a.example/?pageToken=2'],
  ];
  for (const [url, expected] of urls) {
    it(url.replaceAll(token, 'TOKEN'), () => {
      assert.equal(redactor.exchange(exchange({ url })).hops[0]?.request.url, expected);
      assert.equal(redactor.text(`GET ${url} failed`), `GET ${expected} failed`);
    });
  }
});

describe('redaction of bodies', () => {
  const redactor = createRedactor([use(token)], names);
  const answers: readonly (readonly [body: string, expected: string])[] = [
    [`{"echo":"${token}"}`, `{"echo":"${mask}"}`],
    [
      '{"access_token":"abc","token_type":"Bearer","expires_in":3600}',
      '{"access_token":"•••","token_type":"Bearer","expires_in":3600}',
    ],
    [
      '{ "a": [ { "refresh_token" : "a\\"b\\\\" , "x": "y" } ] }',
      '{ "a": [ { "refresh_token" : "•••" , "x": "y" } ] }',
    ],
    ['{"errors":{"password":"is too short"}}', '{"errors":{"password":"is too short"}}'],
    ['{"password":"hunter2"}', '{"password":"•••"}'],
    ['{"token":null,"secret":5,"apiKey":{"id":"x"}}', '{"token":null,"secret":5,"apiKey":{"id":"x"}}'],
    ['{"nextPageToken":"abc"}', '{"nextPageToken":"abc"}'],
    ['{"data":"{\\"client_secret\\":\\"abc\\",\\"x\\":1}"}', '{"data":"{\\"client_secret\\":\\"•••\\",\\"x\\":1}"}'],
    ['{"access_token":"abc', '{"access_token":"•••'],
    ['{"a":"token","b":"x"}', '{"a":"token","b":"x"}'],
    ['{"message":"tokens: \\"access_token\\""}', '{"message":"tokens: \\"access_token\\""}'],
  ];
  for (const [body, expected] of answers) {
    it(`an answer ${body.replaceAll(token, 'TOKEN')}`, () =>
      assert.equal(bodyOf(redactor.exchange(exchange({ body }))), expected));
  }

  const sent = (text: string, type = 'application/json'): string =>
    Buffer.from(
      redactor.exchange(exchange({ sent: text, request: headers(`Content-Type: ${type}`) })).hops[0]?.request.body ??
        [],
    ).toString();
  const forms = 'application/x-www-form-urlencoded; charset=utf-8';
  const requests: readonly (readonly [text: string, type: string, expected: string])[] = [
    ['{"password":"correct horse"}', 'application/json', '{"password":"•••"}'],
    ['grant_type=password&username=jane&password=a%20b', forms, 'grant_type=password&username=jane&password=•••'],
    ['client_secret=abc', forms, 'client_secret=•••'],
    [`note=${token}`, forms, `note=${mask}`],
    ['client_secret=abc', 'text/plain', 'client_secret=abc'],
  ];
  for (const [text, type, expected] of requests) {
    it(`sent ${text.replaceAll(token, 'TOKEN')} as ${type}`, () => assert.equal(sent(text, type), expected));
  }

  it('binary content without a hit is the same bytes, and with a hit differs only there', () => {
    const noise = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 256);
    const same = redactor.exchange(exchange({ body: noise, response: headers('Content-Type: image/png') }));
    assert.ok(same.outcome.kind === 'response' && same.outcome.response.body.bytes === noise);
    const around = Buffer.concat([noise, Buffer.from(token), noise]);
    const hit = redactor.exchange(exchange({ body: around }));
    assert.ok(hit.outcome.kind === 'response');
    assert.deepEqual(Buffer.from(hit.outcome.response.body.bytes), Buffer.concat([noise, Buffer.from(mask), noise]));
    assert.equal(hit.outcome.response.body.size, around.length);
  });

  for (const [charset, encode] of [
    ['utf16le', (text: string) => Buffer.from(text, 'utf16le')],
    ['utf16be', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['latin1', (text: string) => Buffer.from(text, 'latin1')],
  ] as const) {
    it(`finds a secret in ${charset}`, () => {
      const body = encode(`<x>ä ${token} é</x>`);
      const text = bodyOf(redactor.exchange(exchange({ body })));
      assert.ok(!text.includes(token) && !text.replaceAll('\0', '').includes(token));
      assert.ok(text.replaceAll('\0', '').includes('<x>'));
    });
  }
});

describe('redaction of everything else', () => {
  it('status text, trailers, redirects, names in the hop, file names, failures', () => {
    const redactor = createRedactor([use(token)], names);
    const base = exchange({
      response: headers(`X-A: ${token}`),
      hop: {
        redirect: {
          location: `https://b.example/?t=${token}`,
          crossOrigin: true,
          dropped: [`?${token}`],
          becameGet: false,
        },
        tls: { authorized: true, subject: token },
        remote: { address: token, port: 1 },
      },
    });
    assert.ok(base.outcome.kind === 'response');
    const full: Exchange = {
      ...base,
      outcome: {
        kind: 'response',
        response: {
          ...base.outcome.response,
          statusText: token,
          trailers: headers(`X-T: ${token}`, 'X-Api-Key: abc'),
          body: {
            ...base.outcome.response.body,
            file: `/tmp/${token}`,
            problem: { code: 'bad-encoding', encoding: token, detail: token },
          },
        },
      },
    };
    const failed: Exchange = {
      ...base,
      outcome: {
        kind: 'failure',
        failure: { code: 'unknown', detail: `https://u:${token}@x?token=abc`, host: token, certificateNames: [token] },
      },
    };
    const text = shown([redactor.exchange(full), redactor.exchange(failed)]);
    assert.ok(!text.includes(token) && !text.includes('abc'));
    assert.equal(JSON.stringify(redactor.exchange(base)).split(mask).length - 1, 6);
  });

  it('a diagnosis: quotes are masked by value and name, links stay links', () => {
    const redactor = createRedactor([use(token)], names);
    const diagnosis: Diagnosis = {
      causes: [
        {
          code: 'credential-invalid',
          confidence: 'likely',
          said: `Bad token ${token}`,
          data: { token, count: 1 },
          evidence: [
            { kind: 'header', name: 'Set-Cookie', text: 'sid=abc; Path=/', hop: 0 },
            { kind: 'body', text: `"${token}"` },
            { kind: 'hop', hop: 1, text: 'https://a.example/?api_key=abc' },
          ],
          fixes: [
            { kind: 'openLink', url: 'https://docs.example/?key=errors#token=x', what: 'help' },
            { kind: 'addService', baseUrl: `https://${token}.example` },
          ],
        },
      ],
    };
    const redacted = redactor.diagnosis(diagnosis);
    const text = shown(redacted);
    assert.ok(!text.includes(token) && !text.includes('abc'));
    assert.deepEqual(redacted.causes[0]?.fixes[0], diagnosis.causes[0]?.fixes[0]);
    assert.equal(redacted.causes[0]?.data['count'], 1);
  });

  it('any plain value, keys too', () => {
    const redactor = createRedactor([use(token)], names);
    const value = { [token]: [{ a: token, b: 5, c: null, d: undefined, e: true, f: Buffer.from(token) }] };
    const redacted = redactor.value(value);
    assert.ok(!shown(redacted).includes(token));
    assert.ok(value[token], 'the original is left alone');
  });

  it('without secrets nothing but sensitive names is touched', () => {
    const redactor = createRedactor([], names);
    assert.equal(redactor.text('hello'), 'hello');
    assert.deepEqual(redactor.marks, []);
    assert.equal(
      redactor.exchange(exchange({ request: headers('Authorization: Bearer x') })).hops[0]?.request.headers[0]?.value,
      'Bearer •••',
    );
  });

  it('an empty secret masks nothing', () => {
    const redactor = createRedactor([use('', { wire: 'Bearer ' })], names);
    assert.deepEqual([redactor.text('hello Bearer '), redactor.marks], ['hello Bearer ', []]);
  });

  it('redacting twice changes nothing more', () => {
    const redactor = createRedactor([use(token)], names);
    const once = redactor.exchange(
      exchange({
        url: `https://a.example/?x=${token}&token=a`,
        body: `{"token":"${token}"}`,
        request: headers(`Authorization: Bearer ${token}`),
      }),
    );
    const again = redactor.exchange(once);
    assert.equal(again.hops[0]?.request.headers[0]?.value.startsWith('Bearer •••'), true);
    assert.equal(again.hops[0]?.request.url, once.hops[0]?.request.url.replace('token=•••', 'token=•••'));
  });
});

describe('secrets of one to three characters', () => {
  const redactor = createRedactor(
    [
      use('abc'),
      use('xy', { field: 'key', wire: 'api_key=xy', placement: { in: 'query', name: 'api_key' } }),
      use('q', { field: 'key', wire: 'q', placement: { in: 'header', name: 'X-Pin' } }),
    ],
    names,
  );
  it('are masked where they stand and where what was sent is quoted, not in every word', () => {
    const redacted = redactor.exchange(
      exchange({
        url: 'https://a.example/abc?api_key=xy&q=1',
        request: headers('Authorization: Bearer abc', 'X-Pin: q', 'Accept: abc'),
        response: headers('X-Pin: q'),
        body: '{"alphabet":"abcdefg","sent":"Bearer abc","url":"/?api_key=xy","x-pin":"q","proxy":"q"}',
      }),
    );
    const [hop] = redacted.hops;
    assert.deepEqual(
      hop?.request.headers.map(({ value }) => value),
      ['Bearer ••••', '•••', 'abc'],
    );
    assert.equal(hop?.request.url, 'https://a.example/abc?api_key=••••&q=1');
    assert.equal(hop?.response?.headers[0]?.value, '•••');
    assert.equal(
      bodyOf(redacted),
      '{"alphabet":"abcdefg","sent":"Bearer ••••","url":"/?api_key=••••","x-pin":"•••","proxy":"q"}',
    );
  });

  it('a Basic header is masked as a whole', async () => {
    const signed = await schemeById('basic')?.sign(
      { method: 'GET', url: 'https://a.example', headers: [] },
      { username: 'jane' },
      { service: 'sendgrid', secret: () => 'pw' },
    );
    assert.ok(signed);
    const basic = createRedactor(signed.used, names);
    assert.equal(basic.text(`sent ${signed.request.headers[0]?.value}`), 'sent Basic ••••');
  });
});
