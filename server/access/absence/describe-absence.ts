import { getPerson } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { blastRadius } from '../blast-radius.ts';
import { listActions } from '../queries.ts';
import { type AbsenceHow, accountsForAbsence } from './held-now.ts';

/** A line of a leave under way: what happens to one account, or to what it has, and what is known of it. */
export type AbsenceLine = {
  id: string;
  appId: string;
  app: string;
  kind: string;
  status: string;
  words: string | null;
  asked: string | null;
  readAt: string | null;
};

/** Somebody’s leave: its days, what is suspended for it and how that stands, and what each of their accounts would go through. */
export async function describeAbsence(ctx: Context, personId: string) {
  const person = await getPerson(ctx, personId);
  const absence = await ctx.db
    .selectFrom('access_absences')
    .selectAll()
    .where('person_id', '=', personId)
    .where('status', 'in', ['planned', 'away', 'returning'])
    .executeTakeFirst();
  const accounts = await accountsForAbsence(ctx, personId, absence?.keep_app_ids ?? []);
  const planId = absence?.status === 'returning' ? absence.return_plan_id : absence?.plan_id;
  const lines = planId ? await listActions(ctx, [planId]) : [];
  return {
    from: person.leave_from,
    until: person.leave_until,
    absence: absence
      ? {
          status: absence.status as 'planned' | 'away' | 'returning',
          keepAppIds: absence.keep_app_ids,
          beganAt: absence.began_at,
          returnedAt: absence.returned_at,
          madeBy: absence.made_by,
          lines: lines.map(
            (line): AbsenceLine => ({
              id: line.id,
              appId: line.app_id,
              app: line.app,
              kind: line.kind,
              status: line.status,
              words: line.problem,
              asked: line.asked,
              readAt: line.read_at,
            }),
          ),
        }
      : null,
    accounts: accounts.map(({ accountId, appId, app, account, how, through }) => ({
      accountId,
      appId,
      app,
      account,
      how,
      words: howWords(how, through),
    })),
    onlyAdminOf: (await blastRadius(ctx, personId)).onlyAdminOf,
  };
}

function howWords(how: AbsenceHow, through: string | null): string {
  switch (how) {
    case 'machine':
      return 'Suspended by Groundcrew, and opened again on the day of return.';
    case 'by-hand':
      return 'Its owner is asked to suspend it, and asked again to open it.';
    case 'suspended':
      return 'Suspended already. It stays so, also afterwards.';
    case 'through':
      return through === null ? 'Comes with another app, and stays as it is.' : `Comes through ${through}, and stays as it is.`;
    case 'outside':
      return 'Run from outside: it stays as it is.';
    case 'kept':
      return 'Stays usable.';
  }
}
