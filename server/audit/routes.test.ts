import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '../../tests/world.ts';
import { appendAudit } from '../platform/audit.ts';
import { queueMail } from '../platform/mail.ts';
import { eraseAuditValues } from './erase-audit-values.ts';

const rohan = '0198a000-0000-7000-8000-000000000001';

test('the audit is found by person, action, time and words, newest first, page by page', async (t) => {
  const world = await openWorld(t);
  const change = (name: string, people: string[]) =>
    world.run((ctx) =>
      appendAudit(ctx, {
        action: 'person.changed',
        subject: { kind: 'person', id: people[0] ?? null, name },
        before: { title: 'Clerk' },
        after: { title: '100% lead' },
        people,
      }),
    );
  for (let number = 0; number < 5; number += 1) await change(`Person ${number}`, number === 2 ? [rohan] : []);
  const get = async (query: string) => (await world.owner('GET', `/audit?${query}`)).body;
  assert.equal((await get('action=person')).total, 5);
  assert.equal((await get('action=person.changed&words=Person%203')).rows[0].subjectName, 'Person 3');
  assert.equal((await get('action=person&words=100%25')).total, 5);
  assert.equal((await get('words=100_')).total, 0);
  assert.equal((await get(`personId=${rohan}`)).total, 1);
  assert.equal((await get('until=2026-01-01T00:00:00Z')).total, 0);
  const first = await get('action=person&limit=2');
  const second = await get(`action=person&limit=2&before=${first.rows[1].id}`);
  assert.deepEqual(
    [...first.rows, ...second.rows].map((row) => row.subjectName),
    ['Person 4', 'Person 3', 'Person 2', 'Person 1'],
  );
  assert.equal(second.total, 5);
  assert.ok((await world.owner('GET', '/audit/actions')).body.rows.includes('person.changed'));
});

test('only owners and auditors read the audit, and its verification tells what is wrong', async (t) => {
  const world = await openWorld(t);
  for (const [roles, status] of [
    [['auditor'], 200],
    [['hr'], 403],
    [['employee'], 403],
  ] as const) {
    const caller = await world.as([...roles]);
    assert.equal((await caller('GET', '/audit')).status, status);
    assert.equal((await caller('GET', '/audit/verification')).status, status);
  }
  assert.equal((await world.owner('GET', '/audit/verification')).body.ok, true);
});

test('erasing removes the person’s values from the audit and the mail to them, and nothing of others', async (t) => {
  const world = await openWorld(t);
  await world.run(async (ctx) => {
    await appendAudit(
      ctx,
      {
        action: 'person.changed',
        subject: { kind: 'person', id: rohan, name: 'Rohan Devaraj' },
        after: { address: 'rohan@home.example' },
        people: [rohan],
      },
      { action: 'person.changed', subject: { kind: 'person', id: null, name: 'Maya' }, people: [] },
    );
    await queueMail(ctx, { toPersonId: rohan, toAddress: 'rohan@home.example', subject: 'For Rohan', body: 'Dear Rohan', dedupeKey: 'r' });
    await queueMail(ctx, { toPersonId: null, toAddress: 'maya@fernhill.example', subject: 'For Maya', body: 'Dear Maya', dedupeKey: 'm' });
  });
  const erased = await world.run((ctx) => eraseAuditValues(ctx, rohan));
  assert.deepEqual(erased, { events: 1, messages: 1 });
  assert.deepEqual(await world.run((ctx) => eraseAuditValues(ctx, rohan)), { events: 0, messages: 0 });
  const text =
    JSON.stringify((await world.owner('GET', '/audit?limit=200')).body) + JSON.stringify((await world.owner('GET', '/outbox')).body);
  assert.equal(/rohan/i.test(text), false);
  assert.match(text, /Maya/);
  assert.equal((await world.owner('GET', '/audit/verification')).body.ok, true);
  const outbox = (await world.owner('GET', '/outbox')).body;
  assert.deepEqual(outbox.counts, { queued: 1, withheld: 1 });
});
