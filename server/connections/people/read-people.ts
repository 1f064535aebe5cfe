import { ConnectorError, type PersonRecord, readPages } from '../../../connectors/kit/index.ts';
import { readPeopleList, type Told, takeInTold } from '../../people/index.ts';
import { type Context, runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { cancelTask, openTask } from '../../tasks/index.ts';
import { noteHealth } from '../note-health.ts';
import type { OpenConnection } from '../open-connection.ts';
import { stillRuns } from '../syncs/begin-sync.ts';
import { peopleFile } from './people-file.ts';

/** What the task about a held list of a source, and the one about its questions, is about. */
const aboutHeld = 'people-source-held';
const aboutQuestions = 'people-source-asks';
/** With fewer than this part of those it told before, a source is taken for cut short. */
const leastPart = 0.6;

/**
 * Reads who works here from a system that knows it, whole or not at all, and takes it into the people list. What is cut short changes nobody; what a brake
 * holds waits for the lead, who is told once. `beside accounts`: the accounts of the same sync are taken in already. Throws ConnectorError.
 */
export async function readPeople(
  platform: Platform,
  organizationId: string,
  sync: { syncId: string; attempt: number; appId: string },
  { connector, session, connectionId }: OpenConnection,
  how: 'alone' | 'beside accounts',
): Promise<void> {
  const records: PersonRecord[] = [];
  const reading = await readPages(connector.listPeople!(session), {
    idOf: ({ externalId }) => externalId,
    what: 'people',
    onPage: (page) => void records.push(...page),
  });
  if (reading.complete !== true) throw new ConnectorError('broken', `${reading.words} A reading that is not whole changes nobody.`);
  if (records.length === 0) throw new ConnectorError('broken', 'It told of nobody at all. Usually a right was taken away.');
  const before = await runAsSystem(platform, organizationId, (ctx) => toldBefore(ctx, sync.appId));
  if (records.length < before * leastPart)
    throw new ConnectorError(
      'broken',
      `It told of ${records.length.toLocaleString('en')} people, and of ${before.toLocaleString('en')} before. Usually a right was taken away; if it is right, give their list as a file.`,
    );
  const bytes = peopleFile(records);
  const fileName = `${connector.name}, ${platform.clock.now().toString().slice(0, 16).replace('T', ' ')}.csv`;
  const table = await readPeopleList({ fileName, bytes, turn: organizationId });
  await runAsSystem(platform, organizationId, async (ctx) => {
    if (how === 'alone' && !(await stillRuns(ctx, sync.syncId, sync.attempt))) return;
    const told = await takeInTold(ctx, { fileName, bytes, table }, { asks: await mayAsk(ctx, connectionId) });
    await noteHealth(ctx, connectionId, null);
    await tellOnce(ctx, connectionId, connector.name, told);
    const words = wordsOf(told, records.length);
    const counts = how === 'alone' ? { people: records.length, read: records.length } : { people: records.length };
    await sql`
      update connections_syncs set counts = ${how === 'alone' ? sql`'{}'::jsonb` : sql`counts`} || ${JSON.stringify(counts)}::jsonb,
        notes = ${how === 'alone' ? sql`'{}'::text[]` : sql`notes`} || ${[words]}::text[]
        ${how === 'alone' ? sql`, status = 'done', finished_at = ${ctx.now.toString()}` : sql``}
      where id = ${sync.syncId}`.execute(ctx.db);
  });
}

/** How many people the last reading of an app told of. */
async function toldBefore(ctx: Context, appId: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('connections_syncs')
    .select('counts')
    .where('app_id', '=', appId)
    .where('kind', '=', 'sync')
    .where('status', '=', 'done')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (row?.counts as { people?: number } | undefined)?.people ?? 0;
}

function wordsOf({ outcome, counts, reasons }: Told, read: number): string {
  const people = `Read ${read.toLocaleString('en')} people`;
  if (outcome === 'same') return `${people}: all as they stand in the people list.`;
  if (outcome === 'waits')
    return `${people}. A people list that somebody gave waits to be taken in or discarded; until then nobody is changed.`;
  if (outcome === 'held') return `${people}. Held, and nobody was changed: ${reasons.join(' ')}`;
  const of = (count: number) => count.toLocaleString('en');
  return `${people}: ${of(counts!.new)} new, ${of(counts!.changed)} changed, ${of(counts!.refused)} refused${counts!.questions > 0 ? `, ${of(counts!.questions)} to be asked about` : ''}.`;
}

/** Whether a source's questions are to be asked: not while they stand, and not again within a week. */
async function mayAsk(ctx: Context, connectionId: string): Promise<boolean> {
  const asked = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('about_kind', '=', aboutQuestions)
    .where('about_id', '=', connectionId)
    .where((eb) => eb.or([eb('status', '=', 'open'), eb('created_at', '>', ctx.now.subtract({ hours: 7 * 24 }).toString())]))
    .executeTakeFirst();
  return asked === undefined;
}

/** One task for as long as a source is held, which ends by itself when a later reading goes through; and one for what it asks. */
async function tellOnce(ctx: Context, connectionId: string, source: string, told: Told): Promise<void> {
  const open = await ctx.db
    .selectFrom('tasks_tasks')
    .select('id')
    .where('about_kind', '=', aboutHeld)
    .where('about_id', '=', connectionId)
    .where('status', '=', 'open')
    .execute();
  const lists = `${ctx.platform.config.publicUrl}/people/imports`;
  const task = { kind: 'task' as const, aboutId: connectionId, candidates: [], dueAt: ctx.now.add({ hours: 24 }).toString() };
  if (told.outcome === 'held') {
    if (open.length > 0) return;
    await openTask(ctx, {
      ...task,
      title: `What ${source} tells of people is held. Look at its newest list, and take it in or discard it.`,
      instructions: `Nobody was changed. ${told.reasons.join(' ')}`,
      linkUrl: lists,
      aboutKind: aboutHeld,
    });
    return;
  }
  if (told.outcome !== 'waits') for (const { id } of open) await cancelTask(ctx, id, 'Its last reading went through.');
  if (told.outcome === 'taken' && told.counts!.questions > 0 && (await mayAsk(ctx, connectionId)))
    await openTask(ctx, {
      ...task,
      title: `${source} tells something of people that has to be decided.`,
      instructions: 'Open the list: the questions stand on it.',
      linkUrl: `${lists}/${told.importId}`,
      aboutKind: aboutQuestions,
    });
}
