import type { Context } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';

const keptDays = 29;

/** What was read is kept for thirty days: after that nothing of it could be taken in or shown. Throws then. */
export function refuseOld(ctx: Context, sync: { kind: string; createdAt: string }): void {
  if (Temporal.Instant.compare(sync.createdAt, ctx.now.subtract({ hours: 24 * keptDays })) >= 0) return;
  throw conflict(
    'too_old',
    sync.kind === 'list'
      ? 'This list is too old to be confirmed. Upload it again.'
      : 'This reading is too old to be confirmed. Read the app again.',
  );
}
