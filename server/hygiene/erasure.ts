import { eraseNames, erasureKind } from '../platform/erasure.ts';

/** What exceptions say of the person by name. That there was one, and until when, stays. */
export const hygieneErasure = erasureKind({
  kind: 'hygiene',
  erase: (ctx, person) => eraseNames(ctx, person, 'hygiene_exceptions', { text: ['reason', 'decided_by'] }),
});
