import type { Context } from '../../../platform/context.ts';
import { sql } from '../../../platform/database.ts';
import type { JoiningRun } from '../../run-row.ts';
import { instantWords } from '../../schedule/local-instant.ts';
import type { PlaybookStep } from '../../schedule/playbook-definition.ts';
import { milestonesOfRun } from '../milestones.ts';
import { readReadiness } from '../read-readiness.ts';
import { isFirstAccount } from './is-first-account.ts';
import { ownTasks } from './own-tasks.ts';

/** What the new colleague said before the first day. */
export type Given = {
  preferredName?: string;
  deliveryAddress?: string;
  keyboard?: string;
  keyboardSize?: string;
  note?: string;
};

/** What the welcome page shows: nothing of anybody else but the manager's name, nothing of apps before they are open. */
export async function openWelcome(ctx: Context, run: JoiningRun) {
  const { rows } = await sql<{
    organization: string;
    name: string;
    preferred_name: string | null;
    given_name: string;
    family_name: string | null;
    work_address: string | null;
    location: string | null;
    place: string | null;
    manager: string | null;
  }>`select o.name as organization, r.name, r.preferred_name, r.given_name, r.family_name, r.work_address, r.location, r.place, m.name as manager
    from people_roster r join identity_organizations o on o.organization_id = r.organization_id left join people_roster m on m.id = r.manager_id
    where r.id = ${run.person_id}`.execute(ctx.db);
  const person = rows[0]!;
  const signIn = await ctx.db
    .selectFrom('apps_apps as p')
    .leftJoin('apps_accounts as a', (join) =>
      join.onRef('a.app_id', '=', 'p.id').on('a.person_id', '=', run.person_id).on('a.kind', '=', 'person').on('a.status', '=', 'active'),
    )
    .leftJoin('connections_connections as c', (join) => join.onRef('c.app_id', '=', 'p.id').on('c.removed_at', 'is', null))
    .select(['p.name', 'p.deep_link', 'a.id as account_id', 'a.user_name'])
    .select(sql<boolean>`coalesce(c.settings->>'firstPassword' = 'invitation', false)`.as('first_password'))
    .where('p.sign_in', '=', true)
    .where('p.archived_at', 'is', null)
    .orderBy('p.name')
    .executeTakeFirst();
  const chooses = signIn?.first_password === true && signIn.account_id !== null && (await isFirstAccount(ctx, run, signIn.account_id));
  const isDayOne = Temporal.Instant.compare(run.starts_at, ctx.now.add({ hours: 12 })) <= 0;
  const readiness = isDayOne ? await readReadiness(ctx, run) : null;
  if (run.welcome_opened_at === null)
    await ctx.db.updateTable('playbooks_runs').set({ welcome_opened_at: ctx.now.toString() }).where('id', '=', run.id).execute();
  const tasks = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['id', 'kind', 'title', 'instructions', 'due_at', 'answer_kind', 'options', 'evidence_required', 'link_url'])
    .where(ownTasks(run))
    .where('status', '=', 'open')
    .orderBy('due_at')
    .limit(50)
    .execute();
  return {
    organization: person.organization,
    name: person.name,
    givenName: person.given_name,
    familyName: person.family_name,
    startOn: run.start_on,
    startsAt: run.starts_at,
    startWords: instantWords(Temporal.Instant.from(run.starts_at), run.zone, { place: person.place ?? undefined }),
    zone: run.zone,
    place: person.location,
    manager: person.manager,
    workAddress: person.work_address,
    given: run.welcome as Given,
    timeline: await timelineOf(ctx, run),
    // Only once there is something to sign in to.
    signIn: signIn?.user_name
      ? {
          app: signIn.name,
          userName: signIn.user_name,
          link: signIn.deep_link,
          password: run.credential_used_at !== null ? ('chosen' as const) : chooses ? ('choose' as const) : ('app' as const),
        }
      : null,
    isDayOne,
    firstMorning: run.first_morning as 'everything' | 'something-missing' | null,
    things: (readiness?.lines ?? []).map(({ key, what, kind, state }) => ({ key, what, kind, isThere: state === 'ready' })),
    tasks: tasks.map((task) => ({
      id: task.id,
      kind: task.kind,
      title: task.title,
      instructions: task.instructions,
      dueAt: task.due_at,
      answerKind: task.answer_kind,
      options: (task.options ?? []) as { value: string; label: string }[],
      evidenceRequired: task.evidence_required,
      linkUrl: task.link_url,
    })),
    milestones: await milestonesOfRun(ctx, run),
  };
}

// What concerns the colleague: their own tasks, when their accounts open, and what is written to them.
async function timelineOf(ctx: Context, run: JoiningRun): Promise<{ at: string; title: string; words: string; isDone: boolean }[]> {
  const rows = await ctx.db
    .selectFrom('playbooks_steps')
    .select(['title', 'kind', 'status', 'due_at', 'done_at', 'definition'])
    .where('run_id', '=', run.id)
    .where('due_at', 'is not', null)
    .where('status', 'not in', ['skipped', 'cancelled', 'refused'])
    .orderBy('due_at')
    .execute();
  // What is given later to accounts that are open is nothing to wait for.
  const opening = rows.find(({ kind }) => kind === 'grant-access');
  return rows
    .filter((row) => concernsThem(row.definition as PlaybookStep) && (row.kind !== 'grant-access' || row === opening))
    .map((row) => ({
      at: momentOf(row, run),
      title: titleFor(row.definition as PlaybookStep, row.title),
      words: instantWords(Temporal.Instant.from(momentOf(row, run)), run.zone, { place: run.place ?? undefined }),
      isDone: ['done', 'overridden'].includes(row.status),
    }));
}

// What was due before the hire happened when it was confirmed.
function momentOf(row: { due_at: string | null; done_at: string | null }, run: JoiningRun): string {
  if (row.done_at !== null) return row.done_at;
  return Temporal.Instant.compare(row.due_at!, run.confirmed_at) < 0 ? run.confirmed_at : row.due_at!;
}

const titleFor = (step: PlaybookStep, title: string): string =>
  step.kind === 'grant-access' ? 'Your accounts are opened' : step.kind === 'task' && step.who !== 'joiner' ? (step.thing ?? title) : title;

const concernsThem = (step: PlaybookStep): boolean =>
  step.kind === 'grant-access' ||
  ('who' in step && step.who === 'joiner') ||
  (step.kind === 'message' && step.message.to === 'joiner') ||
  (step.kind === 'task' && step.readiness === 'device');
