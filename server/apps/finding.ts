import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { type AccountLine, countAccounts, readAccounts } from './account-queries.ts';
import { appsInReach } from './app-reach.ts';
import { findMissingPeople, type MissingPeople } from './missing-people.ts';

/**
 * `left`: active accounts of people who have left. `missing`: of people of whom a list asks whether they have left, and about whom nobody has
 * decided (on the newest complete list no more, or called left without a day). `unknown`: of people who have left, and nobody knows whether they are active. `nobody`: of nobody on the list.
 */
export const findingGroups = ['left', 'missing', 'unknown', 'nobody'] as const;
export type FindingGroup = (typeof findingGroups)[number];

export type FindingLine = AccountLine & { group: FindingGroup; mend: string; importId: string | null };

export type Finding = {
  /** How many rows each group has, and about how many people they are. */
  groups: { group: FindingGroup; accounts: number; people: number }[];
  rows: FindingLine[];
  total: number;
  /** What the finding stands on. */
  known: { people: number; apps: number; appsRead: number; completeList: { importId: string; fileName: string; at: string } | null };
};

const conditionOf = (group: FindingGroup, missing: MissingPeople) =>
  ({
    left: sql<boolean>`k.state = 'zombie'`,
    missing: sql<boolean>`k.state = 'fine' and a.person_id = any (${[...missing.people.keys()]}::uuid[])`,
    unknown: sql<boolean>`k.state = 'unknown'`,
    nobody: sql<boolean>`k.state = 'orphan'`,
  })[group];

const orderOf = {
  left: sql`a.is_admin is true desc, p.left_at, lower(p.name), lower(s.name), a.id`,
  missing: sql`a.is_admin is true desc, lower(p.name), lower(s.name), a.id`,
  unknown: sql`lower(p.name), lower(s.name), a.id`,
  nobody: sql`u.status = 'left' desc nulls last, a.is_admin is true desc, a.last_activity_at desc nulls last, lower(s.name), a.id`,
};

/** Who has left and still has accounts, and what may be so: one group, or all of them one after another. Counts equal rows. */
export async function findLeftovers(ctx: Context, input: { group?: FindingGroup; limit: number; offset: number }): Promise<Finding> {
  const missing = await findMissingPeople(ctx);
  const conditions = findingGroups.map((group) => conditionOf(group, missing));
  const counts = await countAccounts(ctx, conditions);
  const groups = findingGroups.map((group, at) => ({ group, ...counts[at]! }));
  const rows: FindingLine[] = [];
  let skip = input.offset;
  for (const [at, { group, accounts }] of groups.entries()) {
    if (input.group !== undefined && input.group !== group) continue;
    const room = input.limit - rows.length;
    if (room > 0 && skip < accounts) {
      const page = await readAccounts(ctx, { where: conditions[at]!, order: orderOf[group], limit: room, offset: skip });
      rows.push(...page.map((row) => lineOf(group, row, missing)));
    }
    skip = Math.max(0, skip - accounts);
  }
  const total = groups
    .filter(({ group }) => input.group === undefined || group === input.group)
    .reduce((sum, { accounts }) => sum + accounts, 0);
  return {
    groups,
    rows,
    total,
    known: { ...(await basis(ctx)), completeList: missing.completeList },
  };
}

async function basis(ctx: Context): Promise<{ people: number; apps: number; appsRead: number }> {
  const { rows } = await sql<{ people: number; apps: number; appsRead: number }>`
    select (select count(*)::int from people_people where erased_at is null) as people, count(*)::int as apps,
      count(*) filter (where exists (select from apps_readings r where r.organization_id = s.organization_id and r.app_id = s.id))::int as "appsRead"
    from apps_apps s where s.archived_at is null and ${appsInReach(ctx, 's')}`.execute(ctx.db);
  return rows[0]!;
}

function lineOf(group: FindingGroup, row: AccountLine, { people }: MissingPeople): FindingLine {
  const name = row.address ?? row.userName ?? row.displayName ?? row.externalId;
  const rest = row.reason.replace(/^(Nobody we know owns it|.*? works here)\. /, '');
  const asked = group === 'missing' ? people.get(row.personId!)! : null;
  const mend = mendOf(group, row);
  if (asked?.says === 'missing') {
    return {
      ...row,
      group,
      mend,
      importId: asked.importId,
      reason: `${row.person} is on your list no more ("${asked.fileName}"): left? ${rest}`,
    };
  }
  if (asked) {
    return {
      ...row,
      group,
      mend,
      importId: asked.importId,
      reason: `Your list "${asked.fileName}" raises the question whether ${row.person} has left, and when. ${rest}`,
    };
  }
  const reason = group === 'nobody' ? `Nobody on your list matches ${name}: left, or a service account? ${rest}` : row.reason;
  return { ...row, group, mend, importId: null, reason };
}

function mendOf(group: FindingGroup, row: AccountLine): string {
  if (group === 'missing') return `Say whether ${row.person} has left.`;
  if (group === 'nobody') {
    return row.suggestedPerson
      ? `Say whether it is ${row.suggestedPerson}'s.`
      : 'Say whose it is, or who answers for it as a service account.';
  }
  const who = row.owner ?? 'whoever runs it';
  if (group === 'unknown') return `Look in ${row.app}, or ask ${who} to look.`;
  if (row.writer === 'connection') return `Groundcrew can suspend it in ${row.app} and read it back.`;
  if (row.writer === 'group') return `It ends with the group that grants ${row.app}.`;
  if (row.writer === 'manual') return `${who[0]!.toUpperCase()}${who.slice(1)} closes it by hand.`;
  return `Close it in ${row.app}, then give a new list.`;
}
