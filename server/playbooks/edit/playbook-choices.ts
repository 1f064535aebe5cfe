import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { placeholders } from '../schedule/fill-placeholders.ts';
import { anchorsOfMoment, kinds, type PlaybookMoment, roles } from '../schedule/playbook-definition.ts';
import { playbookVariables } from '../schedule/playbook-variables.ts';
import { anchorLabels, factWords, instantAnchors, kindLabels, whoWords } from './playbook-words.ts';

const onlyLeaver: ReadonlySet<string> = new Set(['revoke-access', 'hand-over-ownership', 'leaver']);
const onlyJoiner: ReadonlySet<string> = new Set(['grant-access', 'check-readiness', 'welcome', 'joiner', 'sponsor']);

// A mail about an exit knows no first day, and one about a hire no cut-off.
const notOf: Readonly<Record<'leaver' | 'joiner', ReadonlySet<string>>> = {
  leaver: new Set(['dates.start', 'dates.firstMorning', 'welcome.link']),
  joiner: new Set(['dates.cutOff']),
};

/** What a form may offer for the playbooks of a moment. An anchor that is an `instant` may also be counted from in hours and minutes. */
export async function playbookChoices(ctx: Context, moment: PlaybookMoment) {
  const known = await knownValues(ctx);
  const belongs = (name: string) => !(moment === 'leaver' ? onlyJoiner : onlyLeaver).has(name);
  const { answers: _, ...records } = playbookVariables({ for: moment, steps: [] });
  return {
    anchors: anchorsOfMoment[moment].map((value) => ({ value, label: anchorLabels[value], instant: instantAnchors.has(value) })),
    kinds: kinds.filter(belongs).map((value) => ({ value, label: kindLabels[value] })),
    who: roles.filter(belongs).map((value) => ({ value, label: whoWords(value) })),
    facts: Object.entries(records).flatMap(([record, fields]) =>
      Object.entries(fields).map(([name, type]) => ({
        field: `${record}.${name}`,
        label: factWords(`${record}.${name}`, { steps: [] }),
        type: String(type),
        known: known[`${record}.${name}`] ?? [],
      })),
    ),
    placeholders: placeholders.filter((name) => !notOf[moment === 'leaver' ? 'leaver' : 'joiner'].has(name)),
  };
}

/** Values that the company has, by fact: a name that nobody has would never hold. */
async function knownValues(ctx: Context): Promise<Readonly<Record<string, string[]>>> {
  const { rows } = await sql<{ field: string; value: string }>`
    select 'person.department' as field, name as value from people_departments
    union select 'person.location', name from people_locations
    union select 'person.country', country from people_locations where country is not null
    union select 'person.employmentType', employment_type from people_roster where employment_type is not null
    union (select 'person.title', title from people_roster where title is not null group by title order by count(*) desc limit 200)
    order by 1, 2`.execute(ctx.db);
  const values: Record<string, string[]> = { 'joining.credentialTo': ['personal', 'manager'] };
  for (const { field, value } of rows) {
    values[field] ??= [];
    values[field].push(value);
  }
  return values;
}
