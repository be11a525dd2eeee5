import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SecretUse } from '../../../src/core/auth/scheme';
import { createRedactor, splitAtMarks } from '../../../src/core/redaction/redact';
import { newSecret } from '../../rig/secrets';

const token = newSecret('token');
const mask = `••••${token.slice(-4)}`;
const names = (id: string) => (id === 'sendgrid' ? 'SendGrid' : undefined);

function use(value: string, more: Partial<SecretUse> = {}): SecretUse {
  const placement = { in: 'header', name: 'Authorization' } as const;
  return { service: 'sendgrid', field: 'token', value, wire: `Bearer ${value}`, placement, ...more };
}

describe('masks and marks', () => {
  it('says whose secret a mask stands for, the longest first', () => {
    const short = newSecret('key').slice(0, 8);
    const written = newSecret('token');
    const redactor = createRedactor(
      [
        use(token),
        use(short, { service: 'gone', field: 'key' }),
        use(written, { service: undefined, field: 'bearer' }),
      ],
      names,
    );
    assert.deepEqual(redactor.marks, [
      { mask, secretOf: 'token of service SendGrid' },
      { mask: `••••${written.slice(-4)}`, secretOf: 'bearer, written in the request' },
      { mask: '••••', secretOf: 'key of service gone' },
    ]);
    assert.deepEqual(splitAtMarks(redactor.text(`a ${token} b ${short}`), redactor.marks), [
      { text: 'a ' },
      { text: mask, secretOf: 'token of service SendGrid' },
      { text: ' b ' },
      { text: '••••', secretOf: 'key of service gone' },
    ]);
  });

  it('two secrets that look alike share a mark', () => {
    const marks = createRedactor([use('abcd1234'), use('efgh5678', { field: 'key' })], names).marks;
    assert.deepEqual(marks, [{ mask: '••••', secretOf: 'token of service SendGrid or key of service SendGrid' }]);
  });

  it('a text without marks is one piece, also an empty one', () => {
    assert.deepEqual(splitAtMarks('', []), [{ text: '' }]);
    assert.deepEqual(splitAtMarks('a ••• b', [{ mask: '••••', secretOf: 'x' }]), [{ text: 'a ••• b' }]);
  });

  it('the last characters of one secret are not shown where they are all of another', () => {
    const long = `${newSecret('key')}WXYZ`;
    const redactor = createRedactor([use(long), use('WXYZ', { field: 'pin' })], names);
    assert.equal(redactor.text(`${long} WXYZ`), '•••• ••••');
  });

  it('secrets that overlap leave nothing of either', () => {
    const [a, b] = ['secretABCDEF', 'ABCDEFsecond'];
    const redactor = createRedactor([use(a), use(b)], names);
    assert.equal(redactor.text(`x secretABCDEFsecond y`), 'x •••• y');
    assert.equal(redactor.text(`x ${a}${b} y`), 'x •••••••• y');
  });

  it('a secret that overlaps itself leaves no end of the second', () => {
    const redactor = createRedactor([use('abcabcab')], names);
    assert.equal(redactor.text('x abcabcabcabcab y'), 'x •••• y');
  });

  it('a secret inside another is covered by the larger one', () => {
    const redactor = createRedactor([use('inner-secret'), use('outer-inner-secret-outer')], names);
    assert.ok(!redactor.text('outer-inner-secret-outer').includes('outer'));
  });
});
