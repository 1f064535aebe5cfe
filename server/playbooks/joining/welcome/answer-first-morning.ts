import { appendAudit } from '../../../platform/audit.ts';
import type { Context } from '../../../platform/context.ts';
import { conflict, invalid } from '../../../platform/errors.ts';
import type { JoiningRun } from '../../run-row.ts';
import { endMending, noteLostDays } from '../lost-days.ts';
import { readReadiness } from '../read-readiness.ts';
import type { ReadinessKind } from '../readiness.ts';

/** Each thing that is missing asks somebody: whoever holds the link cannot ask without end. */
const mostMissing = 100;

/** Something the colleague says is missing: a line of theirs by its key, or in their own words. */
export type SaidMissing = { key?: string | null | undefined; what: string; cause: ReadinessKind };

/**
 * Takes the answer to "do you have everything?". Yes ends what was counted as missing; no writes down each thing, asks whoever can mend it, and
 * may be given again when more turns up. Refused before the first morning.
 */
export async function answerFirstMorning(
  ctx: Context,
  run: JoiningRun,
  answer: { everything: boolean; missing: SaidMissing[] },
): Promise<void> {
  if (Temporal.Instant.compare(run.starts_at, ctx.now.add({ hours: 12 })) > 0)
    throw conflict('too_early', 'Your first day has not come yet. Nothing was changed.');
  if (!answer.everything && answer.missing.length === 0)
    throw invalid('nothing_named', 'Say what is missing, so that somebody can mend it.', [
      { field: 'missing', message: 'Tick one thing, or write it.' },
    ]);
  const said = answer.everything ? 'everything' : 'something-missing';
  if (answer.everything) {
    const open = await ctx.db
      .updateTable('playbooks_lost_days')
      .set({ until: ctx.now.toString() })
      .where('run_id', '=', run.id)
      .where('until', 'is', null)
      .returning(['id', 'task_id'])
      .execute();
    for (const lost of open) await endMending(ctx, lost.task_id, `${run.person} has everything.`);
  } else {
    const { lines } = await readReadiness(ctx, run);
    const missing = answer.missing.map((thing) => {
      const line = lines.find((each) => each.key === thing.key);
      return line
        ? {
            what: line.what,
            kind: line.kind,
            appId: line.appId,
            why: line.state === 'ready' ? 'They say that it does not work.' : line.why,
          }
        : { what: thing.what.trim(), kind: thing.cause, appId: null, why: 'In their own words.' };
    });
    await refuseTooMany(ctx, run, missing.length);
    await noteLostDays({ ...ctx, reach: 'all' }, run, missing, run.person);
  }
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ first_morning: said, first_morning_at: ctx.now.toString() })
    .where('id', '=', run.id)
    .execute();
  await appendAudit(ctx, {
    action: 'first-morning.answered',
    subject: { kind: 'run', id: run.id, name: run.person },
    before: { said: run.first_morning },
    after: { said, missing: answer.missing.map(({ what }) => what) },
    people: [run.person_id],
  });
}

async function refuseTooMany(ctx: Context, run: JoiningRun, more: number): Promise<void> {
  const { count } = await ctx.db
    .selectFrom('playbooks_lost_days')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('run_id', '=', run.id)
    .executeTakeFirstOrThrow();
  if (Number(count) + more > mostMissing)
    throw conflict(
      'too_many_missing',
      'A great many things were named as missing already. Call operations; they see them all. Nothing was changed.',
    );
}
