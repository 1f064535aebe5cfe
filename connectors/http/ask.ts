import { type CallOptions, ConnectorError, nextLink, type Page, pageByCursor, pageByIndex, type Session } from '../kit/index.ts';
import { type Description, type List, methodOf, parseDescription, type Request } from './description.ts';
import { fillBody, fillPath, fillText, type Values } from './fill-template.ts';
import type { HttpSettings } from './settings.ts';
import { valueAt } from './value-at.ts';

export const descriptionOf = ({ description }: HttpSettings): Description => parseDescription(description);

type Sent = { method: ReturnType<typeof methodOf>['method']; path: string; body: unknown };
type More = { values?: Values; query?: Record<string, string | number>; accept?: number[] };

/** What a request would send. Throws ConnectorError `settings` when a value in its path is not known. */
export function prepared(request: Request | List, values: Values = {}): Sent {
  const { method, path } = methodOf(request);
  const filled = fillPath(path, values);
  if (filled === null)
    throw new ConnectorError(
      'settings',
      `${method.toUpperCase()} ${path} needs a value that is not known of this account. Nothing was sent.`,
    );
  return { method, path: filled, body: request.body === undefined ? undefined : fillBody(request.body, values) };
}

/** Sends a request of the description. */
export function send(session: Session<HttpSettings>, request: Request | List, { values = {}, query = {}, accept }: More = {}) {
  const { method, path, body } = prepared(request, values);
  const written = Object.entries(request.query ?? {}).map(([name, value]) => [name, fillText(String(value), values) ?? undefined]);
  const options: CallOptions = {
    query: { ...Object.fromEntries(written), ...query },
    headers: request.headers,
    accept,
    ...(request.form ? { form: true } : {}),
    // Every change is sent only after a read showed that it is wanted, so that sending it again is harmless.
    repeatable: method !== 'post',
  };
  if (method === 'get' || method === 'delete') return session.http[method](path, options);
  return session.http[method](path, body ?? (method === 'post' ? {} : undefined), options);
}

/** The items of a list, page by page, as the description says how pages follow one another. */
export async function* listItems(session: Session<HttpSettings>, list: List, values: Values = {}): AsyncGenerator<Page<unknown>> {
  const { paging } = list;
  const read = async (query: Record<string, string | number>) => {
    const response = await send(session, list, { values, query });
    const body = response.json();
    return { body, response, ...pageOf(list, body) };
  };
  if (paging === undefined) {
    const { records, total } = await read({});
    yield { records, total, last: true };
  } else if ('cursor' in paging) {
    const { from, as } = paging.cursor;
    yield* pageByCursor(async (cursor) => {
      const { body, records, total } = await read(cursor === null ? {} : { [as]: cursor });
      return { records, total, next: cursorOf(valueAt(body, from)) };
    });
  } else if ('page' in paging) {
    const { as, first, size } = paging.page;
    yield* pageByCursor(async (cursor) => {
      const number = cursor === null ? first : Number(cursor);
      const { records, total } = await read({ [as]: number });
      return { records, total, next: records.length < size ? null : String(number + 1) };
    });
  } else if ('offset' in paging) {
    const { as, first } = paging.offset;
    const pages = pageByIndex((index) => read({ [as]: index }), { idOf: (item) => JSON.stringify(item), firstIndex: first });
    yield* pages;
  } else {
    yield* pageByCursor(async (address) => {
      const response =
        address === null ? await send(session, list, { values }) : await session.http.get(address, { headers: list.headers });
      const body = response.json();
      const next = 'link' in paging ? nextLink(response.headers.link) : cursorOf(valueAt(body, paging.next));
      return { ...pageOf(list, body), next };
    });
  }
}

function pageOf({ items, total, ...request }: List, body: unknown): { records: unknown[]; total: number | null } {
  const found = items === undefined ? body : valueAt(body, items);
  const { path } = methodOf(request);
  if (!Array.isArray(found))
    throw new ConnectorError(
      'broken',
      `The answer of ${path} holds no list ${items === undefined ? 'of itself' : `at ${items}`}. Look at it, and correct "items" in the description.`,
    );
  const count = total === undefined ? null : Number(valueAt(body, total));
  return { records: found, total: count !== null && Number.isInteger(count) && count >= 0 ? count : null };
}

const cursorOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
