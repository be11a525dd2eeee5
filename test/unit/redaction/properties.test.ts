import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import type { SecretUse } from '../../../src/core/auth/scheme';
import { containsForm, secretForms } from '../../../src/core/http/secretForms';
import { createRedactor } from '../../../src/core/redaction/redact';

/*
 * Whatever the secret, and in whatever form it stands in a text: nothing of it is left. The forms are made here by hand,
 * by the means of Node and the web, so that the test does not ask the code under test what to look for.
 */

const use = (value: string): SecretUse => ({
  service: 's',
  field: 'token',
  value,
  wire: `Bearer ${value}`,
  placement: { in: 'header', name: 'Authorization' },
});

const nameOf = (): string => 'Service';

type Form = (secret: string, random: string) => string;
const forms: Readonly<Record<string, Form>> = {
  raw: (secret) => secret,
  component: (secret) => encodeURIComponent(secret),
  lowerCase: (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  search: (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  twice: (secret) => encodeURIComponent(encodeURIComponent(secret)),
  json: (secret) => JSON.stringify(secret).slice(1, -1),
  jsonInJson: (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  html: (secret) => secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  urlQuery: (secret) => new URL(`https://a.example/?a=${secret.replace(/[#&%\s]/g, encodeURIComponent)}`).search,
};

/** Letters of all sorts, but none that make two forms of a secret differ by chance alone. */
const secrets = fc
  .string({
    unit: fc.constantFrom(
      ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/=%&<>"\'\\ !?#:;,@äéß€日🔑',
    ),
    minLength: 8,
    maxLength: 60,
  })
  .filter((secret) => new Set(secret).size >= 6);

const around = fc.string({ maxLength: 30, unit: fc.constantFrom(...' .,:;\n"{}[]()<>ab') });

const decodable = (text: string): string[] => {
  const found = [text];
  try {
    found.push(decodeURIComponent(text));
  } catch {
    // Not percent-encoded.
  }
  return found;
};

describe('redaction, whatever the secret', () => {
  for (const [name, form] of Object.entries(forms)) {
    it(`leaves nothing of its ${name} form in texts, URLs and bodies`, () => {
      fc.assert(
        fc.property(secrets, around, around, (secret, before, after) => {
          const redactor = createRedactor([use(secret)], nameOf);
          const text = `${before}${form(secret, before)}${after}`;
          for (const result of [
            redactor.text(text),
            Buffer.from(redactor.value({ body: Buffer.from(text) }).body).toString(),
          ]) {
            assert.ok(!containsForm(result, secretForms(secret)), 'a form is left');
            for (const read of decodable(result)) assert.ok(!read.includes(secret), 'it can be decoded');
            assert.ok(result.includes('•'));
          }
        }),
        { numRuns: 200 },
      );
    }).timeout(60_000);
  }

  it('leaves nothing of it inside the base64 of anything longer', () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        const redactor = createRedactor([use(secret)], nameOf);
        const result = redactor.text(Buffer.from(before + secret + after).toString('base64'));
        assert.ok(result.includes('•'));
        // What is left on both sides does not reach into the secret by more than the group it begins in.
        const left = result.split('•').map((part) => Buffer.from(part, 'base64').toString('latin1'));
        assert.ok(!left.some((part) => part.includes(secret.slice(1, -1))));
      }),
      { numRuns: 300 },
    );
  }).timeout(60_000);

  it('leaves nothing where several secrets stand side by side and overlap', () => {
    const few = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 8 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(few, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 }), (values, noise) => {
        const redactor = createRedactor(values.map(use), nameOf);
        const result = redactor.text(noise + values.join('') + noise);
        for (const value of values) assert.ok(!result.includes(value));
      }),
      { numRuns: 1000 },
    );
  }).timeout(60_000);

  it('changes nothing in a text without secrets', () => {
    fc.assert(
      fc.property(secrets, fc.string({ unit: 'grapheme' }), (secret, text) => {
        fc.pre(!containsForm(text, secretForms(secret)) && !/[=@]/.test(text));
        assert.equal(createRedactor([use(secret)], nameOf).text(text), text);
      }),
    );
  }).timeout(60_000);
});

