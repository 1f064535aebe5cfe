import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asideWords, costWords, type MilestoneTimes, reportTitle, timeWords } from './report-words.ts';

const times = (more: Partial<MilestoneTimes>): MilestoneTimes => ({
  id: 'm',
  name: 'First ticket answered',
  targetDays: 10,
  isGone: false,
  reached: 0,
  inTime: 0,
  open: 0,
  late: 0,
  left: 0,
  unknown: 0,
  days: null,
  workingDays: null,
  hires: [],
  byDepartment: [],
  byTitle: [],
  ...more,
});

test('the title says how many were ready of how many who started, and when nobody knows', () => {
  const title = (started: number, ready: number, unknown = 0) => reportTitle({ started, ready, unknown });
  assert.equal(title(0, 0), 'What hires waited for');
  assert.equal(title(1, 1), 'The one hire was ready on the first morning');
  assert.equal(title(1, 0), 'The one hire was not ready on the first morning');
  assert.equal(title(5, 5), 'All five hires were ready on the first morning');
  assert.equal(title(5, 3), 'Three of five hires were ready on the first morning');
  assert.equal(title(5, 1), 'One of five hires was ready on the first morning');
  assert.equal(title(12, 0, 2), 'None of 12 hires was ready on the first morning');
  assert.equal(title(2, 0, 2), 'Whether hires were ready on the first morning is not known');
});

test('a milestone that nobody reached has no median and no zero', () => {
  assert.equal(timeWords(times({ open: 2 })), 'Nobody has reached it yet; target: within 10 days.');
});

test('a milestone says median and range in days and in working days, beside its target', () => {
  const one = { days: { median: 3, least: 3, most: 3 }, workingDays: { median: 1, least: 1, most: 1 } };
  assert.equal(
    timeWords(times({ reached: 1, inTime: 1, ...one })),
    'One reached it, after 3 days (1 working day); target: within 10 days.',
  );
  const three = { days: { median: 9, least: 4, most: 14 }, workingDays: { median: 6.5, least: 2, most: 10 } };
  assert.equal(
    timeWords(times({ reached: 3, inTime: 2, isGone: true, ...three })),
    'Three reached it: median 9 days (6.5 working days), from 4 to 14 days (2 to 10 working days); target: within 10 days, kept by two of them. It is not asked for any more.',
  );
});

test('who is in no figure is said; what cost next to nothing is not said as nothing', () => {
  assert.equal(asideWords({ left: 0, unknown: 0 }), '');
  assert.equal(asideWords({ left: 1, unknown: 2 }), 'One left before. Of two it is not known whether or when.');
  assert.equal(costWords(0), 'less than half an hour');
  assert.equal(costWords(1), '1 day');
});
