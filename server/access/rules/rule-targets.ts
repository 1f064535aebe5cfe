import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/** One thing that a rule gives. `entitlementId` null with `entitlement` null: an account. With a name that no reading has shown: `known` is false. */
export type Target = {
  ruleId: string;
  appId: string;
  entitlementId: string | null;
  entitlement: string | null;
  kind: string | null;
  known: boolean;
};

type Named = { id: string; app_id: string; external_id: string; kind: string; name: string };

/**
 * What each rule gives, its names looked up among the entitlements that the app has shown: by name, else by the app's own id, in any letter
 * case; the kind decides where a name is there twice. Apps that were archived give nothing. `personId`: only of rules that mean this person, may, or did until they changed.
 */
export async function ruleTargets(ctx: Context, personId?: string): Promise<Target[]> {
  const { rows: grants } = await sql<{ rule_id: string; app_id: string; entitlement: string; kind: string }>`
    ${
      personId
        ? sql`with theirs as materialized (
      select rule_id from access_matches where person_id = ${personId} union select rule_id from access_grace where person_id = ${personId})`
        : sql``
    }
    select g.rule_id, g.app_id, g.entitlement, g.entitlement_kind as kind from access_rule_grants g
    join access_rules r on r.organization_id = g.organization_id and r.id = g.rule_id and r.archived_at is null
    join apps_apps a on a.organization_id = g.organization_id and a.id = g.app_id and a.archived_at is null
    ${personId ? sql`where g.rule_id in (select rule_id from theirs)` : sql``}`.execute(ctx.db);
  const named = await findEntitlements(
    ctx,
    grants.filter(({ entitlement }) => entitlement !== '').map(({ app_id, entitlement }) => ({ appId: app_id, entitlement })),
  );
  return grants.map((grant) => {
    const target = { ruleId: grant.rule_id, appId: grant.app_id };
    if (grant.entitlement === '') return { ...target, entitlementId: null, entitlement: null, kind: null, known: true };
    const found = chooseEntitlement(named, { appId: grant.app_id, entitlement: grant.entitlement, kind: grant.kind || null })[0];
    return {
      ...target,
      entitlementId: found?.id ?? null,
      entitlement: found?.name ?? grant.entitlement,
      kind: found?.kind ?? (grant.kind || null),
      known: found !== undefined,
    };
  });
}

/** The entitlements of apps that bear one of these names or ids. */
export async function findEntitlements(ctx: Context, names: { appId: string; entitlement: string }[]): Promise<Named[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<Named>`
    select e.id, e.app_id, e.external_id, e.kind, e.name from apps_entitlements e
    where e.app_id = any (${[...new Set(names.map(({ appId }) => appId))]}::uuid[])
      and (lower(e.name) = any (${names.map(({ entitlement }) => entitlement.toLowerCase())}::text[])
        or lower(e.external_id) = any (${names.map(({ entitlement }) => entitlement.toLowerCase())}::text[]))
    order by e.kind, e.external_id`.execute(ctx.db);
  return rows;
}

/** Those that a rule's words mean: by name, where none has that name by the app's id. More than one: the words are ambiguous. */
export function chooseEntitlement(among: Named[], wish: { appId: string; entitlement: string; kind: string | null }): Named[] {
  const words = wish.entitlement.toLowerCase();
  const own = among.filter(
    ({ app_id: appId, kind }) => appId === wish.appId && (wish.kind === null || kind.toLowerCase() === wish.kind.toLowerCase()),
  );
  const byName = own.filter(({ name }) => name.toLowerCase() === words);
  return byName.length > 0 ? byName : own.filter(({ external_id: id }) => id.toLowerCase() === words);
}
