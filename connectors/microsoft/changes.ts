import { type ChangesPage, ConnectorError, type Json, objectOf, objectsOf, textOf } from '../kit/index.ts';
import { readAccount } from './accounts.ts';
import { type MicrosoftSession, orUnknown } from './call.ts';
import { rights } from './rights.ts';
import { idOf, userFields } from './user.ts';

/** More changes than these are read anew with everything: each is read by itself. */
const mostChanges = 300;
const accountsAtOnce = 4;

const watched = userFields.filter(
  (field) => !['licenseAssignmentStates', 'lastPasswordChangeDateTime', 'signInSessionsValidFromDateTime'].includes(field),
);

type Mark = { users: string; groups: string | null };

/** Where changes of users, and of who is in groups, are followed from. Groups are not followed where the right for them is missing. */
export async function markChanges(session: MicrosoftSession): Promise<string> {
  const latest = async (what: 'users' | 'groups', fields: string, right: string) => {
    const query = { $deltatoken: 'latest', $select: fields };
    return linkOf(objectOf((await session.http.get(`${what}/delta`, { query, right })).json()));
  };
  const users = await latest('users', watched.join(','), rights.users);
  const follows = session.settings.holdings.includes('group');
  const groups = follows ? await orUnknown(() => latest('groups', 'members', rights.groups)) : null;
  return JSON.stringify({ users, groups } satisfies Mark);
}

function linkOf(body: Json): string {
  const link = textOf(body['@odata.deltaLink']);
  if (link === null) throw new ConnectorError('broken', 'Microsoft did not say from where changes can be followed.');
  return link;
}

/**
 * Users that changed, and users that came into a group or left one, each read afresh. Throws ConnectorError `changed` where the mark is too old, where
 * a group is gone (Graph does not say who was in it), and where so much changed that reading everything is less work.
 */
export async function* listChanges(session: MicrosoftSession, since: string): AsyncGenerator<ChangesPage> {
  const mark = markOf(since);
  const changed = new Set<string>();
  const members = new Set<string>();
  const gone = new Set<string>();
  const users = await follow(session, mark.users, rights.users, (user) => {
    (isRemoved(user) ? gone : changed).add(idOf(user));
    (isRemoved(user) ? changed : gone).delete(idOf(user));
  });
  const groups =
    mark.groups === null
      ? null
      : await follow(session, mark.groups, rights.groups, (group) => {
          if (isRemoved(group)) throw readEverything('A group is gone, and Microsoft does not say who was in it.');
          for (const member of objectsOf(group['members@delta'])) members.add(idOf(member));
        });
  const ids = [...changed.union(members)].filter((id) => !gone.has(id));
  if (ids.length > mostChanges) throw readEverything('So much changed that everything is read.');
  for (let from = 0; from < ids.length; from += accountsAtOnce) {
    const part = ids.slice(from, from + accountsAtOnce);
    const records = await Promise.all(part.map((id) => readAccount(session, id)));
    // A member of a group that is no user (a device, a program) is nobody who is gone.
    const missing = part.filter((id, index) => records[index] === null && changed.has(id));
    yield { changed: records.filter((record) => record !== null), gone: missing, next: null };
  }
  yield { changed: [], gone: [...gone], next: JSON.stringify({ users, groups } satisfies Mark) };
}

const isRemoved = (each: Json): boolean => '@removed' in each;

const readEverything = (why: string) => new ConnectorError('changed', `${why} Everything has to be read again.`);

function markOf(since: string): Mark {
  try {
    const { users, groups } = objectOf(JSON.parse(since));
    if (typeof users === 'string') return { users, groups: textOf(groups) };
  } catch {
    // Falls through: what cannot be read is no mark.
  }
  throw readEverything('The mark of the last reading cannot be read.');
}

/** Reads all pages from a mark on, and gives the next mark. Graph keeps marks for some days; after that it answers 410, or calls them badly formed. */
async function follow(session: MicrosoftSession, from: string, right: string, each: (record: Json) => void): Promise<string> {
  let next = from;
  for (let page = 0; page < 2_000; page++) {
    const body = await session.http.get(next, { right }).then(
      (response) => objectOf(response.json()),
      (error: unknown) => {
        if (error instanceof ConnectorError && (error.status === 410 || error.status === 400))
          throw readEverything('Microsoft does not know any more what changed since the last reading.');
        throw error;
      },
    );
    objectsOf(body.value).forEach(each);
    const following = textOf(body['@odata.nextLink']);
    if (following === null) return linkOf(body);
    next = following;
  }
  throw readEverything('The list of changes did not end.');
}
