import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Diagnosis } from '../../../src/core/diagnosis/cause';
import { diagnose } from '../../../src/core/diagnosis/diagnose';
import { panelWords } from '../../../src/core/diagnosis/panelWords';
import { decodeText } from '../../../src/core/http/contentType';
import type { Exchange, Hop } from '../../../src/core/http/exchange';
import type { HttpResponse } from '../../../src/core/http/message';
import { splitAtMarks } from '../../../src/core/redaction/marks';
import { createRedactor } from '../../../src/core/redaction/redact';
import type { Redacted } from '../../../src/core/redaction/redacted';
import { buildDoneState, fixAt } from '../../../src/protocol/buildPanelState';
import type { BodyView, DoneState } from '../../../src/protocol/panelState';
import { PANEL_CEILING } from '../../../src/protocol/bodyView';
import { newSecret } from '../../rig/secrets';
import type { Case } from '../diagnosis/evidence';
import { evidence } from '../diagnosis/evidence';

const names = (id: string): string | undefined => (id === 'example' ? 'Example' : undefined);

/** The state of a case, made as the host makes it: diagnosed, redacted, built. */
function state(given: Case, change: (exchange: Exchange) => Exchange = (exchange) => exchange): DoneState {
  const found = evidence(given);
  const all = { ...found, exchange: change(found.exchange) };
  const redactor = createRedactor(all.used, names);
  return buildDoneState({
    title: 'Get things',
    exchange: redactor.exchange(all.exchange),
    diagnosis: redactor.diagnosis(diagnose(all)),
    marks: redactor.marks,
    canSendAgain: true,
    words: panelWords(names),
    split: splitAtMarks,
    decode: decodeText,
  });
}

/** The body's view for bytes with a type. */
function bodyOf(body: string | Uint8Array, type: string, more: Partial<HttpResponse['body']> = {}): BodyView {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return state({ status: 200 }, (exchange) => {
    if (exchange.outcome.kind !== 'response') return exchange;
    const headers = [{ name: 'Content-Type', value: type }];
    const response = {
      ...exchange.outcome.response,
      headers,
      body: { bytes, size: bytes.length, encodedSize: bytes.length, ...more },
    };
    return { ...exchange, outcome: { kind: 'response', response } };
  }).body;
}

