import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { readPasted, type Expected, type Pasted } from '../../../src/core/auth/paste';
import { pasteQuestionMessage, pasteRefusalMessage, repairMessage } from '../../../src/core/auth/words';
import { newSecret } from '../../rig/secrets';

const bearer: Expected = { scheme: 'bearer', field: 'token' };
const password: Expected = { scheme: 'basic', field: 'password', settings: { username: 'jane' } };
const header: Expected = { scheme: 'apiKey', field: 'key', settings: { in: 'header', name: 'X-Api-Key' } };
const query: Expected = { scheme: 'apiKey', field: 'key', settings: { in: 'query', name: 'api_key' } };
const cookie: Expected = { scheme: 'apiKey', field: 'key', settings: { in: 'cookie', name: 'session' } };
const authorization: Expected = { scheme: 'apiKey', field: 'key', settings: { in: 'header', name: 'Authorization' } };

/** What was done, in one line. */
function told({ repairs, refusal, question }: Pasted): string {
  return [
    ...repairs.map((repair) => (repair.code === 'prefix' ? `prefix ${repair.text}` : repair.code)),
    ...(refusal
      ? [`refused: ${refusal.code}${'position' in refusal ? ` ${refusal.position} ${refusal.codePoint}` : ''}`]
      : []),
    ...(question ? [`asked: ${question.code}`] : []),
  ].join(', ');
}

const token = newSecret('token');
const secret = newSecret('key');
const pass = newSecret('password');

