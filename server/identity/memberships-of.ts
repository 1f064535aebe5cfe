import { sql } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';

export type Membership = {
  organizationId: string;
  organizationName: string;
  sample: boolean;
  timeZone: string;
  memberId: string;
  name: string;
  roles: string[];
  personId: string | null;
};

/** The organizations that a signed-in user belongs to, real ones first, oldest first. */
export async function membershipsOf(platform: Platform, userId: string): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select organization_id as "organizationId", organization_name as "organizationName", sample, time_zone as "timeZone",
      member_id as "memberId", name, roles, person_id as "personId"
    from memberships_of_user(${userId})`.execute(platform.database);
  return rows;
}
