import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localMomentNote, resolveLocalMoment } from './resolve-local-moment.ts';

const zones = [
  'Europe/Berlin',
  'America/Toronto',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'UTC',
];

test('each local moment is the instant that Temporal reads as compatible', () => {
  const minutes = fc.integer({ min: Date.parse('2010-01-01') / 60_000, max: Date.parse('2030-01-01') / 60_000 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
      const local = Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime();
      const [date = '', time = ''] = local.toString({ smallestUnit: 'minute' }).split('T');
      const expected = local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
      assert.equal(resolveLocalMoment({ date, time, zone })?.instant, expected, `${date} ${time} ${zone}`);
    }),
    { numRuns: 500 },
  );
});

test('around every change of the clock the instant is that of Temporal, and missing and double times are told apart', () => {
  const counted = { plain: 0, gap: 0, overlap: 0 };
  for (const zone of zones) {
    const start = Temporal.Instant.from('2011-06-01T00:00:00Z').toZonedDateTimeISO(zone);
    let change: Temporal.ZonedDateTime | null = start.getTimeZoneTransition('next');
    for (let index = 0; change !== null && index < 6; index++) {
      for (let minutes = -90; minutes <= 90; minutes += 15) {
        const local: Temporal.PlainDateTime = change.toPlainDateTime().add({ minutes });
        const [date = '', time = ''] = local.toString({ smallestUnit: 'minute' }).split('T');
        const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
        const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
        const kind = earlier.equals(later) ? 'plain' : earlier.toPlainDateTime().equals(local) ? 'overlap' : 'gap';
        const instant = local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
        assert.deepEqual(resolveLocalMoment({ date, time, zone }), { instant, kind }, `${date} ${time} ${zone}`);
        counted[kind]++;
      }
      change = change.getTimeZoneTransition('next');
    }
  }
  assert.ok(counted.gap > 20 && counted.overlap > 20, JSON.stringify(counted));
});

test('what is incomplete or unknown is null, never a wrong instant', () => {
  assert.equal(resolveLocalMoment({ date: '', time: '17:00', zone: 'Europe/Berlin' }), null);
  assert.equal(resolveLocalMoment({ date: '2026-02-30', time: '17:00', zone: 'Europe/Berlin' }), null);
  assert.equal(resolveLocalMoment({ date: '2026-11-27', time: '17', zone: 'Europe/Berlin' }), null);
  assert.equal(resolveLocalMoment({ date: '2026-11-27', time: '17:00', zone: 'Europe/Nowhere' }), null);
});

test('the note names the time that is missing or comes twice, and what counts instead', () => {
  const now = Date.parse('2026-11-26T08:12:00Z');
  const berlin = { zone: 'Europe/Berlin', name: 'Berlin' };
  assert.equal(
    localMomentNote({ date: '2027-03-28', time: '02:30', zone: 'Europe/Berlin' }, berlin, now),
    '02:30 does not exist in Berlin on that day: the clock is put forward. It becomes Sun 28 Mar, 03:30 in Berlin.',
  );
  assert.equal(
    localMomentNote({ date: '2026-10-25', time: '02:30', zone: 'Europe/Berlin' }, berlin, now),
    '02:30 comes twice in Berlin on that day: the clock is put back. The first of the two counts.',
  );
  assert.equal(localMomentNote({ date: '2026-11-27', time: '17:00', zone: 'Europe/Berlin' }, berlin, now), null);
});
