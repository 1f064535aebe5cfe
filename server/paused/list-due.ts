import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

export type DueKind = 'steps' | 'actions' | 'tasks' | 'mail' | 'syncs';

/** What would happen at once when the pause ends: how many of a kind, in words, and the oldest of them. */
export type DueGroup = {
  kind: DueKind;
  total: number;
  words: string;
  rows: { id: string; title: string; person: string | null; dueAt: string }[];
};

const shown = 50;
const words: Record<DueKind, [string, string]> = {
  actions: ['account is to be closed or read back', 'accounts are to be closed or read back'],
  steps: ['step of a run is due', 'steps of runs are due'],
  tasks: ['reminder or escalation is due', 'reminders or escalations are due'],
  mail: ['message waits to be sent', 'messages wait to be sent'],
  syncs: ['app is to be read', 'apps are to be read'],
};

/** What became due in this organization and has not happened, because the installation is paused. */
export async function listDue(ctx: Context): Promise<DueGroup[]> {
  const now = ctx.now.toString();
  const { rows } = await sql<{ kind: DueKind; id: string; title: string; person: string | null; due_at: string }>`
    select 'actions' as kind, a.id, app.name as title, p.name as person, a.next_at as due_at
    from access_actions a join apps_apps app on app.id = a.app_id join people_roster p on p.id = a.person_id
    where a.status in ('planned', 'attempting', 'reading', 'retrying', 'did-not-obey') and a.next_at <= ${now}
    union all
    select 'steps', s.id, s.title, p.name, s.next_at
    from playbooks_steps s join playbooks_runs r on r.id = s.run_id join people_roster p on p.id = r.person_id
    where s.status in ('planned', 'working', 'waiting') and s.next_at <= ${now}
    union all
    select 'tasks', t.id, t.title, p.name, least(t.remind_at, t.escalate_at)
    from tasks_tasks t left join people_roster p on p.id = t.assignee_person_id
    where t.status = 'open' and least(t.remind_at, t.escalate_at) <= ${now}
    union all
    select 'mail', m.id, m.subject, m.to_address, m.due_at from platform_mail m where m.status in ('queued', 'sending') and m.due_at <= ${now}
    union all
    select 'syncs', c.id, app.name, null, c.next_sync_at
    from connections_connections c join apps_apps app on app.id = c.app_id
    where c.removed_at is null and c.status <> 'paused' and c.next_sync_at <= ${now}
    order by due_at`.execute(ctx.db);
  return (Object.keys(words) as DueKind[]).flatMap((kind) => {
    const mine = rows.filter((row) => row.kind === kind);
    if (mine.length === 0) return [];
    const [one, many] = words[kind];
    return {
      kind,
      total: mine.length,
      words: mine.length === 1 ? one : many,
      rows: mine.slice(0, shown).map((row) => ({ id: row.id, title: row.title, person: row.person, dueAt: row.due_at })),
    };
  });
}
