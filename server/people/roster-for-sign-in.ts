import { sql } from '../platform/database.ts';
import type { RosterForSignIn, RosterStanding } from '../platform/roster-standing.ts';
import { linkMembers } from './link-members.ts';

/** Who of the roster somebody is who comes in by the company's own sign-in. To be asked as the system: an exit that is not told yet counts, too. */
export const rosterForSignIn: RosterForSignIn = {
  find: async (ctx, { memberId, address }) => {
    const { rows } = await sql<RosterStanding>`
      select id as "personId", name, member_id as "memberId",
        case when left_at is not null then left_at <= groundcrew_now() when status = 'left' then true else false end as left
      from people_roster where erased_at is null and (member_id = ${memberId}::uuid or lower(work_address) = lower(${address}::text))
      order by member_id is not distinct from ${memberId}::uuid desc limit 1`.execute(ctx.db);
    return rows[0] ?? null;
  },
  link: (ctx, memberId) => linkMembers(ctx, { memberId }),
};
