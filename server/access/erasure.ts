import type { Context } from '../platform/context.ts';
import { type Erased, eraseNames, erasureKind } from '../platform/erasure.ts';

/** What rules, plans, actions and reads say of the person by name; a rule that asked for them as a manager means nobody any more. Which account was closed when, and how that was seen, stays. */
export const accessErasure = erasureKind({
  kind: 'access',
  erase: async (ctx, person) =>
    (await forgetMatches(ctx, person)) +
    (await eraseNames(ctx, person, 'access_plans', { text: ['made_by', 'reason'], lists: ['held_reasons'], json: ['blast', 'summary'] })) +
    (await eraseNames(ctx, person, 'access_absences', { text: ['made_by'] })) +
    (await eraseNames(ctx, person, 'access_rules', { text: ['condition_text', 'changed_by'] })) +
    (await eraseNames(ctx, person, 'access_rule_versions', { text: ['condition_text', 'changed_by', 'reason'] })) +
    (await eraseNames(ctx, person, 'access_decisions', { text: ['decided_by', 'reason'] })) +
    (await eraseNames(ctx, person, 'access_releases', { text: ['released_by', 'reason'] })) +
    (await eraseNames(ctx, person, 'access_actions', {
      text: ['answer', 'observed', 'problem', 'decided_by', 'decided_reason', 'label', 'approved_by'],
      json: ['before', 'input'],
    })) +
    (await eraseNames(ctx, person, 'access_retentions', { text: ['changed_by'] })) +
    (await eraseNames(ctx, person, 'access_attempts', { text: ['words'] })),
});

/** Whom rules mean is derived from the person's facts, and is not worked out again once those are gone. */
async function forgetMatches(ctx: Context, { personId }: Erased): Promise<number> {
  await ctx.db.deleteFrom('access_grace').where('person_id', '=', personId).execute();
  await ctx.db.deleteFrom('access_evaluated').where('person_id', '=', personId).execute();
  return Number((await ctx.db.deleteFrom('access_matches').where('person_id', '=', personId).executeTakeFirst()).numDeletedRows);
}
