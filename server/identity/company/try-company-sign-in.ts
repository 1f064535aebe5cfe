import { appendAudit } from '../../platform/audit.ts';
import { type Context, runAs } from '../../platform/context.ts';
import type { Edge } from '../../platform/http/route.ts';
import type { RosterForSignIn } from '../../platform/roster-standing.ts';
import { roleWords } from '../role-words.ts';
import { findSession } from '../sign-in/find-session.ts';
import { foreseeAdmission, keepIdentity } from './admit.ts';
import { type CompanySignIn, fingerprintOf } from './company-sign-in.ts';
import { rolesOfGroups } from './decide-admission.ts';
import type { ProvenIdentity } from './proven-identity.ts';
import { refuseSignIn } from './refuse-sign-in.ts';
import type { RoundTrip } from './round-trip.ts';

/** What a try showed: who came, what the provider says of them, and what would happen if they signed in. */
export type Trial = {
  name: string | null;
  address: string | null;
  isVerified: boolean | null;
  groups: string[] | null;
  /** In a sentence. */
  outcome: string;
  wouldComeIn: boolean;
  /** This sign-in at the provider is the owner's own from now on. */
  linked: boolean;
  claims: { name: string; value: string }[];
};

/**
 * Notes that the settings work: the provider answered with a proof that holds. Opens no session. Only whoever began it gets the answer; an owner whose own
 * address came is linked. Throws 401 for anybody else.
 */
export async function noteTrial(
  edge: Edge,
  organizationId: string,
  roster: RosterForSignIn,
  came: { trip: RoundTrip; settings: CompanySignIn; proven: ProvenIdentity },
): Promise<Trial> {
  const { trip, settings, proven } = came;
  if (edge.actor.kind !== 'member' || edge.organizationId !== organizationId || edge.actor.memberId !== trip.memberId) {
    throw refuseSignIn('other_tester');
  }
  const bySelf = !(await findSession(edge.platform, edge.request))?.company;
  return runAs(edge.platform, { organizationId, actor: edge.actor }, async (ctx) => {
    const linked = bySelf && (await linkOwner(ctx, settings, proven));
    await ctx.db
      .updateTable('identity_company_sign_in')
      .set({ tried_at: ctx.now.toString(), tried_by: ctx.actor.name, tried_fingerprint: fingerprintOf(settings) })
      .execute();
    await appendAudit(ctx, { action: 'company-sign-in.tried', subject: { kind: 'organization', id: organizationId } });
    const { admission, name } = await foreseeAdmission(ctx, roster, settings, proven);
    const roles = 'problem' in admission ? [] : admission.roles;
    return {
      name: proven.name,
      address: proven.address,
      isVerified: proven.isVerified,
      groups: settings.groupsClaim === null ? null : proven.groups,
      outcome:
        'problem' in admission
          ? `Would be refused: ${refuseSignIn(admission.problem).message}`
          : `Would come in as ${name}${admission.memberId ? '' : ', a new member'}, with the role ${roles.map((role) => roleWords([role])).join(', ')}.${unmapped(settings, proven)}`,
      wouldComeIn: !('problem' in admission),
      linked,
      claims: proven.claims,
    };
  });
}

const unmapped = ({ groupRoles }: CompanySignIn, { groups }: ProvenIdentity): string =>
  groups !== null && groupRoles.length > 0 && rolesOfGroups(groupRoles, groups).length === 0 ? ' None of the groups gives a role.' : '';

/** Whoever is signed in by their own means, and shows the provider's account with the same address, has shown that both are theirs. */
async function linkOwner(ctx: Context, settings: CompanySignIn, proven: ProvenIdentity): Promise<boolean> {
  const memberId = ctx.actor.memberId!;
  const domain = proven.address?.split('@')[1]?.toLowerCase();
  if (proven.isVerified === false || !domain || !settings.domains.includes(domain)) return false;
  const { address } = await ctx.db.selectFrom('identity_members').select('address').where('id', '=', memberId).executeTakeFirstOrThrow();
  if (address.toLowerCase() !== proven.address!.toLowerCase()) return false;
  const earlier = await ctx.db
    .selectFrom('identity_company_identities')
    .select(['member_id', 'subject'])
    .where('issuer', '=', proven.issuer)
    .where((eb) => eb.or([eb('subject', '=', proven.subject), eb('member_id', '=', memberId)]))
    .executeTakeFirst();
  if (earlier) return earlier.member_id === memberId && earlier.subject === proven.subject;
  await keepIdentity(ctx, proven, memberId, []);
  return true;
}
