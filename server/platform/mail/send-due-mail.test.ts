import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { openWorld, type World } from '../../../tests/world.ts';
import { withholdMail } from '../../people/withhold-mail.ts';
import { queueMail } from '../mail.ts';
import { openPlatform } from '../platform.ts';
import { openMailer } from './open-mailer.ts';
import { retryMinutes, sendDueMail } from './send-due-mail.ts';

type Teardown = { after(work: () => Promise<void> | void): void };
type Post = { port: number; letters: { to: string[]; text: string }[]; answer: (address: string) => Error | null; onData: () => void };

const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });

async function openPost(t: Teardown): Promise<Post> {
  const post: Post = { port: 0, letters: [], answer: () => null, onData: () => {} };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(post.answer(address)),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        post.letters.push({ to: session.envelope.rcptTo.map((each) => each.address), text: Buffer.concat(parts).toString('utf8') });
        post.onData();
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  post.port = (server.server.address() as AddressInfo).port;
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return post;
}

const withPost = async (t: { after(work: () => Promise<void>): void }) => {
  const post = await openPost(t);
  const world = await openWorld(t, { env: { SMTP_URL: `smtp://127.0.0.1:${post.port}?from=it@fernhill.example` } });
  return { post, world };
};
const write = (world: World, key: string, more: Partial<Parameters<typeof queueMail>[1]> = {}) =>
  world.run((ctx) =>
    queueMail(ctx, {
      toPersonId: null,
      toAddress: 'maya@fernhill.example',
      subject: 'Your tasks',
      body: 'Three wait.',
      dedupeKey: key,
      ...more,
    }),
  );
const states = (world: World) =>
  world.run((ctx) =>
    ctx.db.selectFrom('platform_mail').select(['status', 'attempts', 'problem', 'due_at', 'to_address']).orderBy('id').execute(),
  );
const send = (world: World) => sendDueMail(world.platform, world.organizationId, withholdMail);

test('a due message reaches its recipient once, with its own Message-ID, and the one for later waits', async (t) => {
  const { post, world } = await withPost(t);
  await write(world, 'one');
  await write(world, 'one');
  await write(world, 'later', { dueAt: '2026-11-27T08:00:00Z' });
  assert.equal(await send(world), 1);
  assert.equal(await send(world), 0);
  assert.equal(post.letters.length, 1);
  assert.deepEqual(post.letters[0]?.to, ['maya@fernhill.example']);
  assert.match(post.letters[0]?.text ?? '', /^Message-ID: <[0-9a-f]{32}@localhost>\r$/m);
  assert.match(post.letters[0]?.text ?? '', /^From: Groundcrew <it@fernhill\.example>\r$/m);
  world.clock.set('2026-11-27T08:00:00Z');
  assert.equal(await send(world), 1);
  assert.equal(post.letters.length, 2);
});

test('a process that dies after the SMTP server took a message sends it once more after the lease, with the same Message-ID', async (t) => {
  const { post, world } = await withPost(t);
  await write(world, 'one');
  // Another process takes it, hands it over, and is gone before it can note that down.
  const dying = openPlatform({ config: world.platform.config, adminUrl: world.database.adminUrl, secretKey: world.database.secretKey });
  post.onData = () => void dying.appPool.end();
  await assert.rejects(sendDueMail(dying, world.organizationId, withholdMail));
  assert.equal((await states(world))[0]?.status, 'sending');
  await dying.close().catch(() => {});
  post.onData = () => {};
  assert.equal(await send(world), 0);
  world.clock.advance({ minutes: 6 });
  assert.equal(await send(world), 1);
  const ids = post.letters.map((letter) => /^Message-ID: (.*)\r$/m.exec(letter.text)?.[1]);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  assert.equal((await states(world))[0]?.status, 'sent');
});

test('two senders at the same time deliver each message once', async (t) => {
  const { post, world } = await withPost(t);
  for (let number = 0; number < 8; number += 1) await write(world, `each ${number}`);
  await Promise.all([send(world), send(world), send(world)]);
  assert.equal(post.letters.length, 8);
});

test('a server that refuses for now is asked again, later and later, and then the message fails with the reason', async (t) => {
  const { post, world } = await withPost(t);
  await write(world, 'one');
  post.answer = () => refusal(451, 'Try later');
  for (const minutes of retryMinutes) {
    assert.equal(await send(world), 1);
    const [row] = await states(world);
    assert.equal(row?.status, 'queued');
    assert.equal(row?.due_at, world.clock.now().add({ minutes }).toString());
    world.clock.advance({ minutes });
  }
  await send(world);
  const [row] = await states(world);
  assert.equal(row?.status, 'failed');
  assert.match(row?.problem ?? '', /Try later/);
});

