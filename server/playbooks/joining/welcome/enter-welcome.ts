import { hashSecret } from '../../../identity/index.ts';
import { type Context, runAs } from '../../../platform/context.ts';
import { sql } from '../../../platform/database.ts';
import { Refusal } from '../../../platform/errors.ts';
import type { Edge } from '../../../platform/http/route.ts';
import { getRun, type JoiningRun, joiningOf } from '../../run-row.ts';
import { hasWelcomeForm } from './welcome-secret.ts';

type Found = { organization_id: string; run_id: string; person_id: string; person: string };

/** Days after the first one until which the link opens. */
const openDays = 60;

/**
 * Runs `work` as the new colleague whose link this is; only their own hire is in reach. Throws 404 in words for a secret that is none of ours,
 * for a hire that was called off, and 60 days after the first.
 */
export async function enterWelcome<T>(edge: Edge, secret: string, work: (ctx: Context, run: JoiningRun) => Promise<T>): Promise<T> {
  const { platform } = edge;
  const { rows } = hasWelcomeForm(secret)
    ? await sql<Found>`select * from lookup_welcome_link(${hashSecret(secret)})`.execute(platform.database)
    : { rows: [] };
  const found = rows[0];
  if (!found)
    throw new Refusal(
      404,
      'link_unknown',
      'This link is none of ours, was cut short on its way, or a newer invitation has replaced it. Open the one from the newest mail. Nothing was changed.',
    );
  const actor = {
    kind: 'link' as const,
    id: found.run_id,
    name: found.person,
    memberId: null,
    personId: found.person_id,
    roles: [],
    scopes: [],
  };
  return runAs(platform, { organizationId: found.organization_id, actor, reach: 'own' }, async (ctx) => {
    const run = joiningOf(await getRun(ctx, found.run_id, { lock: true }));
    const person = await ctx.db.selectFrom('people_roster').select('status').where('id', '=', run.person_id).executeTakeFirst();
    const isOver = Temporal.Instant.compare(ctx.now, Temporal.Instant.from(run.starts_at).add({ hours: openDays * 24 })) > 0;
    if (run.status === 'cancelled' || run.outcome === 'no-show' || person?.status === 'left' || isOver)
      throw new Refusal(404, 'link_ended', 'This invitation is over. Ask whoever sent it to you, or operations. Nothing was changed.');
    return work(ctx, run);
  });
}
