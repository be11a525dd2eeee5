import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeText, parseContentType } from '../../../src/core/http/contentType';

describe('http: Content-Type', () => {
  for (const [value, essence, charset, suffix] of [
    ['text/html', 'text/html', undefined, undefined],
    ['Text/HTML;Charset="utf-8"', 'text/html', 'utf-8', undefined],
    ['text/html; charset=UTF-8', 'text/html', 'UTF-8', undefined],
    ["text/html; charset='utf-8'", 'text/html', "'utf-8'", undefined],
    ['application/problem+json', 'application/problem+json', undefined, 'json'],
    ['application/vnd.a+b+XML; v=1', 'application/vnd.a+b+xml', undefined, 'xml'],
    [' text/plain ; a=b ; charset = latin1 ; charset=utf-8', 'text/plain', 'latin1', undefined],
    ['multipart/form-data; boundary="a;charset=x\\"y"; charset=z', 'multipart/form-data', 'z', undefined],
    ['text/plain; charset=', 'text/plain', undefined, undefined],
    ['text/plain;;; charset=a', 'text/plain', 'a', undefined],
    ['text/plain; nonsense; charset=a', 'text/plain', 'a', undefined],
    ['text/plain; charset="unclosed', 'text/plain', 'unclosed', undefined],
  ] as const) {
    it(`reads ${value}`, () => {
      const type = parseContentType(value);
      assert.deepEqual([type?.essence, type?.charset, type?.suffix], [essence, charset, suffix]);
    });
  }

  for (const value of [undefined, '', 'text', '/', 'text/', '/html', 'te xt/html', 'text/html charset=a', '<html>']) {
    it(`sees no type in ${value}`, () => assert.equal(parseContentType(value), undefined));
  }

  it('reads the parameters in their order, quotes undone', () => {
    assert.deepEqual(parseContentType('a/b; X="1\\"2"; y=3')?.parameters, [
      { name: 'x', value: '1"2' },
      { name: 'y', value: '3' },
    ]);
  });

  it('reads anything without throwing, in linear time', () => {
    fc.assert(fc.property(fc.string(), (value) => void parseContentType(`text/plain${value}`)));
    for (const part of ['; a=', ';"', '; a="\\', ' ;', 'a', '; a = b'])
      parseContentType(`text/plain;${part.repeat(50_000)}`);
  });
});

describe('http: text of bytes', () => {
  const latin1 = Buffer.from('Zoë', 'latin1');
  const utf8 = Buffer.from('Zoë');
  const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const mark = (hex: string, text: Buffer): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), text]);
  const swapped = Buffer.from('Zoë', 'utf16le').swap16();
  const markup = (start: string, text: Buffer): Buffer => Buffer.concat([Buffer.from(start), text]);

  for (const [what, bytes, type, text, charset, namedBy, problem] of [
    ['UTF-8 by header', utf8, 'text/plain; charset=utf-8', 'Zoë', 'utf-8', 'header', undefined],
    ['Latin-1 by header', latin1, 'text/plain; charset=ISO-8859-1', 'Zoë', 'windows-1252', 'header', undefined],
    ['Windows-1251 by header', cyrillic, 'text/plain; charset=cp1251', 'Привет', 'windows-1251', 'header', undefined],
    ['a BOM against the header', mark('efbbbf', utf8), 'text/plain; charset=latin1', 'Zoë', 'utf-8', 'bom', undefined],
    ['UTF-16LE by BOM', mark('fffe', Buffer.from('Zoë', 'utf16le')), undefined, 'Zoë', 'utf-16le', 'bom', undefined],
    ['UTF-16BE by BOM', mark('feff', swapped), undefined, 'Zoë', 'utf-16be', 'bom', undefined],
    ['nobody, UTF-8', utf8, 'text/plain', 'Zoë', 'utf-8', 'nobody', undefined],
    ['nobody, not UTF-8', latin1, undefined, 'Zoë', 'windows-1252', 'nobody', undefined],
    ['JSON without charset', utf8, 'application/json', 'Zoë', 'utf-8', 'nobody', undefined],
    [
      'an unknown name, UTF-8',
      utf8,
      'text/plain; charset=x-odd',
      'Zoë',
      'utf-8',
      'nobody',
      { code: 'unknown-charset', named: 'x-odd' },
    ],
    [
      'an unknown name, not UTF-8',
      latin1,
      'text/plain; charset=x-odd',
      'Zoë',
      'windows-1252',
      'nobody',
      { code: 'unknown-charset', named: 'x-odd' },
    ],
    [
      'bytes that are not what the header says',
      latin1,
      'text/plain; charset=utf-8',
      'Zo\ufffd!',
      'utf-8',
      'header',
      { code: 'invalid-bytes' },
    ],
    [
      'a replacement character that was sent',
      Buffer.from('a\ufffdb'),
      'text/plain; charset=utf-8',
      'a\ufffdb',
      'utf-8',
      'header',
      undefined,
    ],
    [
      'XML that declares',
      markup('<?xml version="1.0" encoding="windows-1251"?>', cyrillic),
      'application/xml',
      '<?xml version="1.0" encoding="windows-1251"?>Привет',
      'windows-1251',
      'document',
      undefined,
    ],
    [
      'HTML that declares',
      markup('<!doctype html><meta charset=windows-1251>', cyrillic),
      'text/html',
      '<!doctype html><meta charset=windows-1251>Привет',
      'windows-1251',
      'document',
      undefined,
    ],
    [
      'HTML that declares by http-equiv',
      markup('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', cyrillic),
      undefined,
      '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Привет',
      'windows-1251',
      'document',
      undefined,
    ],
    [
      'a header against what is declared',
      markup('<meta charset=windows-1251>', utf8),
      'text/html; charset=utf-8',
      '<meta charset=windows-1251>Zoë',
      'utf-8',
      'header',
      undefined,
    ],
    [
      'HTML that declares UTF-16 and is not',
      markup('<meta charset=utf-16>', utf8),
      'text/html',
      '<meta charset=utf-16>Zoë',
      'utf-8',
      'document',
      undefined,
    ],
    [
      'JSON that looks as if it declared',
      markup('"<meta charset=koi8-r>"', utf8),
      'application/json',
      '"<meta charset=koi8-r>"Zoë',
      'utf-8',
      'nobody',
      undefined,
    ],
    [
      'a character cut off at the end',
      utf8.subarray(0, 3),
      'text/plain; charset=utf-8',
      'Zo',
      'utf-8',
      'header',
      undefined,
    ],
    [
      'a character cut off at the end, nobody',
      Buffer.from('Zoë €').subarray(0, 7),
      undefined,
      'Zoë ',
      'utf-8',
      'nobody',
      undefined,
    ],
    ['no bytes', Buffer.alloc(0), undefined, '', 'utf-8', 'nobody', undefined],
  ] as const) {
    it(`reads ${what}`, () => {
      const given = what.startsWith('bytes that') ? Buffer.concat([bytes, Buffer.from('!')]) : bytes;
      const decoded = decodeText(given, type);
      assert.deepEqual(decoded, { text, charset, namedBy, ...(problem ? { problem } : {}) });
    });
  }

  it('reads any bytes under any name without throwing, and all that is UTF-8 as such', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.string(),
        (bytes, name) => void decodeText(bytes, `text/html; charset="${name}"`),
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\ufeff'));
        assert.equal(decodeText(Buffer.from(text), 'text/plain').text, text);
      }),
    );
  });
});
