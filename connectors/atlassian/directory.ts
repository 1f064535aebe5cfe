import { ConnectorError, instantOf, type Json, objectOf, objectsOf, textOf } from '../kit/index.ts';
import { type AtlassianSession, rights } from './settings.ts';

/** What the organization knows of an account beyond its site. */
export type InDirectory = {
  suspended: boolean | null;
  secondFactor: boolean | null;
  lastActivityAt: Temporal.Instant | null;
  address: string | null;
};

const options = { right: rights.organization, credential: 'organization' };

const at = ({ settings }: AtlassianSession, path: string) => {
  if (settings.organization === '')
    throw new ConnectorError('settings', 'This needs the ID of your Atlassian organization and its API key. Enter both in the connection.');
  return `${settings.baseUrl.replace(/\/+$/, '')}/admin/v2/orgs/${encodeURIComponent(settings.organization)}/${path}`;
};

/** Accounts of all directories, page by page. `-` stands for every directory. */
async function* search(session: AtlassianSession, wanted: Json): AsyncGenerator<Json[]> {
  for (let cursor: string | undefined; ; ) {
    const body = { ...wanted, cursor, limit: 100, expand: ['productAccess'] };
    const answer = objectOf(
      (await session.http.post(at(session, 'directories/-/users/search'), body, { ...options, repeatable: true })).json(),
    );
    yield objectsOf(answer.data);
    const next = textOf(objectOf(answer.links).next);
    if (next === null || next === cursor) return;
    cursor = next;
  }
}

function known(user: Json): InDirectory {
  const times = objectsOf(user.productAccess).flatMap(({ lastActiveTimestamp }) => instantOf(lastActiveTimestamp) ?? []);
  const states = [textOf(user.membershipStatus), textOf(user.accountStatus)];
  const closed = states.some((state) => state !== null && ['suspended', 'no_membership', 'inactive', 'closed'].includes(state));
  return {
    suspended: closed ? true : states[0] === 'active' ? false : null,
    secondFactor: typeof user.mfaEnabled === 'boolean' ? user.mfaEnabled : null,
    lastActivityAt: times.reduce<Temporal.Instant | null>(
      (last, time) => (last === null || Temporal.Instant.compare(time, last) > 0 ? time : last),
      null,
    ),
    address: textOf(user.email),
  };
}

/** All that the organization knows, by account; null where no key of it is entered or the key may not. */
export const directory = (session: AtlassianSession) =>
  session.remember('directory', () =>
    ifAllowed(async () => {
      const found = new Map<string, InDirectory>();
      for await (const page of search(session, {})) for (const user of page) found.set(String(user.accountId), known(user));
      return found;
    }),
  );

/** What the organization knows of one account, read afresh; undefined where it does not know it, null where it cannot be asked. */
export const oneInDirectory = (session: AtlassianSession, accountId: string): Promise<InDirectory | undefined | null> =>
  ifAllowed(async () => {
    for await (const page of search(session, { accountIds: [accountId] })) {
      const user = page.find((each) => each.accountId === accountId);
      if (user) return known(user);
    }
    return undefined;
  });

async function ifAllowed<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ConnectorError && ['right', 'settings', 'credential'].includes(error.kind)) return null;
    throw error;
  }
}

/** Suspends or restores an account in every directory that it is in. */
export async function setSuspended(session: AtlassianSession, accountId: string, suspended: boolean): Promise<number> {
  const response = await session.http.get(at(session, 'directories'), { ...options, query: { accountId } });
  const directories = objectsOf(objectOf(response.json()).data).flatMap(({ directoryId }) => textOf(directoryId) ?? []);
  for (const each of directories) {
    const path = `directories/${encodeURIComponent(each)}/users/${encodeURIComponent(accountId)}/${suspended ? 'suspend' : 'restore'}`;
    await session.http.post(at(session, path), undefined, { ...options, repeatable: true });
  }
  return directories.length;
}