describe('what was pasted is put right', () => {
  const table: readonly (readonly [text: string, expected: Expected, value: string, told: string])[] = [
    [token, bearer, token, ''],
    [`Bearer ${token}`, bearer, token, 'prefix Bearer'],
    [`bearer   ${token}`, bearer, token, 'prefix bearer'],
    [`Bearer Bearer ${token}`, bearer, token, 'prefix Bearer'],
    [`Bearer: ${token}`, bearer, token, 'prefix Bearer:'],
    [`Authorization: Bearer ${token}`, bearer, token, 'prefix Authorization:, prefix Bearer'],
    [`authorization:bearer ${token}\r\n`, bearer, token, 'line-ends, prefix authorization:, prefix bearer'],
    [`Authorization: token ${token}`, bearer, token, 'prefix Authorization:, prefix token'],
    [`  ${token}\t`, bearer, token, 'white-space'],
    [`${token}\n`, bearer, token, 'line-ends'],
    [`\ufeff${token}\u00a0`, bearer, token, 'white-space'],
    [`"${token}"`, bearer, token, 'quotes'],
    [`'${token}'`, bearer, token, 'quotes'],
    [`\`${token}\``, bearer, token, 'quotes'],
    [`“${token}”`, bearer, token, 'quotes'],
    [`\\"${token}\\"`, bearer, token, 'quotes'],
    [`"${token}",`, bearer, token, 'trailing-punctuation, quotes'],
    [`'${token}';`, bearer, token, 'trailing-punctuation, quotes'],
    [`"Bearer ${token}"`, bearer, token, 'quotes, prefix Bearer'],
    [
      `"Authorization": "Bearer ${token}",`,
      bearer,
      token,
      'prefix "Authorization":, trailing-punctuation, quotes, prefix Bearer',
    ],
    [`"access_token": "${token}",`, bearer, token, 'prefix "access_token":, trailing-punctuation, quotes'],
    [`{"token_type":"Bearer","access_token":"${token}"}`, bearer, token, 'json'],
    [`export API_TOKEN="${token}"`, bearer, token, 'prefix export API_TOKEN=, quotes'],
    [`API_TOKEN=${token}`, bearer, token, 'prefix API_TOKEN='],
    [
      `curl https://a.example -H 'Accept: */*' -H 'Authorization: Bearer ${token}' -d x`,
      bearer,
      token,
      'curl, prefix Authorization:, prefix Bearer',
    ],
    [
      `curl -X POST \\\n --header "authorization: Bearer ${token}" \\\n https://a.example`,
      bearer,
      token,
      'curl, prefix authorization:, prefix Bearer',
    ],
    [secret, header, secret, ''],
    [`X-Api-Key: ${secret}`, header, secret, 'prefix X-Api-Key:'],
    [`x-api-key:${secret}\n`, header, secret, 'line-ends, prefix x-api-key:'],
    [`"X-Api-Key": "${secret}"`, header, secret, 'prefix "X-Api-Key":, quotes'],
    [`curl a.example -H "X-API-KEY: ${secret}"`, header, secret, 'curl, prefix X-API-KEY:'],
    [`api_key=${secret}`, query, secret, 'prefix api_key='],
    [`?page=1&api_key=${secret}&x=2#y`, query, secret, 'prefix api_key='],
    [`https://a.example/p?api_key=${secret}&x=2`, query, secret, 'prefix api_key='],
    ['api_key=a%2Fb%2Bc+d0123', query, 'a/b+c+d0123', 'prefix api_key=, percent-decoded'],
    [`session=${secret}`, cookie, secret, 'prefix session='],
    [`Cookie: a=1; session=${secret}; b=2`, cookie, secret, 'prefix session='],
    [`Token ${secret}`, authorization, `Token ${secret}`, ''],
    [`Authorization: Token ${secret}`, authorization, `Token ${secret}`, 'prefix Authorization:'],
    [`${secret}==`, header, `${secret}==`, ''],
    [`KEY=${secret}=`, header, `${secret}=`, 'prefix KEY='],
    [pass, password, pass, ''],
    [`${pass}\r\n`, password, pass, 'line-ends'],
    ['pässwörd 🔑 of mine', password, 'pässwörd 🔑 of mine', ''],
    ['Bearer of bad news', password, 'Bearer of bad news', ''],
    ['a:b:c', password, 'a:b:c', ''],
    ['Basic instinct', password, 'Basic instinct', ''],
    [`Basic ${Buffer.from(`joe:${pass}`).toString('base64')}`, password, pass, 'user-and-password'],
    [
      `Authorization: Basic ${Buffer.from(`joe:${pass}`).toString('base64')}\n`,
      password,
      pass,
      'line-ends, user-and-password',
    ],
    [
      `curl -u 'joe:${pass.replaceAll("'", '')}' https://a.example`,
      password,
      pass.replaceAll("'", ''),
      'curl, user-and-password',
    ],
  ];
  table.forEach(([text, expected, value, line], index) => {
    it(`${index + 1}: ${line || 'as it is'} (${expected.scheme})`, () => {
      const read = readPasted(text, expected);
      assert.equal(told(read), line);
      assert.ok(read.value === value, 'the value is another');
      const said = read.repairs.map(repairMessage).join();
      assert.ok(![token, secret, pass].some((one) => said.includes(one)));
    });
  });

  it('gives the user name of a Basic header beside the password', () => {
    const encoded = Buffer.from(`jöe:${pass}`).toString('base64');
    assert.deepEqual(readPasted(`Basic ${encoded}`, password).parts, { username: 'jöe' });
    assert.equal(readPasted(pass, password).parts, undefined);
  });
});

