import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lineReader } from '../../rig/processes';
import { readTally, tallyMark } from '../../rig/reporter';
import { workbenchUrl } from '../../rig/served';
import { matches, plain, until } from '../../rig/waiting';

describe('the rig', () => {
  describe('cuts output into lines', () => {
    const linesOf = (...chunks: readonly string[]): string[] => {
      const lines: string[] = [];
      const reader = lineReader((line) => lines.push(line));
      chunks.forEach(reader.push);
      reader.flush();
      return lines;
    };
    const cases: readonly (readonly [what: string, chunks: readonly string[], lines: readonly string[]])[] = [
      ['nothing', [], []],
      ['one line', ['a\n'], ['a']],
      ['a line without an end', ['a'], ['a']],
      ['a line in two chunks', ['a', 'b\n'], ['ab']],
      ['two lines in one chunk', ['a\nb\n'], ['a', 'b']],
      ['line ends of Windows', ['a\r\nb\r\n'], ['a', 'b']],
      ['empty lines', ['\n\na\n'], ['', '', 'a']],
    ];
    for (const [what, chunks, lines] of cases) {
      it(what, () => assert.deepEqual(linesOf(...chunks), lines));
    }
  });

  describe('reads the outcome of a suite', () => {
    const tally = { passed: 3, failed: 1, skipped: 0 };
    it('from its line', () => assert.deepEqual(readTally(tallyMark + JSON.stringify(tally)), tally));
    it('behind what a console puts in front', () => {
      assert.deepEqual(readTally(`[host] ${tallyMark}${JSON.stringify(tally)}`), tally);
    });
    it('from no other line', () => assert.equal(readTally('  3 passing (2s)'), undefined));
  });

  describe('waits', () => {
    it('until there is an answer', async () => {
      let asked = 0;
      assert.equal(await until('three', async () => ++asked === 3 && 'here'), 'here');
    });
    it('over an error, which means "not yet"', async () => {
      let asked = 0;
      const answer = await until('two', async () => {
        if (++asked < 2) throw new Error('not yet');
        return asked;
      });
      assert.equal(answer, 2);
    });
    it('takes 0 and an empty text for answers', async () => {
      assert.equal(await until('zero', async () => 0), 0);
      assert.equal(await until('nothing', async () => ''), '');
    });
    it('and says in the end what was awaited and what was there', async () => {
      const waiting = until('Godot', async () => false, { timeout: 1, instead: async () => ['a tree'] });
      await assert.rejects(waiting, /Waited in vain for Godot; there is: \["a tree"\]/);
    });
    it('and keeps the last error as the cause', async () => {
      const waiting = until('Godot', () => Promise.reject(new Error('gone')), { timeout: 1 });
      await assert.rejects(waiting, (error: Error) => (error.cause as Error).message === 'gone');
    });
  });

  describe('compares texts', () => {
    it('by what they contain', () => assert.ok(matches('Send Request', 'Request')));
    it('by an expression', () => assert.ok(matches('Send Request', /^send/i)));
    it('and finds what is not there missing', () => assert.ok(!matches('Send Request', 'send')));
    it('as people read them', () => assert.equal(plain(' a\u00a0 b\n c '), 'a b c'));
    it('and no text as an empty one', () => assert.equal(plain(null), ''));
  });

  describe('makes the address of a workbench', () => {
    const address = (folder: string, token?: string): URL =>
      new URL(workbenchUrl('http://127.0.0.1:8080', { folder, extensionPath: '/ext dir' }, token));
    it('with the folder, whatever is in its name', () => {
      assert.equal(address('/a b/c&d').searchParams.get('folder'), '/a%20b/c&d');
    });
    it('with the token only where there is one', () => {
      assert.equal(address('/a').searchParams.get('tkn'), null);
      assert.equal(address('/a', 'it').searchParams.get('tkn'), 'it');
    });
    it('with the extension under development on the remote side', () => {
      const payload = JSON.parse(address('/a').searchParams.get('payload') ?? '') as string[][];
      assert.deepEqual(payload, [['extensionDevelopmentPath', 'vscode-remote://127.0.0.1:8080/ext%20dir']]);
    });
  });
});