describe('buildDoneState', () => {
  it('sums up a success', () => {
    const { summary, causes, canSendAgain } = state({ status: 200, body: { a: 1 } }, (exchange) => ({
      ...exchange,
      totalMs: 128,
      hops: exchange.hops.map((hop) => ({ ...hop, remote: { address: '::1', port: 8080 } })),
    }));
    assert.deepEqual(summary, {
      status: '200 OK',
      severity: 'success',
      time: '128 ms',
      size: '7 B',
      connection: 'HTTP/1.1 · [::1]:8080',
      notes: [],
    });
    assert.deepEqual(causes, []);
    assert.equal(canSendAgain, true);
  });

  it('puts what certificate checks and own headers mean into notes', () => {
    const { summary } = state({ status: 200, unsigned: 'written-in-request' }, (exchange) => ({
      ...exchange,
      tlsVerified: false,
    }));
    assert.deepEqual(
      summary.notes.map(({ severity }) => severity),
      ['warning', 'info'],
    );
  });

  it('makes a card of a failure, with the evidence one click away and the mask of what was sent', () => {
    const secret = newSecret('token');
    const done = state({
      status: 401,
      sent: { Authorization: `Bearer ${secret}` },
      headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      body: { message: 'Bad credentials' },
    });
    const [card] = done.causes;
    assert.equal(card?.code, 'credential-invalid');
    assert.deepEqual(card?.sent, [
      { text: 'Bearer ' },
      { text: `••••${secret.slice(-4)}`, secretOf: 'token of service Example' },
      { text: ' from service Example' },
    ]);
    const said = card?.evidence.find(({ quote }) => quote);
    assert.deepEqual(said, {
      label: 'The API says, at /message',
      value: [{ text: 'Bad credentials' }],
      quote: true,
      at: { tab: 'body', find: 'Bad credentials' },
    });
    assert.deepEqual(card?.fixes[0], { id: '0.0', label: 'Replace Token of Example…', icon: 'key', primary: true });
    assert.deepEqual(done.request.headers[0]?.value[1], {
      text: `••••${secret.slice(-4)}`,
      secretOf: 'token of service Example',
    });
    assert.ok(!JSON.stringify(done).includes(secret));
  });

  it('has no secret in it where the server repeats it in every place', () => {
    const secret = newSecret('password');
    const encoded = encodeURIComponent(secret);
    const done = state({
      status: 403,
      url: `https://api.example.com/?q=${encoded}`,
      sent: { Authorization: `Bearer ${secret}` },
      headers: { 'X-Error-Reason': `denied ${encoded}`, Link: `<https://a.example/?k=${encoded}>; rel="help"` },
      body: { message: `no permission for ${secret}`, help: `https://a.example/${encoded}`, scope: secret },
    });
    const text = JSON.stringify(done);
    for (const form of [secret, encoded, JSON.stringify(secret).slice(1, -1)]) assert.ok(!text.includes(form));
    assert.ok(done.causes.length > 0);
  });

  it('counts down to the time a wait ends', () => {
    const button = state({ status: 429, headers: { 'Retry-After': '30' } }).causes[0]?.fixes[0];
    assert.equal(button?.notBefore, Date.UTC(2025, 2, 12, 10, 0, 30));
  });

  it('names a transport failure and leaves the body empty', () => {
    const done = state({ failure: { code: 'refused', host: '127.0.0.1', port: 4000, systemCode: 'ECONNREFUSED' } });
    assert.equal(done.summary.status, 'Connection refused');
    assert.equal(done.summary.severity, 'error');
    assert.equal(done.summary.size, undefined);
    assert.equal(done.body.kind, 'empty');
    assert.equal(done.timeline[0]?.outcome, 'Connection refused');
  });

  it('shows a 200 whose body broke off as no plain success', () => {
    const cut = state({ status: 200, body: { a: 1 } }, (exchange) => {
      if (exchange.outcome.kind !== 'response') return exchange;
      const { response } = exchange.outcome;
      const body = { ...response.body, problem: { code: 'closed-early', receivedBytes: 7 } as const };
      return { ...exchange, outcome: { kind: 'response', response: { ...response, body } } };
    });
    assert.equal(cut.summary.severity, 'warning');
  });

  it('shows a cancelled request as no error, and a 200 with a sign-in page as no success', () => {
    assert.equal(state({ failure: { code: 'cancelled' } }).summary.severity, 'info');
    const signIn = state({
      status: 200,
      sent: { 'X-Api-Key': newSecret('key') },
      body: '<html><input type="password"></html>',
    });
    assert.equal(signIn.summary.severity, 'warning');
  });

  it('finds the fix a button stands for, and none for anything else', () => {
    const diagnosis = diagnose(evidence({ status: 429, headers: { 'Retry-After': '30' } })) as Redacted<Diagnosis>;
    assert.equal(fixAt(diagnosis, '0.0')?.kind, 'wait');
    for (const id of ['0.9', '7.0', '', '0', '0.0.0', '-1.0', '__proto__', '0.0 ', '1e1.0'])
      assert.equal(fixAt(diagnosis, id), undefined, id);
  });

  it('lays hops out on one scale, with what happened on each', () => {
    const start = 1_000;
    const hop = (offset: number, more: Partial<Hop>): Hop => ({
      request: { method: 'GET', url: `https://a.example/${offset}`, headers: [] },
      timings: { startedAt: start + offset, dns: 2, connect: 3, firstByte: 10, download: 1, total: 16 },
      reusedConnection: false,
      signed: false,
      ...more,
    });
    const { timeline, totalMs } = state({ status: 200 }, (exchange) => ({
      ...exchange,
      totalMs: 40,
      hops: [
        hop(0, {
          signed: true,
          response: { status: 302, statusText: 'Found', httpVersion: '1.1', headers: [] },
          redirect: {
            location: 'https://b.example/',
            crossOrigin: true,
            dropped: ['Authorization', '?key'],
            becameGet: true,
          },
        }),
        hop(20, {
          reusedConnection: true,
          timings: { startedAt: start + 20, firstByte: 15, total: 15 },
          response: { status: 200, statusText: 'OK', httpVersion: '1.1', headers: [] },
        }),
      ],
    }));
    assert.equal(totalMs, 40);
    assert.deepEqual(
      timeline.map(({ outcome, severity, notes }) => ({ outcome, severity, notes })),
      [
        {
          outcome: '302 Found',
          severity: 'info',
          notes: [
            'credential sent',
            'left out for another origin: Authorization, ?key',
            'method became GET, body left out',
          ],
        },
        { outcome: '200 OK', severity: 'success', notes: ['connection reused'] },
      ],
    );
    assert.deepEqual(
      timeline.map(({ bars }) => bars.map(({ phase, start: at, duration }) => `${phase} ${at}+${duration}`)),
      [['dns 0+2', 'connect 2+3', 'firstByte 5+10', 'download 15+1'], ['firstByte 20+15']],
    );
  });

  it('says why a redirect was not followed', () => {
    const { timeline } = state({
      status: 307,
      redirect: {
        location: 'https://b.example/',
        crossOrigin: true,
        dropped: [],
        becameGet: false,
        stopped: 'body-has-secret',
      },
    });
    assert.deepEqual(timeline[0]?.notes, ['redirect not followed: the body has a secret in it']);
  });

  it('shows the request of the last hop with its body, laid out', () => {
    const bytes = new TextEncoder().encode('{"a":1}');
    const { request } = state({ status: 200 }, (exchange) => ({
      ...exchange,
      hops: exchange.hops.map((hop) => ({
        ...hop,
        request: {
          ...hop.request,
          method: 'POST',
          body: bytes,
          headers: [{ name: 'Content-Type', value: 'application/json' }],
        },
      })),
    }));
    assert.deepEqual(request.line, [{ text: 'POST https://api.example.com/v1/things' }]);
    assert.deepEqual(request.body, { text: [{ text: '{\n  "a": 1\n}' }] });
  });
});

