import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { VariableSource } from '../../../src/core/language/environments';
import { parseDocument } from '../../../src/core/language/parser';
import type { Problem } from '../../../src/core/language/problems';
import { resolveRequest } from '../../../src/core/language/resolve';
import type { Resolution } from '../../../src/core/language/resolution';
import { maxDepth } from '../../../src/core/language/variables';
import { still } from './context';

function resolve(text: string, sources: readonly VariableSource[] = []): Resolution {
  const parsed = parseDocument(text);
  const request = parsed.document.requests.findLast((block) => block.line !== undefined);
  assert.ok(request);
  return resolveRequest(parsed, request, { dynamic: still(), sources });
}

/** The value of an expression below some definitions. */
function value(definitions: string, expression: string, sources?: readonly VariableSource[]): string | Problem[] {
  const { request, problems } = resolve(`${definitions}\nPOST https://a.example/\n\n[{{${expression}}}]`, sources);
  if (request === undefined) return [...problems];
  return new TextDecoder().decode(request.body).slice(1, -1);
}

function gives(definitions: string, expression: string, expected: string): void {
  it(`${JSON.stringify(definitions)} {{${expression}}}`, () =>
    assert.deepEqual(value(definitions, expression), expected));
}

describe('variables: values', () => {
  gives('@a = 1', 'a', '1');
  gives('@a =   two  words  ', 'a', 'two  words');
  gives('@a =', 'a', '');
  gives('@a = $& $1 \\n "q"', 'a', '$& $1 \\n "q"');
  gives('@a = 1', ' a ', '1');
  gives('@my_var-1.x = ok', 'my_var-1.x', 'ok');
  gives('@a = é &/', '%a', '%C3%A9%20%26%2F');
  gives('@b = {{a}}/x\n@a = 1', 'b', '1/x');
  gives('@a = 1\n@a = 2', 'a', '2');
  gives('@a = 1\n@a = {{a}}2', 'a', '12');
  gives('@a = 1\n@b = {{a}}\n@a = 2', 'b', '1');
  gives('@a = {{b}}{{b}}\n@b = {{c}}{{c}}\n@c = x', 'a', 'xxxx');
});

describe('variables: which definition', () => {
  const requests = (text: string): string[] => {
    const parsed = parseDocument(text);
    return parsed.document.requests
      .filter((block) => block.line !== undefined)
      .map((block) => {
        const { request, problems } = resolveRequest(parsed, block, { dynamic: still() });
        return request?.target ?? problems.map((problem) => problem.code).join(' ');
      });
  };
  const get = 'GET https://a.example/';
  const cases: [string, string, string[]][] = [
    ['the last above', `@x = 1\n${get}{{x}}\n###\n@x = 2\n${get}{{x}}`, ['1', '2']],
    ['the only one, also from below', `${get}{{x}}\n###\n@x = 1\n${get}{{x}}`, ['1', '1']],
    ['the only one, after the last request', `${get}{{x}}\n###\n@x = 1`, ['1']],
    ['among the headers, for what is below and above', `${get}{{x}}\n@x = 1\nA: {{x}}`, ['1']],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () =>
      assert.deepEqual(
        requests(text),
        expected.map((end) => `https://a.example/${end}`),
      ),
    );
  }
  it('none where several stand below', () => {
    assert.deepEqual(requests(`${get}{{x}}\n###\n@x = 1\n@x = 2`), ['ambiguous-variable']);
  });
});

describe('variables: no value', () => {
  const problem = (definitions: string, expression: string): Problem => {
    const found = value(definitions, expression);
    assert.ok(typeof found !== 'string' && found[0] !== undefined && found.length === 1, JSON.stringify(found));
    return found[0];
  };
  it('names what is unknown, with the closest first', () => {
    const found = problem('@port = 1\n@host = 2\n@hosts = 3', 'hsot');
    assert.ok(found.code === 'unresolved-variable');
    assert.deepEqual([found.name, found.known, found.suggestion], ['hsot', ['host', 'hosts', 'port'], 'host']);
  });
  it('suggests nothing that is far off', () => {
    const found = problem('@host = 1', 'token');
    assert.ok(found.code === 'unresolved-variable');
    assert.deepEqual([found.known, found.suggestion], [['host'], undefined]);
  });
  it('knows the system variables', () => {
    const found = problem('', '$guidd');
    assert.ok(found.code === 'unresolved-variable');
    assert.equal(found.suggestion, '$guid');
  });
  it('names a cycle in the order of its references', () => {
    const found = problem('@a = {{b}}\n@b = {{c}}\n@c = {{a}}', 'a');
    assert.ok(found.code === 'variable-cycle');
    assert.deepEqual(found.names, ['a', 'b', 'c']);
  });
  it('a variable that refers to itself is a cycle of one', () => {
    const found = problem('@a = x{{a}}', 'a');
    assert.ok(found.code === 'variable-cycle');
    assert.deepEqual(found.names, ['a']);
  });
  it('stops at a chain too long for people', () => {
    const chain = (length: number): string =>
      Array.from({ length }, (_, n) => `@v${n} = {{v${n + 1}}}`).join('\n') + `\n@v${length} = end`;
    assert.equal(value(chain(maxDepth - 1), 'v0'), 'end');
    const found = problem(chain(maxDepth), 'v0');
    assert.ok(found.code === 'expansion-limit' && found.limit === 'depth');
  });
  it('stops before values that double at each step fill the memory', () => {
    const doubling = Array.from({ length: 60 }, (_, n) => `@v${n + 1} = {{v${n}}}{{v${n}}}`).join('\n');
    const found = problem(`@v0 = 0123456789\n${doubling}`, 'v60');
    assert.ok(found.code === 'expansion-limit' && found.limit === 'size');
  });
});

