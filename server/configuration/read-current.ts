import { findConnector } from '../../connectors/index.ts';
import type { Connector } from '../../connectors/kit/index.ts';
import type { Writer } from '../apps/check-app-fields.ts';
import { secretsOf } from '../connections/open-connection.ts';
import type { NewCompanySignIn } from '../identity/company/check-settings.ts';
import { type CompanySignIn, findCompanySignIn } from '../identity/company/company-sign-in.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { type CurrentPlaybook, readPlaybooks } from './read-playbooks.ts';

export type CurrentLocation = { id: string; name: string; timezone: string | null; country: string | null };
export type CurrentDepartment = { id: string; name: string };
export type CurrentConnection = {
  id: string;
  connector: string;
  settings: Record<string, unknown>;
  /** Only in memory, to tell whether a push brings others: never part of an answer. null: they cannot be opened here. */
  secrets: Record<string, unknown> | null;
  syncEveryMinutes: number | null;
  takesPeople: boolean;
};
export type CurrentApp = {
  id: string;
  name: string;
  capability: string | null;
  owner: { id: string; name: string; address: string | null } | null;
  deputy: { id: string; name: string; address: string | null } | null;
  writer: Writer;
  signIn: boolean;
  group: { app: string; entitlement: string } | null;
  deepLink: string | null;
  instructionsGrant: string | null;
  instructionsRevoke: string | null;
  connection: CurrentConnection | null;
};
export type CurrentGrant = { app: string; entitlement: string | null; kind: string | null };
export type CurrentRule = {
  id: string;
  name: string;
  when: string;
  mend: 'shown' | 'by-itself';
  graceDays: number;
  grants: CurrentGrant[];
};
export type CurrentMilestone = { id: string; name: string; when: string; targetDays: number };

/** What of an organization is configuration, as it stands: lists in the order of their names, milestones in their own. */
export type Current = {
  organization: { name: string; timezone: string };
  address: { pattern: string; domain: string } | null;
  /** How the company signs in, without its secret. */
  signIn: NewCompanySignIn | null;
  locations: CurrentLocation[];
  departments: CurrentDepartment[];
  apps: CurrentApp[];
  rules: CurrentRule[];
  milestones: CurrentMilestone[];
  playbooks: CurrentPlaybook[];
};

