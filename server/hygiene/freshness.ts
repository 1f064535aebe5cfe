import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { type AccountKind, accountsWithState, unknown } from './kinds.ts';

/** Why what an app shows may not be the whole of it, in a sentence. */
export type Caveat = { appId: string; app: string; words: string };

/** A connected app that was not read whole for so long is said; a list that somebody gave may be older. */
const staleHours = 48;
const staleListHours = 24 * 35;

type Row = {
  id: string;
  name: string;
  connected: boolean;
  whole_at: string | null;
  read_at: string | null;
  held: boolean;
  failing: boolean;
  grants_at: string | null;
  grants_complete: boolean | null;
  grants_problem: string | null;
};

/** What the lists do not rest on, or not wholly: apps never read, read long ago, only in part, or whose newest reading is held. */
export async function listCaveats(ctx: Context): Promise<Caveat[]> {
  const { rows } = await sql<Row>`
    select s.id, s.name, c.id is not null as connected, c.status = 'failing' as failing,
      (select max(r.as_of) from apps_readings r where r.organization_id = s.organization_id and r.app_id = s.id and r.complete and r.source in ('sync', 'list')) as whole_at,
      (select max(r.as_of) from apps_readings r where r.organization_id = s.organization_id and r.app_id = s.id and r.source in ('sync', 'list')) as read_at,
      exists (select from connections_syncs y where y.organization_id = s.organization_id and y.app_id = s.id and y.status = 'held') as held,
      g.as_of as grants_at, g.complete as grants_complete, g.problem as grants_problem
    from apps_apps s left join connections_connections c on c.organization_id = s.organization_id and c.app_id = s.id and c.removed_at is null
      and c.connector not in ('manual', 'user-list')
    left join apps_app_grant_readings g on g.organization_id = s.organization_id and g.app_id = s.id
    where s.archived_at is null order by lower(s.name)`.execute(ctx.db);
  return rows.flatMap((row) =>
    [...accountCaveats(ctx, row), ...grantCaveats(row)].map((words) => ({ appId: row.id, app: row.name, words })),
  );
}

function accountCaveats(ctx: Context, row: Row): string[] {
  if (row.read_at === null) return [`Nobody has read who has an account in ${row.name}.`];
  const held = row.held ? [`A reading of ${row.name} is held. What it would change is not in these lists.`] : [];
  const failing = row.failing ? ` It cannot be read at present.` : '';
  if (row.whole_at === null) return [...held, `${row.name} was never read whole. Accounts may be missing.${failing}`];
  const hours = ctx.now.since(Temporal.Instant.from(row.whole_at)).total('hours');
  if (hours > (row.connected ? staleHours : staleListHours))
    return [...held, `${row.name} was last read whole ${Math.floor(hours / 24)} days ago.${failing}`];
  return failing ? [...held, `${row.name} cannot be read at present.`] : held;
}

function grantCaveats(row: Row): string[] {
  if (row.grants_at === null) return [];
  if (row.grants_problem) return [`What programs may do in ${row.name} could not be read: ${row.grants_problem}`];
  return row.grants_complete ? [] : [`What programs may do in ${row.name} is known in part only. More may be allowed than is shown.`];
}

/** In which apps nobody can say of accounts whether they belong on a list, those with the most first; at most 50. */
export async function listUnknown(ctx: Context, kind: AccountKind): Promise<{ appId: string; app: string; unknown: number; of: number }[]> {
  const { rows } = await sql<{ appId: string; app: string; unknown: number; of: number }>`
    select s.id as "appId", s.name as app, count(*) filter (where ${unknown[kind]})::int as unknown, count(*)::int as of
    from ${accountsWithState} where k.state not in ('gone', 'suspended', 'service')
    group by s.id, s.name having count(*) filter (where ${unknown[kind]}) > 0 order by unknown desc, s.name limit 50`.execute(ctx.db);
  return rows;
}
