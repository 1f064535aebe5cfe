import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { currentPlaybook, definitionOf } from '../current-playbook.ts';
import { moments, type PlaybookDefinition, type PlaybookMoment, type PlaybookStep } from '../schedule/playbook-definition.ts';
import { waitsForOf } from '../schedule/step-rules.ts';
import { comparePlaybooks, type PlaybookChanges } from './compare-playbooks.ts';

export type PlaybookRow = {
  id: string;
  name: string;
  moment: PlaybookMoment;
  version: number;
  madeBy: string | null;
  changedAt: string;
  steps: number;
  openRuns: number;
};

/** The playbooks of the organization, one for each moment. Open runs are those that the reader may see. */
export async function listPlaybooks(ctx: Context): Promise<PlaybookRow[]> {
  const rows: PlaybookRow[] = [];
  for (const moment of moments) {
    const current = await currentPlaybook(ctx, moment);
    rows.push(await rowOf(ctx, current.playbookId));
  }
  return rows;
}

async function rowOf(ctx: Context, playbookId: string): Promise<PlaybookRow> {
  const row = await ctx.db
    .selectFrom('playbooks_versions as v')
    .innerJoin('playbooks_playbooks as p', 'p.id', 'v.playbook_id')
    .select(['p.id', 'p.name', 'p.moment', 'v.id as version_id', 'v.version', 'v.yaml', 'v.made_by', 'v.created_at'])
    .where('p.id', '=', playbookId)
    .orderBy('v.version', 'desc')
    .executeTakeFirst();
  if (!row) throw notFound('playbook');
  const { open } = await ctx.db
    .selectFrom('playbooks_runs as r')
    .innerJoin('playbooks_versions as v', 'v.id', 'r.version_id')
    .select((e) => e.fn.countAll<number>().as('open'))
    .where('v.playbook_id', '=', playbookId)
    .where('r.status', 'in', ['running', 'paused'])
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: row.name,
    moment: row.moment as PlaybookMoment,
    version: row.version,
    madeBy: row.made_by,
    changedAt: row.created_at,
    steps: readable({ id: row.version_id, yaml: row.yaml })?.steps.length ?? 0,
    openRuns: Number(open),
  };
}

export type PlaybookVersionRow = {
  id: string;
  version: number;
  madeBy: string | null;
  note: string | null;
  createdAt: string;
  /** Against the version before; null for the first one, or when one of the two cannot be read any more. */
  changes: PlaybookChanges | null;
  /** Runs that keep this version and are not over. */
  openRuns: number;
};

/** One playbook: what is in force, and its versions, newest first. */
export async function getPlaybook(
  ctx: Context,
  playbookId: string,
): Promise<PlaybookRow & { yaml: string; definition: PlaybookDefinition; versions: PlaybookVersionRow[] }> {
  const row = await rowOf(ctx, playbookId);
  const stored = await ctx.db
    .selectFrom('playbooks_versions')
    .select(['id', 'version', 'yaml', 'made_by', 'note', 'created_at'])
    .where('playbook_id', '=', playbookId)
    .orderBy('version', 'desc')
    .execute();
  const open = await ctx.db
    .selectFrom('playbooks_runs')
    .select((e) => ['version_id', e.fn.countAll<number>().as('open')])
    .where('status', 'in', ['running', 'paused'])
    .where(
      'version_id',
      'in',
      stored.map(({ id }) => id),
    )
    .groupBy('version_id')
    .execute();
  const [current] = stored;
  return {
    ...row,
    yaml: current!.yaml,
    definition: definitionOf(current!),
    versions: stored.map((version, index) => {
      const [before, after] = [stored[index + 1], version].map((each) => (each ? readable(each) : null));
      return {
        id: version.id,
        version: version.version,
        madeBy: version.made_by,
        note: version.note,
        createdAt: version.created_at,
        changes: before && after ? comparePlaybooks(before, after) : null,
        openRuns: Number(open.find(({ version_id }) => version_id === version.id)?.open ?? 0),
      };
    }),
  };
}

/** One version as it was written, and what taking it back would change against the one in force. */
export async function getPlaybookVersion(
  ctx: Context,
  playbookId: string,
  versionId: string,
): Promise<{ version: number; yaml: string; againstCurrent: PlaybookChanges | null }> {
  const found = await ctx.db
    .selectFrom('playbooks_versions')
    .select(['id', 'version', 'yaml'])
    .where('playbook_id', '=', playbookId)
    .where('id', '=', versionId)
    .executeTakeFirst();
  if (!found) throw notFound('version');
  const current = await ctx.db
    .selectFrom('playbooks_versions')
    .select(['id', 'yaml'])
    .where('playbook_id', '=', playbookId)
    .orderBy('version', 'desc')
    .executeTakeFirstOrThrow();
  const [now, then] = [readable(current), readable(found)];
  return { version: found.version, yaml: found.yaml, againstCurrent: now && then ? comparePlaybooks(now, then) : null };
}

/** What waits for what in a run, as its own version has it. For a manager only of their reports. */
export async function getRunPicture(ctx: Context, runId: string) {
  let query = ctx.db
    .selectFrom('playbooks_steps as s')
    .innerJoin('playbooks_runs as r', 'r.id', 's.run_id')
    .innerJoin('people_roster as who', 'who.id', 'r.person_id')
    .leftJoin('tasks_tasks as t', 't.id', 's.task_id')
    .leftJoin('people_roster as doer', 'doer.id', 't.assignee_person_id')
    .select(['s.key', 's.title', 's.kind', 's.status', 's.due_at', 's.done_at', 's.definition', 'doer.name as waits_for_person'])
    .where('s.run_id', '=', runId);
  if (ctx.reach === 'own') query = query.where('who.manager_id', '=', ctx.actor.personId);
  const rows = await query.orderBy('s.due_at').orderBy('s.position').execute();
  if (rows.length === 0) throw notFound('run');
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    kind: row.kind,
    status: row.status,
    at: row.due_at,
    doneAt: row.done_at,
    waitsForPerson: row.status === 'waiting' ? row.waits_for_person : null,
    waitsFor: waitsForOf(row.definition as unknown as PlaybookStep),
  }));
}

// A stored version that today's rules would refuse is still shown as text.
function readable(version: { id: string; yaml: string }): PlaybookDefinition | null {
  try {
    return definitionOf(version);
  } catch {
    return null;
  }
}
