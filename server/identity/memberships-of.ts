import { runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { SignInSession } from './sign-in/find-session.ts';

export type Membership = {
  organizationId: string;
  organizationName: string;
  sample: boolean;
  timeZone: string;
  memberId: string;
  name: string;
  roles: string[];
  personId: string | null;
  /** The organization lets them in through its own provider alone; their passkey or password opens nothing there. */
  companyOnly: boolean;
  /** It does so with everybody else, and they are named for emergencies. */
  isBreakGlass: boolean;
};

/** The organizations that a user belongs to, real ones first, oldest first. */
export async function membershipsOf(platform: Platform, userId: string): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select organization_id as "organizationId", organization_name as "organizationName", sample, time_zone as "timeZone",
      member_id as "memberId", name, roles, person_id as "personId",
      company_only as "companyOnly", break_glass as "isBreakGlass"
    from memberships_of_user(${userId})`.execute(platform.database);
  return rows;
}

/**
 * What a session opens. One by somebody's own means: all their memberships but those of organizations that let them in through their own provider
 * alone. One by a company's provider: the membership that it names, while the provider is switched on.
 */
export async function membershipsOfSession(platform: Platform, session: SignInSession): Promise<Membership[]> {
  if (!session.company) return (await membershipsOf(platform, session.userId)).filter((each) => !each.companyOnly);
  const { organizationId, memberId } = session.company;
  return runAsSystem(platform, organizationId, async (ctx) => {
    const { rows } = await sql<Membership>`
      select o.organization_id as "organizationId", o.name as "organizationName", o.sample, o.time_zone as "timeZone", m.id as "memberId", m.name, m.roles,
        (select p.id from people_people p where p.member_id = m.id) as "personId", false as "companyOnly", false as "isBreakGlass"
      from identity_members m join identity_organizations o on o.organization_id = m.organization_id
      where m.id = ${memberId} and m.disabled_at is null and exists (select from identity_company_sign_in where on_since is not null)`.execute(
      ctx.db,
    );
    return rows;
  });
}
