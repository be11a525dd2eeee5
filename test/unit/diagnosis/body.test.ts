import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readApiMessage, readTextMessage } from '../../../src/core/diagnosis/body';

/** The sentence and where it stands: `text @ pointer`. */
function main(body: unknown, type?: string): string {
  const { main: said } = readTextMessage(typeof body === 'string' ? body : JSON.stringify(body), type);
  return said === undefined ? '' : said.pointer === undefined ? said.text : `${said.text} @ ${said.pointer}`;
}

describe('readApiMessage', () => {
  const sentences: readonly (readonly [body: unknown, expected: string])[] = [
    [{ message: 'a b' }, 'a b @ /message'],
    [{ error: { message: 'a b' } }, 'a b @ /error/message'],
    [{ error: 'invalid_grant', error_description: 'a b' }, 'a b @ /error_description'],
    [{ title: 'Forbidden', detail: 'a b', status: 403 }, 'a b @ /detail'],
    [{ title: 'Too bad' }, 'Too bad @ /title'],
    [{ errors: [{ message: 'a b', code: 7 }] }, 'a b @ /errors/0/message'],
    [{ errors: ['a b'] }, 'a b @ /errors/0'],
    [{ errors: 'a b' }, 'a b @ /errors'],
    [{ errorMessages: ['a b'], errors: {} }, 'a b @ /errorMessages/0'],
    [{ msg: 'a b' }, 'a b @ /msg'],
    [{ error: 'a b' }, 'a b @ /error'],
    [{ error: 'word' }, 'word @ /error'],
    [{ fault: { faultstring: 'a b', detail: { errorcode: 'x.y' } } }, 'a b @ /fault/faultstring'],
    [[{ message: 'a b', errorCode: 'X' }], 'a b @ /0/message'],
    [
      { data: null, errors: [{ message: 'a b', path: ['x'], extensions: { code: 'UNAUTHENTICATED' } }] },
      'a b @ /errors/0/message',
    ],
    [{ error_summary: 'a/b', error: { '.tag': 'a' } }, 'a/b @ /error_summary'],
    [{ errorSummary: 'a b', errorCode: 'E1' }, 'a b @ /errorSummary'],
    [{ error: { root_cause: [{ reason: 'deep one' }], reason: 'a b' } }, 'a b @ /error/reason'],
    [{ 'a/b': { 'c~d': { message: 'a b' } } }, 'a b @ /a~1b/c~0d/message'],
    [{ error: { message: '  a\n  b ' } }, 'a b @ /error/message'],
    [{ errors: { name: ["can't be blank"] } }, "can't be blank @ /errors/name/0"],
    ['"a b"', 'a b'],
    ['a b', 'a b'],
    ['error=invalid_grant&error_description=a+b', 'a b @ /error_description'],
    ['{"message":"a b","rest":[1,2', 'a b @ /message'],
    ['<Error><Code>X</Code><Message>a &lt;b&gt; &#99;</Message></Error>', 'a <b> c'],
    [
      '<s:Envelope><s:Body><s:Fault><faultcode>c</faultcode><faultstring>a b</faultstring></s:Fault></s:Body></s:Envelope>',
      'a b',
    ],
    ['<html><head><title>401 Unauthorized</title></head><body><h1>No entry here</h1></body></html>', 'No entry here'],
    ['<!DOCTYPE html><html><head><title>Log in</title></head></html>', 'Log in'],
    ['', ''],
    ['   ', ''],
    ['{}', ''],
    ['[]', ''],
    ['null', 'null'],
    ['\u0000\u0001\u0002binary', ''],
  ];
  for (const [body, expected] of sentences) {
    it(`reads ${typeof body === 'string' ? body : JSON.stringify(body)}`, () => assert.equal(main(body), expected));
  }

  it('collects codes, scopes and fields with what they are', () => {
    const message = readTextMessage(
      JSON.stringify({
        error: 'missing_scope',
        needed: 'a:b',
        provided: 'c:d,e:f',
        invalidToken: true,
        field: 'name',
        status: 403,
      }),
      undefined,
    );
    assert.deepEqual(message.codes.map(({ text }) => text).sort(), ['invalidToken', 'missing_scope']);
    assert.deepEqual(message.needed, ['a:b']);
    assert.deepEqual(message.granted, ['c:d', 'e:f']);
    assert.deepEqual(message.fields, ['name']);
  });

  it('tells an envelope that failed from one that did not', () => {
    const failed = (body: unknown): boolean => readTextMessage(JSON.stringify(body), undefined).failed;
    for (const body of [
      { ok: false },
      { success: false },
      { errors: [{}, 1] },
      { error: 'x' },
      { status: 'REQUEST_DENIED' },
    ]) {
      assert.equal(failed(body), true, JSON.stringify(body));
    }
    for (const body of [
      { ok: true },
      { errors: [] },
      { error: null },
      { error: '' },
      { status: 'ok' },
      { status: 200 },
      [],
      {},
    ]) {
      assert.equal(failed(body), false, JSON.stringify(body));
    }
  });

  it('cuts a sentence nobody reads to its end', () => {
    const text = readTextMessage(JSON.stringify({ message: 'word '.repeat(10_000) }), undefined).main?.text ?? '';
    assert.ok(text.length < 1000 && text.endsWith('…'), String(text.length));
  });

  it('reads another charset than UTF-8', () => {
    const bytes = Uint8Array.from('{"message":"caf\u00e9 closed"}', (sign) => sign.charCodeAt(0));
    assert.equal(readApiMessage(bytes, 'application/json; charset=iso-8859-1').main?.text, 'café closed');
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom(undefined, 'application/json', 'text/html', 'text/xml; charset=x'),
        (bytes, type) => {
          assert.ok(readApiMessage(bytes, type).format);
        },
      ),
    );
    fc.assert(fc.property(fc.json(), (json) => assert.ok(readTextMessage(json, 'application/json').format)));
  });

  it('reads a megabyte of hostile text', () => {
    for (const piece of ['{"a":', '[', '<a', '<a b="', '"message":"', '&#', '<p>x</p>', '\\"', '<input type="']) {
      assert.ok(readTextMessage(piece.repeat(Math.ceil(1_000_000 / piece.length)), undefined).format, piece);
    }
  }).timeout(20_000);
});
