import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind, namesPattern } from '../platform/erasure.ts';

/** A person's accounts lose what was read of them; that there was an account, in which app and with what status, stays. */
export const accountErasure = erasureKind({
  kind: 'accounts',
  hindrances: async (ctx, personId) => {
    const { rows } = await sql<{ app: string; status: string | null }>`
      select p.name as app, a.status from apps_accounts a join apps_apps p on p.id = a.app_id
      where a.person_id = ${personId} and a.status is distinct from 'gone' and p.archived_at is null order by p.name`.execute(ctx.db);
    const [live, suspended] = [rows.filter(({ status }) => status !== 'suspended'), rows.filter(({ status }) => status === 'suspended')];
    const named = (list: { app: string }[]) => [...new Set(list.map(({ app }) => app))].join(', ');
    return [
      ...(live.length > 0
        ? [
            {
              isFinal: false,
              words: `They may still sign in to ${named(live)}. Close that first; erased here, nobody can tell any more whose account it is.`,
            },
          ]
        : []),
      ...(suspended.length > 0
        ? [
            {
              isFinal: false,
              words: `A suspended account of theirs is kept in ${named(suspended)}. Have it deleted there first, or it becomes nobody’s.`,
            },
          ]
        : []),
    ];
  },
  namesFor: async (ctx, { personId, names }) => {
    const accounts = await ctx.db
      .selectFrom('apps_accounts')
      .select(['user_name', 'address', 'addresses', 'external_id', 'display_name'])
      .where('person_id', '=', personId)
      .execute();
    const called = accounts.flatMap((account) => [
      account.user_name,
      account.address,
      account.external_id,
      account.display_name,
      ...account.addresses,
    ]);
    const parts = names.flatMap((name) => name.toLowerCase().split(/[^\p{L}]+/u)).filter((part) => part.length >= 4);
    // A user name such as "admin" is anybody's, and a bare name stands in too many texts; one with an address, a digit or a part of the name is theirs.
    return called.filter(
      (name): name is string =>
        name !== null &&
        name.length >= 4 &&
        !parts.includes(name.toLowerCase()) &&
        (/[@\d]/.test(name) || parts.some((part) => name.toLowerCase().includes(part.slice(0, 5)))),
    );
  },
  erase: async (ctx, person) => {
    const pattern = namesPattern(person.names);
    const theirs = await sql`
      update apps_accounts set user_name = null, address = null, addresses = '{}', display_name = null, given_name = null, family_name = null, employee_number = null,
        suggested_why = null, role = case when role ~* ${pattern} then null else role end,
        external_id = case when external_id ~* ${pattern} or external_id in (user_name, address) then 'erased-' || id else external_id end
      where person_id = ${person.personId} or address ~* ${pattern} or user_name ~* ${pattern} or external_id ~* ${pattern} or display_name ~* ${pattern}`.execute(
      ctx.db,
    );
    const suggested =
      await sql`update apps_accounts set suggested_person_id = null, suggested_why = null where suggested_person_id = ${person.personId}`.execute(
        ctx.db,
      );
    const elsewhere =
      (await eraseNames(ctx, person, 'apps_accounts', { text: ['suggested_why', 'display_name', 'role'], lists: ['addresses'] })) +
      (await eraseNames(ctx, person, 'apps_apps', {
        text: ['name', 'capability', 'instructions_grant', 'instructions_revoke', 'deep_link'],
      })) +
      (await eraseNames(ctx, person, 'apps_entitlements', { text: ['name', 'external_id'] })) +
      (await eraseNames(ctx, person, 'apps_readings', { text: ['label'] }));
    return Number(theirs.numAffectedRows ?? 0) + Number(suggested.numAffectedRows ?? 0) + elsewhere;
  },
});
