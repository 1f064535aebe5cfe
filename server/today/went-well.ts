import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/** What happened without the reader since yesterday morning. `link` opens the rows that were counted. */
export async function wentWell(ctx: Context, since: Temporal.Instant): Promise<{ count: number; text: string; link: string }[]> {
  const from = since.toString();
  const { rows } = await sql<{ verified: number; tasks: number; proofs: number; read: number }>`
    select (select count(*)::int from access_actions where verified_at >= ${from}) as verified,
      (select count(*)::int from tasks_tasks where status = 'done' and done_at >= ${from}) as tasks,
      (select count(*)::int from playbooks_proofs where closed_at >= ${from}) as proofs,
      (select count(*)::int from apps_readings where created_at >= ${from} and source in ('sync', 'list')) as read`.execute(ctx.db);
  const n = rows[0]!;
  const say = (count: number, one: string, many: string, link: string) => ({ count, text: count === 1 ? one : many, link });
  return [
    say(
      n.verified,
      'account closed or reopened, read back as it should be',
      'accounts closed or reopened, read back as they should be',
      `/audit?action=account.verified&since=${from}`,
    ),
    say(n.tasks, 'task finished', 'tasks finished', `/tasks?view=done`),
    say(n.proofs, 'proof of exit signed and closed', 'proofs of exit signed and closed', `/audit?action=proof.closed&since=${from}`),
    say(n.read, 'reading of an app taken in', 'readings of apps taken in', `/connections`),
  ].filter((each) => each.count > 0);
}
