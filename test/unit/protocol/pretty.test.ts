import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pretty } from '../../../src/protocol/pretty';

/** The same text without the space outside of strings. */
const tight = (json: string): string =>
  json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_all, text: string | undefined) => text ?? '');

describe('pretty', () => {
  const json: readonly (readonly [string, string | undefined])[] = [
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    ['{}', undefined],
    ['[ ]', '[]'],
    ['{"a":{},"b":[]}', '{\n  "a": {},\n  "b": []\n}'],
    ['{"a":12345678901234567890.10e+400}', '{\n  "a": 12345678901234567890.10e+400\n}'],
    ['{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['{"a":"\\u00e9\\/\\"}"}', '{\n  "a": "\\u00e9\\/\\"}"\n}'],
    ['{"a":1}\n{"b":2}', '{\n  "a": 1\n}\n{\n  "b": 2\n}'],
    ['\uFEFF{"a":1}', '{\n  "a": 1\n}'],
    ['{"token":••••7Qx2}', '{\n  "token": ••••7Qx2\n}'],
    ['1', undefined],
    ['{"a":1', undefined],
    ['{"a" 1}', undefined],
    ['{"a":1,}', undefined],
    ['[1,]', undefined],
    ['[1 2]', undefined],
    ['{"a":1]', undefined],
    ['{a:1}', undefined],
    ['{"a":"x\ny"}', undefined],
    ['[01x]', undefined],
    ['<html>', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of json)
    it(`JSON ${JSON.stringify(text)}`, () => assert.equal(pretty(text, 'json'), expected));

  const xml: readonly (readonly [string, string | undefined])[] = [
    ['<a><b>x</b><c/></a>', '<a>\n  <b>x</b>\n  <c/>\n</a>'],
    [
      '<?xml version="1.0"?><a b="x>y"><!-- z --><b></b></a>',
      '<?xml version="1.0"?>\n<a b="x>y">\n  <!-- z -->\n  <b></b>\n</a>',
    ],
    ['<p>some <b>bold</b> text</p>', undefined],
    ['<a><![CDATA[<x>]]></a>', undefined],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a/>', '<!DOCTYPE a [<!ENTITY b "c">]>\n<a/>'],
    ['<a><b></a>', undefined],
    ['</a>', undefined],
    ['<a', undefined],
  ];
  for (const [text, expected] of xml)
    it(`XML ${JSON.stringify(text)}`, () => assert.equal(pretty(text, 'xml'), expected));

  it('leaves HTML and text alone', () => {
    assert.equal(pretty('<html><body>x</body></html>', 'html'), undefined);
    assert.equal(pretty('{"a":1}', 'text'), undefined);
  });

  it('lays any JSON out as JSON.stringify does, and changes no token', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const laidOut = pretty(text, 'json') ?? text;
        assert.equal(tight(laidOut), tight(text));
        // Keys such as "__proto__" are JSON too; the text, not the value, is compared.
        assert.equal(laidOut, JSON.stringify(value, undefined, 2));
      }),
    );
  });

  it('changes nothing but the space around elements of XML, and never throws', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d">',
      '</b>',
      '<e/>',
      'text',
      ' ',
      '\n',
      '<!--x-->',
      '<',
      '>',
      '"',
      ']]>',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const squeeze = (markup: string): string => markup.replace(/\s+/g, '');
        assert.equal(squeeze(pretty(text, 'xml') ?? text), squeeze(text));
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => pretty(text, 'json') !== text && pretty(text, 'xml') !== text,
      ),
    );
  });

  it('gives up on text that would grow out of bounds', () => {
    assert.equal(pretty('['.repeat(500_000) + ']'.repeat(500_000), 'json'), undefined);
    assert.equal(pretty('<a>'.repeat(300_000) + '</a>'.repeat(300_000), 'xml'), undefined);
  });

  it('reads a megabyte of hostile text', () => {
    for (const part of ['{"a":', '[', '"', '\\', '<', '<!--', '<a b="', ' ', '1', '[1,', '<a>x</a>']) {
      const text = part.repeat(Math.ceil(1_000_000 / part.length));
      assert.notEqual(pretty(text, 'json'), text);
      assert.notEqual(pretty(text, 'xml'), text);
    }
  }).timeout(20_000);
});
