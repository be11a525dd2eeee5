import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { containsForm, secretForms } from '../../../src/core/http/secretForms';

const found = (text: string, secret: string): boolean => containsForm(text, secretForms(secret));

/** Ways a secret is written on its way. */
const writers: Readonly<Record<string, (secret: string) => string>> = {
  raw: (s) => s,
  encodeURIComponent: (s) => encodeURIComponent(s),
  'encodeURIComponent in lower case': (s) => encodeURIComponent(s).replace(/%../g, (code) => code.toLowerCase()),
  'encodeURIComponent twice': (s) => encodeURIComponent(encodeURIComponent(s)),
  encodeURI: (s) => encodeURI(s),
  form: (s) => new URLSearchParams({ k: s }).toString(),
  'URL query': (s) => new URL(`http://a/?k=${s.replaceAll('#', '%23')}&end`).search,
  base64: (s) => Buffer.from(s).toString('base64'),
  base64url: (s) => Buffer.from(s).toString('base64url'),
  'base64 in a query': (s) => encodeURIComponent(Buffer.from(s).toString('base64')),
  'Basic, user of 4': (s) => Buffer.from(`user:${s}`).toString('base64'),
  'Basic, user of 5': (s) => Buffer.from(`useri:${s}`).toString('base64'),
  'Basic, user of 6': (s) => Buffer.from(`userid:${s}`).toString('base64'),
  'base64url inside more': (s) => Buffer.from(`{"a":"${s}","b":1}`).toString('base64url'),
  JSON: (s) => JSON.stringify({ k: s }),
  'JSON in JSON': (s) => JSON.stringify(JSON.stringify({ k: s })),
  'JSON with escaped slashes': (s) => JSON.stringify({ k: s }).replaceAll('/', '\\/'),
  'JSON in ASCII': (s) =>
    JSON.stringify(s).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  HTML: (s) =>
    s
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'UTF-8 read as Latin-1': (s) => Buffer.from(s).toString('latin1'),
};

describe('http: the forms of a secret', () => {
  for (const [name, write] of Object.entries(writers)) {
    it(`finds it as ${name}`, () => {
      // Eight characters leave at least seven that are the same in base64 wherever it starts.
      const character = fc.constantFrom(...'abcXYZ019-_.~!*\'()"\\/&<>+%=?#;: äé€😀');
      const secret = fc.array(character, { minLength: 8, maxLength: 40 }).map((all) => all.join(''));
      fc.assert(
        fc.property(secret, (value) => found(`before ${write(value)} after`, value)),
        { numRuns: 300 },
      );
    });
  }

  it('gives the longest first, each once, none of them empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const forms = secretForms(value);
        assert.equal(new Set(forms).size, forms.length);
        assert.deepEqual(
          forms.map((form) => form.length),
          forms.map((form) => form.length).sort((a, b) => b - a),
        );
        assert.ok(!forms.includes(''));
        assert.equal(forms.includes(value), value !== '');
      }),
    );
  });

  it('has no forms of nothing', () => assert.deepEqual(secretForms(''), []));

  for (const value of ['a', 'ab', 'abc', '€']) {
    it(`keeps ${value} and derives nothing shorter than four characters`, () => {
      const forms = secretForms(value);
      assert.equal(forms.at(-1), value);
      assert.ok(
        forms.slice(0, -1).every((form) => form.length >= 4),
        forms.join(' '),
      );
    });
  }

  it('survives half a character', () => assert.ok(found('x\ud800secret-value', '\ud800secret-value')));

  it('does not find what is not there', () => {
    const other = 'Bearer bGtfYWJjZGVmZ2g and lk_abcdefgX';
    assert.equal(found(other, 'lk_zzzzzzzz'), false);
  });

  it('takes a long secret', () =>
    assert.ok(found(Buffer.from(`u:${'k'.repeat(100_000)}`).toString('base64'), 'k'.repeat(100_000))));
});
