import { isAdminRole } from '../../apps/index.ts';
import { capabilitiesOf } from '../../connections/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { accountWay, entitlementWay, type GapApp, gapApps } from '../gap/gap-apps.ts';
import type { PlannedAction } from './plan-actions.ts';

/** What can be taken from an account without any rule: the account, the rights of an administrator, or what it lets a program do. */
export const takingKinds = ['suspend', 'revoke-admin', 'revoke-app-grant'] as const;
export type TakingKind = (typeof takingKinds)[number];
export type Taking = { accountId: string; program?: string | undefined };

/** One thing that would be taken. `stays`: why it is left as it is, in a sentence; null: it is taken. */
export type TakingLine = {
  accountId: string;
  personId: string | null;
  /** The person, or how the account is called where it is nobody's. */
  who: string;
  account: string;
  appId: string;
  app: string;
  how: 'machine' | 'by-hand';
  words: string;
  onlyAdmin: boolean;
  stays: string | null;
};

export type Takings = { lines: TakingLine[]; actions: PlannedAction[]; apps: Map<string, GapApp> };

type Row = {
  id: string;
  person_id: string | null;
  person: string | null;
  account: string;
  app_id: string;
  status: string | null;
  program_name: string | null;
  program: string | null;
  roles: { id: string; name: string }[];
  only_admin: boolean;
  under_way: boolean;
};

const actionKinds: Record<TakingKind, string> = {
  suspend: 'suspend',
  'revoke-admin': 'revoke-entitlement',
  'revoke-app-grant': 'revoke-app-grant',
};

/** What would be taken from these accounts, how, and what is left as it is and why. Changes nothing; accounts that are not there are not named. */
export async function takingsOf(ctx: Context, kind: TakingKind, wanted: readonly Taking[]): Promise<Takings> {
  const apps = await gapApps(ctx);
  const rows = await readRows(ctx, kind, wanted);
  const capabilities = await capabilitiesOf(ctx, [...new Set(rows.map(({ app_id: appId }) => appId))]);
  const lines: TakingLine[] = [];
  const actions: PlannedAction[] = [];
  for (const row of rows) {
    const app = apps.get(row.app_id);
    if (!app) continue;
    const { connector } = capabilities.get(app.id) ?? {};
    const planned = actionsOf(kind, row, app, {
      account:
        accountWay(app, apps) === 'machine' && (app.writer === 'group' ? row.person_id !== null : Boolean(connector?.suspendAccount)),
      role: entitlementWay(app) === 'machine' && Boolean(connector?.revokeEntitlement) && row.roles.length > 0,
      program: app.connected && Boolean(connector?.revokeAppGrant),
    });
    const stays = staysBecause(kind, row, app);
    const byHand = planned.some((action) => action.byHand);
    lines.push({
      accountId: row.id,
      personId: row.person_id,
      who: row.person ?? row.account,
      account: row.account,
      appId: app.id,
      app: app.name,
      how: byHand ? 'by-hand' : 'machine',
      words: wordsOf(kind, row, app, byHand),
      onlyAdmin: row.only_admin,
      stays,
    });
    if (stays === null) actions.push(...planned);
  }
  return { lines, actions, apps };
}