describe('variables: sources', () => {
  const source = (id: string, values: Record<string, string>): VariableSource => ({
    id,
    names: () => Object.keys(values),
    lookup: (name) => (Object.hasOwn(values, name) ? { kind: 'text', text: values[name] ?? '' } : undefined),
  });
  it('are asked in order, after the file', () => {
    const sources = [source('environment', { a: 'e', b: 'e' }), source('shared', { a: 's', b: 's', c: 's' })];
    assert.deepEqual(
      ['a', 'b', 'c'].map((name) => value('@a = f', name, sources)),
      ['f', 'e', 's'],
    );
  });
  it('give values in which nothing is replaced', () => {
    assert.equal(value('@a = 1', 'x', [source('environment', { x: '{{a}}' })]), '{{a}}');
  });
  it('give their names to the suggestions', () => {
    const [found] = value('@zzz = 1', 'hots', [source('environment', { host: 'e' })]);
    assert.ok(typeof found === 'object' && found.code === 'unresolved-variable');
    assert.equal(found.suggestion, 'host');
  });
  it('are remembered for every value', () => {
    const text = '@a = 1\nGET https://a.example/{{a}}/{{b}}/{{$guid}}';
    const origins = resolve(text, [source('environment', { b: '2' })]).request?.origins ?? [];
    const shown = origins.map(({ span, value: found, source: id, definition }) => [
      text.slice(span.start, span.end),
      found.slice(0, 8),
      id,
      definition && text.slice(definition.start, definition.end),
    ]);
    assert.deepEqual(shown, [
      ['{{a}}', '1', 'file', '@a = 1'],
      ['{{b}}', '2', 'environment', undefined],
      ['{{$guid}}', '00000000', 'system', undefined],
    ]);
  });
});

describe('variables: system variables', () => {
  gives('', '$timestamp', '1769854830');
  gives('', '$timestamp 1 d', '1769941230');
  gives('', '$timestamp -1 h', '1769851230');
  gives('', '$timestamp 60000 ms', '1769854890');
  gives('', '$timestamp 1 M', '1772274030'); // 31 January and a month: 28 February
  gives('', '$isoTimestamp', '2026-01-31T10:20:30.456Z');
  gives('', '$datetime iso8601', '2026-01-31T10:20:30.456Z');
  gives('', '$datetime iso8601 1 y', '2027-01-31T10:20:30.456Z');
  gives('', '$datetime rfc1123', 'Sat, 31 Jan 2026 10:20:30 GMT');
  gives('', '$datetime rfc1123 -1 Q', 'Fri, 31 Oct 2025 10:20:30 GMT');
  gives('', '$randomInt', '500');
  gives('', '$randomInt 5 6', '5');
  gives('', '$randomInt -10 10', '0');
  gives('', '$random.integer(100, 200)', '150');
  gives('', '$random.float(1.5, 2.5)', '2');
  gives('', '$random.alphabetic(3)', 'AAA');
  gives('', '$random.hexadecimal(2)', '88');

  for (const name of ['$guid', '$uuid', '$random.uuid']) {
    it(`${name} is a new UUID at each place, and one in a variable`, () => {
      const text = `@id = {{${name}}}\nGET https://a.example/{{${name}}}/{{${name}}}/{{id}}/{{id}}`;
      const parts = new URL(resolve(text).request?.target ?? '').pathname.split('/').slice(1);
      assert.equal(parts.length, 4);
      assert.equal(new Set(parts).size, 3);
      assert.equal(parts[2], parts[3]);
    });
  }

  const badArguments = ['$randomInt 9 1', '$randomInt a b', '$randomInt 1', '$timestamp soon', '$timestamp 1 x'];
  for (const expression of [
    ...badArguments,
    '$guid x',
    '$datetime nope',
    '$timestamp 999999999999 y',
    '$random.integer(5',
  ]) {
    it(`{{${expression}}} is refused with its syntax`, () => {
      const [found] = value('', expression);
      assert.ok(typeof found === 'object' && found.code === 'bad-reference', JSON.stringify(found));
      assert.ok(found.usage.startsWith('$'));
    });
  }
  for (const expression of [
    '$dotenv A',
    '$processEnv A',
    '$env.A',
    '$localDatetime iso8601',
    '$datetime "YYYY"',
    '$random.email',
  ]) {
    it(`{{${expression}}} is not supported yet`, () => {
      const [found] = value('', expression);
      assert.ok(typeof found === 'object' && found.code === 'not-supported-yet' && found.feature === 'system-variable');
    });
  }
});
