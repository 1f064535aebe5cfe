import type { Entry } from 'ldapts';
import { ConnectorError, type Page, type Session } from '../kit/index.ts';
import { dialectOf } from './dialects.ts';
import { ldapError } from './ldap-error.ts';
import { asking, openClient } from './open-client.ts';
import { type LdapSettings, placeOf } from './settings.ts';

type Question = { base: string; filter: string; attributes: string[]; scope?: 'base' | 'sub' };

/** Pages of entries (RFC 2696). The last one says so. */
export async function* searchPages(session: Session<LdapSettings>, question: Question): AsyncGenerator<Page<Entry>> {
  const client = await openClient(session);
  const { base, ...rest } = question;
  const pages = client.searchPaginated(base, {
    scope: 'sub',
    ...rest,
    paged: { pageSize: session.settings.pageSize },
    explicitBufferAttributes: bytesOf(session),
  });
  let held: Entry[] | null = null;
  try {
    for await (const { searchEntries } of pages) {
      if (held !== null) yield { records: held, total: null, last: false };
      held = searchEntries;
    }
  } catch (error) {
    throw ldapError(error, placeOf(session.settings).host, session.scrub, true);
  }
  yield { records: held ?? [], total: null, last: true };
}

/** One entry, or null when there is none. Throws ConnectorError `broken` when several fit. */
export async function searchOne(session: Session<LdapSettings>, question: Question): Promise<Entry | null> {
  const { base, ...rest } = question;
  const { searchEntries } = await asking(session, (client) =>
    client.search(base, { scope: 'sub', ...rest, sizeLimit: 2, explicitBufferAttributes: bytesOf(session) }),
  );
  if (searchEntries.length > 1) throw new ConnectorError('broken', 'Two entries of the directory bear the same name. Nothing was changed.');
  return searchEntries[0] ?? null;
}

function bytesOf(session: Session<LdapSettings>): string[] {
  const dialect = dialectOf(session.settings);
  return dialect.idIsBytes ? [dialect.id] : [];
}