describe('what no credential can have is refused, named by its position', () => {
  const table: readonly (readonly [text: string, expected: Expected, told: string])[] = [
    ['', bearer, 'refused: empty'],
    [' \n', bearer, 'white-space, refused: empty'],
    ['""', header, 'quotes, refused: empty'],
    ['\n', password, 'line-ends, refused: empty'],
    ['abc\u200bdef', bearer, 'refused: invisible-character 4 U+200B'],
    ['abcdef\u200b', bearer, 'refused: invisible-character 7 U+200B'],
    ['\u200babcdef', bearer, 'refused: invisible-character 1 U+200B'],
    ['Bearer abc\u200bdef', bearer, 'prefix Bearer, refused: invisible-character 11 U+200B'],
    ['abc\u00addef', header, 'refused: invisible-character 4 U+00AD'],
    ['abc\u00a0def', header, 'refused: invisible-character 4 U+00A0'],
    ['abc\tdef', header, 'refused: invisible-character 4 U+0009'],
    ['abc\u0000def', header, 'refused: invisible-character 4 U+0000'],
    ['abc\u202edef', bearer, 'refused: invisible-character 4 U+202E'],
    ['ab–cd', bearer, 'refused: non-ascii 3 U+2013'],
    ['аbcdef', bearer, 'refused: non-ascii 1 U+0430'],
    ['🔑abcédef', bearer, 'refused: non-ascii 1 U+1F511'],
    ['abc\ndef', bearer, 'refused: line-break-inside 4 U+000A'],
    ['abc\r\ndef', header, 'refused: line-break-inside 4 U+000D'],
    ['abc\ndef', password, 'refused: line-break-inside 4 U+000A'],
    ['abc\u0007def', password, 'refused: invisible-character 4 U+0007'],
    ['Basic am9lOnB3', bearer, 'refused: other-scheme, asked: space-inside'],
    ['Authorization: Digest username="x"', bearer, 'prefix Authorization:, refused: other-scheme, asked: space-inside'],
  ];
  for (const [text, expected, line] of table) {
    it(`${JSON.stringify(text)} for ${expected.field}: ${line}`, () => {
      const read = readPasted(text, expected);
      assert.equal(told(read), line);
      assert.ok(read.refusal && pasteRefusalMessage(read.refusal).length > 0);
    });
  }

  const names: readonly (readonly [text: string, name: string])[] = [
    ['a\u200b', 'ZERO WIDTH SPACE'],
    ['a\u2060', 'WORD JOINER'],
    ['аb', 'Cyrillic letter'],
    ['αb', 'Greek letter'],
    ['😀b', 'emoji'],
    ['Ａb', 'full-width character'],
    ['éb', 'letter'],
    ['\u{e0041}b', 'invisible character'],
  ];
  for (const [text, name] of names) {
    it(`calls ${JSON.stringify(text)} ${name}`, () => {
      const { refusal } = readPasted(text, bearer);
      assert.ok(refusal && 'name' in refusal);
      assert.equal(refusal.name, name);
      assert.ok(pasteRefusalMessage(refusal).includes(name));
    });
  }
});

describe('what is most likely a mistake is asked about', () => {
  const placeholders = [
    '<your token here>',
    '<TOKEN>',
    'YOUR_API_KEY',
    'your-token',
    'YOUR_SENDGRID_API_KEY_HERE',
    'my_token',
    'INSERT_TOKEN_HERE',
    'token-goes-here',
    'xxx',
    'XXXXXXXX-XXXX-XXXX',
    'sk_test_...',
    'sk_live_xxxxxxxxxxxx',
    'ghp_****abcd',
    '{{token}}',
    '{token}',
    '${TOKEN}',
    '$TOKEN',
    '$(TOKEN)',
    '%TOKEN%',
    'process.env.TOKEN',
    'undefined',
    'null',
    'None',
    '[object Object]',
    '[REDACTED]',
    'changeme',
    'Bearer',
    'Bearer undefined',
    'Bearer {{token}}',
    '"<token>"',
    '...',
    'token',
    'API KEY',
    'example',
  ];
  for (const text of placeholders) {
    it(`${text} is a placeholder for a token and a key`, () => {
      for (const expected of [bearer, header]) {
        const { question, refusal } = readPasted(text, expected);
        // "Bearer undefined" is a placeholder behind a word that only a bearer token has.
        if (expected === header && text.startsWith('Bearer ')) continue;
        assert.deepEqual([question?.code, refusal], ['placeholder', undefined], expected.scheme);
      }
    });
  }
  for (const text of ['sk_test_…', '••••7Qx2']) {
    it(`${text} is a placeholder, and cannot be sent besides`, () => {
      const { question, refusal } = readPasted(text, bearer);
      assert.deepEqual([question?.code, refusal?.code], ['placeholder', 'non-ascii']);
    });
  }
  for (const text of ['{{password}}', '<password>', 'undefined', 'changeme', 'YOUR_PASSWORD', '********']) {
    it(`${text} is a placeholder for a password`, () =>
      assert.equal(readPasted(text, password).question?.code, 'placeholder'));
  }
  for (const text of ['secret', 'password', 'test', 'Tr0ub4dor&3', 'correct horse battery staple', 'my dog']) {
    it(`${text} may be a password`, () => assert.equal(told(readPasted(text, password)), ''));
  }

  const others: readonly (readonly [text: string, expected: Expected, told: string])[] = [
    [' pass', password, 'asked: outer-spaces'],
    ['pass ', password, 'asked: outer-spaces'],
    ['"pass"', password, 'asked: quotes'],
    ['jane:pass', password, 'asked: starts-with-username'],
    ['pa\u200bss', password, 'asked: invisible-character'],
    ['abc def', bearer, 'asked: space-inside'],
    ['Bearer abcdef', header, 'asked: space-inside'],
  ];
  for (const [text, expected, line] of others) {
    it(`${JSON.stringify(text)} for ${expected.field}: ${line}, and is kept`, () => {
      const read = readPasted(text, expected);
      assert.deepEqual([told(read), read.value], [line, text]);
      assert.ok(read.question && pasteQuestionMessage(read.question).length > 0);
    });
  }
});

