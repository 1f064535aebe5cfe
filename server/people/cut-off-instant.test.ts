import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutOffInstant } from './cut-off-instant.ts';

const at = (local: string, zone: string) => {
  const { instant, note } = cutOffInstant(local, zone);
  return [instant.toString(), note?.kind ?? null, note?.words ?? null];
};

test('a time that clocks show once has no note', () => {
  assert.deepEqual(at('2026-11-27T17:00', 'America/Toronto'), ['2026-11-27T22:00:00Z', null, null]);
  assert.deepEqual(at('2026-11-27T17:00', 'Europe/Berlin'), ['2026-11-27T16:00:00Z', null, null]);
});

test('a time that does not exist moves on by the gap, and the words say so', () => {
  assert.deepEqual(at('2026-03-29T02:30', 'Europe/Berlin'), [
    '2026-03-29T01:30:00Z',
    'gap',
    '02:30 does not exist on Sun 29 Mar 2026 in Berlin: clocks go from 02:00 to 03:00. Access closes at 03:30.',
  ]);
  assert.deepEqual(at('2026-03-08T02:30', 'America/New_York'), [
    '2026-03-08T07:30:00Z',
    'gap',
    '02:30 does not exist on Sun 8 Mar 2026 in New York: clocks go from 02:00 to 03:00. Access closes at 03:30.',
  ]);
  assert.deepEqual(at('2026-10-04T02:15', 'Australia/Lord_Howe'), [
    '2026-10-03T15:45:00Z',
    'gap',
    '02:15 does not exist on Sun 4 Oct 2026 in Lord Howe: clocks go from 02:00 to 02:30. Access closes at 02:45.',
  ]);
  assert.deepEqual(at('2018-11-04T00:30', 'America/Sao_Paulo'), [
    '2018-11-04T03:30:00Z',
    'gap',
    '00:30 does not exist on Sun 4 Nov 2018 in Sao Paulo: clocks go from 00:00 to 01:00. Access closes at 01:30.',
  ]);
});

test('a time that comes twice is the first one, and the words say so', () => {
  assert.deepEqual(at('2026-10-25T02:30', 'Europe/Berlin'), [
    '2026-10-25T00:30:00Z',
    'overlap',
    '02:30 comes twice on Sun 25 Oct 2026 in Berlin: clocks go back from 03:00 to 02:00. Access closes at the first one, an hour before the second.',
  ]);
  assert.deepEqual(at('2026-11-01T01:30', 'America/New_York'), [
    '2026-11-01T05:30:00Z',
    'overlap',
    '01:30 comes twice on Sun 1 Nov 2026 in New York: clocks go back from 02:00 to 01:00. Access closes at the first one, an hour before the second.',
  ]);
  assert.deepEqual(at('2026-04-05T01:45', 'Australia/Lord_Howe'), [
    '2026-04-04T14:45:00Z',
    'overlap',
    '01:45 comes twice on Sun 5 Apr 2026 in Lord Howe: clocks go back from 02:00 to 01:30. Access closes at the first one, 30 minutes before the second.',
  ]);
  assert.deepEqual(at('2018-02-17T23:30', 'America/Sao_Paulo').slice(0, 2), ['2018-02-18T01:30:00Z', 'overlap']);
});

test('the edges of a change are exact', () => {
  assert.equal(at('2026-03-29T01:59', 'Europe/Berlin')[1], null);
  assert.equal(at('2026-03-29T02:00', 'Europe/Berlin')[1], 'gap');
  assert.equal(at('2026-03-29T03:00', 'Europe/Berlin')[1], null);
  assert.equal(at('2026-10-25T02:00', 'Europe/Berlin')[1], 'overlap');
  assert.equal(at('2026-10-25T03:00', 'Europe/Berlin')[1], null);
});

test('a day that a place skipped is said as a day', () => {
  const [instant, kind, words] = at('2011-12-30T12:00', 'Pacific/Apia');
  assert.equal(instant, '2011-12-30T22:00:00Z');
  assert.equal(kind, 'gap');
  assert.equal(
    words,
    'Fri 30 Dec 2011 does not exist in Apia: the calendar goes from Thu 29 Dec 2011 to Sat 31 Dec 2011. Access closes on Sat 31 Dec 2011 at 12:00.',
  );
});

test('the place can be called by the name of the location', () => {
  assert.match(cutOffInstant('2026-03-08T02:30', 'America/Toronto', 'Montréal').note?.words ?? '', /in Montréal: clocks/);
});

test('for any moment and zone the instant is the compatible one, and a note stands exactly where the local time is not unique', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/Sao_Paulo',
    'Africa/Casablanca',
    'Asia/Tehran',
    'Europe/Dublin',
    'Pacific/Chatham',
    'Asia/Kolkata',
    'America/St_Johns',
    'Antarctica/Troll',
  ];
  const nearChange = fc
    .tuple(fc.constantFrom(...zones), fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2000, max: 2000 }))
    .map(([zone, skip, minutes]) => {
      let at = Temporal.ZonedDateTime.from(`2008-01-01T00:00[${zone}]`);
      for (let i = 0; i <= skip; i++) at = at.getTimeZoneTransition('next') ?? at;
      return { zone, local: at.toPlainDateTime().add({ minutes }) };
    });
  fc.assert(
    fc.property(nearChange, ({ zone, local }) => {
      const { instant, note } = cutOffInstant(local.toString(), zone);
      assert.ok(instant.equals(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).toInstant()));
      const shown = instant.toZonedDateTimeISO(zone).toPlainDateTime();
      let unique = true;
      try {
        local.toZonedDateTime(zone, { disambiguation: 'reject' });
      } catch {
        unique = false;
      }
      assert.equal(note === null, unique);
      assert.equal(shown.equals(local), note?.kind !== 'gap');
      if (note !== null) assert.match(note.words, note.kind === 'gap' ? /does not exist/ : /comes twice/);
    }),
    { numRuns: 500 },
  );
});
