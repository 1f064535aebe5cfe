import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyDraft, isSensitive, termsOf } from './leaving-draft.ts';

const now = Date.parse('2026-11-26T08:12:00Z');
const draft = emptyDraft('America/Toronto');

test('nothing is asked for before now or later was chosen, and later needs a day', () => {
  assert.equal(termsOf(draft, now, false), null);
  assert.equal(termsOf({ ...draft, when: 'later' }, now, false), null);
  assert.equal(termsOf({ ...draft, when: 'later', moment: { ...draft.moment, date: '2026-02-30' } }, now, false), null);
  assert.equal(termsOf({ ...draft, when: 'now' }, now, false)?.at, 'now');
});

test('a local time goes out as it was chosen, with its zone, or in each person’s own', () => {
  const later = { ...draft, when: 'later' as const, moment: { ...draft.moment, date: '2026-11-27' } };
  assert.deepEqual([termsOf(later, now, false)?.at, termsOf(later, now, false)?.zone], ['2026-11-27T17:00', 'America/Toronto']);
  assert.equal(termsOf(later, now, true)?.zone, undefined);
  assert.equal(termsOf(later, now, false)?.toldAt, undefined);
  assert.equal(termsOf({ ...later, told: 'now' }, now, false)?.toldAt, '2026-11-26T08:12:00.000Z');
  const chosen = { ...later, told: 'chosen' as const, toldMoment: { ...later.toldMoment, date: '2026-11-27' } };
  assert.equal(termsOf(chosen, now, false)?.toldAt, '2026-11-27T14:00:00.000Z');
});

test('an exit is sensitive only while it is not told', () => {
  const sensitive = { ...draft, sensitive: true, named: ['a'] };
  assert.equal(isSensitive({ ...sensitive, when: 'now' }), false);
  assert.equal(isSensitive({ ...sensitive, when: 'later', told: 'now' }), false);
  assert.equal(isSensitive({ ...sensitive, when: 'later' }), true);
  const terms = termsOf({ ...sensitive, when: 'now' }, now, false);
  assert.deepEqual([terms?.sensitive, terms?.namedMemberIds], [false, []]);
});
