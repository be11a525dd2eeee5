import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/language/parser';
import type { ResolveContext, Resolution } from '../../../src/core/language/resolution';
import { resolveRequest } from '../../../src/core/language/resolve';
import { still } from './context';
import { printProblems } from './print';

/** Resolves the last request of a text. */
function resolve(text: string, context: Partial<ResolveContext> = {}): Resolution {
  const parsed = parseDocument(text);
  const request = parsed.document.requests.findLast((block) => block.line !== undefined) ?? parsed.document.requests[0];
  assert.ok(request);
  return resolveRequest(parsed, request, { dynamic: still(), ...context });
}

/** `METHOD target`, each header, and the body after an empty line. */
function printRequest(text: string): string[] {
  const { request, problems } = resolve(text);
  assert.ok(request, JSON.stringify(problems));
  const headers = request.headers.map(({ name, value }) => `${name}: ${value}`);
  const body = request.body === undefined ? [] : ['', new TextDecoder().decode(request.body)];
  return [`${request.method} ${request.target}`, ...headers, ...body];
}

function sends(text: string, ...expected: string[]): void {
  it(JSON.stringify(text), () => assert.deepEqual(printRequest(text), expected));
}

function refuses(text: string, ...expected: string[]): void {
  it(`refuses ${JSON.stringify(text)}`, () => {
    const { request, problems } = resolve(text, { services: ['demo'] });
    assert.equal(request, undefined);
    assert.deepEqual(printProblems(problems, text), expected);
  });
}

describe('resolve: targets', () => {
  sends('GET https://a.example', 'GET https://a.example/');
  sends('a.example/x', 'GET http://a.example/x');
  sends('localhost:3000/x', 'GET http://localhost:3000/x');
  sends('GET [::1]:80/x', 'GET http://[::1]/x');
  sends('HTTPS://A.Example/X', 'GET https://a.example/X');
  sends('GET https://a.example?x=1', 'GET https://a.example/?x=1');
  sends('GET https://a.example//a//b', 'GET https://a.example//a//b');
  sends('GET https://a.example/a/../b', 'GET https://a.example/b');
  sends('GET https://a.example/a b?q="c d"&e={x|y}^`', 'GET https://a.example/a%20b?q=%22c%20d%22&e=%7Bx%7Cy%7D%5E%60');
  sends('GET https://a.example/a\\b', 'GET https://a.example/a%5Cb');
  sends('GET https://a.example/%41%zz?100%', 'GET https://a.example/%41%25zz?100%25');
  sends('GET https://a.example/s?ids[]=1', 'GET https://a.example/s?ids[]=1');
  sends('GET https://a.example/é?🙂', 'GET https://a.example/%C3%A9?%F0%9F%99%82');
  sends('GET https://a.example/x#part', 'GET https://a.example/x');
  sends('GET https://bücher.example/', 'GET https://xn--bcher-kva.example/');
  sends('GET /x\nHost: a.example', 'GET http://a.example/x', 'Host: a.example');
  sends('GET /x\nHost: a.example:8443', 'GET https://a.example:8443/x', 'Host: a.example:8443');
  sends('GET /x\nHost: https://a.example/', 'GET https://a.example/x', 'Host: https://a.example/');
  sends('# @service demo\nGET /x y', 'GET /x%20y');
  sends('# @service demo\nGET //other.example/x', 'GET //other.example/x');
  sends('# @service demo\nGET /x\nHost: a.example', 'GET /x', 'Host: a.example');
  sends('# @service demo\n\n###\nGET /x\nHost: a.example', 'GET http://a.example/x', 'Host: a.example');
  sends('GET https://u:p%40@a.example/', 'GET https://a.example/', 'Authorization: Basic dTpwQA==');
  sends('GET https://u:p@a.example/\nAuthorization: x', 'GET https://a.example/', 'Authorization: x');
  refuses('GET /x', 'relative-url "/x"');
  refuses('GET ?x', 'relative-url "?x"');
  refuses('# @service demo\nGET users/1', 'relative-url "users/1"');
  refuses('GET https://', 'bad-url "https://"');
  refuses('GET https://a b/x', 'bad-url "https://a b/x"');
  refuses('GET https://a:99999/', 'bad-url "https://a:99999/"');
  refuses('GET ftp://a.example/', 'unsupported-scheme "ftp://a.example/"');
  refuses('GET', 'missing-url "GET"');
  refuses('@a = x\tHTTP/1.1\nGET https://a.example/{{a}}', 'bad-url-character "{{a}}"');
});

