import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Way } from './classify.ts';

/** An app as plans need it: who writes it, whether a machine can, and when it was last read. */
export type GapApp = {
  id: string;
  name: string;
  writer: 'connection' | 'group' | 'manual' | 'outside';
  signIn: boolean;
  ownerPersonId: string | null;
  deputyPersonId: string | null;
  instructionsGrant: string | null;
  instructionsRevoke: string | null;
  deepLink: string | null;
  writerAppId: string | null;
  /** The group of the writing app that gives this one, once a reading has shown it. */
  groupId: string | null;
  group: string | null;
  /** A connection over which it can be changed, not paused or removed. */
  connected: boolean;
  everRead: boolean;
  completeSince: string | null;
};

/** All apps that are not archived, by id. */
export async function gapApps(ctx: Context): Promise<Map<string, GapApp>> {
  const { rows } = await sql<GapApp>`
    select a.id, a.name, a.writer, a.sign_in as "signIn", a.owner_person_id as "ownerPersonId", a.deputy_person_id as "deputyPersonId",
      a.instructions_grant as "instructionsGrant", a.instructions_revoke as "instructionsRevoke", a.deep_link as "deepLink",
      a.writer_app_id as "writerAppId", a.writer_entitlement as group,
      (select e.id from apps_entitlements e where e.organization_id = a.organization_id and e.app_id = a.writer_app_id
        and (e.external_id = a.writer_entitlement or e.name = a.writer_entitlement) order by e.kind, e.external_id limit 1) as "groupId",
      exists (select from connections_connections c where c.organization_id = a.organization_id and c.app_id = a.id and c.removed_at is null
        and c.status <> 'paused' and c.connector not in ('manual', 'user-list')) as connected,
      exists (select from apps_readings r where r.organization_id = a.organization_id and r.app_id = a.id) as "everRead",
      (select max(r.as_of) from apps_readings r where r.organization_id = a.organization_id and r.app_id = a.id and r.complete) as "completeSince"
    from apps_apps a where a.archived_at is null`.execute(ctx.db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** How an account of the app is given and taken. */
export function accountWay(app: GapApp, apps: ReadonlyMap<string, GapApp>): Way {
  if (app.writer === 'outside') return 'outside';
  if (app.writer === 'group') {
    const writer = app.writerAppId ? apps.get(app.writerAppId) : undefined;
    return writer?.connected && app.groupId ? 'machine' : 'by-hand';
  }
  return app.writer === 'connection' && app.connected ? 'machine' : 'by-hand';
}

/** How an entitlement of the app is given and taken: what hangs on a group of another app holds accounts, not roles. */
export function entitlementWay(app: GapApp): Way {
  if (app.writer === 'outside') return 'outside';
  return app.writer === 'connection' && app.connected ? 'machine' : 'by-hand';
}
