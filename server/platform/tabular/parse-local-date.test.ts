import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { guessDateOrder } from './guess-date-order.ts';
import { type DateOrder, parseLocalDate } from './parse-local-date.ts';
import { parseLocalDateTime } from './parse-local-date-time.ts';

const day = (text: string, order?: DateOrder, zone?: string) => {
  const found = parseLocalDate(text, order, zone);
  return found instanceof Temporal.PlainDate ? found.toString() : found.problem;
};
const moment = (text: string, order?: DateOrder, zone?: string) => {
  const found = parseLocalDateTime(text, order, zone);
  return found instanceof Temporal.PlainDateTime ? found.toString({ smallestUnit: 'minute' }) : found.problem;
};

test('dates are read as people in Germany, Britain and the United States write them', () => {
  const same = [
    '2026-11-27',
    '2026/11/27',
    '20261127',
    '27.11.2026',
    '27.11.26',
    '27. 11. 2026',
    '27/11/2026',
    '11/27/2026',
    '27-11-2026',
    '27 Nov 2026',
    '27-Nov-26',
    '27. November 2026',
    'Nov 27, 2026',
    'November 27th, 2026',
    '27th November 2026',
    'Fri 27 Nov 2026',
    'Friday, November 27, 2026',
    'Fr., 27.11.2026',
    'Freitag, 27. November 2026',
    '2026-Nov-27',
    '46353',
    '46353.5',
    '2026-11-27T17:00:00+01:00',
    '2026-11-27 17:00',
    '27.11.2026 17:00 Uhr',
    '11/27/2026 5:00 PM',
    '2026-11-27T00:00:00.000Z',
  ];
  for (const text of same) assert.equal(day(text), '2026-11-27', text);
  assert.equal(day('3. März 2026'), '2026-03-03');
  assert.equal(day('3 Mrz 2026'), '2026-03-03');
  assert.equal(day('Jänner 5 2026'), '2026-01-05');
  assert.equal(day('01.02.70'), '1970-02-01');
});

test('a date that may be two days is ambiguous until the order is known', () => {
  const found = parseLocalDate('04/05/2026', undefined);
  assert.ok(!(found instanceof Temporal.PlainDate) && found.ambiguous !== undefined);
  assert.deepEqual(found.ambiguous.map(String), ['2026-05-04', '2026-04-05']);
  assert.equal(found.problem, '"04/05/2026" may be 4 May or 5 April. Say whether the day or the month comes first.');
  assert.equal(day('04/05/2026', 'day-first'), '2026-05-04');
  assert.equal(day('04/05/2026', 'month-first'), '2026-04-05');
  assert.equal(day('04.05.2026'), '2026-05-04');
  assert.equal(day('05/05/2026'), '2026-05-05');
});

test('days that do not exist are named with the reason', () => {
  assert.equal(day('31.11.2026'), '"31.11.2026" is no day. November has 30.');
  assert.equal(day('2026-02-29'), '"2026-02-29" is no day. February 2026 has 28.');
  assert.equal(day('2024-02-29'), '2024-02-29');
  assert.equal(day('27/11/2026', 'month-first'), '"27/11/2026" is no day. There is no month 27 when the month comes first.');
  assert.equal(day('2026-13-01'), '"2026-13-01" is no day. There is no month 13.');
  assert.equal(day('0.1.2026'), '"0.1.2026" is no day. Months begin with day 1.');
  assert.equal(day('27 Foo 2026'), '"27 Foo 2026" is no date: "Foo" is no month.');
  assert.equal(day('soon'), '"soon" is no date. Write it like 2026-11-27.');
  assert.equal(day('2026-11-27-03'), '"2026-11-27-03" is no date. Write it like 2026-11-27.');
});

test('an instant is the day in the zone of the person', () => {
  assert.equal(day('2026-11-26T23:00:00Z', undefined, 'Europe/Berlin'), '2026-11-27');
  assert.equal(day('2026-11-27T00:00:00Z', undefined, 'America/New_York'), '2026-11-27');
  assert.equal(day('2026-11-26T23:00:00Z'), '2026-11-26');
});

test('a date with a time needs the time, and a zone when it has an offset', () => {
  for (const text of [
    '2026-11-27 17:30',
    '2026-11-27T17:30:00',
    '27.11.2026, 17:30 Uhr',
    '27.11.2026 um 17.30',
    '11/27/2026 5:30 PM',
    '46353.7291666667',
  ])
    assert.equal(moment(text), '2026-11-27T17:30', text);
  assert.equal(moment('27.11.2026 17 Uhr'), '2026-11-27T17:00');
  assert.equal(moment('27 Nov 2026 12am'), '2026-11-27T00:00');
  assert.equal(moment('2026-11-27T16:30:00Z', undefined, 'Europe/Berlin'), '2026-11-27T17:30');
  assert.match(moment('2026-11-27T16:30:00Z'), /has an offset \(Z\).*zone or location/);
  assert.equal(moment('2026-11-27'), '"2026-11-27" has no time. Write it like 2026-11-27 17:00.');
  assert.match(moment('2026-11-27 24:00'), /Midnight is 00:00 of the next day/);
  assert.match(moment('2026-11-27 17:61'), /no time of the day/);
  assert.match(moment('31.11.2026 17:00'), /"31.11.2026 17:00" is no day. November has 30/);
});

test('the order of a file is guessed from dates that allow one reading only, else asked', () => {
  assert.equal(guessDateOrder(['04/05/2026', '27/11/2026']), 'day-first');
  assert.equal(guessDateOrder(['04/05/2026', '11/27/2026 5:00 PM']), 'month-first');
  assert.equal(guessDateOrder(['04/05/2026', '05/05/2026']), 'ambiguous');
  assert.equal(guessDateOrder(['13/05/2026', '05/13/2026']), 'ambiguous');
  assert.equal(guessDateOrder(['04.05.2026']), 'day-first');
  assert.equal(guessDateOrder(['2026-11-27', '27 Nov 2026', '']), 'iso');
});

test('every day written in any style is read as that day', () => {
  const days = fc.integer({ min: 0, max: 36_000 }).map((days) => Temporal.PlainDate.from('1971-01-01').add({ days }));
  const two = (part: number) => String(part).padStart(2, '0');
  fc.assert(
    fc.property(days, (date) => {
      const { year, month, day: number } = date;
      const english = date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
      const german = date.toLocaleString('de-DE', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
      const american = date.toLocaleString('en-US', { month: 'short', day: 'numeric', year: 'numeric' });
      for (const text of [date.toString(), english, german, american, `${number}.${month}.${year}`])
        assert.equal(day(text), date.toString(), text);
      assert.equal(day(`${two(number)}/${two(month)}/${year}`, 'day-first'), date.toString());
      assert.equal(day(`${month}/${number}/${year}`, 'month-first'), date.toString());
    }),
  );
});

test('no text makes the reader throw, and every answer is a day or a reason', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^[0-9./: TZ+-]{0,24}$/)),
      fc.constantFrom<(DateOrder | undefined)[]>(undefined, 'day-first', 'month-first', 'iso'),
      (text, order) => {
        for (const answer of [parseLocalDate(text, order, 'Europe/Berlin'), parseLocalDateTime(text, order, 'Europe/Berlin')]) {
          assert.ok(answer instanceof Temporal.PlainDate || answer instanceof Temporal.PlainDateTime || answer.problem.length > 0);
        }
      },
    ),
    { numRuns: 2000 },
  );
});
