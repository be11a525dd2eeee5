import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { place } from '../../../src/webview/pure/scale';

describe('places on the timeline', () => {
  const at = (start: number, length: number, total: number, left: number, width: number) =>
    it(`${start} ms + ${length} ms of ${total} ms`, () =>
      assert.deepEqual(place(start, length, total), { left, width }));

  at(0, 50, 100, 0, 50);
  at(50, 50, 100, 50, 50);
  at(25, 0, 100, 25, 0.6);
  at(100, 0, 100, 99.4, 0.6);
  at(90, 30, 100, 90, 10);
  at(-10, 20, 100, 0, 10);
  at(0, 0, 0, 0, 100);

  it('draws nothing outside', () => {
    const ms = fc.double({ min: -1000, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(ms, ms, ms, (start, length, total) => {
        const { left, width } = place(start, Math.abs(length), total);
        return left >= 0 && width > 0 && left + width <= 100.02;
      }),
    );
  });
});
