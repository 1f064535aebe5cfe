import { addData, daysToKeep, keptUntil, type WantedData } from '../../access/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { LeavingRun } from '../run-row.ts';
import { type DataAccount, dataAccounts } from './data-accounts.ts';
import { dataPlanOf, listWishes, mailEndOf } from './plan-wishes.ts';

/** Until then everything can be given back with its licence, in days after the cut-off. */
const licencesAfterDays = 14;

/**
 * What comes weeks after the cut-off: paid licences are freed once the data are safe, accounts are kept for their days and then asked about. Added
 * at the cut-off and for accounts found later. Licences wait until it is decided who inherits.
 */
export async function planLater(ctx: Context, run: LeavingRun): Promise<void> {
  if (Temporal.Instant.compare(run.cut_off_at, ctx.now) > 0) return;
  const accounts = await dataAccounts(ctx, run.person_id);
  if (accounts.length === 0) return;
  const days = await daysToKeep(ctx);
  const deletions = accounts.map(
    (account): WantedData => ({
      appId: account.appId,
      accountId: account.accountId,
      kind: 'delete-account',
      ...(account.offers('deleteAccount') ? {} : { input: { byHand: true } }),
      dueAt: keptUntil(run.cut_off_at, days(account.appId)),
    }),
  );
  const licences = run.data_due_at === null ? await licencesOf(ctx, run, accounts) : [];
  await addData(ctx, await dataPlanOf(ctx, run), [...deletions, ...licences]);
}

async function licencesOf(ctx: Context, run: LeavingRun, accounts: DataAccount[]): Promise<WantedData[]> {
  const { rows } = await sql<{ account_id: string; entitlement_id: string; name: string }>`
    select g.account_id, g.entitlement_id, e.name from apps_grants g join apps_entitlements e on e.id = g.entitlement_id
    where e.kind = 'licence' and g.account_id = any (${accounts.map(({ accountId }) => accountId)}::uuid[]) order by e.name`.execute(
    ctx.db,
  );
  if (rows.length === 0) return [];
  const usual = Temporal.Instant.from(run.cut_off_at)
    .add({ hours: 24 * licencesAfterDays })
    .toString();
  // Without its licence a mailbox answers and forwards nothing.
  const mailEnds = mailEndOf(
    run,
    (await listWishes(ctx, run.id)).find(({ topic }) => topic === 'mail'),
  );
  const hasMail = (account: DataAccount) => account.offers('setAutoReply') || account.offers('forwardMail');
  return rows.map(({ account_id, entitlement_id, name }): WantedData => {
    const account = accounts.find(({ accountId }) => accountId === account_id)!;
    const later = mailEnds && hasMail(account) && Temporal.Instant.compare(mailEnds, usual) > 0 ? mailEnds : usual;
    return {
      appId: account.appId,
      accountId: account_id,
      kind: 'take-licence',
      entitlementId: entitlement_id,
      label: name,
      ...(account.offers('revokeEntitlement') ? {} : { input: { byHand: true } }),
      dueAt: later,
    };
  });
}
