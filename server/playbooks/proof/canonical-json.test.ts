import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

test('the example of RFC 8785, section 3.2.2, gives the bytes of section 3.2.4', () => {
  const value = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  );
  const expected = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
  assert.equal(canonicalJson(value), expected);
});

test('members are sorted by UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value).replace('"1":', '"one":'))), [2, 4, 6, 7, 1, 5, 3]);
});

test('what JSON cannot hold is refused', () => {
  for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, '\ud800', { a: undefined }, [Symbol('x')]]) {
    assert.throws(() => canonicalJson(value), TypeError);
  }
});

test('the canonical form means the same, and does not depend on the order of members', () => {
  const value = fc.jsonValue({ noUnicodeString: false }).filter((one) => JSON.stringify(one).isWellFormed());
  fc.assert(
    fc.property(value, (given) => {
      const text = canonicalJson(given);
      assert.equal(canonicalJson(JSON.parse(text)), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(given)));
    }),
  );
});
