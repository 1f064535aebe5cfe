import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind } from '../platform/erasure.ts';

/**
 * What directories wrote of the person: their users are put away with everything in them. Erased here and pushed again, they would be somebody new:
 * they have to be taken out of the directory, too.
 */
export const directoryErasure = erasureKind({
  kind: 'directory',
  hindrances: async (ctx, personId) => {
    const { rows } = await sql<{ name: string }>`
      select c.name from directory_users u join directory_connections c on c.organization_id = u.organization_id and c.id = u.connection_id
      where u.person_id = ${personId} and u.deleted_at is null`.execute(ctx.db);
    return rows.map(({ name }) => ({
      words: `${name} still pushes them in. Take them out of it first, or they come back.`,
      isFinal: false,
    }));
  },
  namesFor: async (ctx, { personId }) => {
    const { rows } = await sql<{ user_name: string }>`select user_name from directory_users where person_id = ${personId}`.execute(ctx.db);
    return rows.map((row) => row.user_name).filter((name) => name.length > 3);
  },
  erase: async (ctx, person) => {
    const users = await sql`
      update directory_users set user_name = 'erased', user_name_key = 'erased ' || id, external_id = null, manager_ref = null, resource = '{}', problem = null,
        deleted_at = coalesce(deleted_at, ${ctx.now.toString()}) where person_id = ${person.personId}`.execute(ctx.db);
    await sql`delete from directory_members m using directory_users u where u.organization_id = m.organization_id and u.id = m.member_id and u.person_id = ${person.personId}`.execute(
      ctx.db,
    );
    const named =
      (await eraseNames(ctx, person, 'directory_users', { text: ['problem'] })) +
      (await eraseNames(ctx, person, 'directory_members', { text: ['display'] })) +
      (await eraseNames(ctx, person, 'directory_suspensions', { text: ['release_reason', 'released_by', 'answered_by', 'ended_why'] })) +
      (await eraseNames(ctx, person, 'directory_connections', { text: ['created_by'] })) +
      (await eraseNames(ctx, person, 'directory_tokens', { text: ['created_by'] }));
    return Number(users.numAffectedRows ?? 0) + named;
  },
});
