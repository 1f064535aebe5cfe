import { ConnectorError, type Json, objectOf, objectsOf, type Session, textOf } from '../kit/index.ts';

export type NotionSettings = { baseUrl: string };
export type NotionSession = Session<NotionSettings>;

/** What credentials need, by Notion's names. */
export const rights = { users: 'Read user information including email addresses', scim: 'SCIM provisioning' };

const scimPageSize = 100;
const options = { right: rights.scim, credential: 'scim' };

/** A call of Notion's SCIM interface (RFC 7644), which is for the Enterprise plan. */
export const scim = {
  get: async (session: NotionSession, path: string, query: Record<string, string | number> = {}) => {
    const response = await session.http.get(`scim/v2/${path}`, { ...options, query, accept: [404] });
    return { status: response.status, body: response.status === 404 ? {} : objectOf(response.json()) };
  },
  post: (session: NotionSession, path: string, body: Json, accept: number[] = []) =>
    session.http.post(`scim/v2/${path}`, body, { ...options, accept }),
  patch: (session: NotionSession, path: string, body: Json) =>
    session.http.patch(`scim/v2/${path}`, body, { ...options, repeatable: true }),
  delete: (session: NotionSession, path: string) => session.http.delete(`scim/v2/${path}`, { ...options, accept: [404] }),
};

/** All resources of a SCIM list, page by page (RFC 7644, section 3.4.2.4). */
export async function* scimPages(session: NotionSession, path: 'Users' | 'Groups'): AsyncGenerator<Json[]> {
  for (let startIndex = 1; ; ) {
    const { status, body } = await scim.get(session, path, { startIndex, count: scimPageSize });
    if (status === 404) throw new ConnectorError('missing', `Notion has no SCIM list of ${path} at this address (404).`, { status });
    const found = objectsOf(body.Resources);
    yield found;
    startIndex += found.length;
    if (found.length === 0 || startIndex > Number(body.totalResults ?? 0)) return;
  }
}

/** What SCIM brings; null where no token for it is entered, it is not accepted, or the plan has none. */
export async function ifScim<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof ConnectorError && ['right', 'settings', 'credential'].includes(error.kind)) return null;
    throw error;
  }
}

/** One page of the workspace's users, people and bots (guests are never among them). */
export async function usersPage(session: NotionSession, cursor: string | null, size = 100) {
  const query = { page_size: size, start_cursor: cursor ?? undefined };
  const body = objectOf((await session.http.get('v1/users', { query, right: rights.users })).json());
  return { users: objectsOf(body.results), next: body.has_more === true ? textOf(body.next_cursor) : null };
}
