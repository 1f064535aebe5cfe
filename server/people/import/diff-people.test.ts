import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffPeople, type PeopleDiff } from './diff-people.ts';
import { identityOf } from './identity-keys.ts';
import { findManagerLoops } from './manager-loops.ts';
import { type ExistingPerson, type PersonRecord, valueFields } from './person-record.ts';

const record = (row: number, values: Partial<PersonRecord>): PersonRecord => ({
  row,
  managerReference: null,
  saysLeft: false,
  notes: [],
  ...values,
});
const empty = Object.fromEntries(valueFields.map((field) => [field, null])) as { [Field in (typeof valueFields)[number]]: null };
const person = (id: string, values: Partial<ExistingPerson>): ExistingPerson => ({
  ...empty,
  id,
  aliases: [],
  accessCutOff: null,
  managerId: null,
  hasLeft: false,
  ...values,
});
const ann = person('ann', { givenName: 'Ann', familyName: 'Roe', employeeNumber: '1', workAddress: 'ann@x.io', department: 'IT' });
const bob = person('bob', {
  givenName: 'Bob',
  familyName: 'Low',
  employeeNumber: '2',
  workAddress: 'bob@x.io',
  aliases: ['robert@x.io'],
  managerId: 'ann',
});
const diff = (records: PersonRecord[], more: Partial<Parameters<typeof diffPeople>[0]> = {}) =>
  diffPeople({ records, existing: [ann, bob], declaredComplete: false, today: '2026-06-01', tellsEnd: true, ...more });
const words = ({ refused }: PeopleDiff) => refused.flatMap(({ problems }) => problems.map(({ message }) => message));

test('people are found by number, then address, then other address; blank cells change nothing', () => {
  const outcome = diff([
    record(2, { employeeNumber: '1', workAddress: 'ann.roe@x.io' }),
    record(3, { workAddress: 'robert@x.io', department: 'Sales', givenName: 'Bob' }),
    record(4, { givenName: 'Cy', workAddress: 'cy@x.io' }),
  ]);
  assert.deepEqual(
    outcome.changed.map(({ personId, changes }) => [personId, changes]),
    [
      ['ann', [{ field: 'workAddress', from: 'ann@x.io', to: 'ann.roe@x.io' }]],
      [
        'bob',
        [
          { field: 'department', from: null, to: 'Sales' },
          { field: 'workAddress', from: 'bob@x.io', to: 'robert@x.io' },
        ],
      ],
    ],
  );
  assert.deepEqual(
    outcome.new.map(({ row }) => row),
    [4],
  );
});

