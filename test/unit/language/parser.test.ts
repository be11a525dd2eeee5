import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/language/parser';
import { printProblems, printTree } from './print';

/** The tree of a text, and its problems (none unless named). */
function gives(text: string, tree: string[], problems: string[] = []): void {
  it(JSON.stringify(text), () => {
    assert.deepEqual(printTree(text), tree);
    assert.deepEqual(printProblems(parseDocument(text).problems, text), problems);
  });
}

describe('parser: request line', () => {
  gives('GET https://a.example/x', ['GET https://a.example/x']);
  gives('https://a.example/x', ['GET https://a.example/x']);
  gives('a.example/x?y=1', ['GET a.example/x?y=1']);
  gives('localhost', ['GET localhost']);
  gives('/path', ['GET /path']);
  gives('post  https://a.example  HTTP/1.1  ', ['POST https://a.example HTTP/1.1']);
  gives('https://a.example HTTP/2', ['GET https://a.example HTTP/2']);
  gives('GET https://a.example HTTP/2 (Prior Knowledge)', ['GET https://a.example HTTP/2 (Prior Knowledge)']);
  gives('   GET https://a.example', ['GET https://a.example']);
  gives('GET https://a.example/s?q="a b" c', ['GET https://a.example/s?q=\\"a b\\" c']);
  gives('{{m}} {{url}}', ['{{m}} {{url}}']);
  gives('{{ base }}/x HTTP/1.1', ['GET {{base}}/x HTTP/1.1']);
  gives('GET', ['GET <missing>'], ['missing-url "GET"']);
  gives('get  HTTP/1.1', ['GET <missing> HTTP/1.1'], ['missing-url "get"']);
  gives('FROB https://a.example', ['FROB https://a.example'], ['unknown-method "FROB"']);
  gives('hello world', ['HELLO world'], ['unknown-method "hello"']);
  gives('GRAPHQL https://a.example', ['GRAPHQL https://a.example'], ['not-supported-yet "GRAPHQL"']);
  gives('M-SEARCH https://a.example', ['M-SEARCH https://a.example']);
});

describe('parser: a target over several lines', () => {
  gives('GET https://a.example/l\n  ?a=1\n  &b=2\nX-A: 1', ['GET https://a.example/l?a=1&b=2', 'X-A: 1']);
  gives('GET https://a.example/l\n?a=1\n&b=2', ['GET https://a.example/l?a=1&b=2']);
  gives('GET https://a.example\n  /api\n  /v1\n  ?a=1', ['GET https://a.example/api/v1?a=1']);
  gives('GET https://a.example/\n    api\n    /get', ['GET https://a.example/api/get']);
  gives('GET https://a.example/?\n    a=1&\n    b=2\n', ['GET https://a.example/?a=1&b=2']);
  gives('GET https://a.example\n  ?a=1\n  # &b=2\n  &c=3', ['GET https://a.example?a=1&c=3 (comment # &b=2)']);
  gives('GET https://a.example\n  ?a={{x}}\n  &b={{y}} HTTP/1.1', ['GET https://a.example?a={{x}}&b={{y}} HTTP/1.1']);
  gives('GET https://a.example\n# note\nX-A: 1', ['GET https://a.example', 'comment # note', 'X-A: 1']);
  gives('GET https://a.example\n# @no-redirect\n?a=1', ['GET https://a.example?a=1 (@no-redirect)']);
  gives('GET https://a.example\n/x', ['GET https://a.example', 'invalid /x'], ['bad-header "/x"']);
  gives('GET https://a.example/\n  X-A: 1', ['GET https://a.example/X-A: 1']);
});

describe('parser: blocks', () => {
  gives('', []);
  gives('\n \n', []);
  gives('###', ['separator']);
  gives('### a\nGET /1\n### b\nGET /2', ['name a', 'separator a', 'GET /1', '---', 'name b', 'separator b', 'GET /2']);
  gives('\n\n### a\n', ['name a', 'separator a']);
  gives('GET /1\n###\n\n###\nGET /2', ['GET /1', '---', 'separator', '---', 'separator', 'GET /2']);
  gives('######## section ########', ['name section', 'separator section']);
  gives('### C#', ['name C#', 'separator C#']);
  gives('### a {{b}}\n', ['name a {{b}}', 'separator a {{b}}']);
  gives(
    'POST /\n\nbody\n  ### x\nGET /',
    ['POST /', 'body body', '---', 'name x', 'separator x', 'GET /'],
    ['indented-separator "### x"'],
  );
  gives('\ufeffGET /', ['GET /']);
  gives('\ufeff@a = 1', ['a = 1']);
  gives('GET /\r\nA: 1\r\n\r\nx\r\ny\r\n', ['GET /', 'A: 1', 'body x\\r\\ny']);
  gives('GET /\rA: 1\r\rx', ['GET /', 'A: 1', 'body x']);
});

