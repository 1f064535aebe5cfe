import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { RosterForSignIn } from '../../platform/roster-standing.ts';
import { addMember } from '../add-member.ts';
import { tellOtherOwners } from '../members/wide-roles.ts';
import type { CompanySignIn } from './company-sign-in.ts';
import { type Admission, decideAdmission, type Known } from './decide-admission.ts';
import type { ProvenIdentity } from './proven-identity.ts';
import type { SignInProblem } from './refuse-sign-in.ts';

export type Admitted = { memberId: string; userId: string; name: string };

/** What the roster and the members say of whoever the provider proved, and what follows from it. Changes nothing. */
export async function foreseeAdmission(
  ctx: Context,
  roster: RosterForSignIn,
  settings: CompanySignIn,
  proven: ProvenIdentity,
): Promise<{ known: Known; admission: Admission; name: string }> {
  const identity = await ctx.db
    .selectFrom('identity_company_identities')
    .select(['member_id', 'given_roles'])
    .where('issuer', '=', proven.issuer)
    .where('subject', '=', proven.subject)
    .forUpdate()
    .executeTakeFirst();
  const person = await roster.find(ctx, { memberId: identity?.member_id ?? null, address: identity ? null : proven.address });
  const { rows } = await sql<{ id: string; name: string; roles: string[]; isDisabled: boolean; isLinked: boolean }>`
    select m.id, m.name, m.roles, m.disabled_at is not null as "isDisabled",
      exists (select from identity_company_identities i where i.member_id = m.id and i.issuer = ${proven.issuer}) as "isLinked"
    from identity_members m where ${
      identity
        ? sql<boolean>`m.id = ${identity.member_id}`
        : sql<boolean>`(m.id = ${person?.memberId ?? null}::uuid or lower(m.address) = lower(${proven.address}::text))`
    } order by lower(m.address) = lower(${proven.address}::text) desc, m.id limit 1 for update of m`.execute(ctx.db);
  const member = rows[0] ?? null;
  const known: Known = {
    linked: identity && member ? { ...member, givenRoles: identity.given_roles } : null,
    byAddress: identity ? null : member,
    person,
  };
  const name = member?.name ?? person?.name ?? proven.name ?? proven.address ?? proven.subject;
  return { known, admission: decideAdmission(settings, proven, known), name };
}

/**
 * Lets somebody in whom the provider proved: finds or makes their member, lets their roles follow the groups, and links them for the next time.
 * Returns why not instead of throwing, because what somebody loses with their groups has to stand.
 */
export async function admit(
  ctx: Context,
  roster: RosterForSignIn,
  settings: CompanySignIn,
  proven: ProvenIdentity,
): Promise<Admitted | { problem: SignInProblem }> {
  const { known, admission, name } = await foreseeAdmission(ctx, roster, settings, proven);
  if ('problem' in admission) {
    const member = known.linked ?? known.byAddress;
    if (admission.loses && known.linked) {
      await setRoles(ctx, { ...known.linked, name }, admission.loses.roles);
      await keepIdentity(ctx, proven, known.linked.id, []);
    }
    await appendAudit(ctx, {
      action: 'company-sign-in.refused',
      subject: member ? { kind: 'member', id: member.id, name } : { kind: 'organization', id: ctx.organizationId },
      after: { why: admission.problem },
    });
    return { problem: admission.problem };
  }
  const memberId = admission.memberId ?? (await addMember(ctx, { name, address: proven.address!, roles: admission.roles }));
  const member = known.linked ?? known.byAddress;
  if (member) await setRoles(ctx, { ...member, name }, admission.roles);
  await roster.link(ctx, memberId);
  const userId = await keepIdentity(ctx, proven, memberId, admission.given);
  return { memberId, userId, name };
}

async function setRoles(ctx: Context, member: { id: string; name: string; roles: string[] }, roles: string[]): Promise<void> {
  if (roles.length === member.roles.length && roles.every((role) => member.roles.includes(role))) return;
  const { address } = await ctx.db
    .updateTable('identity_members')
    .set({ roles })
    .where('id', '=', member.id)
    .returning('address')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'member.roles-changed',
    subject: { kind: 'member', id: member.id, name: member.name },
    before: { roles: member.roles },
    after: { roles },
    reason: 'Groups at the company’s provider',
  });
  await tellOtherOwners(ctx, { ...member, address }, { before: member.roles, after: roles });
}

/** Links the identity to the member, or notes its use. Returns the user on whom sessions by the company hang. */
export async function keepIdentity(
  ctx: Context,
  { issuer, subject }: { issuer: string; subject: string },
  memberId: string,
  given: string[],
): Promise<string> {
  const { rows } = await sql<{ user_id: string; is_new: boolean }>`
    insert into identity_company_identities as i (organization_id, member_id, issuer, subject, user_id, given_roles, created_at, last_used_at)
    values (${ctx.organizationId}, ${memberId}, ${issuer}, ${subject}, ${crypto.randomUUID()}, ${given}, ${ctx.now.toString()}, ${ctx.now.toString()})
    on conflict (organization_id, issuer, subject) do update set given_roles = excluded.given_roles, last_used_at = excluded.last_used_at
    returning user_id, i.created_at = i.last_used_at as is_new`.execute(ctx.db);
  const { user_id: userId, is_new: isNew } = rows[0]!;
  if (isNew) await appendAudit(ctx, { action: 'member.company-linked', subject: { kind: 'member', id: memberId }, after: { issuer } });
  return userId;
}
