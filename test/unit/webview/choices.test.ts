import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PanelState } from '../../../src/protocol/panelState';
import { announcement, defaultTab, fixesOf, inOrder, nextTick } from '../../../src/webview/pure/choices';
import * as states from '../../fixtures/panelStates';

describe('what the page chooses by itself', () => {
  const opens = (name: string, state: Parameters<typeof defaultTab>[0], tab: string) =>
    it(`${name} opens on ${tab}`, () => assert.equal(defaultTab(state), tab));
  opens('a body', states.ok, 'body');
  opens('a response without a body', states.empty, 'body');
  opens('a transport failure', states.refused, 'timeline');
  opens('a failure before any hop', { ...states.refused, timeline: [] }, 'body');

  const says = (name: string, state: PanelState, words: string) =>
    it(`${name} is announced as ${JSON.stringify(words)}`, () => assert.equal(announcement(state, 'Waiting'), words));
  says('a request under way', states.sending(0), 'Waiting');
  says('a good answer', states.ok, '200 OK');
  says('a failure', states.expired, '401 Unauthorized. The token of SendGrid has expired.');
  says('a request that was not sent', states.notSent, 'Not sent: {{limit}} has no value.');

  const ticks = (name: string, state: PanelState, now: number, ms: number | undefined) =>
    it(`${name}: ${ms === undefined ? 'nothing changes by itself' : `changes in ${ms} ms`}`, () =>
      assert.equal(nextTick(state, now, false), ms));
  ticks('a request under way', states.sending(0), 0, 100);
  ticks('a good answer', states.ok, 0, undefined);
  ticks('12.5 s to wait', states.limited(12_500), 0, 501);
  ticks('12 s to wait', states.limited(12_000), 0, 1);
  ticks('1 ms to wait', states.limited(12_000), 11_999, 2);
  ticks('a wait that is over', states.limited(12_000), 12_000, undefined);
  ticks('a wait below a request that was not sent', { ...states.notSent, earlier: states.limited(900) }, 0, 901);

  it('less motion: the seconds change once a second', () => assert.equal(nextTick(states.sending(0), 0, true), 1000));

  it('primary buttons come first, the others as they were', () =>
    assert.deepEqual(
      inOrder(fixesOf(states.expired)).map(({ id }) => id),
      ['0-0', '0-1', '0-2'],
    ));
});
