import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { searchFor } from '../../rig/leakSearch';
import { describeFinding } from '../../rig/secrets';

// Not made by `newSecret`: what is planted here on purpose must not count as a leak of this very run.
const letters = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('');
const token = `tk_${letters(29)}`;
const password = `p"${letters(10)}\\ &<+%/'=?#!(*)~${letters(10)}`;
const accented = `pä${letters(10)}€${letters(10)}ÿ`;

/** The forms in which a secret is found in a text, in alphabetical order. */
const formsIn = (text: string | Buffer, value: string): string[] => {
  const place = { name: 'here', text: typeof text === 'string' ? text : text.toString('latin1') };
  return searchFor([place], [{ label: 'it', value }])
    .map(({ form }) => form)
    .sort();
};

const base64 = (text: string | Buffer): string => Buffer.from(text as string).toString('base64');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const percent = encodeURIComponent(password);

describe('the search for leaks', () => {
  const found: readonly (readonly [what: string, text: string, value: string, form: string])[] = [
    ['a token as it is', `Authorization: Bearer ${token}\n`, token, 'raw'],
    ['a token at the very end', `x${token}`, token, 'raw'],
    ['a token at the very beginning', `${token}x`, token, 'raw'],
    ['a token alone', token, token, 'raw'],
    ['a token between letters', `zz${token}zz`, token, 'raw'],
    ['a token after a false start', `${token.slice(0, 5)}${token}`, token, 'raw'],
    ['a password as it is', `{"a":1} ${password}`, password, 'raw'],
    ['the first half of a token', `${token.slice(0, 16)}…`, token, 'part'],
    ['the second half of a token', `…${token.slice(16)}`, token, 'part'],
    ['a token cut by a line end', `${token.slice(0, 20)}\n${token.slice(20)}`, token, 'part'],
    ['a query value', `/x?key=${percent}&y`, password, 'percent-encoded'],
    [
      'a query value in small letters',
      percent.replace(/%../g, (code) => code.toLowerCase()),
      password,
      'percent-encoded',
    ],
    ['a form value', new URLSearchParams({ password }).toString(), password, 'percent-encoded'],
    [
      'a URL that escapes !()* too',
      percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
      password,
      'percent-encoded',
    ],
    ['a path segment', encodeURI(password), password, 'percent-encoded'],
    ['a user name in a URL', new URL(`http://${encodeURIComponent(accented)}:x@h/`).href, accented, 'percent-encoded'],
    ['a URL inside a URL', encodeURIComponent(`/x?key=${percent}`), password, 'percent-encoded twice'],
    ['base64', base64(password), password, 'base64'],
    ['base64 without padding', base64(password).replace(/=+$/, ''), password, 'base64'],
    ['base64url', Buffer.from(password).toString('base64url'), password, 'base64'],
    ['base64 behind one byte', base64(`u${password}`), password, 'base64'],
    ['base64 behind two bytes', base64(`u:${password}`), password, 'base64'],
    ['base64 behind a name', base64(`ada@example.com:${token}`), token, 'base64'],
    ['base64 in the middle of something', base64(`{"token":"${token}","more":1}`), token, 'base64'],
    [
      'base64 of a Basic credential in Latin-1',
      base64(Buffer.from('u:geheim-äöü-wort', 'latin1')),
      'geheim-äöü-wort',
      'base64',
    ],
    ['JSON', `{"echo":"${json(password)}"}`, password, 'JSON-escaped'],
    [
      'JSON that is all ASCII',
      `"p\\u00e4${accented.slice(2, 12)}\\u20ac${accented.slice(13, 23)}\\u00ff"`,
      accented,
      'JSON-escaped',
    ],
    ['JSON that escapes the slash', json(password).replaceAll('/', '\\/'), password, 'JSON-escaped'],
    ['JSON inside JSON', JSON.stringify(JSON.stringify({ echo: password })), password, 'JSON-escaped twice'],
    [
      'HTML',
      `<p title="${password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}">`,
      password,
      'HTML-escaped',
    ],
    [
      'HTML with the apostrophe',
      password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
      password,
      'HTML-escaped',
    ],
    ['hexadecimal digits', Buffer.from(token).toString('hex'), token, 'hexadecimal'],
    ['hexadecimal digits in capitals', Buffer.from(token).toString('hex').toUpperCase(), token, 'hexadecimal'],
    ['UTF-16', Buffer.from(token, 'utf16le').toString('latin1'), token, 'UTF-16'],
    ['letters outside ASCII', `say ${accented}!`, accented, 'raw'],
  ];
  for (const [what, text, value, form] of found) {
    it(`finds ${what}`, () => {
      const forms = formsIn(text, value);
      assert.ok(forms.includes(form), `found as: ${forms.join(', ') || 'nothing'}`);
    });
  }

  const missed: readonly (readonly [what: string, text: string, value: string])[] = [
    ['nothing', '', token],
    ['the mask', `Bearer ••••${token.slice(-4)}`, token],
    ['fifteen letters of a token', token.slice(0, 15), token],
    ['a token but for its last letter', `${letters(3)}${token.slice(1, 16)}${letters(3)}`, token],
    ['another token', `tk_${letters(29)}`, token],
    ['the letters in another order', [...token].reverse().join(''), token],
    ['a token in capitals', token.toUpperCase(), token],
    ['a word in the base64 of something else', base64(`user:${letters(29)}`), token],
    ['a secret too short to be sure', 'abcde abcde', 'abcde'],
  ];
  for (const [what, text, value] of missed) {
    it(`does not take ${what} for a secret`, () => assert.deepEqual(formsIn(text, value), []));
  }

  it('says nothing of a part where the whole was found', () => {
    assert.deepEqual(formsIn(`${token} and ${token.slice(0, 16)}`, token), ['raw']);
  });

  it('reports one finding for each place, secret and form', () => {
    const places = ['a', 'b'].map((name) => ({ name, text: `${token} ${token} ${base64(token)}` }));
    const findings = searchFor(places, [{ label: 'it', value: token }]);
    assert.deepEqual(
      findings.map(({ place, form }) => `${place} ${form}`),
      ['a raw', 'a base64', 'b raw', 'b base64'],
    );
  });

  it('tells several secrets apart, also where one begins like another', () => {
    const longer = `${token}more`;
    const known = [
      { label: 'short', value: token },
      { label: 'long', value: longer },
    ];
    const whole = (text: string): string[] =>
      searchFor([{ name: 'here', text }], known)
        .filter(({ form }) => form === 'raw')
        .map(({ secret }) => secret)
        .sort();
    assert.deepEqual(whole(`x ${token}!`), ['short']);
    assert.deepEqual(whole(`x ${longer}!`), ['long', 'short']);
  });

  it('never shows a secret in what it reports, whole or cut', () => {
    const other = `tk_${letters(29)}`;
    const known = [token, other].map((value, index) => ({ label: `number ${index + 1}`, value }));
    const text = `${letters(60)} ${other} ${token} ${base64(`u:${token}`)} ${other} ${letters(60)}`;
    const findings = searchFor([{ name: 'here', text }], known);
    assert.ok(findings.length >= 3);
    for (const line of findings.map(describeFinding)) {
      for (const value of [token, other]) {
        for (let at = 0; at + 8 <= value.length; at++) assert.ok(!line.includes(value.slice(at, at + 8)), line);
      }
      assert.match(line, /<SECRET>/);
    }
  });

  it('searches nothing when there are no secrets', () => {
    assert.deepEqual(searchFor([{ name: 'here', text: token }], []), []);
  });

  describe('on disk', () => {
    let folder = '';
    const at = (...names: readonly string[]): string => join(folder, ...names);
    const search = (path: string, allowed: readonly string[] = []): string[] =>
      searchFor([{ path }], [{ label: 'it', value: token }], allowed).map(({ form, place }) =>
        `${form} in ${place}`.replaceAll(folder, ''),
      );
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'latchkey-leaks-'));
      mkdirSync(at('deep', 'deeper'), { recursive: true });
      writeFileSync(at('deep', 'deeper', 'state.json'), `{"token":"${token}"}`);
      writeFileSync(at('clean.txt'), letters(100));
      mkdirSync(at('named'));
      writeFileSync(at('named', `${token}.log`), '');
      // Longer than what is read at once, with the token across the border.
      const large = Buffer.alloc(9 * 1024 * 1024, 'x');
      large.write(token, 4 * 1024 * 1024 - 10);
      writeFileSync(at('large.bin'), large);
      large.fill('x');
      large.write(token, large.length - token.length);
      writeFileSync(at('end.bin'), large);
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('reads files below a folder', () => assert.deepEqual(search(at('deep')), ['raw in /deep/deeper/state.json']));
    it('reads the names of files', () => {
      assert.deepEqual(search(at('named')), [`raw in the name /named/${token}.log`]);
    });
    it('finds what lies across the border of two reads', () => {
      assert.deepEqual(search(at('large.bin')), ['raw in /large.bin']);
    });
    it('reads a large file to its end', () => assert.deepEqual(search(at('end.bin')), ['raw in /end.bin']));
    it('finds nothing in a clean file', () => assert.deepEqual(search(at('clean.txt')), []));
    it('leaves out what may hold secrets, and nothing that only begins like it', () => {
      assert.deepEqual(search(at('deep'), [at('deep')]), []);
      assert.deepEqual(search(at('deep'), [at('deep', 'deeper', 'state.json')]), []);
      assert.deepEqual(search(at('deep'), [at('de')]), ['raw in /deep/deeper/state.json']);
    });
    it('takes a path that is not there for empty', () => assert.deepEqual(search(at('gone')), []));
  });
});
