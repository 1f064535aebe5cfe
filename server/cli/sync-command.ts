import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { Refusal } from '../platform/errors.ts';
import { answering, type Options, type Said } from './answer.ts';
import type { Call } from './api-client.ts';
import { type Found, findApp } from './find.ts';
import { inSession, type Session } from './open-session.ts';

/** `sync [APP]`: a fresh reading of one connected app, or of all. */
export function addSyncCommand(program: Command): void {
  program
    .command('sync')
    .argument('[app]', 'a connected app, by name or id; all when left out')
    .description('read the accounts of connected apps now and wait for the result; status 1 when one failed or is held')
    .option('--wait <seconds>', 'how long to wait', '600')
    .action(answering(sync));
}

async function sync(options: Options, app?: string): Promise<Said> {
  return inSession(options, async (session) => {
    const apps = app === undefined ? await connectedApps(session.call) : [await findApp(session.call, app)];
    if (apps.length === 0) throw new Refusal(404, 'nothing_connected', 'No app is connected yet. Connect one on the page.');
    const rows = [];
    for (const each of apps) {
      const { syncId } = await session.call('startSync', { params: { appId: each.id } });
      rows.push(await syncSettled(session, syncId, Number(options.wait)));
    }
    return { data: { rows }, words: rows.map(syncWords), failed: rows.some((row) => row.status !== 'done') };
  });
}

async function connectedApps(call: Call): Promise<Found[]> {
  const { rows } = await call('listConnections', { query: { limit: 200 } });
  return rows.filter((row) => row.status !== 'paused').map((row) => ({ id: row.appId, name: row.app }));
}

/** The sync or list once it has come to an end, or waits for a person. */
export async function syncSettled(session: Pick<Session, 'call' | 'settle'>, syncId: string, seconds: number) {
  await session.settle();
  for (const limit = performance.now() + seconds * 1000; ; ) {
    const state = await session.call('getSync', { params: { syncId } });
    if (state.status !== 'queued' && state.status !== 'running') return state;
    if (performance.now() > limit)
      throw new Refusal(
        503,
        'still_running',
        `${state.app} is still being read after ${seconds} seconds. It goes on without this command.`,
      );
    await delay(300);
  }
}

type Sync = Awaited<ReturnType<typeof syncSettled>>;

const countWords: Record<string, string> = {
  rows: 'rows',
  added: 'new',
  changed: 'changed',
  unchanged: 'unchanged',
  merged: 'merged',
  refused: 'refused',
  gone: 'gone',
  matched: 'of known people',
  suggested: 'perhaps of somebody known',
  unmatched: 'of nobody known',
  grantsAdded: 'grants more',
  grantsRemoved: 'grants fewer',
};

/** One line about how a sync or list stands, with its counts. */
export function syncWords({ app, status, counts, problem, heldReasons }: Sync): string {
  const told = counts as Record<string, unknown>;
  const numbers = Object.entries(countWords)
    .filter(([name]) => typeof told[name] === 'number')
    .map(([name, words]) => `${told[name]} ${words}`)
    .join(', ');
  const why = [problem, ...heldReasons].filter(Boolean).join(' ');
  return `${app}: ${status}${numbers ? ` (${numbers})` : ''}${why ? `. ${why}` : ''}`;
}
