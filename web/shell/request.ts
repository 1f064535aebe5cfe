import { searchText } from '../design/split-address.ts';
import { problemOfResponse, unreachable } from './api-problem.ts';
import type { FileAnswer } from './call-types.ts';
import { chosenOrganization } from './chosen-organization.ts';

/** What goes into a request, whatever its route. */
export type RequestInput = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  file?: Blob | FormData;
  signal?: AbortSignal;
};

/** `/people/{id}` with its parameters put in, each encoded, and the query behind; below /api/v1. */
export const addressOf = (path: string, { params = {}, query = {} }: Pick<RequestInput, 'params' | 'query'>): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined || value === null || value === '') throw new Error(`The address ${path} needs ${name}.`);
    return encodeURIComponent(String(value));
  });
  return `/api/v1${filled}${searchText(query)}`;
};

const nameOf = (disposition: string): string => {
  const encoded = disposition.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return disposition.match(/filename="([^"]*)"/i)?.[1] ?? 'file';
};

/** Sends one request with the session's cookie and the header that only this page can set. Throws an ApiProblem. */
export async function request<Answer>(method: string, path: string, input: RequestInput = {}): Promise<Answer> {
  const headers = new Headers({ accept: 'application/json', 'x-groundcrew': 'page' });
  const organization = chosenOrganization();
  if (organization !== null) headers.set('x-organization', organization);
  let body: BodyInit | undefined;
  if (input.file instanceof FormData) body = input.file;
  else if (input.file !== undefined) {
    body = input.file;
    headers.set('content-type', 'application/octet-stream');
  } else if (input.body !== undefined) {
    body = JSON.stringify(input.body);
    headers.set('content-type', 'application/json');
  }
  const address = addressOf(path, input);
  let response: Response;
  try {
    response = await fetch(address, { method: method.toUpperCase(), headers, body, signal: input.signal, credentials: 'same-origin' });
  } catch (error) {
    if (input.signal?.aborted === true) throw error;
    throw unreachable(method !== 'get');
  }
  if (!response.ok) throw await problemOfResponse(response);
  if (response.status === 204) return undefined as Answer;
  const disposition = response.headers.get('content-disposition');
  if (disposition !== null) return { name: nameOf(disposition), blob: await response.blob() } satisfies FileAnswer as Answer;
  if (response.headers.get('content-type')?.startsWith('application/json') !== true) throw await problemOfResponse(response);
  return (await response.json()) as Answer;
}