describe('parser: names and directives', () => {
  gives('### t\n# @name n\nGET /', ['name n', 'separator t', '@name n', 'GET /']);
  gives('// @name n\nGET /', ['name n', '@name n', 'GET /']);
  gives('# @name = n\nGET /', ['name n', '@name n', 'GET /']);
  gives('# @name\nGET /', ['@name', 'GET /'], ['bad-directive "# @name"']);
  gives('# @service demo\n# @no-auth\nGET /', ['@service demo', '@no-auth', 'GET /']);
  gives('# @service a b\nGET /', ['@service a b', 'GET /'], ['bad-directive "# @service a b"']);
  gives(
    '# @service a\n# @service b\nGET /',
    ['@service a', '@service b', 'GET /'],
    ['duplicate-directive "# @service b"'],
  );
  gives('# @service a\n# @service a\n# @no-auth\n# @noAuth\nGET /', [
    '@service a',
    '@service a',
    '@no-auth',
    '@noAuth',
    'GET /',
  ]);
  gives('# @timeout 30 s\n# @no-redirect\nGET /', ['@timeout 30 s', '@no-redirect', 'GET /']);
  gives('# @timeout soon\nGET /', ['@timeout soon', 'GET /'], ['bad-directive "# @timeout soon"']);
  gives('# @ref login\nGET /', ['@ref login', 'GET /'], ['not-supported-yet "# @ref login"']);
  gives('# @forceRef login', ['@forceRef login'], ['not-supported-yet "# @forceRef login"']);
  gives('# @note\nGET /', ['@note', 'GET /'], ['not-supported-yet "# @note"']);
  gives('# @no-log\n# @title x\nGET /', ['@no-log', '@title x', 'GET /']);
  gives('# @no-auht\nGET /', ['@no-auht', 'GET /'], ['unknown-directive "no-auht"']);
  gives('# @anna please look\nGET /', ['@anna please look', 'GET /'], ['unknown-directive "anna"']);
  gives('GET /\n# @no-auth\nA: 1\n\n# @name x\nb', ['GET /', '@no-auth', 'A: 1', 'body b (comment # @name x)']);
  gives(
    '# @name a\nGET /\n###\n# @name a\nGET /',
    ['name a', '@name a', 'GET /', '---', 'name a', 'separator', '@name a', 'GET /'],
    ['duplicate-name "a"'],
  );
  gives('### t\nGET /\n### t\nGET /', ['name t', 'separator t', 'GET /', '---', 'name t', 'separator t', 'GET /']);
});

describe('parser: variables', () => {
  gives('@a = 1\n@b={{a}}2  \n@c =\nGET /', ['a = 1', 'b = {{a}}2', 'c =', 'GET /']);
  gives('@a := x', ['a = x']);
  gives('@a = b = c', ['a = b = c']);
  gives('@a = 1\n@a = 2', ['a = 1', 'a = 2'], ['duplicate-variable "a"']);
  gives('@oops\nGET /', ['invalid @oops', 'GET /'], ['bad-variable "@oops"']);
  gives('GET /\n@a = 1\nA: {{a}}', ['GET /', 'a = 1', 'A: {{a}}']);
  gives('POST /\n\n@a = 1', ['POST /', 'body @a = 1']);
});

describe('parser: headers', () => {
  gives('GET /\nA: 1\nB:2\nC : 3\nD:\nE: a:b', ['GET /', 'A: 1', 'B: 2', 'C: 3', 'D:', 'E: a:b']);
  gives('GET /\nA: 1\na: 2', ['GET /', 'A: 1', 'a: 2']);
  gives('GET /\nA: one,\n  two,\n\tthree', ['GET /', 'A: one, two, three']);
  gives('GET /\nA: 1\n  B: 2', ['GET /', 'A: 1', 'B: 2']);
  gives('GET /\nA: {{x}}\n  {{y}}', ['GET /', 'A: {{x}} {{y}}']);
  gives('GET /\nX-{{n}}: {{v}}\n{{h:x}}: 1', ['GET /', 'X-{{n}}: {{v}}', '{{h:x}}: 1']);
  gives('GET /\noops\nA: 1', ['GET /', 'invalid oops', 'A: 1'], ['bad-header "oops"']);
  gives('GET /\n: 1', ['GET /', 'invalid : 1'], ['bad-header ": 1"']);
  gives('GET /\nna me: 1', ['GET /', 'invalid na me: 1'], ['bad-header "na me: 1"']);
  gives('GET /\n# A: 1\n#B: 2\n// C: 3', ['GET /', 'comment # A: 1', 'comment #B: 2', 'comment // C: 3']);
  gives(
    'GET /1\nGET https://b.example',
    ['GET /1', 'invalid GET https://b.example'],
    ['missing-separator "GET https://b.example"'],
  );
});

