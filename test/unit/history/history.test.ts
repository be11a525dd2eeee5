import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { History, type HistoryEntry } from '../../../src/core/history/history';
import { createRedactor } from '../../../src/core/redaction/redact';
import { newSecret } from '../../rig/secrets';
import { memoryStore } from '../support/ports';

const redactor = createRedactor([], () => undefined);
const entry = (at: number, more: Partial<HistoryEntry> = {}) =>
  redactor.value<HistoryEntry>({ at, method: 'GET', url: 'https://a.example/', ...more });

const times = (history: History) => history.list().map(({ at }) => at);

describe('history', () => {
  it('keeps the newest first, up to its limit, for the next session too', async () => {
    const store = memoryStore();
    const history = new History(store, 3);
    for (const at of [1, 2, 3, 4]) await history.add(entry(at));
    assert.deepEqual(times(history), [4, 3, 2]);
    assert.deepEqual(times(new History(store, 3)), [4, 3, 2]);
    await history.clear();
    assert.deepEqual([times(history), store.content.size], [[], 0]);
  });

  it('keeps both of two sends that end together', async () => {
    const history = new History(memoryStore());
    await Promise.all([history.add(entry(1)), history.add(entry(2)), history.add(entry(3))]);
    assert.deepEqual(times(history), [3, 2, 1]);
  });

  it('finds the latest entry of a request by name, else by place', async () => {
    const history = new History(memoryStore());
    const document = 'file:///a.http';
    await history.add(entry(1, { request: { document, index: 0, name: 'login' } }));
    await history.add(entry(2, { request: { document, index: 4, name: 'login' } }));
    await history.add(entry(3, { request: { document, index: 0 } }));
    await history.add(entry(4, { request: { document: 'file:///b.http', index: 0, name: 'login' } }));
    await history.add(entry(5));
    assert.equal(history.find({ document, index: 9, name: 'login' })?.at, 2);
    assert.equal(history.find({ document, index: 0 })?.at, 3);
    assert.equal(history.find({ document, index: 7 }), undefined);
  });

  it('leaves out what is not an entry', async () => {
    const good = { at: 1, method: 'GET', url: 'x' };
    const junk = [
      null,
      5,
      'x',
      [],
      { at: '1', method: 'GET', url: 'x' },
      { ...good, status: 'x' },
      { ...good, request: { document: 1 } },
    ];
    const store = memoryStore({ 'latchkey/history': [good, ...junk] });
    assert.deepEqual(new History(store).list(), [good]);
    for (const value of ['x', 5, {}, null])
      assert.deepEqual(new History(memoryStore({ 'latchkey/history': value })).list(), []);
  });

  it('a store that fails once does not stop the next', async () => {
    const store = memoryStore();
    let failing = true;
    const history = new History({
      get: store.get,
      set: (key, value) => (failing ? Promise.reject(new Error('full')) : store.set(key, value)),
    });
    await assert.rejects(history.add(entry(1)), /full/);
    failing = false;
    await history.add(entry(2));
    assert.deepEqual(times(history), [2]);
  });

  it('holds what was redacted, so no secret', async () => {
    const store = memoryStore();
    const value = newSecret('token');
    const used = {
      field: 'token',
      value,
      wire: `Bearer ${value}`,
      placement: { in: 'header', name: 'Authorization' },
    } as const;
    const masked = createRedactor([used], () => undefined).value<HistoryEntry>({
      at: 1,
      method: 'GET',
      url: `https://a.example/?x=${value}`,
    });
    await new History(store).add(masked);
    assert.ok(![...store.content.values()].join().includes(value));
  });
});
