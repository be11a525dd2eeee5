import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { DoneState, PanelState } from '../../../src/protocol/panelState';
import { KEPT_BODY, readSaved, savePanel } from '../../../src/protocol/saved';
import * as states from '../../fixtures/panelStates';

/** What comes back of a state after VS Code has stored it. */
const kept = (state: PanelState) => readSaved(JSON.parse(JSON.stringify(savePanel(state, { wrap: true }))))?.state;
const withBody = (raw: string, pretty?: string): DoneState => ({
  ...states.ok,
  body: states.textBody(raw, pretty === undefined ? {} : { pretty }),
});

describe('what a panel keeps over a reload', () => {
  for (const [name, state] of Object.entries({
    ok: states.ok,
    expired: states.expired,
    refused: states.refused,
    sending: states.sending(0),
    notSent: states.notSent,
    notSentWithEarlier: { ...states.notSent, earlier: states.ok },
  })) {
    it(`${name} comes back as it was`, () => assert.deepEqual(kept(state), state));
  }

  const loses = (name: string, state: DoneState, gone: boolean) =>
    it(`${name} is ${gone ? 'left out' : 'kept'}`, () => {
      const body = (kept(state) as DoneState).body;
      assert.equal(body.notKept ?? false, gone);
      assert.equal(body.raw === '' && body.pretty === undefined, gone);
    });
  loses('a body at the limit', withBody('x'.repeat(KEPT_BODY)), false);
  loses('a body over the limit', withBody('x'.repeat(KEPT_BODY + 1)), true);
  loses('a body that is over it only when laid out', withBody('x'.repeat(KEPT_BODY - 1), 'xx'), true);

  it('a large body below a request that was not sent is left out too', () => {
    const state = kept({ ...states.notSent, earlier: withBody('x'.repeat(KEPT_BODY + 1)) });
    assert.equal(state?.phase === 'notSent' && state.earlier?.body.notKept, true);
  });

  it('keeps the tab and the wrapping', () => {
    const saved = savePanel(states.ok, { tab: 'timeline', wrap: false });
    assert.deepEqual(readSaved(saved), saved);
    assert.equal(readSaved({ ...saved, tab: 'elsewhere' })?.tab, undefined);
  });

  const refuses = (name: string, raw: unknown) => it(`refuses ${name}`, () => assert.equal(readSaved(raw), undefined));
  refuses('nothing', undefined);
  refuses('another version', { ...savePanel(states.ok, { wrap: true }), version: 2 });
  refuses('an unknown phase', { version: 1, state: { phase: 'else', title: '' }, wrap: true });
  refuses('a state without its body', { version: 1, state: { ...states.ok, body: undefined }, wrap: true });
  refuses('an earlier response that is none', { version: 1, state: { ...states.notSent, earlier: states.sending(0) } });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (raw) => readSaved(raw) === undefined));
    const { state } = savePanel(states.ok, { wrap: true });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(state)), fc.anything(), (key, value) => {
        readSaved({ version: 1, state: { ...state, [key]: value } });
      }),
    );
  });
});
