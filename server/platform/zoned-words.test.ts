import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoneCity, zonedWords } from './zoned-words.ts';

const now = Temporal.Instant.from('2026-11-26T08:12:00Z');
const montreal = { zone: 'America/Toronto', name: 'Montréal' };

test('an instant is said on the clock of the place, with weekday and place', () => {
  assert.equal(zonedWords(Temporal.Instant.from('2026-11-27T22:00:00Z'), montreal, now), 'Fri 27 Nov, 17:00 in Montréal');
  assert.equal(
    zonedWords(Temporal.Instant.from('2026-11-27T22:00:00Z'), { zone: 'Asia/Tokyo', name: 'Tokyo' }, now),
    'Sat 28 Nov, 07:00 in Tokyo',
  );
});

test('both sides of a daylight-saving change show the clock that people there see', () => {
  assert.equal(
    zonedWords(Temporal.Instant.from('2027-03-28T00:59:00Z'), { zone: 'Europe/Berlin', name: 'Berlin' }, now),
    'Sun 28 Mar, 01:59 in Berlin',
  );
  assert.equal(
    zonedWords(Temporal.Instant.from('2027-03-28T01:00:00Z'), { zone: 'Europe/Berlin', name: 'Berlin' }, now),
    'Sun 28 Mar, 03:00 in Berlin',
  );
});

test('more than nine months away the year is said, and September is Sep', () => {
  assert.equal(zonedWords(Temporal.Instant.from('2027-09-03T15:00:00Z'), montreal, now), 'Fri 3 Sep 2027, 11:00 in Montréal');
});

test('a zone without a named place is called by its city', () => {
  assert.equal(zoneCity('America/Sao_Paulo'), 'Sao Paulo');
  assert.equal(zoneCity('UTC'), 'UTC');
});
