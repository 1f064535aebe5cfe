import {
  type CallOptions,
  ConnectorError,
  type CursorPage,
  type Json,
  objectOf,
  objectsOf,
  pageByCursor,
  type Session,
  textOf,
} from '../kit/index.ts';
import type { MicrosoftSettings } from './settings.ts';

export type MicrosoftSession = Session<MicrosoftSettings>;

/** By which codes Graph says that there is no such thing. A 404 with none of them is that of a wrong address. */
const saysNone = /^(Request_ResourceNotFound|ResourceNotFound|ErrorItemNotFound|itemNotFound)$/i;

/** What Graph answers, or null where it clearly says that there is no such thing. */
export async function getOrNull(session: MicrosoftSession, path: string, options: CallOptions): Promise<Json | null> {
  const response = await session.http.get(path, { ...options, accept: [404] });
  const body = objectOf(response.json());
  if (response.status !== 404) return body;
  if (saysNone.test(textOf(objectOf(body.error).code) ?? '')) return null;
  throw new ConnectorError('missing', 'Microsoft answered 404 without saying what is missing. The address of the interface may be wrong.', {
    status: 404,
  });
}

/** Reads one page of a list; a whole address (`@odata.nextLink`) carries its query itself. */
export async function readPage(session: MicrosoftSession, path: string, options: CallOptions): Promise<CursorPage<Json>> {
  const query = /^https?:/.test(path) ? undefined : options.query;
  const body = objectOf((await session.http.get(path, { ...options, query })).json());
  return { records: objectsOf(body.value), next: textOf(body['@odata.nextLink']) };
}

/** A whole list, page by page. */
export const pagesOf = (session: MicrosoftSession, path: string, options: CallOptions) =>
  pageByCursor((next) => readPage(session, next ?? path, options));

/** All records of a list that is short. */
export async function allOf(session: MicrosoftSession, path: string, options: CallOptions): Promise<Json[]> {
  const all: Json[] = [];
  for await (const { records } of pagesOf(session, path, options)) all.push(...records);
  return all;
}

/** A part for which a right or a plan is missing is not known: null. */
export async function orUnknown<T>(part: () => Promise<T>): Promise<T | null> {
  try {
    return await part();
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'right') return null;
    throw error;
  }
}

/** Reads in a mailbox. Throws ConnectorError `unsupported` in words where the account has none that Graph reaches. */
export async function inMailbox<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.status !== 404 || !/mailbox/i.test(error.detail ?? '')) throw error;
    const words =
      "The account has no mailbox in Exchange Online: it has no licence for one, or its mailbox lies in the company's own Exchange. Nothing was sent.";
    throw new ConnectorError('unsupported', words, { status: 404 });
  }
}

/** A text inside an OData filter: single quotes are doubled (OData 4.01 URL conventions, section 5.1.1.14.1). */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const userPath = (id: string): string => `users/${encodeURIComponent(id)}`;
