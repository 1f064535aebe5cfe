import type { Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';

/** Nobody decides over their own exit, whatever role they hold: they could call it off, put it off or sign that nothing is left. */
export function refuseOwnExit(ctx: Context, run: { person_id: string | null }): void {
  if (ctx.actor.personId !== null && ctx.actor.personId === run.person_id)
    throw conflict('own_exit', 'This is your own exit. Somebody else has to decide it. Nothing was changed.');
}