describe('any text', () => {
  const everything = [bearer, password, header, query, cookie, authorization];
  const pieces = fc.constantFrom(
    'Bearer ',
    'Authorization: ',
    '"',
    "'",
    '\\',
    '{',
    '}',
    ' ',
    '\n',
    ',',
    'curl ',
    '-H ',
    '\u200b',
    'é',
    'abc',
    '=',
    ':',
    '&',
    '?',
    'api_key',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((all) => all.join('')),
  );

  it('never throws, is words for everything, and what is taken can stand in a header', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...everything), (text, expected) => {
        const read = readPasted(text, expected);
        for (const repair of read.repairs) assert.ok(repairMessage(repair));
        if (read.question) assert.ok(pasteQuestionMessage(read.question));
        if (read.refusal) assert.ok(pasteRefusalMessage(read.refusal));
        else if (expected !== password) assert.match(read.value, /^[ -~]+$/);
        else assert.doesNotMatch(read.value, /[\r\n\0]/);
      }),
      { numRuns: 1000 },
    );
  }).timeout(60_000);

  it('random tokens and keys are taken as they are', () => {
    const random = fc.string({
      minLength: 20,
      maxLength: 60,
      unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwyz0123456789-_./+'),
    });
    fc.assert(
      fc.property(random, fc.constantFrom(bearer, header), (text, expected) => {
        fc.pre(!/^(?:your|my)|here$|\.{3}|^an?[-_]|^process/i.test(text));
        const read = readPasted(text, expected);
        assert.ok(read.value === text && read.repairs.length === 0 && !read.refusal && !read.question);
      }),
      { numRuns: 2000 },
    );
  }).timeout(60_000);

  it('a refused position is where the character stands', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (before, after) => {
        const text = `${before}\u200b${after}`;
        const { refusal } = readPasted(text, bearer);
        if (refusal?.code !== 'invisible-character') return;
        const character = Array.from(text)[refusal.position - 1] ?? '';
        assert.equal(
          `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
          refusal.codePoint,
        );
      }),
    );
  }).timeout(60_000);

  it('a long text of anything ends', () => {
    for (const piece of [
      '"',
      ' ',
      '\\',
      '\n',
      'Bearer ',
      'curl -H "',
      '{"a":',
      'X=',
      'api_key=&',
      '\u200b',
      'xX',
      '.',
    ]) {
      const text = piece.repeat(200_000 / piece.length);
      for (const expected of everything) readPasted(text, expected);
    }
  }).timeout(60_000);
});
