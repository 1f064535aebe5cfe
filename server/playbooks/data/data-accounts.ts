import type { Connector } from '../../../connectors/kit/index.ts';
import { type Capability, capabilitiesOf } from '../../connections/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';

/** An account of a leaver, and what its app's connection offers to do with what it holds. */
export type DataAccount = {
  appId: string;
  app: string;
  accountId: string;
  account: string;
  externalId: string;
  signIn: boolean;
  /** What the app is for, as the catalogue says it. */
  purpose: string | null;
  capability: Capability | null;
  offers(key: keyof Connector): boolean;
};

/** The accounts of a person that are still there, those of the sign-in system first. Only an app that its own connection writes is changed over it. */
export async function dataAccounts(ctx: Context, personId: string): Promise<DataAccount[]> {
  const { rows } = await sql<{
    app_id: string;
    app: string;
    account_id: string;
    account: string;
    external_id: string;
    sign_in: boolean;
    capability: string | null;
    writer: string;
  }>`
    select p.id as app_id, p.name as app, a.id as account_id, coalesce(a.user_name, a.address, a.display_name, a.external_id) as account, a.external_id,
      p.sign_in, p.capability, p.writer
    from apps_accounts a join apps_apps p on p.id = a.app_id
    where a.person_id = ${personId} and a.kind = 'person' and p.archived_at is null and a.status is distinct from 'gone'
    order by p.sign_in desc, p.name`.execute(ctx.db);
  const able = await capabilitiesOf(ctx, [...new Set(rows.filter((row) => row.writer === 'connection').map((row) => row.app_id))]);
  return rows.map((row) => {
    const capability = able.get(row.app_id) ?? null;
    return {
      appId: row.app_id,
      app: row.app,
      accountId: row.account_id,
      account: row.account,
      externalId: row.external_id,
      signIn: row.sign_in,
      purpose: row.capability,
      capability,
      offers: (key) => capability?.connector[key] !== undefined,
    };
  });
}
