import type { z } from 'zod';
import { type Problem, Refusal } from '../platform/errors.ts';
import type { AnyRoute, Route } from '../platform/http/route.ts';
import type { Routes } from '../routes.ts';

type PartsOf<R> = R extends Route<string, infer P, infer Q, infer B, infer O, infer U> ? { p: P; q: Q; b: B; o: O; u: U } : never;
type Sent<S, K extends string> = S extends z.ZodType ? { [key in K]: z.input<S> } : unknown;
type Given<R> =
  PartsOf<R> extends { p: infer P; q: infer Q; b: infer B; u: infer U }
    ? Sent<P, 'params'> & Sent<Q, 'query'> & Sent<B, 'body'> & (U extends number ? { file: Uint8Array } : unknown)
    : never;
type Answered<R> =
  PartsOf<R> extends { o: infer O }
    ? O extends z.ZodType
      ? z.output<O>
      : O extends 'file'
        ? { name: string; bytes: Uint8Array }
        : undefined
    : never;

/** What a route answers. */
export type Answer<Id extends keyof Routes> = Answered<Routes[Id]>;

/** Calls a route by its id, typed from its declaration. Throws a Refusal with the server's words. */
export type Call = <Id extends keyof Routes>(
  id: Id,
  ...input: unknown extends Given<Routes[Id]> ? [] : [Given<Routes[Id]>]
) => Promise<Answered<Routes[Id]>>;

/** `isHarmless`: nothing is changed by it, whatever becomes of the answer. */
export type Send = (
  path: string,
  init: { method: string; headers: Record<string, string>; body?: BodyInit; isHarmless: boolean },
) => Promise<Response>;
type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown; file?: Uint8Array };

/** The client of the command line. `send` reaches a server over the network, or the application in this process: commands cannot tell which. */
export function createCall(routes: Record<string, AnyRoute>, send: Send): Call {
  const call = async (id: string, input: Loose = {}) => {
    const route = routes[id];
    if (!route) throw new Error(`No route is called ${id}.`);
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input.params?.[name])));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(input.query ?? {})) if (value !== undefined) query.set(name, String(value));
    const response = await send(`/api/v1${path}${query.size > 0 ? `?${query}` : ''}`, {
      method: route.method.toUpperCase(),
      isHarmless: route.method === 'get' || route.harmless === true,
      headers: input.file
        ? { 'content-type': 'application/octet-stream' }
        : input.body === undefined
          ? {}
          : { 'content-type': 'application/json' },
      body: input.file ? new Uint8Array(input.file) : input.body === undefined ? undefined : JSON.stringify(input.body),
    });
    if (!response.ok) throw await refusalOf(response);
    if (route.output === 'file') return { name: fileName(response), bytes: new Uint8Array(await response.arrayBuffer()) };
    return route.output
      ? response.json().catch(() => {
          throw otherServer(response);
        })
      : undefined;
  };
  return call as Call;
}

const fileName = (response: Response): string =>
  decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'file').replaceAll(
    /[\\/]/g,
    '_',
  );

async function refusalOf(response: Response): Promise<Refusal> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as { status: number; code: string; detail: string; problems?: Problem[] };
    if (typeof problem.detail === 'string')
      return new Refusal(problem.status, problem.code, problem.detail, { problems: problem.problems ?? [] });
  } catch {
    // What answered is no Groundcrew; said below.
  }
  return otherServer(response);
}

const otherServer = ({ url, status }: Response): Refusal =>
  new Refusal(503, 'not_groundcrew', `What answers at ${url} is not Groundcrew (status ${status}). Check GROUNDCREW_URL.`);
