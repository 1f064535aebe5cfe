import { refuseOwnExit } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { getRun, leavingOf } from '../run-row.ts';
import { choicesOf, type DataTopic } from './data-topics.ts';
import { keepWish } from './decide-data.ts';
import { heirOf, mailUntil } from './heirs.ts';
import { planLater } from './plan-later.ts';
import { planWishes } from './plan-wishes.ts';

export type TopicDecision = { topic: DataTopic; choice: string; personId?: string | null; text?: string | null; until?: string | null };

/** Decides one part of a leaver's data, before or after the cut-off. What was done by then and is not wanted any more leaves the proof; what is wanted is done and read back. */
export async function decideTopic(ctx: Context, runId: string, decision: TopicDecision): Promise<void> {
  const run = leavingOf(await getRun(ctx, runId, { lock: true }));
  refuseOwnExit(ctx, run);
  if (run.status === 'cancelled' || run.status === 'rescinded')
    throw conflict('run_is_over', 'This exit has been called off. Nothing was changed.');
  const { topic, choice } = decision;
  if (!choicesOf[topic].some(({ value }) => value === choice))
    throw invalid('unknown_choice', 'That cannot be chosen here. Nothing was changed.', [
      { field: 'choice', message: `Choose one of: ${choicesOf[topic].map(({ label }) => label).join('; ')}.` },
    ]);
  const to = decision.personId ? await heirOf(ctx, decision.personId) : null;
  const needsSomebody = ['give', 'take', 'forward', 'read'].includes(choice);
  if ((decision.personId && !to) || to?.personId === run.person_id || (needsSomebody && !to))
    throw invalid('bad_heir', 'Somebody who is still here afterwards has to be named. Nothing was changed.', [
      { field: 'personId', message: 'Choose somebody who is still here afterwards.' },
    ]);
  await keepWish(
    ctx,
    run,
    topic,
    { choice, to, text: decision.text?.trim() || null, until: topic === 'mail' ? (decision.until ?? mailUntil(run)) : null },
    { because: `${ctx.actor.name} decided so.`, by: ctx.actor.name },
  );
  await planWishes(ctx, run, `${ctx.actor.name} decided otherwise since.`);
  await planLater(ctx, run);
}
