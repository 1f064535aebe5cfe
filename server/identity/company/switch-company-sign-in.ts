import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { ownerMembers } from '../members/owners.ts';
import { refuseWaysInByToken } from '../members/wide-roles.ts';
import { hasSecondFactor } from '../sign-in/users.ts';
import { type CompanySignIn, findCompanySignIn } from './company-sign-in.ts';
import { tellOwnersOfWaysIn } from './tell-owners-of-ways-in.ts';

export const states = ['off', 'on', 'enforced'] as const;
export type State = (typeof states)[number];

export const stateOf = ({ onSince, enforcedSince }: CompanySignIn): State => (enforcedSince ? 'enforced' : onSince ? 'on' : 'off');

/** Which of these members have a passkey, or a password with a code: those whom the provider's failing would not lock out. Reads the sign-in's own tables. */
export async function withOwnSignIn(platform: Platform, members: { id: string; userId: string | null }[]): Promise<string[]> {
  const able: string[] = [];
  for (const { id, userId } of members) if (userId && (await hasSecondFactor(platform, userId))) able.push(id);
  return able;
}

/** The enabled owners, with the user of their own sign-in. */
export const ownersWithUsers = async (ctx: Context): Promise<{ id: string; name: string; userId: string | null }[]> => {
  const owners = await ownerMembers(ctx);
  const rows = await ctx.db.selectFrom('identity_members').select(['id', 'user_id']).execute();
  const users = new Map(rows.map((row) => [row.id, row.user_id]));
  return owners.map(({ id, name }) => ({ id, name, userId: users.get(id) ?? null }));
};

/** Whom enforcing would hold to the company's sign-in: members who come in by their own means, and how many of them it knows already. */
export async function countOwnSignIns(ctx: Context): Promise<{ own: number; linked: number }> {
  const { rows } = await sql<{ own: number; linked: number }>`
    select count(*)::int as own, (count(*) filter (where exists (select from identity_company_identities c where c.member_id = m.id)))::int as linked
    from identity_members m where m.user_id is not null and m.disabled_at is null`.execute(ctx.db);
  return rows[0]!;
}

/**
 * Switches the company's sign-in off, on, or on for everybody but the owners in `breakGlass` (member ids). `able`: owners who have a sign-in of their own.
 * Refused (409) before it was tried with success, and where nobody could get in by their own means if the provider fails.
 */
export async function switchCompanySignIn(ctx: Context, to: { state: State; breakGlass: string[] }, able: string[]): Promise<void> {
  refuseWaysInByToken(ctx);
  const before = await findCompanySignIn(ctx);
  if (!before) throw notFound('company sign-in');
  const owners = new Set((await ownerMembers(ctx)).map(({ id }) => id));
  const breakGlass = [...new Set(to.breakGlass)];
  if (!breakGlass.every((id) => owners.has(id))) throw notFound('owner');
  if (to.state !== 'off' && !before.isTried)
    throw conflict('not_tried', 'Try it first: it is switched on once a sign-in through the provider has worked as it is set up now.');
  if (to.state === 'enforced') {
    const without = breakGlass.filter((id) => !able.includes(id));
    if (breakGlass.length === 0 || without.length > 0) {
      throw conflict(
        'no_way_in',
        without.length > 0
          ? 'One of the owners whom you named for emergencies has neither a passkey nor a password with a code. Let them set one up first; nothing was changed.'
          : 'Name at least one owner who has a passkey, or a password with a code, for the day on which the provider fails. Nothing was changed.',
      );
    }
  }
  const now = ctx.now.toString();
  await ctx.db
    .updateTable('identity_company_sign_in')
    .set({
      on_since: to.state === 'off' ? null : (before.onSince ?? now),
      enforced_since: to.state === 'enforced' ? (before.enforcedSince ?? now) : null,
      break_glass: breakGlass,
    })
    .execute();
  await appendAudit(ctx, {
    action: 'company-sign-in.switched',
    subject: { kind: 'organization', id: ctx.organizationId },
    before: { state: stateOf(before), breakGlass: before.breakGlass },
    after: { state: to.state, breakGlass },
  });
  if (stateOf(before) !== to.state) await tellOwnersOfWaysIn(ctx, deeds[to.state]);
}

const deeds: Record<State, string> = {
  off: 'switched the company’s own sign-in off: everybody signs in with a passkey or password again',
  on: 'switched the company’s own sign-in on, beside passkeys and passwords',
  enforced: 'closed every other way in: people sign in through the company’s own provider alone',
};
