import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { parseDocument } from '../../../src/core/language/parser';
import { find, routes } from '../../../src/demo/routes';
import { notFound } from '../../../src/demo/pages';
import { sample } from '../../../src/demo/sample';
import { demoPort } from '../../../src/demo/server';

const read = (name: string) => readFileSync(path.join(process.cwd(), 'media', 'samples', name), 'utf8');
const preferred = `http://127.0.0.1:${demoPort}`;

/** Method and path of each request in a sample. */
function requestsIn(text: string): { method: string; path: string }[] {
  return [...text.matchAll(/^(GET|POST) \{\{demo\}\}(\/\S*)$/gm)].map(([, method = '', target = '']) => ({
    method,
    path: new URL(target, preferred).pathname,
  }));
}

describe('the samples', () => {
  it('demo.http is the text that Open Demo shows, for the port the demo likes best', () => {
    assert.equal(read('demo.http'), sample(preferred));
  });

  it('the address is named once, and is the one that is given', () => {
    const text = sample('http://127.0.0.1:5');
    assert.equal(text.split('http://').length, 2);
    assert.match(text, /^@demo = http:\/\/127\.0\.0\.1:5$/m);
  });

  for (const name of ['demo.http', 'more.http']) {
    it(`${name} asks only for what the demo has, under a title of its own`, () => {
      const text = read(name);
      assert.deepEqual(parseDocument(text).problems, []);
      assert.equal(
        parseDocument(text).document.requests.filter((request) => request.line).length,
        requestsIn(text).length,
      );
      const found = requestsIn(text);
      assert.equal(found.length, text.match(/^### \S.*$/gm)?.length);
      assert.equal(found.length, text.match(/^(?:GET|POST|PUT|DELETE) /gm)?.length);
      for (const { method, path: target } of found) assert.notEqual(find(routes, method, target), notFound, target);
    });
  }
});
