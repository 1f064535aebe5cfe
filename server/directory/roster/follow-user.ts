import { addPushed, changePushed, findPushed, type PushedValues } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { type Push, sourceOf } from '../push.ts';
import { isId, managerRefOf, type Stored } from '../resources/stored-resource.ts';
import type { Resource } from '../scim/schemas.ts';
import { suspendPerson } from '../suspensions/suspend-person.ts';
import { takeBack } from '../suspensions/take-back.ts';
import { addressesOf, nameFromUserName, personOfUser } from './person-of-user.ts';

type Linked = { personId: string | null; problem: string | null };

/**
 * Carries what a connection wrote of a user over to the roster. `before` null: the user is new. The roster never makes the push fail: what it
 * refuses is written down for the lead. Only a change of `active` to false suspends; silence about it does not.
 */
export async function followUser(ctx: Context, push: Push, before: Resource | null, stored: Stored): Promise<void> {
  const user = stored.resource;
  const isActive = user.active !== false;
  const { personId, problem } = stored.person_id
    ? await changeLinked(ctx, push, stored.person_id, before, stored)
    : await link(ctx, push, stored, isActive);
  await ctx.db
    .updateTable('directory_users')
    .set({ person_id: personId, problem: problem ?? otherAddress(await workAddressIn(ctx, personId), user) })
    .where('id', '=', stored.id)
    .execute();
  await appendAudit(ctx, {
    action: before === null ? 'directory.user-added' : 'directory.user-changed',
    subject: { kind: 'directory-user', id: stored.id, name: String(user.userName) },
    after: { changed: changedNames(before ?? {}, user) },
    people: personId === null ? [] : [personId],
  });
  if (personId === null) return;
  if (!stored.person_id) await becomeManager(ctx, push, stored.id, personId);
  if (!isActive && before?.active !== false) await suspendPerson(ctx, push, { userId: stored.id, personId, cause: 'deactivated' });
  if (user.active === true || (isActive && before === null)) await takeBack(ctx, push, personId);
}

/** A user was deleted by the connection: the person stays in the roster, and the lead is asked. */
export async function followDeletion(ctx: Context, push: Push, stored: Stored): Promise<void> {
  await appendAudit(ctx, {
    action: 'directory.user-removed',
    subject: { kind: 'directory-user', id: stored.id, name: String(stored.resource.userName) },
    people: stored.person_id === null ? [] : [stored.person_id],
  });
  if (stored.person_id) await suspendPerson(ctx, push, { userId: stored.id, personId: stored.person_id, cause: 'deleted' });
}

async function changeLinked(ctx: Context, push: Push, personId: string, before: Resource | null, stored: Stored): Promise<Linked> {
  const was = before ? await valuesOf(ctx, push, before) : {};
  const is = await valuesOf(ctx, push, stored.resource);
  const changed = Object.fromEntries(Object.entries(is).filter(([name, value]) => value !== was[name as keyof PushedValues]));
  if (Object.keys(changed).length === 0) return { personId, problem: null };
  return changePushed(ctx, sourceOf(push), personId, changed);
}

/** Finds the user's person, or adds them. Somebody unknown who is not active is added to nothing. */
async function link(ctx: Context, push: Push, stored: Stored, isActive: boolean): Promise<Linked> {
  const values = await valuesOf(ctx, push, stored.resource);
  const found = await findPushed(ctx, { addresses: addressesOf(stored.resource), employeeNumber: values.employeeNumber ?? null });
  if (found.problem) return found;
  if (found.personId) {
    const other = await ctx.db
      .selectFrom('directory_users')
      .select('user_name')
      .where('connection_id', '=', push.connectionId)
      .where('person_id', '=', found.personId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (other) return { personId: null, problem: `It seems to be the same person as ${other.user_name}. One of the two users has to go.` };
    return changePushed(ctx, sourceOf(push), found.personId, values, { onlyUnknown: true });
  }
  if (!isActive) return { personId: null, problem: null };
  return addPushed(ctx, sourceOf(push), { ...values, givenName: values.givenName ?? nameFromUserName(stored.resource) });
}

async function valuesOf(ctx: Context, push: Push, user: Resource): Promise<PushedValues> {
  const values = personOfUser(user);
  const ref = managerRefOf(user);
  if (ref === null || !isId(ref)) return values;
  const manager = await ctx.db
    .selectFrom('directory_users')
    .select('person_id')
    .where('connection_id', '=', push.connectionId)
    .where('id', '=', ref)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return manager?.person_id ? { ...values, managerId: manager.person_id } : values;
}

/** Who was pushed before their manager gets the manager now, where the roster has none. */
async function becomeManager(ctx: Context, push: Push, userId: string, managerId: string): Promise<void> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from directory_users where connection_id = ${push.connectionId} and manager_ref = ${userId} and deleted_at is null
      and person_id is not null and person_id <> ${managerId}`.execute(ctx.db);
  for (const { person_id: personId } of rows) await changePushed(ctx, sourceOf(push), personId, { managerId }, { onlyUnknown: true });
}

async function workAddressIn(ctx: Context, personId: string | null): Promise<string | null> {
  if (personId === null) return null;
  const person = await ctx.db.selectFrom('people_people').select('work_address').where('id', '=', personId).executeTakeFirst();
  return person?.work_address ?? null;
}

function otherAddress(has: string | null, user: Resource): string | null {
  const says = personOfUser(user).workAddress;
  if (has === null || says === undefined || says.toLowerCase() === has.toLowerCase()) return null;
  return `The directory has the address ${says}, the roster keeps ${has}: mail with links goes there, so a person decides.`;
}

const changedNames = (before: Resource, after: Resource): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
