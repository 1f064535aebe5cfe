import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantWords, localInstant } from './local-instant.ts';
import type { Moment, PlaybookStep } from './playbook-definition.ts';
import { type Anchors, dueInstant, momentInstant, momentWords, stepInstant } from './step-instant.ts';

const anchors: Anchors = {
  told: Temporal.Instant.from('2026-11-20T10:00:00Z'),
  confirmed: Temporal.Instant.from('2026-11-10T08:00:00Z'),
  cutOff: Temporal.Instant.from('2026-11-27T22:00:00Z'),
  lastWorkingDay: Temporal.PlainDate.from('2026-11-27'),
  legalEnd: null,
  start: Temporal.PlainDate.from('2020-01-01'),
  firstMorning: Temporal.Instant.from('2020-01-01T14:00:00Z'),
};
const zone = 'America/Toronto';

const moments: [Moment, string | null, string][] = [
  [{ anchor: 'cut-off' }, '2026-11-27T22:00:00Z', 'the cut-off'],
  [{ anchor: 'cut-off', plus: '-PT1H' }, '2026-11-27T21:00:00Z', '1 hour before the cut-off'],
  [{ anchor: 'cut-off', days: 14 }, '2026-12-11T22:00:00Z', '14 days after the cut-off'],
  [{ anchor: 'cut-off', days: 90, time: '09:00' }, '2027-02-25T14:00:00Z', '90 days after the cut-off, at 09:00'],
  [{ anchor: 'cut-off', workingDays: 5, time: '17:00' }, '2026-12-04T22:00:00Z', '5 working days after the cut-off, at 17:00'],
  [{ anchor: 'last-working-day', workingDays: -5 }, '2026-11-20T14:00:00Z', '5 working days before the last working day'],
  [{ anchor: 'last-working-day', days: -30, time: '17:00' }, '2026-10-28T21:00:00Z', '30 days before the last working day, at 17:00'],
  [{ anchor: 'legal-end', days: 1 }, null, '1 day after the legal end'],
];
for (const [moment, expected, words] of moments) {
  test(`${words} is ${expected}`, () => {
    assert.equal(momentInstant(moment, anchors, zone).instant?.toString() ?? null, expected);
    assert.equal(momentWords(moment), words);
  });
}

test('the phrase names weekday, date, time and place; an unknown date says what it waits for', () => {
  assert.equal(momentInstant({ anchor: 'cut-off' }, anchors, zone, 'Montréal').words, 'Fri 27 Nov 2026, 17:00 in Montréal');
  assert.equal(instantWords(anchors.cutOff!, 'Europe/Berlin', { seconds: true }), 'Fri 27 Nov 2026, 23:00:00 in Berlin');
  assert.equal(momentInstant({ anchor: 'legal-end' }, anchors, zone).words, 'Waits until the legal end is known.');
});

const local = (text: string, place: string) => localInstant(Temporal.PlainDateTime.from(text), place);

test('a local time that does not exist moves forward by the gap, and says so', () => {
  const { instant, note } = local('2027-03-28T02:30', 'Europe/Berlin');
  assert.equal(instant.toString(), '2027-03-28T01:30:00Z');
  assert.equal(note?.kind, 'gap');
  assert.match(note?.words ?? '', /02:30 does not exist in Berlin on Sun 28 Mar 2027.*03:30 is used/);
});

test('of a local time that comes twice the first is taken, and both are named', () => {
  const { instant, note } = local('2026-11-01T01:30', 'America/Toronto');
  assert.equal(instant.toString(), '2026-11-01T05:30:00Z');
  assert.equal(note?.kind, 'overlap');
  assert.match(note?.words ?? '', /comes twice in Toronto on Sun 1 Nov 2026.*first is used, 05:30 UTC; the second would be 06:30 UTC/);
});

test('a change of half an hour and a day that was skipped are read as Temporal reads them', () => {
  assert.equal(local('2026-10-04T02:15', 'Australia/Lord_Howe').note?.kind, 'gap');
  assert.equal(local('2026-10-04T02:15', 'Australia/Lord_Howe').instant.toString(), '2026-10-03T15:45:00Z');
  assert.equal(local('2011-12-30T12:00', 'Pacific/Apia').note?.kind, 'gap');
  assert.equal(local('2026-11-27T17:00', 'Asia/Kolkata').note, null);
});

test('a step for the leaver waits for the told instant, at the latest the cut-off', () => {
  const step: PlaybookStep = { key: 'a', title: 'A', kind: 'task', who: 'leaver', at: { anchor: 'confirmed' } };
  assert.equal(stepInstant(step, anchors, zone).instant?.toString(), '2026-11-20T10:00:00Z');
  assert.equal(stepInstant(step, { ...anchors, told: null }, zone).instant?.toString(), '2026-11-27T22:00:00Z');
  assert.equal(
    stepInstant(step, { ...anchors, told: Temporal.Instant.from('2027-01-01T00:00:00Z') }, zone).instant?.toString(),
    '2026-11-27T22:00:00Z',
  );
  assert.equal(stepInstant(step, { ...anchors, told: null, cutOff: null }, zone).instant, null);
  assert.equal(stepInstant({ ...step, who: 'ops' }, anchors, zone).instant?.toString(), '2026-11-10T08:00:00Z');
});

test('due times count days of the calendar and hours of the clock', () => {
  const from = Temporal.Instant.from('2026-10-30T21:00:00Z');
  assert.equal(dueInstant('P2D', from, zone)?.toString(), '2026-11-01T22:00:00Z');
  assert.equal(dueInstant('PT48H', from, zone)?.toString(), '2026-11-01T21:00:00Z');
  assert.equal(dueInstant({ workingDays: 2, time: '17:00' }, from, zone)?.toString(), '2026-11-03T22:00:00Z');
  assert.equal(dueInstant(undefined, from, zone), null);
});