describe('the view of a body', () => {
  const kinds: readonly (readonly [body: string | Uint8Array, type: string, expected: string])[] = [
    ['{"a":1}', 'application/json', 'text json'],
    ['{"a":1}', 'application/problem+json; charset=utf-8', 'text json'],
    ['{"a":1}', 'text/plain', 'text json'],
    ['not json', 'application/json', 'text json'],
    ['<a/>', 'application/atom+xml', 'text xml'],
    ['<svg/>', 'image/svg+xml', 'text xml'],
    ['<p>x', 'text/html', 'text html'],
    ['<!DOCTYPE html><p>x', '', 'text html'],
    ['hello', '', 'text text'],
    ['hello', 'application/octet-stream', 'text text'],
    ['', 'text/plain', 'empty text'],
    [Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'image/png', 'binary text'],
    [Uint8Array.of(1, 0, 2, 0), '', 'binary text'],
    [Uint8Array.of(0xff, 0xfe, 0x68, 0, 0x69, 0), '', 'text text'],
    ['\u001b[31mred\u001b[0m', 'text/plain', 'text text'],
  ];
  for (const [body, type, expected] of kinds) {
    it(`${JSON.stringify(body).slice(0, 40)} as ${type || 'nothing'} is ${expected}`, () => {
      const { kind, language } = bodyOf(body, type);
      assert.equal(`${kind} ${language}`, expected);
    });
  }

  it('reads the charset, and names one it does not know', () => {
    assert.equal(bodyOf(Uint8Array.of(0x63, 0x61, 0x66, 0xe9), 'text/plain; charset=iso-8859-1').raw, 'café');
    assert.deepEqual(bodyOf('x', 'text/plain; charset=klingon').notes, [
      'The charset klingon is unknown; the body is read as utf-8.',
    ]);
  });

  it('lays out what is whole, and leaves numbers as they are', () => {
    assert.equal(
      bodyOf('{"id":12345678901234567890}', 'application/json').pretty,
      '{\n  "id": 12345678901234567890\n}',
    );
    assert.equal(bodyOf('plain', 'text/plain').pretty, undefined);
  });

  it('cuts what is too long for the panel, between characters, and says what is shown', () => {
    const view = bodyOf('x'.repeat(PANEL_CEILING - 1) + '😀'.repeat(10), 'text/plain');
    assert.equal(view.raw.length, PANEL_CEILING - 1);
    assert.deepEqual(view.cut, { text: 'The first 1 MB of 1 MB are shown.', canOpenWhole: true });
    assert.equal(view.pretty, undefined);
  });

  it('says that the rest is in a file, or gone', () => {
    assert.deepEqual(bodyOf('x'.repeat(1000), 'text/plain', { size: 34_000_000, file: '/tmp/x' }).cut, {
      text: 'The first 1 KB of 34 MB are shown.',
      canOpenWhole: true,
    });
    assert.equal(bodyOf('x', 'text/plain', { size: 34_000_000 }).cut?.canOpenWhole, false);
  });

  it('remarks what went wrong with it', () => {
    const { notes } = bodyOf('x', 'text/plain', {
      problem: { code: 'closed-early', expectedBytes: 10, receivedBytes: 1 },
    });
    assert.deepEqual(notes, ['The connection closed early: 1 of 10 bytes came.']);
  });
});
