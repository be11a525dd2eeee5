import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatDuration, formatSize, formatStatus } from '../../../src/protocol/format';

describe('format', () => {
  const sizes: readonly (readonly [number, string])[] = [
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1000, '1 KB'],
    [1234, '1.2 KB'],
    [9_950, '10 KB'],
    [99_500, '100 KB'],
    [999_499, '999 KB'],
    [999_600, '1 MB'],
    [34_000_000, '34 MB'],
    [1_500_000_000, '1.5 GB'],
    [5e15, '5000 TB'],
    [-1, ''],
    [Number.NaN, ''],
  ];
  for (const [bytes, text] of sizes) it(`${bytes} bytes: ${text}`, () => assert.equal(formatSize(bytes), text));

  const durations: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [0.4, '< 1 ms'],
    [1, '1 ms'],
    [128.4, '128 ms'],
    [999, '999 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [12_340, '12.3 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
    [-1, ''],
  ];
  for (const [ms, text] of durations) it(`${ms} milliseconds: ${text}`, () => assert.equal(formatDuration(ms), text));

  it('prefers the reason phrase of the server', () => {
    assert.equal(formatStatus(200, ''), '200 OK');
    assert.equal(formatStatus(200, 'Fine'), '200 Fine');
    assert.equal(formatStatus(799, ''), '799');
  });
});