describe('resolve: methods', () => {
  sends('@m = delete\n{{m}} https://a.example', 'DELETE https://a.example/');
  refuses('@m = frob\n{{m}} https://a.example', 'unknown-method "{{m}}"');
  refuses('@m = GRPC\n{{m}} https://a.example', 'not-supported-yet "{{m}}"');
  refuses('FROB https://a.example', 'unknown-method "FROB"');
});

describe('resolve: headers', () => {
  const get = 'GET https://a.example/';
  sends(`${get}\nA: 1\nA: 2\na: 3`, get, 'A: 1', 'A: 2', 'a: 3');
  sends(`@n = Trace\n${get}\nX-{{n}}: é`, get, 'X-Trace: é');
  sends(`${get}\nA:\nB: {"a":1}, `, get, 'A: ', 'B: {"a":1},');
  sends(`${get}\nAuthorization: Basic user pass word`, get, 'Authorization: Basic dXNlcjpwYXNzIHdvcmQ=');
  sends(`${get}\nAuthorization: basic user:pa:ss`, get, 'Authorization: Basic dXNlcjpwYTpzcw==');
  sends(`${get}\nAuthorization: Basic dXNlcjpwYXNz`, get, 'Authorization: Basic dXNlcjpwYXNz');
  sends(`${get}\nAuthorization: Basic ü:ß`, get, 'Authorization: Basic w7w6w58=');
  sends(`${get}\nAuthorization: Bearer a.b.c`, get, 'Authorization: Bearer a.b.c');
  sends(`${get}\nAuthorization: Digest username="u", realm="r"`, get, 'Authorization: Digest username="u", realm="r"');
  refuses(`${get}\nAuthorization: Digest u p`, 'not-supported-yet "Authorization: Digest u p"');
  refuses(`${get}\nAuthorization: AWS id key`, 'not-supported-yet "Authorization: AWS id key"');
  refuses(`${get}\nAuthorization: oauth2 x`, 'not-supported-yet "Authorization: oauth2 x"');
  refuses(
    `${get}\nX-ClientCert: cert: a.pem passphrase: b`,
    'not-supported-yet "X-ClientCert: cert: a.pem passphrase: b"',
  );
  refuses(
    `POST https://a.example/\nX-Request-Type: GraphQL\n\nquery { a }`,
    'not-supported-yet "X-Request-Type: GraphQL"',
  );
  refuses(`${get}\nA: 日本`, 'bad-header-value "日本"');
  refuses(`@v = a\u0001b\n${get}\nA: x{{v}}`, 'bad-header-value "{{v}}"');
  refuses(`@n = a b\n${get}\n{{n}}: 1`, 'bad-header "{{n}}"');
  refuses(`${get}\noops`, 'bad-header "oops"');

  it('names the place of a bad character', () => {
    const [problem] = resolve('@v = ab\u200bc\nGET https://a.example\nX-A: 12{{v}}').problems;
    assert.ok(problem?.code === 'bad-header-value');
    assert.deepEqual([problem.name, problem.position, problem.codePoint], ['X-A', 4, 0x200b]);
  });
});

