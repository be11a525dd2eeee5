import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hoverAt } from '../../../../src/core/language/features/hover';
import { now, still } from '../context';
import { withCursor } from '../print';

/** What the hover says, without its span, and the text it stands for. */
function says(marked: string, span: string | undefined, expected?: object): void {
  it(JSON.stringify(marked), () => {
    const { parsed, text, offset } = withCursor(marked);
    const found = hoverAt(parsed, offset, { dynamic: still(), services: ['demo'] });
    assert.equal(found && text.slice(found.span.start, found.span.end), span);
    if (found === undefined) return;
    const { span: _, ...rest } = found;
    assert.deepEqual(JSON.parse(JSON.stringify(rest)), expected);
  });
}

describe('hover', () => {
  const definition = { start: 0, end: 6 };
  says('@a = 1\nGET /{{|a}}', '{{a}}', { kind: 'variable', name: 'a', value: '1', source: 'file', definition });
  says('@a = 1\nGET /{{ a }}|', '{{ a }}', { kind: 'variable', name: 'a', value: '1', source: 'file', definition });
  says('|@a = 1\nGET /', undefined);
  says('@|a = 1', 'a', { kind: 'variable', name: 'a', value: '1', source: 'file', definition });
  says('@a = 1\n@b|c = {{a}}2', 'bc', {
    kind: 'variable',
    name: 'bc',
    value: '12',
    source: 'file',
    definition: { start: 7, end: 19 },
  });
  says('GET /{{$isoT|imestamp}}', '{{$isoTimestamp}}', {
    kind: 'system',
    name: '$isoTimestamp',
    usage: '$isoTimestamp',
    example: new Date(now).toISOString(),
  });
  says('A {{x|}}', '{{x}}', {
    kind: 'problem',
    problem: { code: 'unresolved-variable', span: { start: 2, end: 7 }, name: 'x', known: [] },
  });
  says('GET /{{|', '{{', { kind: 'problem', problem: { code: 'unclosed-reference', span: { start: 5, end: 7 } } });
  says('GET /{{$auth.to|ken("demo")}}', '{{$auth.token("demo")}}', {
    kind: 'credential',
    service: 'demo',
    known: true,
  });
  says('GET /{{$secret no|pe key}}', '{{$secret nope key}}', {
    kind: 'credential',
    service: 'nope',
    field: 'key',
    known: false,
  });
  // A variable that holds a credential shows the reference.
  says('@t = x{{$secret demo k}}\nGET /{{|t}}', '{{t}}', {
    kind: 'variable',
    name: 't',
    value: 'x{{$secret demo k}}',
    source: 'file',
    definition: { start: 0, end: 24 },
  });
  const directive = { kind: 'directive', support: 'works' };
  says('# @ser|vice demo\nGET /', '# @service demo', {
    ...directive,
    name: 'service',
    argument: 'demo',
    usage: '# @service ID',
    known: true,
  });
  says('# @service de|mo\nGET /', 'demo', {
    ...directive,
    name: 'service',
    argument: 'demo',
    usage: '# @service ID',
    known: true,
  });
  says('# @noA|uth\nGET /', '# @noAuth', { ...directive, name: 'no-auth', argument: '', usage: '# @no-auth' });
  says('# @r|ef x\nGET /', '# @ref x', {
    kind: 'directive',
    support: 'not-yet',
    name: 'ref',
    argument: 'x',
    usage: '# @ref',
  });
  says('# @no-auh|t\nGET /', 'no-auht', {
    kind: 'problem',
    problem: { code: 'unknown-directive', span: { start: 3, end: 10 }, name: 'no-auht', suggestion: 'no-auth' },
  });
  says('# comm|ent', undefined);
  says('GET https://a|', undefined);
});
