import { ConnectorError, type Json, type OwnedRecord, objectOf, textOf } from '../kit/index.ts';
import { meetingsToCome } from './calendar.ts';
import { allOf, type MicrosoftSession, userPath } from './call.ts';
import { existing } from './change-status.ts';
import { driveOf } from './files.ts';
import { rights } from './rights.ts';
import { idOf } from './user.ts';

/** What an account owns: files, mail, groups and teams, registered apps, meetings to come. */
export async function listOwned(session: MicrosoftSession, externalId: string): Promise<OwnedRecord[]> {
  const user = await existing(session, externalId);
  const mail: OwnedRecord[] =
    textOf(user.mail) === null ? [] : [{ kind: 'mailbox', externalId: 'mailbox', name: `Mail of ${textOf(user.mail)}`, count: null }];
  const parts = await Promise.all([
    orNothing(drive(session, externalId)),
    orNothing(objects(session, externalId)),
    mail.length === 0 ? [] : orNothing(meetings(session, externalId)),
  ]);
  return [...mail, ...parts.flat()];
}

/** A part for which a right is missing is left out, as the test of the connection says; and one for which the account has no licence. */
async function orNothing(part: Promise<OwnedRecord[]>): Promise<OwnedRecord[]> {
  try {
    return await part;
  } catch (error) {
    if (error instanceof ConnectorError && ['right', 'refused', 'unsupported'].includes(error.kind)) return [];
    throw error;
  }
}

async function drive(session: MicrosoftSession, userId: string): Promise<OwnedRecord[]> {
  const found = await driveOf(session, userId);
  if (found === null) return [];
  const used = objectOf(found.quota).used;
  const size = typeof used === 'number' ? `, ${(used / 1e9).toFixed(1)} GB` : '';
  return [{ kind: 'drive', externalId: idOf(found), name: `Files in OneDrive${size}`, count: null }];
}

async function objects(session: MicrosoftSession, userId: string): Promise<OwnedRecord[]> {
  const options = { query: { $top: 999 }, right: rights.directory };
  const all = await allOf(session, `${userPath(userId)}/ownedObjects`, options);
  return all.flatMap((each) => {
    const kind = kindOf(each);
    return kind === null ? [] : [{ kind, externalId: idOf(each), name: textOf(each.displayName) ?? idOf(each), count: null }];
  });
}

function kindOf(owned: Json): string | null {
  switch (owned['@odata.type']) {
    case '#microsoft.graph.group': {
      const options = owned.resourceProvisioningOptions;
      return Array.isArray(options) && options.includes('Team') ? 'team' : 'group';
    }
    case '#microsoft.graph.application':
      return 'registered app';
    case '#microsoft.graph.servicePrincipal':
      return 'enterprise app';
    default:
      return null;
  }
}

async function meetings(session: MicrosoftSession, userId: string): Promise<OwnedRecord[]> {
  const { singles, series } = await meetingsToCome(session, userId);
  const count = singles.length + series.length;
  return count === 0 ? [] : [{ kind: 'meetings', externalId: 'calendar', name: 'Meetings and series to come', count }];
}
