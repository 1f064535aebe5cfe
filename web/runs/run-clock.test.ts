import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atWords, differenceWords } from './run-clock.ts';

const berlin = { zone: 'Europe/Berlin', name: 'Berlin' };
const bengaluru = { zone: 'Asia/Kolkata', name: 'Bengaluru' };
const cutOff = '2026-11-25T13:00:00Z';
const now = Date.parse('2026-11-26T08:12:00Z');

test('the other clock is said with its half hours, and not at all where both show the same', () => {
  assert.equal(differenceWords(berlin, bengaluru, Date.parse(cutOff)), 'Berlin is 4 hours 30 minutes behind.');
  assert.equal(differenceWords(bengaluru, berlin, Date.parse(cutOff)), 'Bengaluru is 4 hours 30 minutes ahead.');
  assert.equal(differenceWords(berlin, { zone: 'Europe/Paris', name: 'Paris' }, Date.parse(cutOff)), null);
});

test('a time on the day of its heading stands alone, another one names its day', () => {
  const options = { now, hours: '24' as const, seconds: true };
  assert.equal(atWords('2026-11-25T13:00:09Z', bengaluru, { ...options, onDayOf: cutOff }), '18:30:09');
  assert.equal(atWords('2026-11-25T19:00:00Z', bengaluru, { ...options, onDayOf: cutOff }), 'Thu 26 Nov, 00:30:00');
  assert.equal(atWords('2026-11-26T09:00:00Z', bengaluru, { now, hours: '24', today: true }), 'Today, 14:30');
});