describe('the filter for files', () => {
  /** The text through the filter, in pieces cut at these places. */
  function filtered(values: readonly string[], bytes: Uint8Array, cuts: readonly number[]): Uint8Array {
    const filter = createRedactor(values.map(use), nameOf).byteFilter();
    const places = [...cuts.map((cut) => cut % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
    const parts = places.slice(1).map((end, index) => filter.write(bytes.slice(places[index], end)));
    return Buffer.concat([...parts, filter.end()]);
  }

  it('gives the same for every way of cutting, and that is what the whole gives', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 3 }),
        fc.array(fc.oneof(value, around), { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (values, pieces, cuts) => {
          const bytes = Buffer.from(pieces.join('') + values.join(''));
          const whole = createRedactor(values.map(use), nameOf).value({ bytes }).bytes;
          const piecewise = filtered(values, bytes, cuts);
          for (const secret of values) assert.ok(!Buffer.from(piecewise).toString().includes(secret));
          // Where two different secrets overlap across a cut, the first one's mask is out already.
          if (values.length === 1) assert.equal(Buffer.from(piecewise).toString(), Buffer.from(whole).toString());
        },
      ),
      { numRuns: 1000 },
    );
  }).timeout(60_000);

  it('masks every occurrence in a long stream, wherever it is cut', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 20 });
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 200, maxLength: 400 });
    fc.assert(
      fc.property(value, gaps, fc.array(fc.nat(), { maxLength: 100 }), (secret, spaces, cuts) => {
        const text = spaces.map((length) => '-'.repeat(length) + secret).join('');
        const expected = createRedactor([use(secret)], nameOf).value({ bytes: Buffer.from(text) }).bytes;
        const given = filtered([secret], Buffer.from(text), cuts);
        assert.equal(Buffer.from(given).toString(), Buffer.from(expected).toString());
        assert.doesNotMatch(Buffer.from(given).toString(), /[abc]{5}/);
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('gives every byte of a stream without secrets, byte by byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const cuts = Array.from({ length: bytes.length }, (_, index) => index);
        assert.deepEqual(Buffer.from(filtered(['some secret value'], bytes, cuts)), Buffer.from(bytes));
      }),
    );
  }).timeout(60_000);

  it('gives out early: a long stream is not held back', () => {
    const filter = createRedactor([use('some secret value')], nameOf).byteFilter();
    assert.ok(filter.write(new Uint8Array(1_000_000)).length > 990_000);
  });

  it('without secrets passes everything on at once', () => {
    const filter = createRedactor([], nameOf).byteFilter();
    assert.equal(filter.write(new Uint8Array(10)).length, 10);
    assert.equal(filter.end().length, 0);
  });
});

describe('bodies of megabytes', () => {
  const megabytes = 4_000_000;
  const secret = 'aaaaaaaaaaaaaaaaaaaaaaaa';
  const texts: readonly (readonly [what: string, piece: string])[] = [
    ['noise', 'The quick brown fox. '],
    ['the secret’s own letter', 'a'],
    ['backslashes', '\\'],
    ['quotes', '"'],
    ['members without an end', '"password":"'],
    ['escaped members', '\\"token\\":\\"'],
    ['questions', '?'],
    ['parameters', '&token='],
    ['slashes', '//'],
    ['semicolons and spaces', '; '],
    ['secrets', `${secret}b`],
  ];
  for (const [what, piece] of texts) {
    it(`of ${what} end`, () => {
      const bytes = Buffer.from(piece.repeat(megabytes / piece.length));
      const redactor = createRedactor([use(secret), use('another-secret')], nameOf);
      const result = redactor.value({ bytes }).bytes;
      assert.ok(!Buffer.from(result).includes(secret));
      redactor.text(bytes.toString().slice(0, 1_000_000));
    }).timeout(60_000);
  }
});
