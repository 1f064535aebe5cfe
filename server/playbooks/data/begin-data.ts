import { addData, kindRules, sessionKinds, type WantedData } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { LeavingRun } from '../run-row.ts';
import { type DataAccount, dataAccounts } from './data-accounts.ts';
import { keepsSecrets, topicsOf } from './data-topics.ts';
import { proposeAtOnce } from './decide-data.ts';
import { planLater } from './plan-later.ts';
import { dataPlanOf, planWishes } from './plan-wishes.ts';

/**
 * At the cut-off: sessions and tokens end in every app whose connection can end them, shared passwords are to be changed, and what was decided is planned for accounts found since. Called
 * again for accounts that were found later; what is in the plan already is not added twice. It waits for nothing, and the suspension of accounts does not wait for it.
 */
export async function beginData(ctx: Context, run: LeavingRun): Promise<void> {
  const accounts = await dataAccounts(ctx, run.person_id);
  const wanted = [...accounts.flatMap(sessionsOf), ...(await secretsOf(ctx, run.person_id, accounts))];
  if (wanted.length > 0 || run.data_plan_id) await addData(ctx, await dataPlanOf(ctx, run), wanted);
  if (run.data_due_at !== null) await proposeAtOnce(ctx, run, topicsOf(accounts));
  await planWishes(ctx, run, 'The account is not there any more.');
  await planLater(ctx, run);
}

function sessionsOf(account: DataAccount): WantedData[] {
  return sessionKinds
    .filter((kind) => account.offers(kindRules[kind].by!))
    .map((kind) => ({ appId: account.appId, accountId: account.accountId, kind, first: account.signIn }));
}

/** The shared passwords that the leaver could read, vault by vault, and the keys of the programs that they answered for. */
async function secretsOf(ctx: Context, personId: string, accounts: DataAccount[]): Promise<WantedData[]> {
  const vaults = accounts.filter(keepsSecrets);
  const { rows: held } = await sql<{ account_id: string; name: string }>`
    select g.account_id, e.name from apps_grants g join apps_entitlements e on e.id = g.entitlement_id
    where g.account_id = any (${vaults.map(({ accountId }) => accountId)}::uuid[]) and e.kind <> 'licence' order by e.name`.execute(ctx.db);
  const { rows: programs } = await sql<{ app_id: string; name: string }>`
    select a.app_id, coalesce(a.display_name, a.user_name, a.external_id) as name from apps_accounts a join apps_apps p on p.id = a.app_id
    where a.service_owner_id = ${personId} and a.kind = 'service' and a.status is distinct from 'gone' and p.archived_at is null order by 2`.execute(
    ctx.db,
  );
  return [
    ...vaults.flatMap(({ appId, accountId }): WantedData[] => {
      const names = held.filter((each) => each.account_id === accountId).map(({ name }) => `the passwords in ${name}`);
      return (names.length > 0 ? names : ['the shared passwords']).map((label) => ({ appId, accountId, kind: 'rotate-secret', label }));
    }),
    ...programs.map(
      ({ app_id, name }): WantedData => ({
        appId: app_id,
        accountId: null,
        kind: 'rotate-secret',
        label: `the password and keys of ${name}`,
      }),
    ),
  ];
}