test('rows that contradict what is known are refused with words', () => {
  const outcome = diff([
    record(2, { employeeNumber: '1', workAddress: 'bob@x.io', givenName: 'Ann' }),
    record(3, { employeeNumber: '9', workAddress: 'ann@x.io', givenName: 'Ann' }),
    record(4, { employeeNumber: '2', workAddress: 'zoe@x.io', givenName: 'Zoe', familyName: 'New' }),
    record(5, { workAddress: 'nobody@x.io' }),
  ]);
  assert.equal(outcome.refused.length, 4);
  assert.equal(
    words(outcome)[0],
    "Row 2: employee number 1 is Ann Roe's here and bob@x.io is Bob Low's. One row can be about one person only.",
  );
  assert.match(words(outcome)[1] ?? '', /the address is Ann Roe's here, whose employee number is 1; the row says 9/);
  assert.match(words(outcome)[2] ?? '', /employee number 2 is Bob Low's here, with another name and another address/);
  assert.match(words(outcome)[3] ?? '', /somebody new needs a given name/);
});

test('two rows about one person are both refused', () => {
  const outcome = diff([record(2, { employeeNumber: '2', givenName: 'Bob' }), record(3, { workAddress: 'robert@x.io', givenName: 'Bob' })]);
  assert.deepEqual(words(outcome), [
    'Row 2: rows 2 and 3 are both about Bob Low. Keep one.',
    'Row 3: rows 2 and 3 are both about Bob Low. Keep one.',
  ]);
});

test('only a list declared complete misses people, and nobody whose row was refused', () => {
  const left = person('lea', { givenName: 'Lea', workAddress: 'lea@x.io', hasLeft: true });
  const cy = person('cy', { givenName: 'Cy', familyName: 'Hill', workAddress: 'cy@x.io' });
  const existing = [ann, bob, left, cy];
  const records = [record(2, { workAddress: 'ann@x.io' })];
  assert.deepEqual(diff(records, { existing }).missing, []);
  const refused = [{ row: 3, problems: [{ row: 3, message: 'broken' }], seen: identityOf({ aliases: ['CY@x.io'] }) }];
  assert.deepEqual(diff(records, { existing, refused, declaredComplete: true }).missing, [{ personId: 'bob', name: 'Bob Low' }]);
});

test('a circle of managers is found over the file and the roster together', () => {
  const outcome = diff([
    record(2, { workAddress: 'ann@x.io', managerReference: { by: 'name', value: 'Low, Bob'.split(', ').reverse().join(' ') } }),
  ]);
  assert.deepEqual(words(outcome), ['Row 2: Ann Roe reports to Bob Low, Bob Low to Ann Roe: a circle. Change the manager of one of them.']);
  const moved = diff([
    record(2, { workAddress: 'ann@x.io', managerReference: { by: 'address', value: 'bob@x.io' } }),
    record(3, { workAddress: 'bob@x.io', managerReference: { by: 'employee-number', value: '3' } }),
    record(4, { employeeNumber: '3', givenName: 'Cy', workAddress: 'cy@x.io' }),
  ]);
  assert.deepEqual([moved.refused, moved.changed.map(({ manager }) => manager)], [[], [{ personId: 'bob' }, { row: 4 }]]);
});

test('a manager whom nobody knows, or who is the person themselves, is reported and the row is taken', () => {
  const outcome = diff([
    record(2, { workAddress: 'ann@x.io', department: 'HR', managerReference: { by: 'address', value: 'ghost@x.io' } }),
    record(3, { givenName: 'Cy', workAddress: 'cy@x.io', managerReference: { by: 'address', value: 'cy@x.io' } }),
    record(4, { givenName: 'Di', workAddress: 'di@x.io', managerReference: { by: 'address', value: 'cy@x.io' } }),
  ]);
  assert.deepEqual(
    outcome.unresolvedManagers.map(({ row }) => row),
    [2, 3],
  );
  assert.match(outcome.unresolvedManagers[1]?.words ?? '', /names Cy as their own manager/);
  assert.match(
    outcome.unresolvedManagers[0]?.words ?? '',
    /Nobody is known as "ghost@x.io", the manager of Ann Roe. The manager stays as it is/,
  );
  assert.deepEqual(
    [outcome.changed.length, outcome.new.map(({ row, manager }) => [row, manager]), outcome.refused.map(({ row }) => row)],
    [
      1,
      [
        [3, null],
        [4, { row: 3 }],
      ],
      [],
    ],
  );
});

test('ends that are set or moved earlier are counted, later ones are not', () => {
  const leaving = person('lea', {
    givenName: 'Lea',
    workAddress: 'lea@x.io',
    lastWorkingDay: '2026-12-31',
    accessCutOff: '2026-12-31T17:00',
    timeZone: 'Europe/Berlin',
  });
  const ending = (values: Partial<PersonRecord>) =>
    diff([record(2, { workAddress: 'lea@x.io', ...values })], { existing: [leaving] }).endingPersonIds;
  assert.deepEqual(ending({ lastWorkingDay: '2026-12-30' }), ['lea']);
  assert.deepEqual(ending({ lastWorkingDay: '2027-01-31' }), []);
  assert.deepEqual(ending({ accessCutOff: { instant: '2026-12-31T16:00:00Z' } }), []);
  assert.deepEqual(ending({ accessCutOff: { instant: '2026-12-31T15:00:00Z' } }), ['lea']);
});

test('the list may say that somebody left or is back; both are questions', () => {
  const gone = person('gil', { givenName: 'Gil', workAddress: 'gil@x.io', hasLeft: true });
  const outcome = diff([record(2, { workAddress: 'ann@x.io', saysLeft: true }), record(3, { workAddress: 'gil@x.io' })], {
    existing: [ann, gone],
  });
  assert.deepEqual(
    outcome.questions.map(({ personId, kind }) => [personId, kind]),
    [
      ['ann', 'says-left'],
      ['gil', 'back-on-list'],
    ],
  );
});

test('an end before the start that is known here is refused', () => {
  const outcome = diff([record(2, { workAddress: 'ann@x.io', lastWorkingDay: '2019-01-01' })], {
    existing: [{ ...ann, startDate: '2020-01-01' }],
  });
  assert.match(words(outcome)[0] ?? '', /before the start that stands here \(2020-01-01\)/);
});

test('20,000 people are compared without comparing each with each', () => {
  const many = Array.from({ length: 20_000 }, (_, i) =>
    person(`p${i}`, {
      givenName: `G${i}`,
      familyName: `F${i}`,
      employeeNumber: `${i}`,
      workAddress: `p${i}@x.io`,
      managerId: i === 0 ? null : `p${Math.floor(i / 8)}`,
    }),
  );
  const records = many.map((_, i) =>
    record(i + 2, {
      employeeNumber: `${i}`,
      workAddress: `p${i}@x.io`,
      department: 'X',
      managerReference: i === 0 ? null : { by: 'address', value: `p${Math.floor(i / 8)}@x.io` },
    }),
  );
  const begun = performance.now();
  assert.equal(diff(records, { existing: many, declaredComplete: true }).changed.length, 20_000);
  assert.ok(performance.now() - begun < 20_000);
});

const how = { defaultTimeZone: 'Europe/Berlin', today: '2026-06-01', tellsEnd: true };

/** What the import's transaction does, in memory. */
function applied(existing: ExistingPerson[], outcome: PeopleDiff, round: string): ExistingPerson[] {
  const people = new Map(existing.map((somebody) => [somebody.id, { ...somebody }]));
  for (const { row } of outcome.new) people.set(`${round}${row}`, person(`${round}${row}`, {}));
  const write = (id: string, { record: said, manager }: { record: PersonRecord; manager: PeopleDiff['new'][number]['manager'] }) => {
    const target = people.get(id) as ExistingPerson;
    for (const field of valueFields) if (said[field] !== undefined) Object.assign(target, { [field]: said[field] });
    if (said.aliases) target.aliases = [...new Set([...target.aliases, ...said.aliases])];
    if (said.accessCutOff && 'local' in said.accessCutOff) target.accessCutOff = said.accessCutOff.local;
    if (manager !== null) target.managerId = 'personId' in manager ? manager.personId : `${round}${manager.row}`;
  };
  for (const one of outcome.new) write(`${round}${one.row}`, one);
  for (const one of outcome.changed) write(one.personId, one);
  return [...people.values()];
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const small = (prefix: string) => fc.integer({ min: 1, max: 9 }).map((n) => `${prefix}${n}`);
const address = small('a').map((local) => `${local}@x.io`);
const rows = fc.array(
  fc.record({
    givenName: maybe(small('G')),
    familyName: maybe(small('F')),
    employeeNumber: maybe(small('n')),
    workAddress: maybe(address),
    personalAddress: maybe(small('h').map((local) => `${local}@home.io`)),
    aliases: maybe(fc.uniqueArray(address, { maxLength: 2 })),
    department: maybe(small('d')),
    lastWorkingDay: maybe(fc.constantFrom('2026-01-31', '2026-06-30')),
    startDate: maybe(fc.constantFrom('2020-01-01', '2026-03-01')),
    accessCutOff: maybe(fc.constantFrom({ local: '2026-11-27T17:00' }, { instant: '2026-11-27T16:00:00Z' })),
    managerReference: fc.option(
      fc.oneof(
        address.map((value) => ({ by: 'address' as const, value })),
        small('n').map((value) => ({ by: 'employee-number' as const, value })),
        small('G').map((value) => ({ by: 'name' as const, value: `${value} F1` })),
      ),
    ),
    saysLeft: fc.boolean(),
  }),
  { maxLength: 10 },
);

/** Rows as the reader hands them over: no number, address or bare name twice. */
function asRead(list: Partial<PersonRecord>[]): PersonRecord[] {
  const seen = new Set<string>();
  return list.flatMap((values, i) => {
    const clean = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<PersonRecord>;
    const { number, address: work, aliases, personal, name } = identityOf(clean);
    const keys = [
      number && `number ${number}`,
      work && `address ${work}`,
      ...aliases.map((alias) => `address ${alias}`),
      name && `name ${name}`,
      personal && `personal ${personal}`,
    ].filter(Boolean) as string[];
    if (
      keys.some((key) => seen.has(key)) ||
      (clean.lastWorkingDay !== undefined && clean.startDate !== undefined && clean.lastWorkingDay < clean.startDate)
    )
      return [];
    for (const key of keys) seen.add(key);
    return [record(i + 2, { ...clean, aliases: clean.aliases?.filter((alias) => alias !== clean.workAddress) })];
  });
}

test('rows in = new + changed + unchanged + refused, no circle of managers arises, and the same file again changes nothing', () => {
  fc.assert(
    fc.property(rows, rows, (before, now) => {
      const earlier = diffPeople({ records: asRead(before), existing: [], declaredComplete: false, ...how });
      const roster = applied([], earlier, 'first ');
      const records = asRead(now);
      const input = { records, declaredComplete: true, ...how };
      const first = diffPeople({ ...input, existing: roster });
      const count = (outcome: PeopleDiff) =>
        outcome.new.length + outcome.changed.length + outcome.unchanged.length + outcome.refused.length;
      assert.equal(count(first), records.length);
      const after = applied(roster, first, 'later ');
      assert.deepEqual(findManagerLoops(new Map(after.flatMap(({ id, managerId }) => (managerId === null ? [] : [[id, managerId]])))), []);
      const addresses = after.flatMap((somebody) => (somebody.workAddress === null ? [] : [somebody.workAddress]));
      assert.equal(new Set(addresses).size, addresses.length, 'no two people share a work address');
      const again = diffPeople({ ...input, existing: after });
      assert.deepEqual([again.new, again.changed], [[], []]);
      for (const { row } of first.refused) assert.ok(again.refused.some((one) => one.row === row));
      const touched = new Set([...first.changed, ...first.unchanged].map(({ personId }) => personId));
      for (const { personId } of first.missing) assert.ok(!touched.has(personId));
    }),
    { numRuns: 1500 },
  );
});
