import { eraseNames, erasureKind } from '../platform/erasure.ts';

/** What plans, actions and reads say of the person by name. Which account was closed when, and how that was seen, stays. */
export const accessErasure = erasureKind({
  kind: 'access',
  erase: async (ctx, person) =>
    (await eraseNames(ctx, person, 'access_plans', { json: ['blast'] })) +
    (await eraseNames(ctx, person, 'access_actions', {
      text: ['answer', 'observed', 'problem', 'decided_by', 'decided_reason'],
      json: ['before'],
    })) +
    (await eraseNames(ctx, person, 'access_attempts', { text: ['words'] })),
});
