import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstName, fullDay, greeting, needsWords } from './today-words.ts';

test('the greeting is that of the reader’s own hour', () => {
  const now = Date.parse('2026-11-26T08:12:00Z');
  assert.equal(greeting(now, 'Europe/Berlin'), 'Good morning');
  assert.equal(greeting(now, 'Asia/Kolkata'), 'Good afternoon');
  assert.equal(greeting(now, 'America/Toronto'), 'Good night');
  assert.equal(greeting(Date.parse('2026-11-26T23:30:00Z'), 'Europe/Berlin'), 'Good night');
  assert.equal(fullDay(now, 'Pacific/Auckland'), 'Thursday 26 November');
  assert.equal(firstName('Ines Halvorsen'), 'Ines');
});

test('what needs somebody is counted in words, as far as people do', () => {
  assert.deepEqual([0, 1, 3, 12].map(needsWords), [
    'Nothing needs you.',
    'One thing needs you.',
    'Three things need you.',
    '12 things need you.',
  ]);
});
