import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nodeAt, requestAt } from '../../../src/core/language/walk';
import { withCursor } from './print';

describe('walk: the node at an offset', () => {
  const cases: [string, string][] = [
    ['G|ET https://a.example', 'requestLine'],
    ['GET https://a.ex|ample', 'requestLine template literal'],
    ['GET https://a.example/{{a|}}', 'requestLine template reference'],
    ['GET https://a.example/{{a}}|', 'requestLine template reference'],
    ['GET| ', 'requestLine missing'],
    ['GET /\nAcc|ept: x', 'header template literal'],
    ['GET /\nA: {{|b}}', 'header template reference'],
    ['# @ser|vice x\nGET /', 'directive'],
    ['@a = {{b|}}', 'variable template reference'],
    ['POST /\n\na{{b|}}', 'body template reference'],
    ['POST /\n\na\n# c|\nb', 'body comment'],
    ['### ti|tle', 'separator'],
    ['GET /\n\n|\n', ''],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const { parsed, offset } = withCursor(text);
      const { node, parents } = nodeAt(parsed.document, offset);
      const kinds = [...parents.map((parent) => parent.kind), node.kind];
      assert.equal(kinds.filter((kind) => kind !== 'document' && kind !== 'request').join(' '), expected);
    });
  }
});

describe('walk: the request at an offset', () => {
  /** The name or target of the request, or undefined. */
  const cases: [string, string | undefined][] = [
    ['|### one\nGET /1', 'one'],
    ['### o|ne\nGET /1', 'one'],
    ['### one\nGET /1\n\n|\n### two\nGET /2', 'one'],
    ['### one\nGET /1\n|### two\nGET /2', 'two'],
    ['### one\nGET /1\nA: 1\n\nbo|dy', 'one'],
    ['### one\nGET /1\n### two\nGET /2|', 'two'],
    ['### one\nGET /1\n\n|', 'one'],
    ['|@a = 1\n\n### one\nGET /1', undefined],
    ['### one\nGET /1\n### none|\n', undefined],
    ['|', undefined],
    ['HTTP/1.1 200 OK|\n', undefined],
    ['### c\ncurl| https://a.example', 'c'],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      const { parsed, offset } = withCursor(text);
      assert.equal(requestAt(parsed.document, offset)?.name?.text, expected);
    });
  }
});
