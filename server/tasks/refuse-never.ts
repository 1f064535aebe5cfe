import type { Context } from '../platform/context.ts';
import { forbidden } from '../platform/errors.ts';

/** Refuses whoever a task must never reach: what closes somebody's access is not theirs to settle, whatever role they hold. */
export function refuseNever(ctx: Context, task: { never_person_id: string | null }): void {
  if (task.never_person_id && task.never_person_id === ctx.actor.personId)
    throw forbidden('This is about you, so somebody else does it. Nothing was changed.');
}
