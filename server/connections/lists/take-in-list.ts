import { type ReadingFacts, saysWrongList } from '../../apps/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Problem } from '../../platform/errors.ts';
import { brakesOf } from '../brakes.ts';
import { stillRuns } from '../syncs/begin-sync.ts';
import { takeIn, takeInOrHold } from '../syncs/take-in.ts';
import { accountsInRows, type ListPlan, type ListRow, recordOf } from './list-plan.ts';
import { readRows } from './read-rows.ts';

/**
 * Does the next stage of a list, in one transaction. Preview: works out what it would change if it is complete, and changes nothing.
 * Confirm: takes it in, or holds it where a brake finds a reason that nobody has seen yet.
 */
export async function takeInList(ctx: Context, syncId: string, attempt: number): Promise<void> {
  if (!(await stillRuns(ctx, syncId, attempt))) return;
  const sync = await ctx.db.selectFrom('connections_syncs').selectAll().where('id', '=', syncId).executeTakeFirstOrThrow();
  const plan = sync.mapping as ListPlan;
  const rows = await readRows(ctx, syncId);
  const { accounts, refused, unread, merged, notes } = accountsInRows(rows, plan, sync.as_of);
  const records = accounts.map(recordOf);
  const preview = plan.stage === 'preview';
  const wrongList = saysWrongList({ headings: plan.headings, mapping: plan.mapping, states: statesIn(rows, plan) });
  const judge = (facts: ReadingFacts) => [
    ...(wrongList === null ? [] : [wrongList]),
    ...brakesOf({ ...facts, rows: records.length, truncated: null, what: 'list' }),
  ];
  const reading = {
    appId: sync.app_id,
    source: 'list' as const,
    label: sync.file_name ?? 'a list',
    asOf: sync.as_of!,
    complete: preview || sync.declared_complete,
    records,
    refused: refused.length,
    unread,
    confirmed: plan.despite,
  };
  const taken = preview
    ? await takeIn(ctx, reading, { judge, dryRun: true })
    : await takeInOrHold(ctx, reading, plan.despite ? () => [] : judge);
  const { reasons } = taken;
  const held = !preview && reasons.length > 0;
  await noteRefused(ctx, syncId, refused);
  await ctx.db
    .updateTable('connections_syncs')
    .set({
      status: preview ? 'preview' : held ? 'held' : 'done',
      held_reasons: reasons,
      counts: JSON.stringify({ ...taken.counts, rows: rows.length, merged, notes: [...unproven(taken.counts.nameless ?? 0), ...notes] }),
      reading_id: preview || held ? null : taken.readingId,
      finished_at: preview || held ? null : ctx.now.toString(),
    })
    .where('id', '=', syncId)
    .execute();
  if (held)
    await appendAudit(ctx, { action: 'list.held', subject: { kind: 'sync', id: syncId, name: sync.file_name }, after: { reasons } });
  if (preview || held) return;
  await rememberMapping(ctx, sync.app_id, plan);
  await ctx.db.deleteFrom('connections_sync_records').where('sync_id', '=', syncId).where(sql<boolean>`problems = '[]'::jsonb`).execute();
}

const statesIn = (rows: ListRow[], { mapping }: ListPlan): string[] =>
  rows.flatMap(({ cells }) => (mapping.status ?? []).map((column) => cells[column] ?? ''));

/** Why nobody is taken for gone, however complete the list is. */
function unproven(nameless: number): string[] {
  if (nameless === 0) return [];
  const rows = nameless === 1 ? 'One refused row names' : `${nameless.toLocaleString('en')} refused rows name`;
  return [
    `${rows} no account that is known, and may be about anybody: the list does not count as complete, and nobody is taken for gone. Mend what was refused and give the list again.`,
  ];
}

async function noteRefused(ctx: Context, syncId: string, refused: { row: number; problems: Problem[] }[]): Promise<void> {
  await sql`update connections_sync_records set problems = '[]' where sync_id = ${syncId} and problems <> '[]'::jsonb`.execute(ctx.db);
  if (refused.length === 0) return;
  await sql`
    update connections_sync_records s set problems = r.problems from jsonb_to_recordset(${JSON.stringify(refused)}::jsonb) as r("row" int, problems jsonb)
    where s.organization_id = ${ctx.organizationId} and s.sync_id = ${syncId} and s.number = r."row"`.execute(ctx.db);
}

async function rememberMapping(ctx: Context, appId: string, plan: ListPlan): Promise<void> {
  const kept = { headings: plan.headings, mapping: JSON.stringify(plan.mapping), confirmed_at: ctx.now.toString() };
  await ctx.db
    .insertInto('connections_list_mappings')
    .values({ organization_id: ctx.organizationId, app_id: appId, ...kept })
    .onConflict((conflict) => conflict.columns(['organization_id', 'app_id']).doUpdateSet(kept))
    .execute();
}
