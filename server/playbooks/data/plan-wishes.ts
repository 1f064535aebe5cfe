import { planData, replaceData } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { LeavingRun } from '../run-row.ts';
import { dataAccounts } from './data-accounts.ts';
import { type DataTopic, type DataWish, decidedKinds, wantedFor } from './data-topics.ts';
import { heirOf } from './heirs.ts';

/** Makes the plan for the data what was decided so far. What is done by a machine happens at the cut-off, or now where that is past. */
export async function planWishes(ctx: Context, run: LeavingRun, reason: string): Promise<void> {
  const wishes = await listWishes(ctx, run.id);
  if (wishes.length === 0) return;
  const mail = wishes.find(({ topic }) => topic === 'mail');
  const wanted = wantedFor(await dataAccounts(ctx, run.person_id), {
    wishes,
    reply: await replyOf(ctx, run, mail),
    mailEndsAt: mailEndOf(run, mail),
  });
  if (wanted.length === 0 && !run.data_plan_id) return;
  await replaceData(ctx, await dataPlanOf(ctx, run), decidedKinds, wanted, reason);
}

/** The plan for the data of an exit, made where there is none yet. */
export async function dataPlanOf(ctx: Context, run: LeavingRun): Promise<string> {
  if (run.data_plan_id) return run.data_plan_id;
  const planId = await planData(ctx, { personId: run.person_id, dueAt: run.cut_off_at, concealmentId: run.concealment_id });
  await ctx.db.updateTable('playbooks_runs').set({ data_plan_id: planId }).where('id', '=', run.id).execute();
  run.data_plan_id = planId;
  return planId;
}

/** What was decided about the data of an exit. Somebody who has left meanwhile inherits nothing. */
export async function listWishes(ctx: Context, runId: string): Promise<DataWish[]> {
  const rows = await ctx.db.selectFrom('playbooks_data_wishes').selectAll().where('run_id', '=', runId).orderBy('topic').execute();
  return Promise.all(
    rows.map(async (row) => ({
      topic: row.topic as DataTopic,
      choice: row.choice,
      to: row.to_person_id ? await heirOf(ctx, row.to_person_id) : null,
      text: row.text,
      until: row.until_on,
      because: row.because,
    })),
  );
}

/** The instant at which what happens to mail ends; null where nothing happens to it. */
export const mailEndOf = (run: LeavingRun, mail: DataWish | undefined): string | null =>
  mail?.until && mail.choice !== 'nothing'
    ? Temporal.PlainDate.from(mail.until).toZonedDateTime({ timeZone: run.zone, plainTime: '09:00' }).toInstant().toString()
    : null;

async function replyOf(ctx: Context, run: LeavingRun, mail: DataWish | undefined): Promise<{ subject: string; text: string }> {
  const { name } = await ctx.db.selectFrom('identity_organizations').select('name').executeTakeFirstOrThrow();
  const subject = `${run.person} does not work here any more`;
  if (mail?.text) return { subject, text: mail.text };
  const follows = mail?.to ? ` ${mail.to.name} follows${mail.to.address ? `: ${mail.to.address}` : ''}.` : '';
  return { subject, text: `${run.person} does not work at ${name} any more. Your message was not read.${follows}` };
}
