import type { Person } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { chooseAssignee } from '../../tasks/index.ts';
import type { PlaybookStep, Who } from '../schedule/playbook-definition.ts';
import { whoDoesIt } from '../who-does-it.ts';

/**
 * Who would be asked for a step, or written to, if it began now: a name; null where Groundcrew does it by itself.
 *
 * @param quiet the person does not know of it yet: nobody asks them
 */
export async function whoIsAsked(ctx: Context, step: PlaybookStep, person: Person, quiet: boolean): Promise<string | null> {
  if (step.kind === 'welcome') return person.name;
  if (step.kind === 'message') return step.message.to === 'team' ? teamWords(ctx, person) : readerOf(ctx, step.message.to, person);
  if (!('who' in step)) return null;
  if (step.who === 'leaver' || step.who === 'joiner') return person.name;
  const next = step.escalate ? await whoDoesIt(ctx, step.escalate.to, runOf(person)) : [];
  const { personId, memberId } = await chooseAssignee(ctx, {
    candidates: [...(await whoDoesIt(ctx, step.who, runOf(person))), ...next],
    never: person.id,
    secrecy: quiet ? { personId: person.id, named: null } : null,
    subjectPersonId: person.id,
  });
  if (personId) return nameOf(ctx, personId);
  if (!memberId) return 'nobody: no owner is left to ask';
  return (await ctx.db.selectFrom('identity_members').select('name').where('id', '=', memberId).executeTakeFirst())?.name ?? null;
}

const runOf = (person: Person) => ({ person_id: person.id, manager_person_id: person.manager_id });

async function readerOf(ctx: Context, to: Who, person: Person): Promise<string> {
  if (to === 'leaver' || to === 'joiner') return person.name;
  const [first] = (await whoDoesIt(ctx, to, runOf(person))).filter((id) => id !== person.id);
  return (first ? await nameOf(ctx, first) : null) ?? 'nobody: there is no such person here';
}

async function teamWords(ctx: Context, person: Person): Promise<string> {
  const manager = person.manager_id ? await nameOf(ctx, person.manager_id) : null;
  return manager ? `${manager} and everybody who reports to them` : 'nobody: no manager is recorded';
}

const nameOf = async (ctx: Context, id: string): Promise<string | null> =>
  (await ctx.db.selectFrom('people_roster').select('name').where('id', '=', id).executeTakeFirst())?.name ?? null;
