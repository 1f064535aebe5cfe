import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { ExpressionVariables } from '../../platform/expressions/index.ts';

/** What rules may read of a person, as text. Unknown is null: a rule that needs it then keeps and asks. `manager`: their work address. */
export type RuleFacts = {
  department: string | null;
  location: string | null;
  country: string | null;
  title: string | null;
  employmentType: string | null;
  costCentre: string | null;
  manager: string | null;
};

export type RuleFact = keyof RuleFacts;

/** The facts as a form calls them, in the order in which it offers them. */
export const factLabels: Record<RuleFact, string> = {
  department: 'Department',
  title: 'Title',
  location: 'Location',
  country: 'Country',
  employmentType: 'Employment',
  costCentre: 'Cost centre',
  manager: 'Manager',
};

/** The names that a rule's condition may read. */
export const ruleVariables: ExpressionVariables = {
  person: {
    department: 'string',
    location: 'string',
    country: 'string',
    title: 'string',
    employmentType: 'string',
    costCentre: 'string',
    manager: 'string',
  },
};

/** Joins and columns that give the facts of people `p`; blank texts are unknown. No leaving date is read: nothing hidden can be told from them. */
export const factJoins = sql`
  left join people_departments d on d.organization_id = p.organization_id and d.id = p.department_id
  left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id
  left join people_people boss on boss.organization_id = p.organization_id and boss.id = p.manager_id`;
export const factColumns = sql`
  nullif(btrim(d.name), '') as department, nullif(btrim(l.name), '') as location, nullif(btrim(coalesce(p.country, l.country)), '') as country,
  nullif(btrim(p.title), '') as title, nullif(btrim(p.employment_type), '') as "employmentType",
  nullif(btrim(p.cost_centre), '') as "costCentre", nullif(btrim(boss.work_address), '') as manager`;

/** The facts of one person, or of everybody who has not been erased. */
export async function readFacts(ctx: Context, personId?: string): Promise<(RuleFacts & { id: string })[]> {
  const { rows } = await sql<RuleFacts & { id: string }>`
    select p.id, ${factColumns} from people_people p ${factJoins}
    where p.erased_at is null ${personId ? sql`and p.id = ${personId}` : sql``}`.execute(ctx.db);
  return rows;
}

/** Which of the facts that a condition reads are not known of somebody, in words; "department and location". */
export function missingFacts(reads: readonly string[], facts: RuleFacts): string {
  const names = reads
    .map((read) => read.replace(/^person\./, '') as RuleFact)
    .filter((fact) => fact in factLabels && facts[fact] === null)
    .map((fact) => factLabels[fact].toLowerCase());
  if (names.length === 0) return 'something that the rule compares';
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