describe('resolve: bodies', () => {
  const post = (type: string, body: string): string => `POST https://a.example/\nContent-Type: ${type}\n\n${body}`;
  const sent = (type: string, body: string, expected: string): void => {
    sends(post(type, body), 'POST https://a.example/', `Content-Type: ${type}`, '', expected);
  };
  sends('POST https://a.example/\n\n\n', 'POST https://a.example/');
  sends('GET https://a.example/\n\nx', 'GET https://a.example/', '', 'x');
  sent('application/json', '{\r\n  "a": 1\r\n}\r\n', '{\n  "a": 1\n}');
  sent('application/json', '{\n// c\n"a": 1}', '{\n"a": 1}');
  sent('text/plain', '# a\n//b', '# a\n//b');
  sent('text/plain', 'naïve – 🙂', 'naïve – 🙂');
  sent('application/x-ndjson', '{}\n{}\n', '{}\n{}\n');
  sent('application/x-www-form-urlencoded', 'a = b &\nc=d e\n&f=ü%20+#', 'a=b&c=d%20e&f=%C3%BC%20+%23');
  sent('multipart/form-data; boundary=b', '--b\nA: 1\n\nx\n--b--', '--b\r\nA: 1\r\n\r\nx\r\n--b--\r\n');
  sends('@a = 1\nPOST https://a.example/\n\n{"a": {{a}}}', 'POST https://a.example/', '', '{"a": 1}');
});

describe('resolve: what is not sent', () => {
  const get = 'GET https://a.example/';
  refuses(`${get}\nA: {{nope}}`, 'unresolved-variable "{{nope}}"');
  refuses(`${get}{{a`, 'unclosed-reference "{{a"');
  refuses(`@v = {{a\n${get}?{{v}}`, 'unclosed-reference "{{a"');
  refuses(`@v = {{a\n###\n${get}?{{v}}`, 'unclosed-reference "{{a"');
  refuses(`POST https://a.example\n\n< ./a.json`, 'not-supported-yet "< ./a.json"');
  refuses(`${get}\n\n> {% x %}`, 'not-supported-yet "> {% x %}"');
  refuses(`# @ref a\n${get}`, 'not-supported-yet "# @ref a"');
  refuses(`# @no-auht\n${get}`, 'unknown-directive "no-auht"');
  refuses(`# @import ./a.http\n\n###\n${get}`, 'not-supported-yet "# @import ./a.http"');
  refuses(`{{\nx\n}}\n\n###\n${get}`, 'not-supported-yet "{{"');
  refuses('curl https://a.example', 'not-supported-yet "curl https://a.example"');
  refuses('# only a comment', 'no-request "# only a comment"');
  refuses('# @service nope\nGET /x', 'unknown-service "nope"');
  refuses('# @service\nGET /x\n\n###\nGET /y', 'bad-directive "# @service"', 'relative-url "/y"');
  refuses(`${get}\nA: {{$dotenv X}}`, 'not-supported-yet "{{$dotenv X}}"');
  refuses(
    `# @name login\nGET https://a.example\n###\n${get}\nA: {{login.response.body.$.t}}`,
    'not-supported-yet "{{login.response.body.$.t}}"',
  );
  sends(`${get}\n\n###\n${get}?x`, `${get}?x`);
  it('a fault in another request does not keep this one back', () => {
    assert.ok(resolve('# @ref a\nGET https://b.example/{{nope}}\n###\nGET https://a.example/').request);
  });
});

