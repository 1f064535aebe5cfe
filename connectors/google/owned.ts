import { ConnectorError, type Json, type OwnedRecord, textOf } from '../kit/index.ts';
import { readUser } from './accounts.ts';
import { meetingsToCome } from './calendar.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { memberOf } from './holdings-of-one.ts';
import { scopes } from './scopes.ts';
import { listOf } from './security.ts';
import { statusOf } from './user.ts';

/** What an account owns that outlives it. Files and mail are named without a number: Google counts them for nobody but their owner. */
export async function listOwned(session: GoogleSession, externalId: string): Promise<OwnedRecord[]> {
  const user = await readUser(session, externalId);
  if (user === null) return [];
  const parts = [ownedGroups(session, externalId), programs(session, externalId), passwords(session, externalId), meetings(session, user)];
  const found = (await Promise.all(parts.map(orNothing))).flat();
  const files: OwnedRecord = { kind: 'files', externalId: 'drive', name: 'Files in Google Drive', count: null };
  const mail: OwnedRecord = { kind: 'mailbox', externalId: 'gmail', name: 'Mail', count: null };
  return [files, ...(user.isMailboxSetup === false ? [] : [mail]), ...found];
}

/** A part for which a right is missing is left out; the test of the connection names the right. */
async function orNothing(part: Promise<OwnedRecord[]>): Promise<OwnedRecord[]> {
  try {
    return await part;
  } catch (error) {
    if (error instanceof ConnectorError && (error.kind === 'right' || error.kind === 'refused')) return [];
    throw error;
  }
}

async function ownedGroups(session: GoogleSession, userId: string): Promise<OwnedRecord[]> {
  const options = asAdministrator(scopes.groups, { query: { userKey: userId, maxResults: 200 } });
  const { records } = await readPage(session, 'admin/directory/v1/groups', 'groups', options, null);
  const owned = await Promise.all(
    records.map(async (group) => (await memberOf(session, textOf(group.id) ?? '', userId))?.role === 'OWNER'),
  );
  return records
    .filter((_, index) => owned[index])
    .map((group) => ({
      kind: 'group',
      externalId: textOf(group.id) ?? '',
      name: textOf(group.name) ?? textOf(group.email) ?? '',
      count: null,
    }));
}

const programs = async (session: GoogleSession, userId: string): Promise<OwnedRecord[]> =>
  (await listOf(session, userId, 'tokens')).flatMap((token): OwnedRecord[] => {
    const clientId = textOf(token.clientId);
    return clientId === null ? [] : [{ kind: 'program', externalId: clientId, name: textOf(token.displayText) ?? clientId, count: null }];
  });

const passwords = async (session: GoogleSession, userId: string): Promise<OwnedRecord[]> =>
  (await listOf(session, userId, 'asps')).map(({ codeId, name }) => ({
    kind: 'app password',
    externalId: textOf(codeId) ?? '',
    name: textOf(name) ?? 'A password of a program',
    count: null,
  }));

/** The calendar of a suspended account cannot be looked into. */
async function meetings(session: GoogleSession, user: Json): Promise<OwnedRecord[]> {
  const address = textOf(user.primaryEmail);
  if (address === null || statusOf(user) !== 'active') return [];
  const { length: count } = await meetingsToCome(session, address);
  return count === 0 ? [] : [{ kind: 'meetings', externalId: 'primary', name: 'Meetings and series to come', count }];
}