async function readRows(ctx: Context, kind: TakingKind, wanted: readonly Taking[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select a.id, a.person_id, r.name as person, coalesce(a.display_name, a.user_name, a.address, a.external_id) as account, a.app_id, a.status,
      g.name as program_name, w.program,
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name) order by e.name) from apps_grants gr
        join apps_entitlements e on e.organization_id = gr.organization_id and e.id = gr.entitlement_id where gr.account_id = a.id), '[]') as roles,
      a.is_admin is true and a.status is distinct from 'suspended' and not exists (select from apps_accounts o where o.app_id = a.app_id and o.id <> a.id
        and o.is_admin and o.status = 'active') as only_admin,
      exists (select from access_actions x join access_plans p on p.organization_id = x.organization_id and p.id = x.plan_id
        where x.account_id = a.id and p.status <> 'withdrawn' and (x.kind = ${actionKinds[kind]} or (x.kind = 'ask' and p.purpose = 'hygiene'))
          and (w.program is null or x.input->'grant'->>'externalId' = w.program)
          and (x.status in ('attempting', 'reading', 'retrying', 'did-not-obey', 'asked') or (x.status = 'planned' and x.direction is not null))) as under_way
    from jsonb_to_recordset(${JSON.stringify(wanted.map(({ accountId, program }) => ({ account_id: accountId, program })))}::jsonb) as w(account_id uuid, program text)
    join apps_accounts a on a.id = w.account_id join apps_apps p on p.organization_id = a.organization_id and p.id = a.app_id and p.archived_at is null
    left join people_roster r on r.id = a.person_id
    left join apps_app_grants g on g.organization_id = a.organization_id and g.account_id = a.id and g.program = w.program
    order by p.name, person, account, a.id`.execute(ctx.db);
  return rows.map((row) => ({ ...row, roles: row.roles.filter(({ name }) => isAdminRole(name)) }));
}

function staysBecause(kind: TakingKind, row: Row, app: GapApp): string | null {
  if (row.under_way) return 'It is under way already.';
  if (row.status === 'gone') return `${app.name} has this account no more.`;
  if (kind === 'suspend' && row.status === 'suspended') return 'It is suspended already.';
  if (kind === 'revoke-app-grant' && row.program_name === null) return 'The program may not act for it any more.';
  if (kind === 'revoke-admin' && row.only_admin)
    return `Nobody else is known to be an administrator of ${app.name}. Make somebody else one first.`;
  return null;
}

function wordsOf(kind: TakingKind, row: Row, app: GapApp, byHand: boolean): string {
  const asked = `Whoever owns ${app.name} is asked to do it by hand.`;
  if (kind === 'suspend') return byHand ? asked : `The account is suspended, and ${app.name} is read again to see it.`;
  if (kind === 'revoke-app-grant')
    return byHand ? asked : `${row.program_name} may act for the account no more; ${app.name} is read again to see it.`;
  const names = row.roles.map(({ name }) => name).join(', ');
  return byHand
    ? `${names === '' ? 'By which role it is an administrator is not known. ' : ''}${asked}`
    : `${names} is taken. The account stays, and ${app.name} is read again to see it.`;
}

function actionsOf(kind: TakingKind, row: Row, app: GapApp, can: { account: boolean; role: boolean; program: boolean }): PlannedAction[] {
  const action: PlannedAction = {
    personId: row.person_id,
    appId: app.id,
    accountId: row.id,
    kind: 'ask',
    entitlementId: null,
    viaAppId: null,
    ruleId: null,
    direction: 'take',
    position: 3,
    after: null,
    byHand: true,
    never: row.person_id,
  };
  const byMachine = { ...action, byHand: false };
  if (kind === 'suspend') {
    if (!can.account) return [action];
    if (app.writer !== 'group') return [{ ...byMachine, kind: 'suspend' }];
    return [{ ...byMachine, kind: 'revoke-entitlement', entitlementId: app.groupId, viaAppId: app.writerAppId }];
  }
  if (kind === 'revoke-admin') {
    if (!can.role) return [{ ...action, label: row.roles.map(({ name }) => name).join(', ') || 'the rights of an administrator' }];
    return row.roles.map(({ id }) => ({ ...byMachine, kind: 'revoke-entitlement', entitlementId: id, viaAppId: app.id }));
  }
  const grant = { externalId: row.program ?? '', name: row.program_name ?? row.program ?? 'a program' };
  if (!can.program) return [{ ...action, label: `what ${grant.name} may do`, input: { grant } }];
  return [{ ...byMachine, kind: 'revoke-app-grant', label: grant.name, input: { grant } }];
}
