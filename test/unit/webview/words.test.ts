import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { countdown, duration, elapsed, fill } from '../../../src/webview/pure/words';

describe('webview words', () => {
  const says = (name: string, actual: string, expected: string) =>
    it(`${name} is ${JSON.stringify(expected)}`, () => assert.equal(actual, expected));

  says('a value in its place', fill('masked secret: {0}', 'key of A'), 'masked secret: key of A');
  says('two values', fill('{1} before {0}', 'a', 'b'), 'b before a');
  says('a value with a placeholder in it', fill('{0} {1}', '{1}', 'b'), '{1} b');
  says('a value with $& in it', fill('in {0}', '$&'), 'in $&');
  says('a place without a value', fill('{0} {1}', 'a'), 'a {1}');

  says('0 ms', duration(0), '0 ms');
  says('0.44 ms', duration(0.44), '0.4 ms');
  says('8 ms', duration(8), '8 ms');
  says('128.4 ms', duration(128.4), '128 ms');
  says('1281 ms', duration(1281), '1.28 s');
  says('45 s', duration(45_000), '45.0 s');
  says('5 min', duration(300_000), '300 s');

  says('the last millisecond of a wait', countdown(1, 's'), '1 s');
  says('a wait of 12 s', countdown(12_000, 's'), '12 s');
  says('a little more than 12 s', countdown(12_001, 's'), '13 s');
  says('a wait of 125 s', countdown(125_000, 's'), '2:05');
  says('a wait of an hour', countdown(3_609_000, 's'), '1:00:09');
  says('a wait that is over', countdown(-5, 's'), '0 s');

  says('nothing gone by', elapsed(0, 's'), '0.0 s');
  says('a clock that runs behind', elapsed(-100, 's'), '0.0 s');
  says('2.55 s gone by', elapsed(2550, 's'), '2.5 s');
  says('59.99 s gone by', elapsed(59_990, 's'), '59.9 s');
  says('a minute gone by', elapsed(60_000, 's'), '1:00');
  says('125.9 s gone by', elapsed(125_900, 's'), '2:05');

  it('a wait never says nothing while there is something left', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000_000 }), (ms) => !/^0 s$/.test(countdown(ms, 's'))));
  });
});
