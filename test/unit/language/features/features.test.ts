import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { documentProblems } from '../../../../src/core/language/features/diagnostics';
import { foldingRegions } from '../../../../src/core/language/features/folding';
import { requestLenses } from '../../../../src/core/language/features/lenses';
import { outline } from '../../../../src/core/language/features/symbols';
import type { OutlineSymbol } from '../../../../src/core/language/features/symbols';
import { parseDocument } from '../../../../src/core/language/parser';
import type { Span } from '../../../../src/core/language/span';

const cut = (text: string, { start, end }: Span): string => text.slice(start, end);

describe('lenses', () => {
  function shows(text: string, ...expected: string[]): void {
    it(JSON.stringify(text), () => {
      const found = requestLenses(parseDocument(text)).map(({ index, span, name, directives }) =>
        [
          index,
          JSON.stringify(cut(text, span)),
          name ?? '-',
          directives.service ?? '-',
          directives.noAuth ? 'no-auth' : '',
        ]
          .join(' ')
          .trim(),
      );
      assert.deepEqual(found, expected);
    });
  }
  shows('');
  shows('# text\n@a = 1');
  shows('GET /1', '0 "GET /1" - -');
  shows('### one\n# c\nGET /1\n### none\n###\nGET /2', '0 "### one" one -', '1 "###" - -');
  shows('# @service a\n# @name n\nGET /1\n###\n# @no-auth\nGET /2', '0 "GET /1" n a', '1 "###" - a no-auth');
  shows('curl https://a.example');
});

describe('diagnostics', () => {
  function finds(text: string, ...expected: string[]): void {
    it(JSON.stringify(text), () => {
      const secretFields = (id: string) => (id === 'demo' ? ['token'] : []);
      const found = documentProblems(parseDocument(text), { services: ['demo', 'open'], secretFields });
      assert.deepEqual(
        found.map(({ problem, severity }) => `${severity} ${problem.code} ${cut(text, problem.span)}`),
        expected,
      );
    });
  }
  finds('@a = 1\nGET https://a.example/{{a}}/{{$guid}}/{{$auth.token("demo")}}');
  finds('GET /{{a}}\nA: {{b}}\n\n{{c}}', ...['a', 'b', 'c'].map((name) => `error unresolved-variable {{${name}}}`));
  // At the place that must be mended, once, however often it is used.
  finds('@a = {{b}}\nGET /{{a}}/{{a}}', 'error unresolved-variable {{b}}');
  finds('@a = {{b}}\n@b = {{a}}\nGET /{{a}}', 'error variable-cycle {{b}}');
  finds('# {{nowhere}}\n### {{nor}} here\nGET /');
  finds('# @service nope\nGET /\n# @timeout x', 'error unknown-service nope', 'error bad-directive # @timeout x');
  finds('GET /{{$auth.token("nope")}}', 'error unknown-service {{$auth.token("nope")}}');
  finds('GET https://a.example/{{$secret demo token}}');
  finds('GET /{{$secret demo tokn}}', 'error unknown-secret-field {{$secret demo tokn}}');
  finds('GET /{{$auth.token("open")}}', 'error unknown-secret-field {{$auth.token("open")}}');
  finds('@a = 1\n@a = 2', 'warning duplicate-variable a');
  finds('# @someone look', 'hint unknown-directive someone');
  finds('# @no-atuh', 'error unknown-directive no-atuh');
  finds('POST /\n\nGET https://a.example', 'warning missing-separator GET https://a.example');
  finds('GET /{{a', 'error unclosed-reference {{a');
  it('knows nothing of services unless told', () => {
    assert.deepEqual(documentProblems(parseDocument('# @service any\nGET /{{$secret any x}}')), []);
  });
  it('stops at a thousand', () => {
    assert.equal(documentProblems(parseDocument('GET /{{a}}\n###\n'.repeat(5000))).length, 1000);
  });
});

describe('outline', () => {
  const print = (text: string, symbols: readonly OutlineSymbol[], indent = ''): string[] =>
    symbols.flatMap((symbol) => [
      `${indent}${symbol.kind} ${symbol.name} | ${symbol.detail} | ${JSON.stringify(cut(text, symbol.selection))}`,
      ...print(text, symbol.children, `${indent}  `),
    ]);
  function shows(text: string, ...expected: string[]): void {
    it(JSON.stringify(text), () => {
      const symbols = outline(parseDocument(text));
      assert.deepEqual(print(text, symbols), expected);
      for (const { span, selection } of symbols) assert.ok(span.start <= selection.start && selection.end <= span.end);
    });
  }
  shows('');
  shows(
    'GET https://a.example\n  ?a={{b}}',
    'request GET https://a.example?a={{b}} |  | "GET https://a.example\\n  ?a={{b}}"',
  );
  shows('### one\nPOST /x', 'request one | POST /x | "POST /x"');
  shows('@a = {{b}}/c\n@d =\n### none', 'variable a | {{b}}/c | "a"', 'variable d |  | "d"');
  shows('### one\n@a = 1\nGET /', 'request one | GET / | "GET /"', '  variable a | 1 | "a"');
  shows('GET', 'request GET |  | "GET"');
});

describe('folding', () => {
  function folds(text: string, ...expected: string[]): void {
    it(JSON.stringify(text), () => {
      const found = foldingRegions(parseDocument(text)).map(
        ({ kind, span }) => `${kind} ${JSON.stringify(cut(text, span))}`,
      );
      assert.deepEqual(found, expected);
    });
  }
  folds('GET /');
  folds('GET /\nA: 1\n\n', 'request "GET /\\nA: 1"');
  folds('### a\nPOST /\n\n{\n}\n\n### b', 'request "### a\\nPOST /\\n\\n{\\n}"', 'body "{\\n}"');
  folds(
    '# a\n# b\n\nGET /\n\n> {%\n%}',
    'request "# a\\n# b\\n\\nGET /\\n\\n> {%\\n%}"',
    'body "> {%\\n%}"',
    'comment "# a\\n# b"',
  );
  folds('@a = 1\n@b = 2');
});