describe('resolve: directives', () => {
  const get = 'GET https://a.example/';
  function directives(text: string, expected: object): void {
    it(JSON.stringify(text), () => {
      const { serviceSpan: _, ...found } = resolve(text).request?.directives ?? { noAuth: 'none' };
      assert.deepEqual(JSON.parse(JSON.stringify(found)), expected);
    });
  }
  directives(get, { noAuth: false });
  directives(`# @service a\n# @no-auth\n# @timeout 5\n# @no-redirect\n${get}`, {
    service: 'a',
    serviceFrom: 'request',
    noAuth: true,
    timeoutMs: 5000,
    followRedirects: false,
  });
  directives(`# @timeout 200 ms\n${get}`, { noAuth: false, timeoutMs: 200 });
  directives(`# @timeout 2m\n${get}`, { noAuth: false, timeoutMs: 120_000 });
  directives(`# @timeout 0\n${get}`, { noAuth: false, timeoutMs: 0 });
  directives(`${get}\n# @no-auth\nA: 1`, { noAuth: true });
  // At the top of the file it speaks for all of it, as does everything in a block without a request.
  directives(`# @service a\nGET /1\n###\n${get}`, { service: 'a', serviceFrom: 'file', noAuth: false });
  directives(`# @service a\nGET /1\n###\n# @service b\n${get}`, {
    service: 'b',
    serviceFrom: 'request',
    noAuth: false,
  });
  directives(`# @service a\n# @no-auth\n# @timeout 1\n\n###\n${get}`, {
    service: 'a',
    serviceFrom: 'file',
    noAuth: true,
    timeoutMs: 1000,
  });
  // Below a separator, or below the request line, it is the request's own; so is everything else above the first request.
  directives(`### one\n# @service a\nGET /1\n###\n${get}`, { noAuth: false });
  directives(`GET /1\n# @service a\n###\n${get}`, { noAuth: false });
  directives(`# @no-auth\nGET /1\n###\n${get}`, { noAuth: false });
});

describe('resolve: credential references', () => {
  const resolved = (text: string) => {
    const { request, problems } = resolve(text, { services: ['demo'] });
    assert.ok(request, JSON.stringify(problems));
    return request;
  };
  it('leaves a marker, and says where it stands', () => {
    const text =
      '@t = {{$secret demo token}}\nPOST https://a.example/{{t}}?key={{t}}\nAuthorization: Bearer {{$auth.token("demo")}}\n' +
      'Content-Type: application/json\nX-T: {{t}}\n\n{"t": "{{t}}"}';
    const request = resolved(text);
    const places = request.credentials.map(({ service, field, where, header, parameter, encoding }) =>
      [service, field, where, header, parameter, encoding].join(' ').replace(/ +/g, ' '),
    );
    assert.deepEqual(places, [
      'demo token url key percent',
      'demo token header X-T raw',
      'demo token body json',
      'demo header Authorization raw',
    ]);
    const markers = new Set(request.credentials.map((credential) => credential.marker));
    assert.equal(markers.size, 2);
    for (const marker of markers) assert.match(marker, /^[0-9a-z]+$/);
    assert.deepEqual(
      request.credentials.map(({ span }) => text.slice(span.start, span.end)),
      ['{{$secret demo token}}', '{{$secret demo token}}', '{{$secret demo token}}', '{{$auth.token("demo")}}'],
    );
  });

  it('shows the reference in the place of the value', () => {
    const { origins } = resolved('@t = a{{$secret demo token}}\nGET https://a.example/\nA: {{t}}');
    assert.deepEqual(
      origins.map(({ expression, value, source }) => [expression, value, source]),
      [['t', 'a{{$secret demo token}}', 'file']],
    );
  });

  const get = 'GET https://a.example/';
  refuses('GET https://{{$secret demo x}}.example/', 'misplaced-credential "https://{{$secret demo x}}.example/"');
  refuses(
    'GET https://u:{{$secret demo x}}@a.example/',
    'misplaced-credential "https://u:{{$secret demo x}}@a.example/"',
  );
  refuses('GET /\nHost: {{$secret demo x}}', 'misplaced-credential "/"');
  refuses(`{{$secret demo x}} https://a.example/`, 'misplaced-credential "{{$secret demo x}}"');
  refuses(`${get}\n{{$secret demo x}}: 1`, 'misplaced-credential "{{$secret demo x}}"');
  refuses(
    `${get}\nAuthorization: Basic u {{$secret demo x}}`,
    'misplaced-credential "Authorization: Basic u {{$secret demo x}}"',
  );
  refuses(`${get}\nA: {{$auth.token("nope")}}`, 'unknown-service "{{$auth.token(\\"nope\\")}}"');
  refuses(`${get}\nA: {{$auth.token(demo)}}`, 'bad-reference "{{$auth.token(demo)}}"');
  refuses(`${get}\nA: {{$secret demo}}`, 'bad-reference "{{$secret demo}}"');
});
