import { hashSecret } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { queueMail } from '../platform/mail.ts';
import { rewriteMail, withdrawMail } from '../platform/rewrite-mail.ts';
import type { Place } from '../platform/zoned-words.ts';
import { findSecrecy, ownersWhoMay } from './choose-assignee.ts';
import { composeMail, shown, type TellReason } from './compose-mail.ts';
import { linkSecret } from './link-secret.ts';
import { homePlace, placeOf, placesOf } from './places.ts';

export const linkDays = 30;
const gatherSeconds = 20;

type Addressee = { personId: string | null; memberId: string | null; name: string; address: string; place: Place };
/** `concealment_id` only while it is to be kept quiet: what has been told is written about together. */
type Told = { id: string; concealment_id: string | null };

const opened = new WeakMap<Context, string[]>();

/** Writes to the assignees of tasks opened in this transaction, at its end: one mail to each for all of theirs. */
export function tellWhenDone(ctx: Context, taskId: string): void {
  const here = opened.get(ctx);
  if (here) return void here.push(taskId);
  const taskIds = [taskId];
  opened.set(ctx, taskIds);
  ctx.beforeCommit(() => {
    opened.delete(ctx);
    return tellAssignees(ctx, taskIds, 'new', { waits: true });
  });
}

/**
 * Writes to the assignee about one task. Tasks opened for the same person within 20 seconds share one mail. Once a task went on to the owners,
 * all who may know are written to. People without an address are shown it on the page only.
 */
export const tellAssignee = (ctx: Context, taskId: string, why: TellReason): Promise<void> =>
  tellAssignees(ctx, [taskId], why, { waits: false });

type Manner = {
  /** Waits for other transactions that write to the same people, so that theirs and ours become one mail. Only at the end of a transaction. */
  waits: boolean;
};

async function tellAssignees(ctx: Context, taskIds: string[], why: TellReason, manner: Manner): Promise<void> {
  const rows = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['id', 'assignee_person_id', 'assignee_member_id', 'never_person_id', 'concealment_id'])
    .where(sql<boolean>`id = any (${taskIds}::uuid[])`)
    .where('status', '=', 'open')
    .orderBy('id')
    .execute();
  const tasks: typeof rows = [];
  for (const row of rows) tasks.push({ ...row, concealment_id: (await findSecrecy(ctx, row.concealment_id)) ? row.concealment_id : null });
  const groups = Map.groupBy(
    tasks,
    (task) => `${task.assignee_person_id} ${task.assignee_member_id} ${task.concealment_id} ${why === 'escalated' ? task.id : ''}`,
  );
  // Everybody waits in the same order, so that no two wait for each other.
  for (const [, group] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const task = group[0]!;
    if (task.assignee_person_id) {
      await tell(ctx, await personToTell(ctx, task.assignee_person_id), group, why, manner);
      continue;
    }
    if (!task.assignee_member_id) continue;
    const owners =
      why === 'escalated'
        ? await ownersWhoMay(ctx, { never: task.never_person_id, secrecy: await findSecrecy(ctx, task.concealment_id) })
        : [];
    const memberIds = new Set([task.assignee_member_id, ...owners.filter((owner) => owner.isOwner).map((owner) => owner.id)]);
    for (const memberId of memberIds) await tell(ctx, await memberToTell(ctx, memberId), group, why, manner);
  }
}

async function personToTell(ctx: Context, personId: string): Promise<Addressee | null> {
  const person = await ctx.db
    .selectFrom('people_roster as r')
    .leftJoin('people_locations as l', 'l.id', 'r.location_id')
    .select(['r.given_name', 'r.preferred_name', 'r.work_address', 'r.personal_address', 'r.status'])
    .select(['r.time_zone', 'l.name as location_name', 'l.time_zone as location_zone'])
    .where('r.id', '=', personId)
    .executeTakeFirstOrThrow();
  // The work address of somebody who has left is closed, and of somebody who has not started nobody reads it.
  const address =
    person.status === 'left' || person.status === 'joining'
      ? (person.personal_address ?? person.work_address)
      : (person.work_address ?? person.personal_address);
  return address ? { personId, memberId: null, name: person.preferred_name ?? person.given_name, address, place: placeOf(person) } : null;
}

