import {
  type Answer,
  ConnectorError,
  type HandOver,
  instantOf,
  type Json,
  objectsOf,
  pageByCursor,
  type Shown,
  textOf,
} from '../kit/index.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { existing } from './change-status.ts';
import { scopes } from './scopes.ts';

const transfers = 'admin/datatransfer/v1/transfers';

/** What Google hands over (https://developers.google.com/workspace/admin/data-transfer/v1/parameters), by the numbers of its applications. */
const driveApplication = '55656082996';
const calendarApplication = '435070579839';

/**
 * Hands the files in Drive, shared or not, and the meetings to come over to another account. Google does it in the background; a transfer to the
 * same account that has not failed is not asked for again.
 */
export async function handOverFiles(session: GoogleSession, target: HandOver): Promise<Answer> {
  await existing(session, target.account.externalId);
  await existing(session, target.to.externalId);
  const before = await newestTransfer(session, target);
  if (before !== null && stateOf(before) !== 'failed')
    return { answered: `Google was asked for this already on ${dayOfRequest(before)}. Nothing was sent.`, changed: false };
  const installed = await applications(session);
  const wanted = [
    { applicationId: driveApplication, applicationTransferParams: [{ key: 'PRIVACY_LEVEL', value: ['PRIVATE', 'SHARED'] }] },
    { applicationId: calendarApplication },
  ].filter(({ applicationId }) => installed.has(applicationId));
  if (wanted.length === 0)
    throw new ConnectorError('unsupported', 'Google offers to hand over neither files nor calendars in this company.');
  const body = { oldOwnerUserId: target.account.externalId, newOwnerUserId: target.to.externalId, applicationDataTransfers: wanted };
  await session.http.post(transfers, body, asAdministrator(scopes.transfer));
  const names = wanted.map(({ applicationId }) => (applicationId === driveApplication ? 'the files in Drive' : 'the meetings to come'));
  return { answered: `Google began to hand over ${names.join(' and ')}. It can take hours.`, changed: true };
}

export async function showsFilesHandedOver(session: GoogleSession, target: HandOver): Promise<Shown> {
  const newest = await newestTransfer(session, target);
  if (newest === null) return { done: false, words: 'Google knows of no such handing over.' };
  const since = `asked for on ${dayOfRequest(newest)}`;
  switch (stateOf(newest)) {
    case 'completed':
      return { done: true, words: `Google completed the handing over ${since}.` };
    case 'failed':
      return { done: false, words: `Google failed with the handing over ${since}.` };
    default:
      return { done: null, words: `Google has not finished the handing over ${since}: it says "${stateOf(newest)}".` };
  }
}

const stateOf = (transfer: Json): string => (textOf(transfer.overallTransferStatusCode) ?? '').toLowerCase();

const dayOfRequest = (transfer: Json): string => instantOf(transfer.requestTime)?.toString().slice(0, 10) ?? 'a day that it does not name';

/** The newest transfer of files between these two accounts, or null. */
async function newestTransfer(session: GoogleSession, { account, to }: HandOver): Promise<Json | null> {
  const query = { oldOwnerUserId: account.externalId, newOwnerUserId: to.externalId, maxResults: 100 };
  const all: Json[] = [];
  const read = (token: string | null) => readPage(session, transfers, 'dataTransfers', asAdministrator(scopes.transfer, { query }), token);
  for await (const { records } of pageByCursor(read)) all.push(...records);
  const ofFiles = all.filter((transfer) =>
    objectsOf(transfer.applicationDataTransfers).some(({ applicationId }) => textOf(applicationId) === driveApplication),
  );
  const time = (transfer: Json) => instantOf(transfer.requestTime)?.epochMilliseconds ?? 0;
  return ofFiles.sort((a, b) => time(b) - time(a))[0] ?? null;
}

const applications = (session: GoogleSession): Promise<Set<string>> =>
  session.remember('transfer applications', async () => {
    const ids = new Set<string>();
    const options = asAdministrator(scopes.transfer, { query: { maxResults: 500 } });
    const read = (token: string | null) => readPage(session, 'admin/datatransfer/v1/applications', 'applications', options, token);
    for await (const { records } of pageByCursor(read)) for (const { id } of records) ids.add(textOf(id) ?? '');
    return ids;
  });
