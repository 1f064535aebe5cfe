import { addPushed, changePerson, getPerson } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { sourceOf } from '../push.ts';
import type { Resource } from '../scim/schemas.ts';
import { nameFromUserName, personOfUser, workAddressOf } from './person-of-user.ts';

async function getUser(ctx: Context, userId: string) {
  const user = await ctx.db
    .selectFrom('directory_users as u')
    .innerJoin('directory_connections as c', 'c.id', 'u.connection_id')
    .select(['u.id', 'u.connection_id', 'u.person_id', 'u.user_name', 'u.resource', 'c.name as connection_name'])
    .where('u.id', '=', userId)
    .where('u.deleted_at', 'is', null)
    .forUpdate('u')
    .executeTakeFirst();
  if (!user) throw notFound('user');
  return { ...user, resource: user.resource as Resource };
}

/** Takes the directory's address over as somebody's work address, because a person says so. The one before stays as another address of theirs. */
export async function adoptAddress(ctx: Context, userId: string): Promise<void> {
  const user = await getUser(ctx, userId);
  const workAddress = workAddressOf(user.resource);
  if (!user.person_id || !workAddress)
    throw conflict('no_address', 'The directory gives no address of somebody of the roster. Nothing was changed.');
  await changePerson(ctx, user.person_id, { workAddress });
  await ctx.db.updateTable('directory_users').set({ problem: null }).where('id', '=', userId).execute();
}

/** Says whose a user is, where that could not be told. `personId` null: somebody new, who is added. */
export async function settleUser(ctx: Context, userId: string, personId: string | null): Promise<void> {
  const user = await getUser(ctx, userId);
  if (user.person_id) throw conflict('linked_already', 'It is known whose this user is. Nothing was changed.');
  const chosen = personId ?? (await added(ctx, user));
  const person = await getPerson(ctx, chosen);
  const other = await ctx.db
    .selectFrom('directory_users')
    .select('user_name')
    .where('connection_id', '=', user.connection_id)
    .where('person_id', '=', chosen)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (other) throw conflict('has_a_user', `${person.name} is ${other.user_name} in this directory already. Nothing was changed.`);
  await ctx.db.updateTable('directory_users').set({ person_id: chosen, problem: null }).where('id', '=', userId).execute();
  await appendAudit(ctx, {
    action: 'directory.user-settled',
    subject: { kind: 'directory-user', id: userId, name: user.user_name },
    after: { person: person.name },
    people: [chosen],
  });
}

async function added(
  ctx: Context,
  { resource: user, connection_id: connectionId, connection_name: name }: Awaited<ReturnType<typeof getUser>>,
): Promise<string> {
  const values = personOfUser(user);
  const { personId, problem } = await addPushed(ctx, sourceOf({ connectionId, name }), {
    ...values,
    givenName: values.givenName ?? nameFromUserName(user),
  });
  if (!personId) throw conflict('cannot_be_added', `${problem ?? 'This person cannot be added.'} Nothing was changed.`);
  return personId;
}
