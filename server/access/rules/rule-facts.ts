import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { ExpressionVariables } from '../../platform/expressions/index.ts';

/**
 * What rules may read of a person. Unknown is null: a rule that needs it then keeps and asks. `manager`: their work address. `managesPeople`: somebody
 * who has not left, also somebody who is still to begin, names them as manager.
 */
export type RuleFacts = {
  department: string | null;
  location: string | null;
  country: string | null;
  title: string | null;
  employmentType: string | null;
  costCentre: string | null;
  manager: string | null;
  managesPeople: boolean;
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
  managesPeople: 'Manages people',
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
    managesPeople: 'bool',
  },
};

/**
 * Joins and columns that give the facts of people `p`; blank texts are unknown. Nothing hidden can be told from them, and they are the same whoever asks:
 * of leaving dates only those of reports are read that have passed and that everybody may know. Until an exit is told, the report counts for all, also
 * for those who know (a concealment is not seen by those from whom it hides; their hidden_people() names the person instead).
 */
export const factJoins = sql`
  left join people_departments d on d.organization_id = p.organization_id and d.id = p.department_id
  left join people_locations l on l.organization_id = p.organization_id and l.id = p.location_id
  left join people_people boss on boss.organization_id = p.organization_id and boss.id = p.manager_id
  left join (
    select distinct r.organization_id, r.manager_id from people_people r
    where r.manager_id is not null and r.erased_at is null and not exists (
      select from people_employments e
      where e.organization_id = r.organization_id and e.person_id = r.id and e.current and e.left_at <= (select groundcrew_now())
        and (e.person_id = any ((select hidden_people())::uuid[])) is not true
        and not exists (
          select from people_concealments c where c.organization_id = e.organization_id and c.person_id = e.person_id
            and c.lifted_at is null and c.told_at > (select groundcrew_now()) and c.told_at < 'infinity'))
  ) leads on leads.organization_id = p.organization_id and leads.manager_id = p.id`;
export const factColumns = sql`
  nullif(btrim(d.name), '') as department, nullif(btrim(l.name), '') as location, nullif(btrim(coalesce(p.country, l.country)), '') as country,
  nullif(btrim(p.title), '') as title, nullif(btrim(p.employment_type), '') as "employmentType",
  nullif(btrim(p.cost_centre), '') as "costCentre", nullif(btrim(boss.work_address), '') as manager,
  leads.manager_id is not null as "managesPeople"`;

/** The hash of all facts, of rows that have the columns of `factColumns`: who was looked at with another one is looked at again. */
export const factsHash = sql`
  sha256(convert_to(jsonb_build_array(department, location, country, title, "employmentType", "costCentre", manager, "managesPeople")::text, 'UTF8'))`;

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
