import { type AppGrantRecord, ConnectorError, plainText, readPages, type Session } from '../../../connectors/kit/index.ts';
import { endAppGrantReading, recordAppGrants } from '../../apps/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OpenConnection } from '../open-connection.ts';

const longestId = 1_000;
const longestName = 300;
const mostScopes = 300;

/**
 * Reads what programs may do in the name of an app's accounts, page by page, after its accounts were taken in whole. That the app does not let it
 * be read is noted and holds up nothing; only a list that came to its end proves that a grant is there no more.
 */
export async function readAppGrants(platform: Platform, organizationId: string, appId: string, connection: OpenConnection): Promise<void> {
  const { connector, session } = connection;
  if (!connector.listAppGrants) return;
  const asOf = platform.clock.now().toString();
  let complete = false;
  let problem: string | null = null;
  let refused = false;
  try {
    const reading = await readPages(connector.listAppGrants(session as Session), {
      idOf: ({ accountExternalId, externalId }) => `${accountExternalId} ${externalId}`,
      what: 'app grants',
      onPage: async (records) => {
        const kept = records.flatMap(keepable);
        refused ||= kept.length < records.length;
        await runAsSystem(platform, organizationId, (ctx) => recordAppGrants(ctx, { appId, asOf, records: kept }));
      },
    });
    complete = reading.complete === true && !refused;
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    problem = plainText(error.message, 500);
  }
  await runAsSystem(platform, organizationId, (ctx) => endAppGrantReading(ctx, { appId, asOf, complete, problem }));
}

function keepable(record: AppGrantRecord): AppGrantRecord[] {
  const { accountExternalId, externalId, name, scopes } = record;
  if (externalId === '' || [accountExternalId, externalId].some((id) => id.length > longestId || id.includes('\u0000'))) return [];
  return [
    {
      ...record,
      name: plainText(name, longestName) || externalId,
      scopes: scopes.slice(0, mostScopes).map((scope) => plainText(scope, longestName)),
    },
  ];
}
