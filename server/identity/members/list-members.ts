import type { Context } from '../../platform/context.ts';

/** All members, newest invitations included: enabled ones by name, then those that were disabled. */
export async function listMembers(ctx: Context, page: { limit: number; offset: number }) {
  const rows = await ctx.db
    .selectFrom('identity_members as m')
    .leftJoin('people_people as p', (join) => join.onRef('p.member_id', '=', 'm.id'))
    .select((eb) => [
      'm.id',
      'm.name',
      'm.address',
      'm.roles',
      'm.created_at as createdAt',
      'm.disabled_at as disabledAt',
      'p.id as personId',
      eb('m.user_id', 'is not', null).as('joined'),
      eb.exists(eb.selectFrom('identity_company_identities as c').select('c.id').whereRef('c.member_id', '=', 'm.id')).as('byCompany'),
      eb
        .selectFrom('identity_invitations as i')
        .whereRef('i.member_id', '=', 'm.id')
        .where('i.used_at', 'is', null)
        .where('i.expires_at', '>', ctx.now.toString())
        .select((inner) => inner.fn.max('i.expires_at').as('until'))
        .as('invitedUntil'),
    ])
    .orderBy((eb) => eb('m.disabled_at', 'is not', null))
    .orderBy((eb) => eb.fn('lower', ['m.name']))
    .orderBy('m.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await ctx.db
    .selectFrom('identity_members')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { rows: rows.map((row) => ({ ...row, joined: Boolean(row.joined), byCompany: Boolean(row.byCompany) })), total };
}
