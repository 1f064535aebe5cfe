import { ConnectorError, type Page, pageByIndex, type Session } from '../kit/index.ts';
import { discover } from './discover.ts';
import { attribute, idOf, isResource, type Resource, text } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** The media types of SCIM (RFC 7644, section 3.1), for servers that insist on them. */
export const scimHeaders = { accept: 'application/scim+json, application/json', 'content-type': 'application/scim+json' };

const readHeaders = { accept: scimHeaders.accept };

/**
 * Pages of all resources of one kind (RFC 7644, section 3.4.2.4), or by cursor where the server offers nothing else (RFC 9865). `without`: an
 * attribute that the server may leave out (section 3.9).
 */
export async function* readList(
  session: Session<ScimSettings>,
  endpoint: 'Users' | 'Groups',
  without: string | null = null,
): AsyncGenerator<Page<Resource>> {
  const { pageSize } = session.settings;
  const { cursorOnly, maxResults } = await discover(session);
  const count = Math.max(1, Math.min(pageSize, maxResults ?? pageSize));
  const wish: Record<string, string | number> = without === null ? { count } : { count, excludedAttributes: without };
  if (cursorOnly) yield* readByCursor(session, endpoint, wish);
  else yield* pageByIndex((startIndex) => readPage(session, endpoint, { startIndex, ...wish }), { idOf });
}

/** One page as the server gave it. Throws ConnectorError `broken` when the answer is no list. */
export async function readPage(
  session: Session<ScimSettings>,
  endpoint: string,
  query: Record<string, string | number>,
): Promise<Page<Resource> & { nextCursor: string | null }> {
  const body = (await session.http.get(endpoint, { query, headers: readHeaders })).json();
  return listOf(body, endpoint);
}

async function* readByCursor(
  session: Session<ScimSettings>,
  endpoint: string,
  wish: Record<string, string | number>,
): AsyncGenerator<Page<Resource>> {
  const used = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null && !used.has(cursor); ) {
    used.add(cursor);
    const page: Page<Resource> & { nextCursor: string | null } = await readPage(session, endpoint, { cursor, ...wish });
    yield page;
    cursor = page.nextCursor;
  }
}

/** Reads a ListResponse. Tolerates a bare array, and a list without `Resources` when it says that there are none. */
export function listOf(body: unknown, endpoint: string): Page<Resource> & { nextCursor: string | null } {
  const list = isResource(body) ? attribute(body, 'Resources') : body;
  const total = isResource(body) ? totalOf(attribute(body, 'totalResults')) : null;
  if (!Array.isArray(list) && !(list === undefined && total !== null)) {
    throw new ConnectorError(
      'broken',
      `The app answered /${endpoint} with something that is not a SCIM list. Check that the address ends where its documentation says.`,
    );
  }
  const records = (Array.isArray(list) ? list : []).filter((entry): entry is Resource => isResource(entry) && idOf(entry) !== '');
  return { records, total, nextCursor: isResource(body) ? text(attribute(body, 'nextCursor')) : null };
}

function totalOf(value: unknown): number | null {
  const total = typeof value === 'string' ? Number(value) : value;
  return typeof total === 'number' && Number.isInteger(total) && total >= 0 ? total : null;
}
