import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountIs, classify, entitlementIs, type Is, isGive, isTake, type Thing, type What } from './classify.ts';

const is = fc.constantFrom<Is>('held', 'missing', 'suspended', 'unknown', 'evidenced');
const thing: fc.Arbitrary<Thing> = fc.record({
  isAccount: fc.boolean(),
  should: fc.constantFrom(true, false, null),
  is,
  way: fc.constantFrom('machine', 'by-hand', 'outside'),
  given: fc.boolean(),
  decision: fc.constantFrom('keep', 'take', null),
  underWay: fc.boolean(),
  holdsOthers: fc.boolean(),
  hasLeft: fc.boolean(),
  isAway: fc.boolean(),
  isPaused: fc.boolean(),
  inGrace: fc.boolean(),
});

/** What is known once a change was done and read back. */
const after = (before: Thing, what: What): Thing => {
  if (isGive(what)) return { ...before, is: 'held', given: true };
  return isTake(what) ? { ...before, is: before.isAccount ? 'suspended' : 'missing', given: false } : before;
};

const holds = (property: fc.IProperty<[Thing]>) => fc.assert(property, { numRuns: 3_000 });

test('what no rule gave is never taken, unless somebody decided so', () => {
  holds(
    fc.property(thing, (each) => {
      if (isTake(classify(each))) assert.ok(each.given || each.decision === 'take');
    }),
  );
});

test('what rules want is never taken, and what they do not want is never given', () => {
  holds(
    fc.property(thing, (each) => {
      const what = classify(each);
      if (each.should === true) assert.ok(!isTake(what));
      if (each.should === false) assert.ok(!isGive(what));
    }),
  );
});

test('an unknown fact neither gives nor takes; for whom has left, and for what is under way, rules do nothing', () => {
  holds(
    fc.property(thing, (each) => {
      const what = classify(each);
      if (each.should === null || each.hasLeft || each.underWay) assert.ok(!isGive(what) && !isTake(what));
    }),
  );
});

test('in its days of grace, and while somebody is on leave, nothing is taken unless somebody decided so', () => {
  holds(
    fc.property(thing, (each) => {
      if (isTake(classify(each)) && (each.inGrace || each.isAway || each.isPaused)) assert.equal(each.decision, 'take');
      if (each.isPaused) assert.ok(!isGive(classify(each)));
    }),
  );
});

test('a machine gives nothing where nobody knows what is there', () => {
  holds(
    fc.property(thing, (each) => {
      if (each.is === 'unknown' && each.way === 'machine') assert.ok(!isGive(classify(each)));
    }),
  );
});

test('doing what follows leaves nothing to do: a second plan is empty', () => {
  holds(
    fc.property(thing, (each) => {
      const what = classify(each);
      const next = classify(after(each, what));
      if (isGive(what) || isTake(what)) assert.ok(!isGive(next) && !isTake(next), `${what}, then ${next}`);
    }),
  );
});

test('an account that holds what no rule gave stays open, unless somebody decided that it goes', () => {
  holds(
    fc.property(thing, (each) => {
      if (each.isAccount && each.holdsOthers && each.decision !== 'take') assert.notEqual(classify(each), 'suspend');
    }),
  );
});

const status = fc.constantFrom('active', 'suspended', null);

test('an account is missing only where somebody has looked, and an open one is held whatever else is said', () => {
  fc.assert(
    fc.property(
      fc.array(status, { maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom(true, false, null, undefined),
      (statuses, everRead, evidenced, inGroup) => {
        const state = accountIs({ statuses, everRead, evidenced, inGroup });
        if (state === 'missing') assert.ok((everRead || inGroup === false) && !evidenced);
        if (statuses.some((each) => each !== 'suspended')) assert.equal(state, 'held');
        if (inGroup === true) assert.equal(state, 'held');
      },
    ),
  );
});

test('an entitlement that no source has told of is not called missing, unless there is no account to have it', () => {
  fc.assert(
    fc.property(fc.array(status, { maxLength: 3 }), fc.boolean(), fc.boolean(), is, (heldBy, told, evidenced, account) => {
      const state = entitlementIs({ heldBy, told, evidenced, account });
      if (state === 'missing') assert.ok((told || account === 'missing') && heldBy.length === 0 && !evidenced);
    }),
  );
});
