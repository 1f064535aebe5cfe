import { eraseNames, erasureKind } from '../platform/erasure.ts';

/** What plans, actions and reads say of the person by name. Which account was closed when, and how that was seen, stays. */
export const accessErasure = erasureKind({
  kind: 'access',
  erase: async (ctx, person) =>
    (await eraseNames(ctx, person, 'access_plans', { text: ['made_by', 'reason'], lists: ['held_reasons'], json: ['blast', 'summary'] })) +
    (await eraseNames(ctx, person, 'access_rules', { text: ['changed_by'] })) +
    (await eraseNames(ctx, person, 'access_rule_versions', { text: ['changed_by', 'reason'] })) +
    (await eraseNames(ctx, person, 'access_decisions', { text: ['decided_by', 'reason'] })) +
    (await eraseNames(ctx, person, 'access_releases', { text: ['released_by', 'reason'] })) +
    (await eraseNames(ctx, person, 'access_actions', {
      text: ['answer', 'observed', 'problem', 'decided_by', 'decided_reason'],
      json: ['before'],
    })) +
    (await eraseNames(ctx, person, 'access_attempts', { text: ['words'] })),
});
