import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld } from '../../tests/world.ts';
import { queueMail } from '../platform/mail.ts';
import { maskLinks } from './mask-links.ts';

const secret = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4';

test('links lose their secret, whatever stands around them, and addresses of pages stay readable', () => {
  for (const link of [
    `https://ops.example/invitation#${secret}`,
    `http://localhost:4600/t/${secret}?x=1`,
    `https://ops.example/x?token=${secret}`,
  ]) {
    const masked = maskLinks(`Hello\n\n${link}\n\nor <${link}>.`);
    assert.equal(masked.includes(secret), false, masked);
    assert.match(masked, /…/);
  }
  const page = 'https://ops.example/people/0198a000-0000-7000-8000-000000000001';
  assert.equal(maskLinks(`See ${page} and https://example.com/help.`), `See ${page} and https://example.com/help.`);
});

test('the outbox shows what was written; only an owner sees the links that act for the recipient', async (t) => {
  const world = await openWorld(t);
  await world.run((ctx) =>
    queueMail(ctx, {
      toPersonId: null,
      toAddress: 'maya@fernhill.example',
      subject: 'Join',
      body: `Open http://localhost:4600/invitation#${secret}\n`,
      dedupeKey: 'x',
    }),
  );
  const owner = (await world.owner('GET', '/outbox')).body;
  assert.equal(owner.total, 1);
  assert.equal(owner.hasMailServer, false);
  assert.match(owner.rows[0].body, new RegExp(secret));
  for (const caller of [await world.as(['auditor']), await world.as(['ops']), await world.as(['owner'], { scopes: ['outbox:read'] })]) {
    const [row] = (await caller('GET', '/outbox')).body.rows;
    assert.equal(row.body.includes(secret), false);
    assert.equal(row.linksHidden, true);
  }
  assert.equal((await (await world.as(['employee']))('GET', '/outbox')).status, 403);
});

test('a message about an exit that is hidden from the reader is not in their outbox, nor in its counts', async (t) => {
  const world = await openWorld(t);
  const leaver = await world.as(['owner'], { name: 'Rohan' });
  await world.run(async (ctx) => {
    const about = { organization_id: ctx.organizationId, created_at: ctx.now.toString() };
    const person = await ctx.db
      .insertInto('people_people')
      .values({ ...about, given_name: 'Rohan', member_id: leaver.memberId })
      .returning('id')
      .executeTakeFirstOrThrow();
    const concealment = await ctx.db
      .insertInto('people_concealments')
      .values({ ...about, person_id: person.id, told_at: '2026-12-01T00:00:00Z' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: 'maya@fernhill.example',
      subject: 'Rohan leaves',
      body: '',
      dedupeKey: 'x',
      concealmentId: concealment.id,
    });
  });
  const { rows, total, counts } = (await leaver('GET', '/outbox')).body;
  assert.deepEqual({ rows, total, counts }, { rows: [], total: 0, counts: {} });
  assert.equal((await world.owner('GET', '/outbox')).body.total, 1);
});

test('a message that failed is sent again on request; one that was sent or withheld is not', async (t) => {
  const world = await openWorld(t, { env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
  await world.run((ctx) =>
    queueMail(ctx, { toPersonId: null, toAddress: 'maya@fernhill.example', subject: 'A', body: 'B', dedupeKey: 'x' }),
  );
  const [{ id }] = (await world.owner('GET', '/outbox')).body.rows;
  const set = (status: string) => world.run((ctx) => ctx.db.updateTable('platform_mail').set({ status }).execute());
  for (const [status, answer] of [
    ['sent', 409],
    ['withheld', 409],
    ['failed', 204],
  ] as const) {
    await set(status);
    assert.equal((await world.owner('POST', '/outbox/send-again', { mailId: id })).status, answer);
  }
  assert.equal((await world.owner('GET', '/outbox')).body.rows[0].status, 'queued');
  assert.equal((await (await world.as(['auditor']))('POST', '/outbox/send-again', { mailId: id })).status, 403);
});
