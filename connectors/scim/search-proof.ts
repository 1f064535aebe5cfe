import { ConnectorError, type Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { readPage } from './read-list.ts';
import { attribute, flag, idOf, quoted, type Resource, text } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** So many users are looked at to find some that the search can be tried with. */
const sampleSize = 50;

/** Names that servers cannot read in two ways: nothing to escape, nothing whose capitals depend on the language. */
const plainName = /^[a-z0-9._@-]+$/i;

/**
 * Whether it is shown that "the search finds nobody" means that there is nobody of this user name. Some servers ignore filters, answer them with
 * nothing, mind the case (RFC 7643, section 4.1.1, says not to) or search only active users; so users that are there are searched for in other
 * letter case, one of them suspended where the first page has one. Asked once per session; anything unusual is no proof.
 */
export async function isSearchProved(session: Session<ScimSettings>, userName: string): Promise<boolean> {
  return plainName.test(userName) && session.remember('scim search proof', () => prove(session));
}

async function prove(session: Session<ScimSettings>): Promise<boolean> {
  const { filter, cursorOnly } = await discover(session);
  if (filter === false) return false;
  const { records } = await readPage(
    session,
    'Users',
    cursorOnly ? { cursor: '', count: sampleSize } : { startIndex: 1, count: sampleSize },
  );
  const usable = records.filter((user) => nameOf(user) !== null);
  const active = usable.find((user) => flag(attribute(user, 'active')) !== false);
  const suspended = usable.find((user) => flag(attribute(user, 'active')) === false);
  const samples = [active, suspended].filter((user) => user !== undefined);
  // One user alone is found by a search that is ignored too.
  if (samples.length === 0 || records.length < 2) return false;
  for (const sample of samples) if (!(await isFound(session, sample))) return false;
  return true;
}

async function isFound(session: Session<ScimSettings>, sample: Resource): Promise<boolean> {
  const name = nameOf(sample)!;
  try {
    const { records, total } = await readPage(session, 'Users', { filter: `userName eq ${quoted(otherCase(name))}` });
    return records.length === 1 && (total === null || total === 1) && idOf(records[0]!) === idOf(sample);
  } catch (error) {
    if (error instanceof ConnectorError && ['refused', 'unsupported'].includes(error.kind)) return false;
    throw error;
  }
}

/** The user name, where it is plain and has letters whose case can be changed. */
function nameOf(user: Resource): string | null {
  const name = text(attribute(user, 'userName'));
  return name !== null && plainName.test(name) && /[a-z]/i.test(name) ? name : null;
}

const otherCase = (name: string): string =>
  [...name].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');
