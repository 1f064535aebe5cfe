import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { type AccountLine, countAccounts, readAccounts } from './account-queries.ts';
import { appsInReach } from './app-reach.ts';

/**
 * `left`: active accounts of people who have left. `missing`: of people who are on the newest complete people list no more and about whom
 * nobody has decided. `unknown`: of people who have left, and nobody knows whether they are active. `nobody`: of nobody on the list.
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

type List = { id: string; file_name: string; at: string };

const missing = (list: List | null) =>
  list === null
    ? sql<boolean>`false`
    : sql<boolean>`exists (select from people_import_rows m where m.organization_id = a.organization_id and m.import_id = ${list.id} and m.person_id = a.person_id
        and m.change = 'missing' and m.decision is null)`;

const conditionOf = (group: FindingGroup, list: List | null) =>
  ({
    left: sql<boolean>`k.state = 'zombie'`,
    missing: sql<boolean>`k.state = 'fine' and ${missing(list)}`,
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
  const list = await newestCompleteList(ctx);
  const conditions = findingGroups.map((group) => conditionOf(group, list));
  const counts = await countAccounts(ctx, conditions);
  const groups = findingGroups.map((group, at) => ({ group, ...counts[at]! }));
  const rows: FindingLine[] = [];
  let skip = input.offset;
  for (const [at, { group, accounts }] of groups.entries()) {
    if (input.group !== undefined && input.group !== group) continue;
    const room = input.limit - rows.length;
    if (room > 0 && skip < accounts) {
      const page = await readAccounts(ctx, { where: conditions[at]!, order: orderOf[group], limit: room, offset: skip });
      rows.push(...page.map((row) => lineOf(group, row, list)));
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
    known: { ...(await basis(ctx)), completeList: list && { importId: list.id, fileName: list.file_name, at: list.at } },
  };
}

async function newestCompleteList(ctx: Context): Promise<List | null> {
  const { rows } = await sql<List>`
    select id, file_name, coalesce(finished_at, created_at) as at from people_imports
    where status = 'done' and (options->>'declaredComplete')::boolean
    order by coalesce(finished_at, created_at) desc limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

async function basis(ctx: Context): Promise<{ people: number; apps: number; appsRead: number }> {
  const { rows } = await sql<{ people: number; apps: number; appsRead: number }>`
    select (select count(*)::int from people_people where erased_at is null) as people, count(*)::int as apps,
      count(*) filter (where exists (select from apps_readings r where r.organization_id = s.organization_id and r.app_id = s.id))::int as "appsRead"
    from apps_apps s where s.archived_at is null and ${appsInReach(ctx, 's')}`.execute(ctx.db);
  return rows[0]!;
}

function lineOf(group: FindingGroup, row: AccountLine, list: List | null): FindingLine {
  const name = row.address ?? row.userName ?? row.displayName ?? row.externalId;
  const rest = row.reason.replace(/^(Nobody we know owns it|.*? works here)\. /, '');
  const reason =
    group === 'nobody'
      ? `Nobody on your list matches ${name}: left, or a service account? ${rest}`
      : group === 'missing'
        ? `${row.person} is on your list no more ("${list!.file_name}"): left? ${rest}`
        : row.reason;
  return { ...row, group, reason, mend: mendOf(group, row), importId: group === 'missing' ? list!.id : null };
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
