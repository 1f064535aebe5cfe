import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDay, formatInZones, formatSpan, momentsInPlaces, zoneCity } from './format-in-zones.ts';

const now = Date.parse('2026-11-26T08:12:00Z');
const montreal = { zone: 'America/Toronto', name: 'Montréal' };
const berlin = { zone: 'Europe/Berlin', name: 'Berlin' };
const hamburg = { zone: 'Europe/Berlin', name: 'Hamburg' };
const bengaluru = { zone: 'Asia/Kolkata', name: 'Bengaluru' };

test('the place of the person comes first, the reader second, the date once', () => {
  assert.equal(formatInZones('2026-11-27T22:00:00Z', [montreal, berlin], { now }), 'Fri 27 Nov, 17:00 in Montréal · 23:00 in Berlin');
});

test('the date comes again where it differs', () => {
  assert.equal(
    formatInZones('2026-11-28T04:30:00Z', [montreal, berlin], { now }),
    'Fri 27 Nov, 23:30 in Montréal · Sat 28 Nov, 05:30 in Berlin',
  );
});

test('places whose clocks agree are said once', () => {
  assert.equal(formatInZones('2026-11-30T08:00:00Z', [hamburg, berlin], { now }), 'Mon 30 Nov, 09:00 in Hamburg');
});

test('a date more than nine months away gets its year, a nearer one does not', () => {
  assert.equal(formatInZones('2028-02-25T08:00:00Z', [berlin], { now }), 'Fri 25 Feb 2028, 09:00 in Berlin');
  assert.equal(formatInZones('2027-02-25T08:00:00Z', [berlin], { now }), 'Thu 25 Feb, 09:00 in Berlin');
  assert.equal(formatDay('2025-09-30', { now }), 'Tue 30 Sep 2025');
});

test('today is today in the place, not at the reader', () => {
  const late = '2026-11-26T20:00:00Z';
  assert.equal(formatInZones(late, [bengaluru], { now, today: true }), 'Fri 27 Nov, 01:30 in Bengaluru');
  assert.equal(formatInZones(late, [berlin], { now, today: true }), 'Today, 21:00 in Berlin');
});

test('midnight is 00:00, with seconds where they count, and in twelve hours for those who read them', () => {
  const midnight = '2026-11-26T23:00:09Z';
  assert.equal(formatInZones(midnight, [berlin], { now }), 'Fri 27 Nov, 00:00 in Berlin');
  assert.equal(formatInZones(midnight, [berlin], { now, seconds: true }), 'Fri 27 Nov, 00:00:09 in Berlin');
  assert.equal(formatInZones(midnight, [berlin], { now, hours: '12' }), 'Fri 27 Nov, 12:00 am in Berlin');
  assert.equal(formatInZones('2026-11-26T12:05:00Z', [berlin], { now, hours: '12' }), 'Thu 26 Nov, 1:05 pm in Berlin');
});

test('the parts are there for a page that shows them apart', () => {
  assert.deepEqual(momentsInPlaces('2026-11-27T22:00:00Z', [montreal, berlin], { now }), [
    { date: 'Fri 27 Nov', time: '17:00', place: 'Montréal' },
    { date: '', time: '23:00', place: 'Berlin' },
  ]);
});

test('the two hours of one name are told apart by the other clock', () => {
  const first = formatInZones('2026-10-25T00:30:00Z', [berlin, bengaluru], { now });
  const second = formatInZones('2026-10-25T01:30:00Z', [berlin, bengaluru], { now });
  assert.equal(first, 'Sun 25 Oct, 02:30 in Berlin · 06:00 in Bengaluru');
  assert.equal(second, 'Sun 25 Oct, 02:30 in Berlin · 07:00 in Bengaluru');
});

test('spans say their two largest units', () => {
  assert.equal(formatSpan(37 * 3_600_000), '1 day 13 hours');
  assert.equal(formatSpan(-19 * 3_600_000), '19 hours');
  assert.equal(formatSpan(61_000), '1 minute');
  assert.equal(formatSpan(30_000), 'less than a minute');
  assert.equal(formatSpan(90 * 24 * 3_600_000), '90 days');
});

test('a zone without a named place is called by its city', () => {
  assert.equal(zoneCity('America/Argentina/Buenos_Aires'), 'Buenos Aires');
  assert.equal(zoneCity('UTC'), 'UTC');
});
