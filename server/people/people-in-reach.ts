import type { RawBuilder } from 'kysely';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { getPerson, type Person } from './get-person.ts';

/** Holds for the people within the actor's reach: everybody, or themselves and, for managers, whoever reports to them directly or through others. */
export function peopleInReach(ctx: Context, id: RawBuilder<string>): RawBuilder<boolean> {
  if (ctx.reach === 'all') return sql<boolean>`true`;
  const me = ctx.actor.personId;
  if (!ctx.actor.roles.includes('manager')) return sql<boolean>`${id} is not distinct from ${me}::uuid`;
  return sql<boolean>`${id} in (with recursive reports as (select ${me}::uuid as id
    union select p.id from people_people p join reports on p.manager_id = reports.id) select reports.id from reports)`;
}

/** A person within the actor's reach; else 404. */
export async function getReachablePerson(ctx: Context, personId: string): Promise<Person> {
  const person = await getPerson(ctx, personId);
  if (ctx.reach === 'all') return person;
  const { rows } = await sql<{ reached: boolean }>`select ${peopleInReach(ctx, sql<string>`${personId}::uuid`)} as reached`.execute(ctx.db);
  if (!rows[0]?.reached) throw notFound('person');
  return person;
}
