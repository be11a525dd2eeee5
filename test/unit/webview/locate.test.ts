import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { locate } from '../../../src/webview/pure/locate';

describe('locating evidence in a body', () => {
  const finds = (text: string, quoted: string, expected: string | undefined) =>
    it(`${JSON.stringify(quoted)} in ${JSON.stringify(text)}`, () => {
      const found = locate(text, quoted);
      assert.equal(found && text.slice(found.from, found.to), expected);
    });

  finds('{"message": "expired"}', 'expired', 'expired');
  finds('{"message": "expired"}', ' expired\n', 'expired');
  finds('{"message": "say \\"no\\""}', 'say "no"', 'say \\"no\\"');
  finds('{"url": "https:\\/\\/a.test\\/"}', 'https://a.test/', 'https:\\/\\/a.test\\/');
  finds('{"a": "line\\nline"}', 'line\nline', 'line\\nline');
  finds('<p>a &lt; b &amp; c</p>', 'a < b & c', 'a &lt; b &amp; c');
  finds('<p title="&quot;x&quot;">', '"x"', '&quot;x&quot;');
  finds('Token EXPIRED', 'token expired', 'Token EXPIRED');
  finds('abc', 'abd', undefined);
  finds('abc', '', undefined);
  finds('abc', '  ', undefined);
  finds('İİİ expired', 'EXPIRED', undefined);

  it('finds whatever a JSON text has in it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        fc.pre(value.trim() !== '');
        const text = JSON.stringify({ message: value });
        const found = locate(text, value);
        return found !== undefined && found.from >= 0 && found.to <= text.length && found.from < found.to;
      }),
    );
  });
});
