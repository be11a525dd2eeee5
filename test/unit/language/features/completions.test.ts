import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { completionsAt } from '../../../../src/core/language/features/completions';
import type { Completion } from '../../../../src/core/language/features/completions';
import { withCursor } from '../print';

const context = { services: [{ id: 'demo', name: 'Demo API', fields: ['token'] }] };

function completions(marked: string): { items: readonly Completion[]; text: string } {
  const { parsed, text, offset } = withCursor(marked);
  return { items: completionsAt(parsed, offset, context), text };
}

/** Offers these first, in this order, as `kind label`; nothing at all where none is named. */
function offers(marked: string, ...expected: string[]): void {
  it(`${JSON.stringify(marked)} offers ${expected.join(', ') || 'nothing'}`, () => {
    const found = completions(marked).items.map((item) => `${item.kind} ${item.label}`);
    assert.deepEqual(found.slice(0, Math.max(expected.length, expected.length === 0 ? 1 : 0)), expected);
  });
}

/** Choosing the item with this label turns the text into that one. */
function turns(marked: string, label: string, into: string): void {
  it(`${JSON.stringify(marked)} with ${label} becomes ${JSON.stringify(into)}`, () => {
    const { items, text } = completions(marked);
    const item = items.find((candidate) => candidate.label === label);
    assert.ok(item, items.map((candidate) => candidate.label).join(' '));
    assert.equal(text.slice(0, item.replace.start) + item.insert + text.slice(item.replace.end), into);
  });
}

describe('completions', () => {
  offers('|', 'method GET', 'method POST');
  offers('|\nGET /', 'method GET');
  offers('### a\n|', 'method GET');
  offers('po|', 'method GET');
  turns('po|', 'POST', 'POST ');
  turns('### a\npro|', 'PROPFIND', '### a\nPROPFIND ');
  offers('GET https://a|');
  offers('GET https://a/ |');

  offers('GET https://a/\n|', 'header Accept', 'header Content-Type', 'header Authorization');
  offers('GET https://a/\nAccept: x\n|', 'header Content-Type');
  offers('GET https://a/\nAccept: x\n|\n\nbody', 'header Content-Type');
  turns('GET https://a/\nconte|', 'Content-Type', 'GET https://a/\nContent-Type: ');
  turns('GET https://a/\nconte|nt: x', 'Content-Type', 'GET https://a/\nContent-Type: x');
  offers('GET https://a/\nA: x\n\n|');
  offers('POST https://a/\n\nbo|dy');

  offers('GET https://a/\nContent-Type: |', 'value application/json');
  offers('GET https://a/\nAccept: app|', 'value */*');
  turns('GET https://a/\nAccept: app|', 'application/json', 'GET https://a/\nAccept: application/json');
  turns('GET https://a/\nAuthorization: |', 'Bearer', 'GET https://a/\nAuthorization: Bearer ');
  turns(
    'GET https://a/\nAuthorization: |',
    '{{$auth.token("demo")}}',
    'GET https://a/\nAuthorization: {{$auth.token("demo")}}',
  );
  offers('GET https://a/\nX-Any: |');

  offers(
    '# @|',
    'directive service',
    'directive no-auth',
    'directive name',
    'directive timeout',
    'directive no-redirect',
  );
  turns('# @ser|', 'service', '# @service ');
  turns('// @no|-a', 'no-auth', '// @no-auth');
  offers('# @service |', 'service demo');
  offers('# @service de|', 'service demo');
  turns('# @service |old\nGET /', 'demo', '# @service demo\nGET /');
  offers('# just a comment |');
  offers('# @name |');

  offers('@host = x\nGET {{|', 'variable host', 'system $guid');
  turns('@host = x\nGET {{|', 'host', '@host = x\nGET {{host}}');
  turns('@host = x\nGET {{ho|}}/y', 'host', '@host = x\nGET {{host}}/y');
  turns('@host = x\nGET {{ ho| }}/y', 'host', '@host = x\nGET {{ host }}/y');
  turns('GET https://a/\n\n{"a": {{$gu|', '$guid', 'GET https://a/\n\n{"a": {{$guid}}');
  turns('GET https://a/\nA: {{|', '$secret demo token', 'GET https://a/\nA: {{$secret demo token}}');
  turns('@a = {{|', '$timestamp', '@a = {{$timestamp}}');
  offers('GET {{a}}|');

  it('names where a variable comes from and never offers one twice', () => {
    const { parsed, offset } = withCursor('@a = 1\n@a = 2\nGET {{|');
    const sources = [{ id: 'dev', names: () => ['a', 'b'], lookup: () => undefined }];
    const found = completionsAt(parsed, offset, { services: [], sources }).filter((item) => item.kind === 'variable');
    assert.deepEqual(
      found.map(({ label, detail }) => `${label} ${detail}`),
      ['a 2', 'b dev'],
    );
  });
});
