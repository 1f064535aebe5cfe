import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Arrival, timeToProductive, workingDaysAfter } from './time-to-productive.ts';

const aim = { id: 'ticket', name: 'First ticket answered', targetDays: 10, isGone: false };

const arrival = (person: string, reachedOn: string | null, more: Partial<Arrival> & { meant?: boolean | null } = {}): Arrival => ({
  runId: person.toLowerCase(),
  person,
  title: 'Support agent',
  department: 'Support',
  startOn: '2026-11-06',
  today: '2026-11-24',
  hasLeft: false,
  milestones: [{ id: 'ticket', meant: more.meant === undefined ? true : more.meant, reachedOn }],
  ...more,
});

test('a milestone is measured from the first day: a hire that began on a Friday and reached it on Monday took three days, one of them a working day', () => {
  const [times] = timeToProductive([aim], [arrival('Amara', '2026-11-09')]);
  assert.deepEqual(times!.days, { median: 3, least: 3, most: 3 });
  assert.deepEqual(times!.workingDays, { median: 1, least: 1, most: 1 });
  assert.equal(times!.inTime, 1);
});

test('who has not reached it is open and in no median, late once its target has passed; who left before is neither', () => {
  const [times] = timeToProductive(
    [aim],
    [
      arrival('Amara', '2026-11-10'),
      arrival('Bela', '2026-11-20'),
      arrival('Cleo', null),
      arrival('Dara', null, { startOn: '2026-11-20' }),
      arrival('Ezra', null, { hasLeft: true }),
    ],
  );
  const { reached, inTime, open, late, left, unknown, days } = times!;
  assert.deepEqual({ reached, inTime, open, late, left, unknown }, { reached: 2, inTime: 1, open: 2, late: 1, left: 1, unknown: 0 });
  assert.deepEqual(days, { median: 9, least: 4, most: 14 });
  assert.deepEqual(
    times!.hires.map(({ person, state, isLate }) => [person, state, isLate]),
    [
      ['Amara', 'reached', false],
      ['Bela', 'reached', true],
      ['Cleo', 'open', true],
      ['Dara', 'open', false],
      ['Ezra', 'left', false],
    ],
  );
});

test('nobody has reached it: no median, and no zero', () => {
  const [times] = timeToProductive([aim], [arrival('Amara', null)]);
  assert.deepEqual([times!.days, times!.workingDays, times!.open], [null, null, 1]);
});

test('what is not known is said: whom a milestone means, no department, a day before a start that was postponed', () => {
  const [times] = timeToProductive(
    [aim],
    [
      arrival('Amara', null, { meant: null, department: null }),
      arrival('Bela', '2026-11-09', { startOn: '2026-11-16' }),
      arrival('Cleo', '2026-11-09', { meant: null }),
      arrival('Dara', null, { meant: false }),
    ],
  );
  assert.deepEqual([times!.unknown, times!.reached, times!.open], [2, 1, 0]);
  assert.deepEqual(
    times!.byDepartment.map(({ name, reached, unknown }) => [name, reached, unknown]),
    [
      ['Support', 1, 1],
      [null, 0, 1],
    ],
  );
  assert.equal(timeToProductive([aim], [arrival('Dara', null, { meant: false })]).length, 0);
});

test('working days after a day are those that counting day by day gives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (shift, days) => {
      const start = Temporal.PlainDate.from('2026-01-01').add({ days: shift });
      const counted = Array.from({ length: days }, (_, index) => start.add({ days: index + 1 })).filter(({ dayOfWeek }) => dayOfWeek <= 5);
      assert.equal(workingDaysAfter(start, days), counted.length);
    }),
    { numRuns: 200 },
  );
});

const anyArrival = fc.record({
  runId: fc.uuid(),
  person: fc.string(),
  title: fc.constantFrom('Agent', 'Seller', null),
  department: fc.constantFrom('Support', 'Sales', null),
  startOn: fc.constantFrom('2026-11-06', '2026-10-01'),
  today: fc.constant('2026-11-24'),
  hasLeft: fc.boolean(),
  milestones: fc
    .record({
      id: fc.constant('ticket'),
      meant: fc.constantFrom(true, false, null),
      reachedOn: fc.constantFrom('2026-11-09', '2026-11-30', null),
    })
    .map((one) => [one]),
});

test('whoever arrived: every hire whom a milestone means stands in exactly one state, and the departments add up to the whole', () => {
  fc.assert(
    fc.property(fc.array(anyArrival, { maxLength: 12 }), (arrivals) => {
      const [times] = timeToProductive([aim], arrivals);
      const meant = arrivals.filter(({ milestones }) => milestones[0]!.meant !== false || milestones[0]!.reachedOn !== null);
      if (!times) return assert.equal(meant.length, 0);
      assert.equal(times.reached + times.open + times.left + times.unknown, meant.length);
      assert.equal(times.hires.length, meant.length);
      for (const key of ['reached', 'inTime', 'open', 'late', 'left', 'unknown'] as const)
        for (const groups of [times.byDepartment, times.byTitle])
          assert.equal(
            groups.reduce((all, group) => all + group[key], 0),
            times[key],
          );
      assert.equal(times.days === null, times.reached === 0);
      if (times.days) assert.ok(times.days.least <= times.days.median && times.days.median <= times.days.most);
    }),
    { numRuns: 200 },
  );
});
