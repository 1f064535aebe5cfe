import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { appsInReach } from './app-reach.ts';
import type { AccountRow } from './reading/find-known.ts';

/** The account, held until the transaction ends, if its app is within the actor's reach. Else 404. */
async function getReachableAccount(ctx: Context, accountId: string): Promise<AccountRow> {
  const account = await ctx.db
    .selectFrom('apps_accounts')
    .innerJoin('apps_apps', 'apps_apps.id', 'apps_accounts.app_id')
    .selectAll('apps_accounts')
    .where('apps_accounts.id', '=', accountId)
    .where('apps_apps.archived_at', 'is', null)
    .where(appsInReach(ctx))
    .forUpdate('apps_accounts')
    .executeTakeFirst();
  if (!account) throw notFound('account');
  return account;
}

const nameOf = (account: AccountRow) => account.user_name ?? account.address ?? account.external_id;

/** Says whose account it is. Without `personId` the suggestion is confirmed. The decision stays when the app is read again. */
export async function matchAccount(ctx: Context, accountId: string, personId?: string): Promise<void> {
  const account = await getReachableAccount(ctx, accountId);
  const chosen = personId ?? account.suggested_person_id;
  if (!chosen) throw conflict('no_suggestion', 'Nobody is suggested for this account any more. Choose the person yourself.');
  const person = await ctx.db.selectFrom('people_roster').select(['id', 'name']).where('id', '=', chosen).executeTakeFirst();
  if (!person) throw notFound('person');
  if (account.person_id === chosen && account.matched_how === 'confirmed' && account.kind === 'person') return;
  await ctx.db
    .updateTable('apps_accounts')
    .set({
      person_id: chosen,
      matched_how: 'confirmed',
      kind: 'person',
      service_owner_id: null,
      suggested_person_id: null,
      suggested_why: null,
      not_person_ids: account.not_person_ids.filter((id) => id !== chosen),
    })
    .where('id', '=', accountId)
    .execute();
  await appendAudit(ctx, {
    action: 'account.matched',
    subject: { kind: 'account', id: accountId, name: nameOf(account) },
    before: { person: account.person_id, how: account.matched_how, kind: account.kind },
    after: { person: chosen, name: person.name, how: 'confirmed' },
    people: [chosen, account.person_id].filter((id) => id !== null),
  });
}

/** Says that the account is not the person's it is matched to or suggested for. They are not matched or suggested for it again by themselves. */
export async function unmatchAccount(ctx: Context, accountId: string): Promise<void> {
  const account = await getReachableAccount(ctx, accountId);
  const not = [account.person_id, account.suggested_person_id].filter((id) => id !== null);
  if (not.length === 0) return;
  await ctx.db
    .updateTable('apps_accounts')
    .set({
      person_id: null,
      matched_how: null,
      suggested_person_id: null,
      suggested_why: null,
      not_person_ids: [...new Set([...account.not_person_ids, ...not])],
    })
    .where('id', '=', accountId)
    .execute();
  await appendAudit(ctx, {
    action: 'account.unmatched',
    subject: { kind: 'account', id: accountId, name: nameOf(account) },
    before: { person: account.person_id, suggested: account.suggested_person_id },
    people: not,
  });
}

/** Says that the account is a program's, and who answers for it: somebody who works here. */
export async function markServiceAccount(ctx: Context, accountId: string, ownerPersonId: string): Promise<void> {
  const account = await getReachableAccount(ctx, accountId);
  const owner = await ctx.db
    .selectFrom('people_roster')
    .select(['id', 'name', 'status'])
    .where('id', '=', ownerPersonId)
    .executeTakeFirst();
  if (!owner) throw notFound('person');
  if (owner.status === 'left') {
    const message = `${owner.name} has left. A service account needs somebody who works here.`;
    throw invalid('owner_has_left', message, [{ field: 'ownerPersonId', message }]);
  }
  if (account.kind === 'service' && account.service_owner_id === ownerPersonId) return;
  await ctx.db
    .updateTable('apps_accounts')
    .set({
      kind: 'service',
      service_owner_id: ownerPersonId,
      person_id: null,
      matched_how: null,
      suggested_person_id: null,
      suggested_why: null,
    })
    .where('id', '=', accountId)
    .execute();
  await appendAudit(ctx, {
    action: 'account.marked-service',
    subject: { kind: 'account', id: accountId, name: nameOf(account) },
    before: { kind: account.kind, person: account.person_id, owner: account.service_owner_id },
    after: { kind: 'service', owner: ownerPersonId, ownerName: owner.name },
    people: [ownerPersonId, account.person_id].filter((id) => id !== null),
  });
}

/** Says that an account is not a program's after all. It is matched again by the next reading. */
export async function unmarkServiceAccount(ctx: Context, accountId: string): Promise<void> {
  const account = await getReachableAccount(ctx, accountId);
  if (account.kind !== 'service') return;
  await ctx.db.updateTable('apps_accounts').set({ kind: 'person', service_owner_id: null }).where('id', '=', accountId).execute();
  await appendAudit(ctx, {
    action: 'account.unmarked-service',
    subject: { kind: 'account', id: accountId, name: nameOf(account) },
    before: { owner: account.service_owner_id },
    people: account.service_owner_id ? [account.service_owner_id] : [],
  });
}
