import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountHolder, type AccountToClassify, classifyAccount } from './classify-account.ts';

const account: AccountToClassify = { status: 'active', isService: false, seenIn: 'the list of 20 Nov', sourceTellsStatus: true };
const gone: AccountHolder = { name: 'Rohan Devaraj', left: true, leftWords: 'Left on Fri 6 Nov 2026 (end of the day in Porto)' };
const here: AccountHolder = { name: 'Jane Doe', left: false, leftWords: 'No end is known' };
const what = (more: Partial<AccountToClassify>, person: AccountHolder) => {
  const { kind, reason } = classifyAccount({ ...account, ...more }, person);
  return `${kind}: ${reason}`;
};

test('an active account of somebody who has left is a zombie, with the reason', () => {
  assert.equal(what({}, gone), 'zombie: Left on Fri 6 Nov 2026 (end of the day in Porto). Active in the list of 20 Nov.');
  assert.equal(
    what({ lastUsed: 'on 18 Nov' }, gone),
    'zombie: Left on Fri 6 Nov 2026 (end of the day in Porto). Active in the list of 20 Nov. Last used on 18 Nov.',
  );
});

test('suspended accounts are no zombies and no orphans', () => {
  assert.equal(
    what({ status: 'suspended' }, gone),
    'suspended: Left on Fri 6 Nov 2026 (end of the day in Porto). Suspended in the list of 20 Nov.',
  );
  assert.equal(what({ status: 'suspended' }, null), 'suspended: Suspended in the list of 20 Nov.');
});

test('a status that nobody knows is unknown; on a list without any status, standing on it is what is known', () => {
  assert.equal(
    what({ status: null }, gone),
    'unknown: Left on Fri 6 Nov 2026 (end of the day in Porto). Whether it is active is not known from the list of 20 Nov.',
  );
  assert.equal(
    what({ status: null, sourceTellsStatus: false }, gone),
    'zombie: Left on Fri 6 Nov 2026 (end of the day in Porto). Stands in the list of 20 Nov, which does not say who is suspended.',
  );
});

test('orphans, services, people who work here, people of whom nobody knows, accounts that are gone', () => {
  assert.equal(
    what({ lastUsed: 'in March', suggestion: '"jdoe" may stand for Jane Doe.' }, null),
    'orphan: Nobody we know owns it. "jdoe" may stand for Jane Doe. Active in the list of 20 Nov. Last used in March.',
  );
  assert.equal(
    what({ isService: true, serviceOwnerName: 'Maya Lind' }, null),
    "service: Not a person's account. Maya Lind answers for it.",
  );
  assert.equal(what({ isService: true }, null), "service: Not a person's account. Nobody answers for it yet.");
  assert.equal(what({}, here), 'fine: Jane Doe works here. Active in the list of 20 Nov.');
  assert.equal(
    what({}, { name: 'X', left: null, leftWords: 'The zone is not known' }),
    'unknown: The zone is not known. Active in the list of 20 Nov.',
  );
  assert.equal(what({ status: 'gone' }, gone), 'fine: Not in the list of 20 Nov any more.');
});
