import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LineScanner } from '../../../src/core/language/scanner';
import type { Place } from '../../../src/core/language/scanner';

/** What a single line is in this place. */
function kindOf(line: string, place: Place): string {
  return new LineScanner(line).classify(place);
}

function isA(kind: string, place: Place, ...lines: string[]): void {
  for (const line of lines) {
    it(`${place}: ${JSON.stringify(line)} is ${kind}`, () => assert.equal(kindOf(line, place), kind));
  }
}

describe('scanner: kinds of line', () => {
  isA('separator', 'before', '###', '### title', '####', '  ###', '###no space');
  isA('separator', 'headers', '###');
  isA('separator', 'body', '###', '\t### x');
  isA('blank', 'before', '', '   ', '\t', '\u00a0', '\ufeff');
  isA('directive', 'before', '# @name x', '#@name x', '// @name x', '//@service a', '  # @no-auth');
  isA('directive', 'headers', '# @no-redirect');
  isA('comment', 'body', '# @name x', '# c', '// c', '  // c', '//cdn.example.com');
  isA('comment', 'before', '#', '# text', '## text', '// text', '//text', '# @ alone', '## @name x');
  isA('comment', 'headers', '#Authorization: Bearer x', '// X-A: 1');
  isA('comment', 'target', '# &hidden=1', '  // /path');
  isA('variable', 'before', '@a=1', '@a = 1', '  @a = 1', '@a-b.c_1 = x', '@empty =', '@lazy := x');
  isA('variable', 'headers', '@a = 1');
  isA('text', 'body', '@a = 1');
  isA('badVariable', 'before', '@', '@name', '@ = 3', '@na me = 3');
  isA('header', 'headers', 'Accept: a', '  Accept: a', 'no colon', '@nothing', '{{h}}: a', '?a=1');
  isA(
    'request',
    'before',
    'GET /',
    'https://x',
    'localhost',
    '/path',
    '{{base}}/x',
    'HTTP/1.1',
    '?a=1',
    'runner.example',
  );
  isA('query', 'target', '?a=1', '&b=2', '  ?a', '\t&b');
  isA('path', 'target', '  /a', '\t/a');
  isA('header', 'target', '/a', 'Accept: a', '  Accept: a');
  isA('assert', 'target', '?? status == 200');
  isA('assert', 'body', '?? status == 200');
  isA('text', 'body', '?a=1', '&b=2', '{"a": 1}', 'GET', 'GET nothing', '<a>', '<./file', '> quote', '{{a}}', '{{ a');
  isA('scriptBlock', 'before', '{{', '{{  ', '{{+', '{{@request');
  isA('scriptBlock', 'body', '{{');
  isA('inputFile', 'body', '< ./a.json', '<@ ./a.json', '<@latin1 ./a.json', '< a');
  isA('requestScript', 'before', '< {% x %}', '<{%');
  isA('handlerScript', 'body', '> {% x %}', '>{%');
  isA('handlerFile', 'body', '> ./a.js', '> a.mjs');
  isA('responseFile', 'body', '>> ./a.json', '>>! ./a.json');
  isA('responseDiff', 'body', '<> ./a.json');
  isA('text', 'body', '  < ./a.json', '<> ', '>>', '< ');
  isA('response', 'before', 'HTTP/1.1 200 OK', 'HTTP/2 404');
  isA('curl', 'before', 'curl https://x', 'CURL -X POST https://x');
  isA('run', 'before', 'run ./other.http', 'run #name', 'import a.http');
  isA('missingSeparator', 'body', 'GET https://x', 'POST {{url}}');
  isA('missingSeparator', 'headers', 'GET https://x');
});

describe('scanner: lines', () => {
  /** Each line as its text and the length of its line end. */
  function lines(text: string): string[] {
    const scanner = new LineScanner(text);
    const found: string[] = [];
    for (; scanner.hasLine; scanner.advance()) {
      found.push(`${text.slice(scanner.start, scanner.end)}+${scanner.next - scanner.end}`);
    }
    return found;
  }
  const cases: [string, string[]][] = [
    ['', []],
    ['a', ['a+0']],
    ['a\n', ['a+1']],
    ['a\nb', ['a+1', 'b+0']],
    ['a\r\nb\r\n', ['a+2', 'b+2']],
    ['a\rb', ['a+1', 'b+0']],
    ['\n\n', ['+1', '+1']],
    ['\r\r\n\n', ['+1', '+2', '+1']],
    ['a\n\rb', ['a+1', '+1', 'b+0']],
    ['a\u2028b', ['a\u2028b+0']],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(lines(text), expected));
  }

  it('takes a byte order mark for white space, not for an indent', () => {
    const scanner = new LineScanner('\ufeff  \n\ufeff');
    assert.equal(scanner.classify('before'), 'blank');
    assert.equal(new LineScanner('\ufeff{{').classify('before'), 'scriptBlock');
  });
});
