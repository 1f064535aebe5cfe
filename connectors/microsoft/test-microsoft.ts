import { type Check, ConnectorError, objectsOf, textOf } from '../kit/index.ts';
import { allOf, type MicrosoftSession, quoted, readPage } from './call.ts';
import { neededRights, rights } from './rights.ts';
import { activityField, idOf } from './user.ts';

/** The client ID of Microsoft Graph itself, in all clouds and companies. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

/** Reads an account, then which rights the app was given: by reading only, and also those that change something. */
export async function testMicrosoft(session: MicrosoftSession): Promise<Check[]> {
  await readPage(session, 'users', { query: { $top: 1, $select: 'id' }, right: rights.users });
  const accounts: Check = { name: 'Accounts', ok: true, words: 'Accounts can be read.' };
  return [accounts, await signInCheck(session), ...(await rightsChecks(session))];
}

async function signInCheck(session: MicrosoftSession): Promise<Check> {
  const name = 'Last activity';
  try {
    await readPage(session, 'users', { query: { $top: 1, $select: `id,${activityField}` }, right: rights.activity });
    return { name, ok: true, words: 'The last sign-in can be read.' };
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'right') throw error;
    const words = `The last sign-in and second factors cannot be read: either the right ${rights.activity} is missing, or the company has no Entra ID P1. Both stay unknown.`;
    return { name, ok: null, words };
  }
}

async function rightsChecks(session: MicrosoftSession): Promise<Check[]> {
  try {
    const given = await givenRights(session);
    const missing = neededRights.filter(({ right, orBy }) => ![right, ...orBy].some((each) => given.has(each)));
    if (missing.length === 0) return [{ name: 'Rights', ok: true, words: 'The app has all rights that it can use.' }];
    return missing.map(({ right, without }) => ({ name: 'Rights', ok: null, words: `The right ${right} is missing: ${without}.` }));
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.kind !== 'right') throw error;
    const words = `Which rights the app was given cannot be read, because ${rights.directory} is missing. Without it roles, licences and programs are not known.`;
    return [{ name: 'Rights', ok: null, words }];
  }
}

/** The names of the application permissions of Graph that the company gave to this app. */
async function givenRights(session: MicrosoftSession): Promise<Set<string>> {
  const find = (appId: string, fields: string) =>
    allOf(session, 'servicePrincipals', { query: { $filter: `appId eq ${quoted(appId)}`, $select: fields }, right: rights.directory });
  const [own, graph] = await Promise.all([find(session.settings.clientId, 'id'), find(graphAppId, 'id,appRoles')]);
  const names = new Map(objectsOf(graph[0]?.appRoles).map(({ id, value }) => [textOf(id), textOf(value)]));
  if (own[0] === undefined) return new Set();
  const assigned = await allOf(session, `servicePrincipals/${encodeURIComponent(idOf(own[0]))}/appRoleAssignments`, {
    right: rights.directory,
  });
  return new Set(assigned.flatMap(({ appRoleId }) => names.get(textOf(appRoleId)) ?? []));
}