async function memberToTell(ctx: Context, memberId: string): Promise<Addressee | null> {
  const member = await ctx.db
    .selectFrom('identity_members as m')
    .leftJoin('people_people as p', 'p.member_id', 'm.id')
    .select(['m.name', 'm.address', 'p.id as person_id'])
    .where('m.id', '=', memberId)
    .where('m.disabled_at', 'is', null)
    .executeTakeFirst();
  if (!member) return null;
  const place = member.person_id ? (await placesOf(ctx, [member.person_id])).get(member.person_id)! : await homePlace(ctx);
  return { personId: member.person_id, memberId, name: member.name, address: member.address, place };
}

async function tell(ctx: Context, to: Addressee | null, tasks: Told[], why: TellReason, manner: Manner): Promise<void> {
  const task = tasks[0];
  if (!to || !task) return;
  const ids = tasks.map(({ id }) => id);
  const key = `tasks ${why} ${to.memberId ?? to.personId} ${task.concealment_id ?? 'open'}`;
  const lock = sql`hashtextextended(${`${ctx.organizationId} ${key}`}, 0)`;
  // In the middle of a transaction nobody waits: then two that write to the same person at once write two mails.
  const { rows } = await sql<{ alone: boolean }>`select ${
    manner.waits ? sql`pg_advisory_xact_lock(${lock}) is not null` : sql`pg_try_advisory_xact_lock(${lock})`
  } as alone`.execute(ctx.db);
  if (rows[0]?.alone && (await joinMail(ctx, to, tasks, why))) return;
  const id = crypto.randomUUID();
  const link = await linkFor(ctx, to, tasks, id);
  const mail = await compose(ctx, to, ids, why, link);
  await ctx.db
    .insertInto('tasks_mails')
    .values({
      organization_id: ctx.organizationId,
      dedupe_key: `${key} ${id}`,
      person_id: to.memberId ? null : to.personId,
      member_id: to.memberId,
      why,
      task_ids: ids,
      link_id: link,
      concealment_id: task.concealment_id,
      created_at: ctx.now.toString(),
    })
    .execute();
  await queueMail(ctx, {
    toPersonId: to.personId,
    toAddress: to.address,
    ...mail,
    dedupeKey: `${key} ${id}`,
    concealmentId: task.concealment_id,
    dueAt: ctx.now.add({ seconds: gatherSeconds }).toString(),
  });
}

/** Adds the task to a mail of the same kind that still waits; false when there is none. */
async function joinMail(ctx: Context, to: Addressee, tasks: Told[], why: TellReason): Promise<boolean> {
  const task = tasks[0]!;
  const waiting = await ctx.db
    .selectFrom('tasks_mails as t')
    .innerJoin('platform_mail as m', 'm.dedupe_key', 't.dedupe_key')
    .select(['t.dedupe_key', 't.task_ids', 't.link_id'])
    .where('t.why', '=', why)
    .where((e) => (to.memberId ? e('t.member_id', '=', to.memberId) : e('t.person_id', '=', to.personId)))
    .where('t.concealment_id', 'is not distinct from', task.concealment_id)
    .where('m.status', '=', 'queued')
    .where('m.due_at', '>', ctx.now.toString())
    .orderBy('t.created_at', 'desc')
    .executeTakeFirst();
  if (!waiting) return false;
  const taskIds = [...new Set([...waiting.task_ids, ...tasks.map(({ id }) => id)])];
  if (!(await rewriteMail(ctx, { dedupeKey: waiting.dedupe_key, ...(await compose(ctx, to, taskIds, why, waiting.link_id)) })))
    return false;
  await ctx.db.updateTable('tasks_mails').set({ task_ids: taskIds }).where('dedupe_key', '=', waiting.dedupe_key).execute();
  if (waiting.link_id) await ctx.db.updateTable('tasks_links').set({ task_ids: taskIds }).where('id', '=', waiting.link_id).execute();
  return true;
}