test('an address that the server refuses for good fails at once, and an unreachable server leaves the message for later', async (t) => {
  const { post, world } = await withPost(t);
  post.answer = (address) => (address.startsWith('gone') ? refusal(550, 'No such person') : null);
  await write(world, 'gone', { toAddress: 'gone@fernhill.example' });
  await send(world);
  assert.equal((await states(world))[0]?.status, 'failed');
  const closed = openMailer({ smtpUrl: 'smtp://127.0.0.1:1', publicUrl: 'http://localhost:4600' });
  const result = await closed.send({ messageId: '<a@b>', to: 'a@b.example', subject: 's', body: 'b', date: '2026-11-26T08:00:00Z' });
  assert.deepEqual({ ...result, words: '' }, { sent: false, final: false, words: '' });
});

test('a subject or an address with a line break cannot add a header or a recipient', async (t) => {
  const { post, world } = await withPost(t);
  await write(world, 'subject', { subject: 'Hello\r\nBcc: spy@evil.example\r\n\r\nBody' });
  await write(world, 'address', { toAddress: 'maya@fernhill.example\r\nRCPT TO:<spy@evil.example>' });
  await write(world, 'list', { toAddress: 'maya@fernhill.example, spy@evil.example' });
  await send(world);
  assert.equal(post.letters.length, 1);
  assert.deepEqual(post.letters[0]?.to, ['maya@fernhill.example']);
  assert.doesNotMatch(post.letters[0]?.text ?? '', /^Bcc:/m);
  assert.deepEqual(
    (await states(world)).map((row) => row.status),
    ['sent', 'failed', 'failed'],
  );
});

test('without SMTP_URL a message is kept and nothing is sent', async (t) => {
  const world = await openWorld(t);
  await write(world, 'one');
  assert.equal(await send(world), 1);
  assert.equal((await states(world))[0]?.status, 'kept');
});

test('before an exit is told no message about it reaches the person at any address, nor somebody who is not named on a sensitive one', async (t) => {
  const { post, world } = await withPost(t);
  const toldAt = '2026-11-27T16:00:00Z';
  const { named } = Object.assign(
    await world.run(async (ctx) => {
      const organization_id = ctx.organizationId;
      const created_at = ctx.now.toString();
      const memberOf = async (address: string) =>
        (
          await ctx.db
            .insertInto('identity_members')
            .values({ organization_id, name: address, address, roles: ['hr'], created_at })
            .returning('id')
            .executeTakeFirstOrThrow()
        ).id;
      const rohanMember = await memberOf('rohan.login@fernhill.example');
      const namedMember = await memberOf('hana@fernhill.example');
      const person = await ctx.db
        .insertInto('people_people')
        .values({
          organization_id,
          created_at,
          given_name: 'Rohan',
          member_id: rohanMember,
          work_address: 'Rohan@Fernhill.example',
          personal_address: 'rohan@home.example',
          aliases: ['r.devaraj@fernhill.example'],
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const conceal = async (sensitive: boolean) =>
        (
          await ctx.db
            .insertInto('people_concealments')
            .values({
              organization_id,
              created_at,
              person_id: person.id,
              told_at: toldAt,
              sensitive,
              named_member_ids: sensitive ? [namedMember] : [],
            })
            .returning('id')
            .executeTakeFirstOrThrow()
        ).id;
      const open = await conceal(false);
      const sensitive = await conceal(true);
      const about = (dedupeKey: string, toAddress: string, concealmentId: string, toPersonId: string | null = null) =>
        queueMail(ctx, { toPersonId, toAddress, subject: 'An exit', body: 'Rohan leaves.', dedupeKey, concealmentId });
      await about('by id', 'elsewhere@fernhill.example', open, person.id);
      await about('work', 'rohan@fernhill.example', open);
      await about('personal', 'ROHAN@home.example', open);
      await about('alias', 'r.devaraj@fernhill.example', open);
      await about('login', 'Rohan.Login@fernhill.example', open);
      await about('colleague', 'colleague@fernhill.example', open);
      await about('not named', 'colleague2@fernhill.example', sensitive);
      await about('named', 'hana@fernhill.example', sensitive);
      return { named: namedMember };
    }),
  );
  assert.ok(named);
  await send(world);
  assert.deepEqual(post.letters.map((letter) => letter.to[0]).sort(), ['colleague@fernhill.example', 'hana@fernhill.example']);
  assert.equal((await states(world)).filter((row) => row.status === 'withheld').length, 6);
  const events = await world.run((ctx) =>
    ctx.db.selectFrom('platform_audit_events').select('id').where('action', '=', 'mail.withheld').execute(),
  );
  assert.equal(events.length, 6);
  // From the told instant on the same kind of message goes out.
  await world.run(async (ctx) => {
    const concealment = await ctx.db
      .selectFrom('people_concealments')
      .select('id')
      .where('sensitive', '=', false)
      .executeTakeFirstOrThrow();
    await queueMail(ctx, {
      toPersonId: null,
      toAddress: 'rohan@fernhill.example',
      subject: 'Your last day',
      body: 'Here is what is to do.',
      dedupeKey: 'after',
      concealmentId: concealment.id,
      dueAt: toldAt,
    });
  });
  world.clock.set(toldAt);
  await send(world);
  assert.ok(post.letters.some((letter) => letter.to[0] === 'rohan@fernhill.example'));
});
