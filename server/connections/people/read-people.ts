import { ConnectorError, type PersonRecord, readPages } from '../../../connectors/kit/index.ts';
import { rankOf, readPeopleList, type SourceOf, type Told, takeInTold } from '../../people/index.ts';
import { type Context, runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { noteHealth } from '../note-health.ts';
import type { OpenConnection } from '../open-connection.ts';
import { stillRuns } from '../syncs/begin-sync.ts';
import { askAboutEnds } from './ask-about-ends.ts';
import { peopleFile } from './people-file.ts';
import { mayAsk, tellLead } from './tell-lead.ts';

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
    const told = await takeInTold(
      ctx,
      { fileName, bytes, table },
      {
        asks: await mayAsk(ctx, connectionId),
        source: await sourceOf(ctx, sync.appId, { connectionId, connector }),
      },
    );
    await noteHealth(ctx, connectionId, null);
    await tellLead(ctx, connectionId, connector.name, told);
    if (told.outcome !== 'waits') await askAboutEnds(ctx);
    const words = wordsOf(told, records.length);
    const counts = how === 'alone' ? { people: records.length, read: records.length } : { people: records.length };
    await sql`
      update connections_syncs set counts = ${how === 'alone' ? sql`'{}'::jsonb` : sql`counts`} || ${JSON.stringify(counts)}::jsonb,
        notes = ${how === 'alone' ? sql`'{}'::text[]` : sql`notes`} || ${[words]}::text[]
        ${how === 'alone' ? sql`, status = 'done', finished_at = ${ctx.now.toString()}` : sql``}
      where id = ${sync.syncId}`.execute(ctx.db);
  });
}

/** The connection as a source. One that keeps accounts too repeats what an HR system says, until somebody ranks it otherwise. */
async function sourceOf(
  ctx: Context,
  appId: string,
  { connectionId, connector }: Pick<OpenConnection, 'connectionId' | 'connector'>,
): Promise<SourceOf> {
  const { name } = await ctx.db.selectFrom('apps_apps').select('name').where('id', '=', appId).executeTakeFirstOrThrow();
  return { kind: 'connection', refId: connectionId, name, rank: connector.listAccounts ? rankOf.directory : rankOf.record };
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
