import { appendAudit } from '../../platform/audit.ts';
import { type Context, runAs, runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict, type Refusal } from '../../platform/errors.ts';
import { job } from '../../platform/jobs.ts';
import type { Platform } from '../../platform/platform.ts';
import { seeingAll } from '../seeing-all.ts';
import { applyImport } from './apply-import.ts';
import { refuseUnlessOpen } from './change-import.ts';
import { getImportRow } from './get-import.ts';
import type { ImportRow } from './import-options.ts';
import { tableOf, workOutImport } from './work-out-import.ts';
import { countsOf, writePreview } from './write-preview.ts';

/** Lists of more rows than this are taken in in the background. */
const mostRowsAtOnce = 2_000;

/** What became of a confirmation. `refusal` is thrown once what was noted about it has been kept. */
export type Confirmed = { status: 'done' | 'running'; refusal: null } | { status: 'held' | 'preview'; refusal: Refusal };

/**
 * Takes a list in as it was previewed: at once, or in the background when it is long. All of it in one transaction, or nothing. Where
 * a brake holds, or people have changed since the preview, nobody is changed and the answer carries the refusal to give.
 */
export async function confirmImport(ctx: Context, importId: string, input: { evenThough: boolean }): Promise<Confirmed> {
  // Held, so that of two who confirm at once the second finds it taken in.
  const row = await getImportRow(ctx, importId, { withFile: true, lock: true });
  refuseUnlessOpen(row);
  if (row.options.dateOrderAsked && row.options.dateOrder === null) {
    throw conflict('date_order_unanswered', 'Say first which number comes first in the dates: the day or the month. Nobody was changed.');
  }
  const { kind, id, name, memberId, personId } = ctx.actor;
  row.options.evenThough = input.evenThough;
  row.options.confirmedBy = { kind, id, name, memberId, personId };
  if (row.held_reasons.length > 0 && !input.evenThough) return hold(ctx, row, row.held_reasons);
  if (row.counts.rows <= mostRowsAtOnce) return takeIn(ctx, row, async () => {});
  await ctx.db
    .updateTable('people_imports')
    .set({ status: 'running', problem: null, options: JSON.stringify(row.options), counts: JSON.stringify({ ...row.counts, done: 0 }) })
    .where('id', '=', importId)
    .execute();
  await ctx.platform.jobs.enqueue(ctx, importJob, { importId });
  return { status: 'running', refusal: null };
}

async function hold(ctx: Context, row: ImportRow, reasons: string[]): Promise<Confirmed> {
  await ctx.db.updateTable('people_imports').set({ status: 'held', held_reasons: reasons }).where('id', '=', row.id).execute();
  await appendAudit(ctx, {
    action: 'people.import-held',
    subject: { kind: 'import', id: row.id, name: row.file_name },
    after: { reasons },
  });
  return {
    status: 'held',
    refusal: conflict('import_held', `${reasons.join(' ')} Nobody was changed. Confirm it even though, or discard it.`),
  };
}

/** One import at a time in an organization; the people it is about are locked before they are compared. */
async function takeIn(ctx: Context, row: ImportRow, progress: (done: number) => Promise<void>): Promise<Confirmed> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`people import ${ctx.organizationId}`}, 0))`.execute(ctx.db);
  const { status } = await getImportRow(ctx, row.id);
  if (status !== row.status) refuseUnlessOpen({ ...row, status });
  return seeingAll(ctx, async (hidden): Promise<Confirmed> => {
    const worked = await workOutImport(ctx, row, await tableOf(row), { lock: true, hidden });
    if (row.diff_hash === null || !worked.hash.equals(row.diff_hash)) {
      await writePreview(ctx, { ...row, options: { ...row.options, evenThough: false } }, worked);
      return {
        status: 'preview',
        refusal: conflict(
          'people_changed_since',
          'People have changed since this preview, so nobody was changed now. The preview is new: look at it and confirm once more.',
        ),
      };
    }
    if (worked.verdict.held && !row.options.evenThough) return hold(ctx, row, worked.verdict.reasons);
    await applyImport(ctx, row, worked, progress);
    const counts = { ...countsOf(worked), done: worked.seen.new.length + worked.seen.changed.length };
    await ctx.db
      .updateTable('people_imports')
      .set({
        status: 'done',
        finished_at: ctx.now.toString(),
        counts: JSON.stringify(counts),
        options: JSON.stringify(row.options),
        problem: null,
      })
      .where('id', '=', row.id)
      .execute();
    await appendAudit(ctx, {
      action: 'people.imported',
      subject: { kind: 'import', id: row.id, name: row.file_name },
      after: { ...counts, declaredComplete: row.options.declaredComplete },
      reason: worked.verdict.held ? `Taken in although it was held: ${worked.verdict.reasons.join(' ')}` : null,
    });
    return { status: 'done', refusal: null };
  });
}

/** Takes a long list in. What a crash interrupted was never written, and is done from its beginning. */
export const importJob = job<{ importId: string }>({
  name: 'people-import',
  retryLimit: 5,
  retryDelaySeconds: 2,
  handle: async (platform, organizationId, { importId }) => {
    const row = await runAsSystem(platform, organizationId, (ctx) => getImportRow(ctx, importId, { withFile: true }));
    if (row.status !== 'running' || !row.options.confirmedBy) return;
    const actor = { ...row.options.confirmedBy, roles: [], scopes: null };
    try {
      const outcome = await runAs(platform, { organizationId, actor }, (ctx) =>
        takeIn(ctx, row, (done) => noteProgress(platform, organizationId, importId, done)),
      );
      if (outcome.refusal) await runAsSystem(platform, organizationId, (ctx) => note(ctx, importId, { problem: outcome.refusal.message }));
    } catch (error) {
      // What the data themselves make impossible is told; what may pass (a lost connection) is tried again.
      if (!/^2[23]/.test((error as { code?: string }).code ?? '')) throw error;
      platform.log.warn({ importId, problem: (error as Error).message }, 'a people list could not be taken in');
      const problem = 'People were changed at the same moment, so nobody was changed by this list. Confirm it once more.';
      await runAsSystem(platform, organizationId, (ctx) => note(ctx, importId, { status: 'failed', problem }));
    }
  },
});

const note = (ctx: Context, importId: string, values: { status?: string; problem: string }) =>
  ctx.db.updateTable('people_imports').set(values).where('id', '=', importId).execute();

/** In a transaction of its own, so that it is seen while the list is still being taken in. */
const noteProgress = (platform: Platform, organizationId: string, importId: string, done: number): Promise<void> =>
  runAsSystem(platform, organizationId, async (ctx) => {
    await sql`update people_imports set counts = counts || jsonb_build_object('done', ${done}::int) where id = ${importId}`.execute(ctx.db);
  });
