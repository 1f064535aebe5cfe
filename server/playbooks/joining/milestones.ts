import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict, invalid, notFound, type Problem } from '../../platform/errors.ts';
import { inspectExpression } from '../../platform/expressions/index.ts';
import { conditions } from '../conditions.ts';
import { runFacts } from '../run-facts.ts';
import { getRun, joiningOf, type RunRow } from '../run-row.ts';
import { playbookVariables } from '../schedule/playbook-variables.ts';

export type Milestone = { id: string; name: string; when: string; targetDays: number };

const variables = () => {
  const { person } = playbookVariables({ for: 'joiner', steps: [] });
  return { person: person! };
};

/** The milestones that show that somebody has arrived in their role, in their order. */
export async function listMilestones(ctx: Context): Promise<Milestone[]> {
  const { rows } = await sql<Milestone>`
    select id, name, condition_text as "when", target_days as "targetDays" from playbooks_milestones where archived_at is null order by position, name`.execute(
    ctx.db,
  );
  return rows;
}

/** Makes the milestones be exactly these, in this order. Those that fall away stay with whoever reached them. Returns whether anything changed. */
export async function saveMilestones(
  ctx: Context,
  wanted: { id?: string | null | undefined; name: string; when: string; targetDays: number }[],
): Promise<boolean> {
  const problems: Problem[] = [];
  for (const [index, each] of wanted.entries()) {
    if (wanted.some((other, at) => at < index && other.name.trim().toLowerCase() === each.name.trim().toLowerCase()))
      problems.push({ field: `rows[${index}].name`, message: 'Two milestones have this name. Give one another.' });
    const outcome = inspectExpression(each.when, variables());
    if ('problem' in outcome) problems.push({ field: `rows[${index}].when`, message: outcome.problem.message });
  }
  const before = await listMilestones(ctx);
  for (const [index, each] of wanted.entries())
    if (each.id && !before.some((one) => one.id === each.id))
      problems.push({ field: `rows[${index}].id`, message: 'This milestone is not there any more. Leave its id out to make it anew.' });
  if (problems.length > 0) throw invalid('bad_milestones', 'Some milestones cannot be kept. Nothing was changed.', problems);
  const becomes = wanted.map((each) => {
    const known =
      before.find((one) => one.id === each.id) ?? before.find((one) => one.name.toLowerCase() === each.name.trim().toLowerCase());
    return { id: known?.id ?? null, name: each.name.trim(), when: each.when, targetDays: each.targetDays };
  });
  if (JSON.stringify(becomes) === JSON.stringify(before)) return false;
  const kept = becomes.map((each) => each.id).filter((id) => id !== null);
  await sql`update playbooks_milestones set archived_at = ${ctx.now.toString()} where archived_at is null and not (id = any (${kept}::uuid[]))`.execute(
    ctx.db,
  );
  for (const [position, each] of becomes.entries()) {
    const values = { name: each.name, condition_text: each.when, target_days: each.targetDays, position };
    if (each.id) await ctx.db.updateTable('playbooks_milestones').set(values).where('id', '=', each.id).execute();
    else
      await ctx.db
        .insertInto('playbooks_milestones')
        .values({ organization_id: ctx.organizationId, ...values })
        .execute();
  }
  await appendAudit(ctx, {
    action: 'milestones.changed',
    subject: { kind: 'milestones', id: null },
    before,
    after: await listMilestones(ctx),
  });
  return true;
}

export type MilestoneOfRun = {
  id: string;
  name: string;
  targetDays: number;
  targetOn: string;
  reachedOn: string | null;
  confirmedBy: string | null;
};

/** The milestones of one hire: those that mean the person, with its target day and the day on which it was reached. */
export async function milestonesOfRun(ctx: Context, run: RunRow): Promise<MilestoneOfRun[]> {
  const { start_on: startOn } = joiningOf(run);
  const all = await listMilestones(ctx);
  const reached = await ctx.db
    .selectFrom('playbooks_milestones_reached as r')
    .innerJoin('playbooks_milestones as m', 'm.id', 'r.milestone_id')
    .select(['m.id', 'm.name', 'm.target_days', 'r.reached_on', 'r.confirmed_by'])
    .where('r.run_id', '=', run.id)
    .execute();
  const facts = await runFacts(ctx, run);
  const meant = await Promise.all(
    all.map(
      async (each) =>
        (
          await conditions()
            .evaluateOne(each.when, { person: facts.person })
            .catch(() => ({ value: null }))
        ).value === true,
    ),
  );
  const rows = all.filter((each, index) => meant[index] || reached.some((one) => one.id === each.id));
  const gone = reached
    .filter((each) => !all.some((one) => one.id === each.id))
    .map((each) => ({ id: each.id, name: each.name, when: '', targetDays: each.target_days }));
  return [...rows, ...gone].map(({ id, name, targetDays }) => {
    const done = reached.find((each) => each.id === id);
    return {
      id,
      name,
      targetDays,
      targetOn: Temporal.PlainDate.from(startOn).add({ days: targetDays }).toString(),
      reachedOn: done?.reached_on ?? null,
      confirmedBy: done?.confirmed_by ?? null,
    };
  });
}

/** Says that somebody reached a milestone, on which day. Said again, the day is corrected. `null` takes it back. */
export async function reachMilestone(ctx: Context, input: { runId: string; milestoneId: string; reachedOn: string | null }): Promise<void> {
  const run = joiningOf(await getRun(ctx, input.runId, { lock: true }));
  if (ctx.reach === 'own' && !(await isTheirs(ctx, run.person_id))) throw notFound('hire');
  const milestone = await ctx.db
    .selectFrom('playbooks_milestones')
    .select(['id', 'name'])
    .where('id', '=', input.milestoneId)
    .executeTakeFirst();
  if (!milestone) throw notFound('milestone');
  const { reachedOn } = input;
  const today = ctx.now.toZonedDateTimeISO(run.zone).toPlainDate().toString();
  if (reachedOn !== null && (reachedOn < run.start_on || reachedOn > today))
    throw conflict('impossible_day', `Choose a day between the first one (${run.start_on}) and today. Nothing was changed.`);
  await ctx.db.deleteFrom('playbooks_milestones_reached').where('run_id', '=', run.id).where('milestone_id', '=', milestone.id).execute();
  if (reachedOn !== null)
    await ctx.db
      .insertInto('playbooks_milestones_reached')
      .values({
        organization_id: ctx.organizationId,
        run_id: run.id,
        milestone_id: milestone.id,
        reached_on: reachedOn,
        confirmed_by: ctx.actor.name,
        confirmed_at: ctx.now.toString(),
      })
      .execute();
  await appendAudit(ctx, {
    action: reachedOn === null ? 'milestone.taken-back' : 'milestone.reached',
    subject: { kind: 'run', id: run.id, name: run.person },
    after: { milestone: milestone.name, reachedOn },
    people: [run.person_id],
  });
}

// Their own, by the invitation, or that of somebody who reports to them.
async function isTheirs(ctx: Context, personId: string): Promise<boolean> {
  if (ctx.actor.personId === null) return false;
  if (ctx.actor.personId === personId) return true;
  const person = await ctx.db.selectFrom('people_roster').select('manager_id').where('id', '=', personId).executeTakeFirst();
  return person?.manager_id === ctx.actor.personId;
}