/** The same order on every machine. */
export const byName = (one: { name: string }, other: { name: string }): number => {
  const [a, b] = [one.name.toLowerCase(), other.name.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Reads the configuration of the organization. Writes nothing, also not what would be taken over at the first use. */
export async function readCurrent(ctx: Context): Promise<Current> {
  const organization = await ctx.db
    .selectFrom('identity_organizations')
    .select(['name', 'time_zone as timezone'])
    .executeTakeFirstOrThrow();
  const locations = await ctx.db.selectFrom('people_locations').select(['id', 'name', 'time_zone as timezone', 'country']).execute();
  const departments = await ctx.db.selectFrom('people_departments').select(['id', 'name']).execute();
  const address = await ctx.db.selectFrom('people_address_patterns').select(['pattern', 'domain']).executeTakeFirst();
  const milestones = await ctx.db
    .selectFrom('playbooks_milestones')
    .select(['id', 'name', 'condition_text as when', 'target_days as targetDays'])
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .execute();
  return {
    organization,
    address: address ?? null,
    signIn: settingsOf(await findCompanySignIn(ctx)),
    locations: locations.sort(byName),
    departments: departments.sort(byName),
    apps: await readApps(ctx),
    rules: await readRules(ctx),
    milestones,
    playbooks: await readPlaybooks(ctx),
  };
}

function settingsOf(found: CompanySignIn | null): NewCompanySignIn | null {
  if (!found) return null;
  const {
    kind,
    issuer,
    clientId,
    signInAddress,
    certificates,
    domains,
    groupsClaim,
    groupRoles,
    withoutGroup,
    outsideRoster,
    sessionHours,
  } = found;
  return {
    kind,
    issuer,
    clientId,
    signInAddress,
    certificates,
    domains,
    groupsClaim,
    groupRoles,
    withoutGroup,
    outsideRoster,
    sessionHours,
  };
}

type AppRow = Omit<CurrentApp, 'owner' | 'deputy' | 'group' | 'connection'> & {
  owner: CurrentApp['owner'];
  deputy: CurrentApp['deputy'];
  groupApp: string | null;
  groupEntitlement: string | null;
};

async function readApps(ctx: Context): Promise<CurrentApp[]> {
  const person = (alias: string) =>
    sql`case when ${sql.ref(`${alias}.id`)} is not null then jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}, 'address', ${sql.ref(`${alias}.work_address`)}) end`;
  const { rows } = await sql<AppRow>`
    select a.id, a.name, a.capability, a.writer, a.sign_in as "signIn", a.deep_link as "deepLink", a.instructions_grant as "instructionsGrant",
      a.instructions_revoke as "instructionsRevoke", ${person('o')} as owner, ${person('d')} as deputy, g.name as "groupApp", a.writer_entitlement as "groupEntitlement"
    from apps_apps a
    left join people_roster o on o.organization_id = a.organization_id and o.id = a.owner_person_id
    left join people_roster d on d.organization_id = a.organization_id and d.id = a.deputy_person_id
    left join apps_apps g on g.organization_id = a.organization_id and g.id = a.writer_app_id
    where a.archived_at is null`.execute(ctx.db);
  const connections = await readConnections(ctx);
  return rows
    .map(({ groupApp, groupEntitlement, ...row }) => ({
      ...row,
      group: groupApp !== null && groupEntitlement !== null ? { app: groupApp, entitlement: groupEntitlement } : null,
      connection: connections.get(row.id) ?? null,
    }))
    .sort(byName);
}

async function readConnections(ctx: Context): Promise<Map<string, CurrentConnection>> {
  const rows = await ctx.db.selectFrom('connections_connections').selectAll().where('removed_at', 'is', null).execute();
  return new Map(
    rows.map((row) => [
      row.app_id,
      {
        id: row.id,
        connector: row.connector,
        settings: row.settings as Record<string, unknown>,
        secrets: opened(ctx, row),
        syncEveryMinutes: row.sync_every_minutes,
        takesPeople: row.takes_people,
      },
    ]),
  );
}

function opened(ctx: Context, row: Parameters<typeof secretsOf>[1]): Record<string, unknown> | null {
  try {
    return secretsOf(ctx, row) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** A rule whose apps were all archived gives nothing, and is none that a file could name. */
async function readRules(ctx: Context): Promise<CurrentRule[]> {
  const { rows } = await sql<CurrentRule>`
    select r.id, r.name, r.condition_text as "when", r.mend, r.grace_days as "graceDays",
      coalesce((select jsonb_agg(jsonb_build_object('app', a.name, 'entitlement', nullif(g.entitlement, ''), 'kind', nullif(g.entitlement_kind, '')))
        from access_rule_grants g join apps_apps a on a.organization_id = g.organization_id and a.id = g.app_id
        where g.organization_id = r.organization_id and g.rule_id = r.id and a.archived_at is null), '[]') as grants
    from access_rules r where r.archived_at is null`.execute(ctx.db);
  return rows
    .filter(({ grants }) => grants.length > 0)
    .map((row) => ({ ...row, grants: row.grants.map(({ app, entitlement, kind }) => ({ app, entitlement, kind })).sort(byGrant) }))
    .sort(byName);
}

/** One text per grant: two with the same give the same. A kind without an entitlement says nothing. */
export const grantKey = ({ app, entitlement, kind }: { app: string; entitlement?: string | null; kind?: string | null }): string =>
  JSON.stringify([app, entitlement ?? '', entitlement ? (kind ?? '') : ''].map((text) => text.toLowerCase()));

const byGrant = (one: CurrentGrant, other: CurrentGrant): number => (grantKey(one) < grantKey(other) ? -1 : 1);

/** The connector as it is declared, or null where only samples have it. */
export const declared = (id: string): Connector | null => findConnector(id);
