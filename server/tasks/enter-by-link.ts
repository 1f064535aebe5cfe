import { hashSecret } from '../identity/index.ts';
import { type Context, runAs } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { conflict, notFound, Refusal } from '../platform/errors.ts';
import type { Edge } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';
import { type Place, zonedWords } from '../platform/zoned-words.ts';
import { describeTasks, type TaskDetail } from './describe-tasks.ts';
import { isLinkSecret } from './link-secret.ts';
import { isOwnTask } from './own-tasks.ts';
import { homePlace, placesOf } from './places.ts';

export type TaskLink = { organization: string; personId: string; person: string; taskIds: string[] };

type LinkRow = {
  organization_id: string;
  organization: string;
  link_id: string;
  person_id: string;
  person: string;
  task_ids: string[];
  expires_at: string;
};

const mostGuesses = 30;
const windowMinutes = 15;
const mostPeers = 10_000;
type Guesses = Map<string, { count: number; since: Temporal.Instant }>;
const guessesOf = new WeakMap<Platform, Guesses>();

/** Counts a wrong secret from one address; after 30 within 15 minutes the answer is 429. A right secret always opens. */
function countGuess(platform: Platform, peer: string): void {
  const guesses = guessesOf.get(platform) ?? new Map();
  guessesOf.set(platform, guesses);
  const now = platform.clock.now();
  const known = guesses.get(peer);
  const current = known && now.since(known.since).total('minutes') < windowMinutes ? known : { count: 0, since: now };
  current.count += 1;
  if (guesses.size >= mostPeers && !guesses.has(peer)) guesses.clear();
  guesses.set(peer, current);
  if (current.count > mostGuesses)
    throw new Refusal(
      429,
      'too_many_tries',
      'Too many links from here were wrong. Wait 15 minutes, then open the link from the mail again.',
    );
}

/**
 * Runs `work` as the person whose link this is: what they may not know yet stays hidden by row-level security, and only tasks of their own are
 * in reach. Throws 404 in words for a secret that is none of ours or has expired, 429 after many wrong ones.
 */
export async function enterByLink<T>(edge: Edge, secret: string, work: (ctx: Context, link: TaskLink) => Promise<T>): Promise<T> {
  const { platform } = edge;
  const { rows } = isLinkSecret(platform.secretKey, secret)
    ? await sql<LinkRow>`select * from lookup_task_link(${hashSecret(secret)})`.execute(platform.database)
    : { rows: [] };
  const found = rows[0];
  if (!found) {
    countGuess(platform, edge.peer ?? '');
    throw new Refusal(
      404,
      'link_unknown',
      'This link is none of ours, or was cut short on its way. Open it from the mail again. Nothing was changed.',
    );
  }
  if (Temporal.Instant.compare(found.expires_at, platform.clock.now()) <= 0) {
    throw new Refusal(
      404,
      'link_expired',
      'This link has expired. The next reminder brings a new one, or ask whoever runs operations. Nothing was changed.',
    );
  }
  const actor = {
    kind: 'link' as const,
    id: found.link_id,
    name: found.person,
    memberId: null,
    personId: found.person_id,
    roles: [],
    scopes: [],
  };
  return runAs(platform, { organizationId: found.organization_id, actor, reach: 'own' }, async (ctx) =>
    work(ctx, { organization: found.organization, personId: found.person_id, person: found.person, taskIds: found.task_ids }),
  );
}

export type OpenedLink = {
  organization: string;
  name: string;
  place: Place;
  tasks: TaskDetail[];
  settled: { title: string; words: string }[];
};

/** What a link shows: all open tasks of its person, and what became of those that the link was written for. Changes nothing. */
export async function openLink(ctx: Context, link: TaskLink): Promise<OpenedLink> {
  const open = await ctx.db
    .selectFrom('tasks_tasks as t')
    .select('t.id')
    .where('t.status', '=', 'open')
    .where(isOwnTask(ctx))
    .orderBy((e) => e.fn.coalesce('t.due_at', sql<string>`'infinity'`))
    .orderBy('t.id')
    .limit(200)
    .execute();
  const ids = open.map((row) => row.id);
  const place = (await placesOf(ctx, [link.personId])).get(link.personId) ?? (await homePlace(ctx));
  const left = await hasLeft(ctx, link.personId);
  const settled = left
    ? []
    : await settledTasks(
        ctx,
        link.taskIds.filter((id) => !ids.includes(id)),
        place,
      );
  if (left && ids.length === 0) throw leftWords(link);
  return { organization: link.organization, name: link.person, place, tasks: await describeTasks(ctx, ids), settled };
}

/** Refuses, in words, a task that this link's person cannot do (any more). */
export async function reachByLink(ctx: Context, link: TaskLink, taskId: string): Promise<void> {
  const own = await ctx.db
    .selectFrom('tasks_tasks as t')
    .select('t.id')
    .where('t.id', '=', taskId)
    .where(isOwnTask(ctx))
    .executeTakeFirst();
  if (own) return;
  if (await hasLeft(ctx, link.personId)) throw leftWords(link);
  const known =
    link.taskIds.includes(taskId) && (await ctx.db.selectFrom('tasks_tasks').select('id').where('id', '=', taskId).executeTakeFirst());
  throw known ? conflict('given_on', 'This was given to somebody else. Nothing was changed.') : notFound('task');
}

const leftWords = (link: TaskLink) =>
  new Refusal(
    404,
    'link_ended',
    `You have left ${link.organization}, so this link opens nothing any more. What it was about is with somebody else. Nothing was changed.`,
  );

async function hasLeft(ctx: Context, personId: string): Promise<boolean> {
  const person = await ctx.db.selectFrom('people_roster').select('status').where('id', '=', personId).executeTakeFirst();
  return person?.status === 'left';
}

async function settledTasks(ctx: Context, ids: string[], place: Place): Promise<{ title: string; words: string }[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['title', 'status', 'done_by', 'done_at'])
    .where('id', 'in', ids)
    .orderBy('done_at')
    .execute();
  return rows.map((row) => {
    const when = row.done_at ? ` on ${zonedWords(Temporal.Instant.from(row.done_at), place, ctx.now)}` : '';
    if (row.status === 'done') return { title: row.title, words: `Done by ${row.done_by ?? 'somebody'}${when}.` };
    return { title: row.title, words: row.status === 'cancelled' ? 'Not needed any more.' : 'Given to somebody else.' };
  });
}