describe('parser: bodies', () => {
  gives('POST /\n\n{\n  "a": 1\n}\n\n\n', ['POST /', 'body {\\n  \\"a\\": 1\\n}']);
  gives('POST /\n\n\n\n  x  \n\ny  \n', ['POST /', 'body   x  \\n\\ny  ']);
  gives('POST /\n\na\n# c\nb\n\n// d\n', ['POST /', 'body a\\nb (comment # c)', 'comment // d']);
  gives('POST /\n\n# c\n\na', ['POST /', 'body a (comment # c)']);
  gives('POST /\n\n# only a comment', ['POST /', 'comment # only a comment']);
  gives('POST /\nContent-Type: text/markdown\n\n# Title\n// x', [
    'POST /',
    'Content-Type: text/markdown',
    'body # Title\\n// x',
  ]);
  gives('POST /\ncontent-type: application/json\n\n// x\n1', [
    'POST /',
    'content-type: application/json',
    'body 1 (comment // x)',
  ]);
  gives('POST /\n\n{"a":{"id":{{id}}}}', ['POST /', 'body {\\"a\\":{\\"id\\":{{id}}}}']);
  gives('POST /\n\n{{{id}}}', ['POST /', 'body {{{id}}}']);
  gives('POST /\n\n?a=1\n&b=2', ['POST /', 'body ?a=1\\n&b=2']);
  gives(
    'POST /\n\na\nGET https://b.example',
    ['POST /', 'body a\\nGET https://b.example'],
    ['missing-separator "GET https://b.example"'],
  );
  gives('POST /\n\nhi\n\nHTTP/1.1 200 OK\nA: 1\n\nx', ['POST /', 'body hi', 'response HTTP/1.1 200 OK\\nA: 1\\n\\nx']);
  gives('POST /\n\nhi\n\n<> 2024.json', ['POST /', 'body hi', 'response <> 2024.json']);
  gives('HTTP/1.1 200 OK\nA: 1\n\n{}\n###\nGET /', [
    'response HTTP/1.1 200 OK\\nA: 1\\n\\n{}',
    '---',
    'separator',
    'GET /',
  ]);
});

describe('parser: references', () => {
  gives('GET /{{a}}/{{ b }}', ['GET /{{a}}/{{b}}']);
  gives('GET /{{a', ['GET /<unclosed a>'], ['unclosed-reference "{{a"']);
  gives('GET /{{a/{{b}}', ['GET /<unclosed a>/{{b}}'], ['unclosed-reference "{{a"']);
  gives('GET /{{}}', ['GET /<empty >'], ['empty-reference "{{}}"']);
  gives('GET /{{ }}', ['GET /<empty >'], ['empty-reference "{{ }}"']);
  gives('POST /\n\n{{a\n}}', ['POST /', 'body <unclosed a>\\n}}'], ['unclosed-reference "{{a"']);
  gives('GET /}}', ['GET /}}']);
  gives('GET /{{$auth.token("x")}}', ['GET /{{$auth.token("x")}}']);
});

describe('parser: what this version does not run', () => {
  gives('POST /\n\n< ./a.json', ['POST /', 'unsupported input-file'], ['not-supported-yet "< ./a.json"']);
  gives(
    'POST /\n\na\n< ./a.json\nb',
    ['POST /', 'body a\\nb (unsupported input-file)'],
    ['not-supported-yet "< ./a.json"'],
  );
  gives('< {%\n x\n%}\nGET /', ['unsupported pre-request-script', 'GET /'], ['not-supported-yet "< {%"']);
  gives('< ./pre.js\nGET /', ['unsupported pre-request-script', 'GET /'], ['not-supported-yet "< ./pre.js"']);
  gives(
    'GET /\n\n> {%\n client.log("###")\n%}\n###',
    ['GET /', 'unsupported response-handler', '---', 'separator'],
    ['not-supported-yet "> {%"'],
  );
  gives('GET /\n\n> ./h.js', ['GET /', 'unsupported response-handler'], ['not-supported-yet "> ./h.js"']);
  gives('GET /\n\n>>! a.json', ['GET /', 'unsupported response-file'], ['not-supported-yet ">>! a.json"']);
  gives('{{\n x = 1\n}}\nGET /', ['unsupported script-block', 'GET /'], ['not-supported-yet "{{"']);
  gives('GET /\n?? status == 200', ['GET /', 'unsupported assert'], ['not-supported-yet "?? status == 200"']);
  gives(
    'curl https://a.example \\\n -H "A: 1"\n',
    ['unsupported curl'],
    ['not-supported-yet "curl https://a.example \\\\"'],
  );
  gives('run ./b.http', ['unsupported run'], ['not-supported-yet "run ./b.http"']);
  gives(
    '{{\nnever closed\n### t',
    ['unsupported script-block', '---', 'name t', 'separator t'],
    ['not-supported-yet "{{"'],
  );
  gives('/*\nGET https://x\n*/\nGET /', ['comment /*\\nGET https://x\\n*/', 'GET /']);
  gives('/* a\n###', ['comment /* a', '---', 'separator'], ['unclosed-comment "/*"']);
});
