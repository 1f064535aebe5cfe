import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { OwnershipKind } from '../platform/ownerships.ts';
import { changeApp, setAppOwner } from './change-app.ts';
import { markServiceAccount } from './decide-account.ts';

const appsOf = (ctx: Context, column: 'owner_person_id' | 'deputy_person_id', personId: string) =>
  ctx.db
    .selectFrom('apps_apps')
    .select(['id', 'name', 'owner_person_id', 'deputy_person_id'])
    .where(column, '=', personId)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .execute();

/** The apps that somebody owns. */
export const ownedApps = (ctx: Context, personId: string) => appsOf(ctx, 'owner_person_id', personId);

/** Owning an app: it falls to its deputy first. */
export const appOwnership: OwnershipKind = {
  kind: 'app',
  one: 'owner of 1 app',
  many: 'owner of {n} apps',
  list: async (ctx, personId) =>
    (await ownedApps(ctx, personId)).map((app) => ({
      objectId: app.id,
      label: `Owner of ${app.name}`,
      deputyPersonId: app.deputy_person_id,
    })),
  moveTo: (ctx, appId, personId) => setAppOwner(ctx, appId, personId),
  holderOf: async (ctx, appId) =>
    (await ctx.db.selectFrom('apps_apps').select('owner_person_id').where('id', '=', appId).executeTakeFirst())?.owner_person_id ?? null,
};

/** Standing in for an app's owner. Somebody who owns the app cannot stand in for themselves: then it has no deputy. */
export const deputyOwnership: OwnershipKind = {
  kind: 'app-deputy',
  one: 'deputy for 1 app',
  many: 'deputy for {n} apps',
  list: async (ctx, personId) =>
    (await appsOf(ctx, 'deputy_person_id', personId)).map((app) => ({
      objectId: app.id,
      label: `Deputy for ${app.name}`,
      deputyPersonId: null,
    })),
  moveTo: async (ctx, appId, personId) => {
    const app = await ctx.db.selectFrom('apps_apps').select('owner_person_id').where('id', '=', appId).executeTakeFirst();
    await changeApp(ctx, appId, { deputyPersonId: app?.owner_person_id === personId ? null : personId });
  },
  holderOf: async (ctx, appId) =>
    (await ctx.db.selectFrom('apps_apps').select('deputy_person_id').where('id', '=', appId).executeTakeFirst())?.deputy_person_id ?? null,
};

/** Answering for a service account: it falls to the owner of its app first. */
export const serviceAccountOwnership: OwnershipKind = {
  kind: 'service-account',
  one: 'answers for 1 service account',
  many: 'answers for {n} service accounts',
  list: async (ctx, personId) => {
    const { rows } = await sql<{ id: string; name: string; app: string; owner_person_id: string | null }>`
      select a.id, coalesce(a.user_name, a.address, a.external_id) as name, s.name as app, s.owner_person_id from apps_accounts a
      join apps_apps s on s.organization_id = a.organization_id and s.id = a.app_id
      where a.service_owner_id = ${personId} and a.kind = 'service' and a.status is distinct from 'gone' and s.archived_at is null order by s.name, 2`.execute(
      ctx.db,
    );
    return rows.map((row) => ({
      objectId: row.id,
      label: `Answers for ${row.name} in ${row.app}`,
      deputyPersonId: row.owner_person_id === personId ? null : row.owner_person_id,
    }));
  },
  moveTo: (ctx, accountId, personId) => markServiceAccount(ctx, accountId, personId),
  holderOf: async (ctx, accountId) =>
    (await ctx.db.selectFrom('apps_accounts').select('service_owner_id').where('id', '=', accountId).executeTakeFirst())
      ?.service_owner_id ?? null,
};
