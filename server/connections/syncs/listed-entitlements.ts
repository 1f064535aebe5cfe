import {
  type Connector,
  ConnectorError,
  type EntitlementRecord,
  keepableEntitlements,
  readPages,
  type Session,
} from '../../../connectors/kit/index.ts';

/** More than these nobody chooses from. */
const most = 20_000;

/**
 * What an app itself lists that its accounts can hold, at most 20,000, also what nobody holds yet. Empty where it has no such list or does not
 * let it be read: what its accounts hold is known all the same.
 */
export async function listedEntitlements(connector: Connector, session: Session): Promise<EntitlementRecord[]> {
  const listed: EntitlementRecord[] = [];
  if (!connector.listEntitlements) return listed;
  try {
    await readPages(connector.listEntitlements(session), {
      idOf: ({ kind, externalId }) => `${kind} ${externalId}`,
      what: 'entitlements',
      onPage: (page) => void listed.push(...keepableEntitlements(page)),
      maxRecords: most,
    });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
  }
  return listed;
}