/** Takes a task out of mails that still wait, because it was settled or went to somebody else; a mail about nothing else is not sent. */
export async function untellAssignee(ctx: Context, taskId: string): Promise<void> {
  const waiting = await ctx.db
    .selectFrom('tasks_mails as t')
    .innerJoin('platform_mail as m', 'm.dedupe_key', 't.dedupe_key')
    .select(['t.dedupe_key', 't.task_ids', 't.link_id', 't.person_id', 't.member_id', 't.why'])
    .where(sql<boolean>`t.task_ids @> array[${taskId}::uuid]`)
    .where('m.status', '=', 'queued')
    .execute();
  for (const mail of waiting) {
    const taskIds = mail.task_ids.filter((id) => id !== taskId);
    const to = mail.member_id ? await memberToTell(ctx, mail.member_id) : mail.person_id ? await personToTell(ctx, mail.person_id) : null;
    if (taskIds.length === 0 || !to) await withdrawMail(ctx, { dedupeKey: mail.dedupe_key, reason: 'What it was about is settled.' });
    else await rewriteMail(ctx, { dedupeKey: mail.dedupe_key, ...(await compose(ctx, to, taskIds, mail.why as TellReason, mail.link_id)) });
    await ctx.db.updateTable('tasks_mails').set({ task_ids: taskIds }).where('dedupe_key', '=', mail.dedupe_key).execute();
  }
}

/** A link of the person's own; none for members, who sign in, and none while a sensitive leaving is known only to those named. */
async function linkFor(ctx: Context, to: Addressee, tasks: Told[], linkId: string): Promise<string | null> {
  if (to.memberId || !to.personId || (await findSecrecy(ctx, tasks[0]!.concealment_id))?.named) return null;
  await ctx.db
    .insertInto('tasks_links')
    .values({
      organization_id: ctx.organizationId,
      id: linkId,
      person_id: to.personId,
      task_ids: tasks.map(({ id }) => id),
      hash: hashSecret(linkSecret(ctx.platform.secretKey, linkId)),
      created_at: ctx.now.toString(),
      expires_at: ctx.now.add({ hours: 24 * linkDays }).toString(),
    })
    .execute();
  return linkId;
}

async function compose(
  ctx: Context,
  to: Addressee,
  taskIds: string[],
  why: TellReason,
  linkId: string | null,
): Promise<{ subject: string; body: string }> {
  // No more than the mail shows is read: somebody who is asked about a whole lay-off gets hundreds of tasks in one mail.
  const listed = (onlyOpen: boolean) =>
    ctx.db
      .selectFrom('tasks_tasks as t')
      .leftJoin('people_people as s', 's.id', 't.subject_person_id')
      .select(['t.id', 't.title', 't.instructions', 't.due_at', 't.fallback'])
      .select(sql<string | null>`coalesce(s.preferred_name, s.given_name) || coalesce(' ' || s.family_name, '')`.as('subject'))
      .select(sql<number>`count(*) over ()`.as('total'))
      .where(sql<boolean>`t.id = any (${taskIds}::uuid[])`)
      .$if(onlyOpen, (query) => query.where('t.status', '=', 'open'))
      .orderBy((e) => e.fn.coalesce('t.due_at', sql<string>`'infinity'`))
      .orderBy('t.id')
      .limit(shown)
      .execute();
  const open = await listed(true);
  const told = open.length > 0 ? open : await listed(false);
  const total = told[0]?.total ?? 0;
  const page = `${ctx.platform.config.publicUrl}/tasks${total === 1 ? `/${told[0]!.id}` : ''}`;
  return composeMail({
    why,
    name: to.name,
    tasks: told.map((row) => ({
      title: row.title,
      instructions: row.instructions,
      dueAt: row.due_at,
      fallback: row.fallback,
      subject: row.subject,
    })),
    total,
    place: to.place,
    now: ctx.now,
    // After the hash sign, so that the secret reaches no server log on the way.
    address: linkId ? `${ctx.platform.config.publicUrl}/task#${linkSecret(ctx.platform.secretKey, linkId)}` : page,
    linkDays: linkId ? linkDays : null,
  });
}
