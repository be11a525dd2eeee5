import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tabForKey } from '../../../src/webview/pure/tabKeys';

describe('keys of the tabs', () => {
  const leads = (from: string, key: string, to: string | undefined) =>
    it(`${key} on ${from} leads to ${to ?? 'nothing'}`, () => assert.equal(tabForKey(['a', 'b', 'c'], from, key), to));

  leads('a', 'ArrowRight', 'b');
  leads('c', 'ArrowRight', 'a');
  leads('a', 'ArrowLeft', 'c');
  leads('b', 'ArrowLeft', 'a');
  leads('b', 'Home', 'a');
  leads('b', 'End', 'c');
  leads('b', 'ArrowDown', undefined);
  leads('b', 'x', undefined);
});
