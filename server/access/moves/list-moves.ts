import { getPerson, type MoveChange } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { isGive } from '../gap/classify.ts';
import { computeGap } from '../gap/compute-gap.ts';
import { personAccess } from '../person-access.ts';
import { aboutMove } from './ask-about-move.ts';
import { nameChanges } from './name-changes.ts';

const most = 20;

/**
 * The moves of somebody, the newest first, and what follows from how they stand now: what becomes due, what ends and when, and who is asked what they
 * keep. `contractEnds`: the last working day of a contract that still stands, though they are no contractor any more.
 */
export async function listMoves(ctx: Context, personId: string) {
  const person = await getPerson(ctx, personId);
  const { rows } = await sql<{
    id: string;
    at: string;
    madeBy: string | null;
    changes: MoveChange[];
    taskId: string | null;
    taskStatus: string | null;
    asked: string | null;
  }>`
    select m.id, m.at, m.made_by as "madeBy", m.changes, t.id as "taskId", t.status as "taskStatus", coalesce(w.name, i.name) as asked
    from people_moves m
    left join lateral (select * from tasks_tasks t where t.about_kind = ${aboutMove} and t.about_id = m.id order by t.created_at desc limit 1) t on true
    left join people_roster w on w.id = t.assignee_person_id
    left join identity_members i on i.organization_id = m.organization_id and i.id = t.assignee_member_id
    where m.person_id = ${personId} order by m.at desc, m.id desc limit ${most}`.execute(ctx.db);
  const moves = [];
  for (const { taskId, taskStatus, asked, ...row } of rows)
    moves.push({
      ...row,
      changes: await nameChanges(ctx, row.changes),
      task: taskId === null ? null : { id: taskId, status: taskStatus!, asked },
    });
  const isHere = rows.length > 0 && person.status !== 'left';
  const ends = isHere ? (await personAccess(ctx, personId)).rows.filter(({ keptUntil }) => keptUntil !== null) : [];
  const due = isHere ? (await computeGap(ctx, { personId })).lines.filter(({ change }) => isGive(change)) : [];
  const wasContractor = rows.some(({ changes }) => changes.some(({ field, from }) => field === 'employmentType' && from === 'contractor'));
  return {
    rows: moves,
    total: moves.length,
    due: due.map(({ appId, app, entitlement, words }) => ({ appId, app, entitlement, words })),
    ends: ends.map(({ appId, app, entitlement, keptUntil, words }) => ({ appId, app, entitlement, until: keptUntil!, words })),
    contractEnds: wasContractor && person.employment_type !== 'contractor' && person.status !== 'left' ? person.last_working_day : null,
  };
}
