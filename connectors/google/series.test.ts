import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endedRules, isRunningSeries, isToCome } from './series.ts';

const now = Temporal.Instant.from('2026-12-01T09:00:00.250Z');
const timed = (start: string, recurrence?: string[]) => ({ start: { dateTime: start }, ...(recurrence ? { recurrence } : {}) });
const allDay = (date: string, recurrence?: string[]) => ({ start: { date }, ...(recurrence ? { recurrence } : {}) });

test('a meeting that has begun is not to come, and one of the next minute is', () => {
  assert.equal(isToCome(timed('2026-12-01T08:30:00Z'), now), false);
  assert.equal(isToCome(timed('2026-12-01T10:01:00+01:00'), now), true);
  assert.equal(isToCome(allDay('2026-12-01'), now), true);
  assert.equal(isToCome(allDay('2026-11-30'), now), false);
});

test('a series ends now, without its count, and then nothing of it is to come', () => {
  for (const rule of ['RRULE:FREQ=WEEKLY;COUNT=90', 'RRULE:FREQ=WEEKLY;UNTIL=20280101T000000Z', 'RRULE:FREQ=WEEKLY']) {
    const series = timed('2026-09-07T10:00:00+02:00', [rule]);
    assert.equal(isRunningSeries(series, now), true);
    assert.equal(isToCome(series, now), true);
    const rules = endedRules(series, now);
    assert.deepEqual(rules, ['RRULE:FREQ=WEEKLY;UNTIL=20261201T090000Z']);
    assert.equal(isToCome({ ...series, recurrence: rules }, now), false);
  }
});

test('a series of whole days ends with yesterday, and dates that were named one by one stay as far as they have been', () => {
  const days = allDay('2026-09-07', ['RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20260909', 'RDATE;VALUE=DATE:20261002,20270102']);
  assert.deepEqual(endedRules(days, now), ['RRULE:FREQ=DAILY;UNTIL=20261130', 'EXDATE;VALUE=DATE:20260909', 'RDATE;VALUE=DATE:20261002']);
  assert.deepEqual(endedRules(timed('2026-09-07T10:00:00Z', ['RRULE:FREQ=DAILY', 'RDATE:20270102T100000Z']), now), [
    'RRULE:FREQ=DAILY;UNTIL=20261201T090000Z',
  ]);
});

test('a series that has not begun is no running one: all of it is to come', () => {
  const series = timed('2026-12-07T10:00:00Z', ['RRULE:FREQ=WEEKLY']);
  assert.equal(isRunningSeries(series, now), false);
  assert.equal(isToCome(series, now), true);
  assert.equal(isRunningSeries(timed('2026-09-07T10:00:00Z'), now), false);
});
