import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueForm, dueOf, lengthOf, momentOf, whenForm } from './lengths.ts';

test('a moment reads the same after the form as before it', () => {
  const instants = new Set(['told', 'cut-off', 'confirmed', 'first-morning']);
  for (const at of [
    { anchor: 'confirmed' },
    { anchor: 'cut-off', plus: '-PT1H' },
    { anchor: 'cut-off', plus: 'PT5M' },
    { anchor: 'cut-off', days: -2, time: '10:00' },
    { anchor: 'last-working-day', workingDays: -3, time: '09:00' },
    { anchor: 'start', time: '12:00' },
    { anchor: 'start', days: 30 },
    { anchor: 'cut-off', days: 0, time: '12:00' },
  ] as const)
    assert.deepEqual(momentOf(whenForm(at), instants.has(at.anchor)), at);
});

test('hours do not go with a date: they become days', () => {
  assert.deepEqual(momentOf({ anchor: 'start', side: 'before', amount: 2, unit: 'hours', time: '' }, false), { anchor: 'start', days: -2 });
});

test('lengths are read in their largest whole unit, and due times come back as they were', () => {
  assert.deepEqual(lengthOf('PT24H'), { amount: 24, unit: 'hours' });
  assert.deepEqual(lengthOf('P1W'), { amount: 7, unit: 'days' });
  assert.deepEqual(lengthOf('PT4H30M'), { amount: 270, unit: 'minutes' });
  assert.deepEqual(lengthOf('PT0S'), { amount: 0, unit: 'hours' });
  for (const due of ['PT24H', 'P14D', { workingDays: 2, time: '17:00' }, { days: 3, time: '09:00' }, { workingDays: 2 }])
    assert.deepEqual(dueOf(dueForm(due)), due);
});
