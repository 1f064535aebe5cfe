import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAboutEnd } from './ask-about-end.ts';
import { type ExistingPerson, type PersonRecord, valueFields } from './person-record.ts';

const empty = Object.fromEntries(valueFields.map((field) => [field, null])) as { [Field in (typeof valueFields)[number]]: null };
const record = (values: Partial<PersonRecord>): PersonRecord => ({
  row: 2,
  givenName: 'Ann',
  familyName: 'Roe',
  managerReference: null,
  saysLeft: false,
  notes: [],
  ...values,
});
const person = (values: Partial<ExistingPerson>): ExistingPerson => ({
  ...empty,
  id: 'ann',
  aliases: [],
  accessCutOff: null,
  managerId: null,
  hasLeft: false,
  ...values,
});
const ask = (values: Partial<PersonRecord>, known: Partial<ExistingPerson> | null = null, tellsEnd = true) => {
  const { record: taken, question } = askAboutEnd(record(values), known === null ? null : person(known), { today: '2026-11-21', tellsEnd });
  return { kind: question?.kind, day: question?.day, words: question?.words, last: taken.lastWorkingDay, notes: taken.notes };
};
const active = { status: { as: 'active' as const, word: 'Active' } };
const left = { status: { as: 'left' as const, word: 'Terminated' } };

test('a past last day beside "Active" is asked about and not taken; before a legal end to come it is taken', () => {
  const asked = ask({ lastWorkingDay: '2022-06-30', hints: active });
  assert.deepEqual([asked.kind, asked.day, asked.last], ['says-left', '2022-06-30', undefined]);
  assert.match(asked.words ?? '', /"Active" of Ann Roe, and that their last working day was Thu 30 Jun 2022\. Left on that day\?/);
  assert.equal(ask({ lastWorkingDay: '2026-11-20', legalEnd: '2026-11-30', hints: active }).last, '2026-11-20');
  assert.equal(ask({ lastWorkingDay: '2026-12-31', hints: active }).kind, undefined, 'an active person with a day to come is leaving');
  assert.equal(ask({ lastWorkingDay: '2022-06-30', hints: active }, { hasLeft: true, lastWorkingDay: '2022-06-30' }).kind, undefined);
});

test('"Terminated" with a day to come is asked about, and the day is taken', () => {
  const asked = ask({ lastWorkingDay: '2026-12-31', hints: left });
  assert.deepEqual([asked.kind, asked.day, asked.last], ['says-left', undefined, '2026-12-31']);
});

test('a past day that the list calls unsure is asked about and not taken', () => {
  const asked = ask({ lastWorkingDay: '2026-10-30', hints: { remark: '(voraussichtlich)' } });
  assert.deepEqual([asked.kind, asked.day, asked.last], ['says-left', '2026-10-30', undefined]);
  assert.equal(ask({ lastWorkingDay: '2026-12-30', hints: { remark: '(expected)' } }).last, '2026-12-30');
});

test('a past end of the employment, or a past day in a column that is not used, is asked about where no last working day is given', () => {
  assert.deepEqual([ask({ legalEnd: '2026-10-30' }).kind, ask({ legalEnd: '2026-10-30' }).day], ['says-left', '2026-10-30']);
  const other = ask({ hints: { otherEnd: { heading: 'Austritt', day: '2026-10-30' } } });
  assert.match(other.words ?? '', /gives Fri 30 Oct 2026 in the column "Austritt" of Ann Roe/);
  const said = ask({ saysLeft: true, legalEnd: '2026-10-30', hints: left });
  assert.match(said.words ?? '', /says "Terminated" of Ann Roe, and gives Fri 30 Oct 2026 as the end of the employment/);
  assert.equal(ask({ legalEnd: '2026-10-30' }, { hasLeft: true }).kind, undefined, 'who has left is not asked about again');
  const later = ask({ legalEnd: '2026-12-31' });
  assert.deepEqual([later.kind, later.notes.length], [undefined, 1]);
});

test('who is under notice without a day is asked about: leaves when?', () => {
  const hints = { status: { as: 'active' as const, word: 'gekündigt' }, leaving: 'gekündigt' };
  assert.equal(ask({ hints }).kind, 'says-leaving');
  assert.equal(ask({ hints, lastWorkingDay: '2026-12-31' }).kind, undefined);
  assert.equal(ask({ hints }, { lastWorkingDay: '2026-12-31' }).kind, undefined);
});

test('an end that an earlier list gave and this one does not is asked about; what a person set, or a list without such a column, is not', () => {
  const leaves = { lastWorkingDay: '2026-12-18', datesBy: 'import' as const };
  assert.match(ask({ hints: active }, leaves).words ?? '', /gives no end and says "Active"; an earlier list said that Ann Roe leaves/);
  assert.equal(ask({}, leaves).kind, 'end-withdrawn');
  assert.equal(ask({}, leaves, false).kind, undefined);
  assert.equal(ask({}, { ...leaves, datesBy: 'page' }).kind, undefined);
  assert.equal(ask({}, { ...leaves, datesBy: 'exit' }).kind, undefined);
});
