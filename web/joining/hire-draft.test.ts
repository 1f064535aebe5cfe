import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyHire, hireTerms } from './hire-draft.ts';

const draft = { ...emptyHire(), name: 'Amara Nwosu', startDate: '2026-11-30' };

test('a name and a first day are enough, and the day begins at nine', () => {
  const terms = hireTerms(draft);
  assert.deepEqual([terms?.givenName, terms?.familyName, terms?.startDate, terms?.startTime], ['Amara', 'Nwosu', '2026-11-30', '09:00']);
  assert.equal(hireTerms({ ...draft, name: ' ' }), null);
  assert.equal(hireTerms({ ...draft, startDate: '' }), null);
});

test('a corrected name counts instead of the rule, also one without a family name', () => {
  const terms = hireTerms({ ...draft, name: 'Ana Silva Costa', parts: { givenName: 'Ana', familyName: 'Silva Costa' } });
  assert.deepEqual([terms?.givenName, terms?.familyName], ['Ana', 'Silva Costa']);
  assert.equal(hireTerms({ ...draft, parts: { givenName: 'Suharto', familyName: ' ' } })?.familyName, null);
});

test('what was left empty is not sent, so that it is taken over from the person alike', () => {
  const terms = hireTerms({ ...draft, title: ' ', departmentId: '' });
  assert.equal(terms?.title, undefined);
  assert.equal(terms?.departmentId, undefined);
});
