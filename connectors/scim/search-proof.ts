import { ConnectorError, type Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { readPage } from './read-list.ts';
import { attribute, flag, idOf, quoted, type Resource, text } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** So many users of the first page and of the last are looked at to find some that the search can be tried with. */
const sampleSize = 50;

/** Names that servers cannot read in two ways: nothing to escape, nothing whose capitals depend on the language. */
const plainName = /^[a-z0-9._@-]+$/i;

/**
 * Whether it is shown that "the search finds nobody" means that there is nobody of this user name. Some servers ignore filters, answer them with
 * nothing, mind the case (RFC 7643, section 4.1.1, says not to) or search only active users; so users that are there are searched for in other
 * letter case, one of them suspended unless nobody is. Asked once per session; anything unusual is no proof.
 */
export async function isSearchProved(session: Session<ScimSettings>, userName: string): Promise<boolean> {
  return plainName.test(userName) && session.remember('scim search proof', () => prove(session));
}

async function prove(session: Session<ScimSettings>): Promise<boolean> {
  const { filter, cursorOnly } = await discover(session);
  if (filter === false) return false;
  const { users, isAll } = await someUsers(session, cursorOnly);
  const usable = users.filter((user) => nameOf(user) !== null);
  const active = usable.find((user) => !isSuspended(user));
  const suspended = usable.find(isSuspended);
  // A search may leave out who is suspended; that there is nobody of them is known only where all were seen.
  if (suspended === undefined && (!isAll || users.some(isSuspended))) return false;
  const samples = [active, suspended].filter((user) => user !== undefined);
  // One user alone is found by a search that is ignored too.
  if (samples.length === 0 || users.length < 2) return false;
  for (const sample of samples) if (!(await isFound(session, sample))) return false;
  return true;
}

/** Users of the first page and, where none of them is suspended, of the last one. `isAll`: there are no others. */
async function someUsers(session: Session<ScimSettings>, cursorOnly: boolean): Promise<{ users: Resource[]; isAll: boolean }> {
  const count = sampleSize;
  const first = await readPage(session, 'Users', cursorOnly ? { cursor: '', count } : { startIndex: 1, count });
  const users = first.records;
  if (cursorOnly || users.some(isSuspended)) return { users, isAll: false };
  const total = first.total ?? 0;
  // Asked also where the total says that this was all: some servers count the page alone.
  const last = await unlessRefused(readPage(session, 'Users', { startIndex: Math.max(users.length, total - count) + 1, count }));
  if (last === null) return { users, isAll: false };
  return { users: [...users, ...last.records], isAll: last.records.length === 0 && total <= users.length };
}

async function isFound(session: Session<ScimSettings>, sample: Resource): Promise<boolean> {
  const name = nameOf(sample)!;
  const found = await unlessRefused(readPage(session, 'Users', { filter: `userName eq ${quoted(otherCase(name))}` }));
  if (found === null) return false;
  const { records, total } = found;
  return records.length === 1 && (total === null || total === 1) && idOf(records[0]!) === idOf(sample);
}

async function unlessRefused<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof ConnectorError && ['refused', 'unsupported'].includes(error.kind)) return null;
    throw error;
  }
}

const isSuspended = (user: Resource): boolean => flag(attribute(user, 'active')) === false;

/** The user name, where it is plain and has letters whose case can be changed. */
function nameOf(user: Resource): string | null {
  const name = text(attribute(user, 'userName'));
  return name !== null && plainName.test(name) && /[a-z]/i.test(name) ? name : null;
}

const otherCase = (name: string): string =>
  [...name].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');
