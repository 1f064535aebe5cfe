import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { refreshMatches } from '../rules/refresh-matches.ts';
import { readFacts } from '../rules/rule-facts.ts';
import { ruleTargets } from '../rules/rule-targets.ts';
import type { CompanyAccess, HeldAccess } from './held-access.ts';

/**
 * Who works here (working, away or leaving; nobody who has left or has not begun), what is known of them, and what they hold: through accounts of
 * people, matched to them, that are active or of unknown state, in apps that are not archived. Entitlements are named as a rule names them:
 * by name, with the kind where a name is there twice, by the app's own id where that does not tell them apart either.
 */
export async function readCompanyAccess(ctx: Context): Promise<CompanyAccess> {
  await refreshMatches(ctx);
  const { rows: present } = await sql<{ id: string; name: string }>`
    select id, name from people_roster where status in ('working', 'away', 'leaving') and erased_at is null order by name, id`.execute(
    ctx.db,
  );
  const facts = new Map((await readFacts(ctx)).map(({ id, ...known }) => [id, known]));
  const apps = await ctx.db.selectFrom('apps_apps').select(['id', 'name']).where('archived_at', 'is', null).orderBy('name').execute();
  const { rows: held } = await sql<HeldAccess>`
    with named as (
      select e.organization_id, e.id, e.kind, coalesce(nullif(btrim(e.name), ''), e.external_id) as name, e.external_id,
        count(*) over (partition by e.app_id, lower(e.name)) as alike, count(*) over (partition by e.app_id, lower(e.name), lower(e.kind)) as same
      from apps_entitlements e)
    select distinct a.person_id as "personId", a.app_id as "appId", case when n.same > 1 then n.external_id else n.name end as entitlement,
      case when n.alike > 1 then n.kind end as kind
    from apps_accounts a
    join apps_apps p on p.organization_id = a.organization_id and p.id = a.app_id and p.archived_at is null
    left join apps_grants g on g.organization_id = a.organization_id and g.account_id = a.id
    left join named n on n.organization_id = g.organization_id and n.id = g.entitlement_id
    where a.kind = 'person' and a.person_id is not null and (a.status = 'active' or a.status is null)`.execute(ctx.db);
  return {
    people: present.map(({ id, name }) => ({ id, name, facts: facts.get(id) ?? {} })),
    apps,
    held: inOrder(held),
    ruled: inOrder(await readRuled(ctx, held)),
  };
}

/** What the rules in force give to whom, in the words of what is held where somebody holds it. */
async function readRuled(ctx: Context, held: readonly HeldAccess[]): Promise<HeldAccess[]> {
  const targets = await ruleTargets(ctx);
  if (targets.length === 0) return [];
  const matches = await ctx.db.selectFrom('access_matches').select(['person_id', 'rule_id']).where('outcome', '=', true).execute();
  const ambiguous = new Set(
    held.filter(({ kind }) => kind !== null).map(({ appId, entitlement }) => `${appId} ${entitlement?.toLowerCase()}`),
  );
  const given = new Map<string, typeof targets>();
  for (const target of targets) given.set(target.ruleId, [...(given.get(target.ruleId) ?? []), target]);
  return matches.flatMap(({ person_id: personId, rule_id: ruleId }) =>
    (given.get(ruleId) ?? []).map(({ appId, entitlement, kind }) => ({
      ...{ personId, appId, entitlement },
      kind: ambiguous.has(`${appId} ${entitlement?.toLowerCase()}`) ? kind : null,
    })),
  );
}

const textOf = ({ personId, appId, entitlement, kind }: HeldAccess) => `${personId} ${appId} ${entitlement ?? ''} ${kind ?? ''}`;
const inOrder = (rows: readonly HeldAccess[]): HeldAccess[] =>
  rows
    .map((row) => [textOf(row), row] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);
