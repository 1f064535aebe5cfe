import type { Routes } from '../../server/routes.ts';
import type { CallArguments, CallInput, CallOutput } from './call-types.ts';
import { type RequestInput, request } from './request.ts';
import { routePaths } from './route-paths.gen.ts';

export type RouteId = keyof Routes & string;
export type InputOf<Id extends RouteId> = CallInput<Routes[Id]>;
export type OutputOf<Id extends RouteId> = CallOutput<Routes[Id]>;

/**
 * Calls a route of the API by its id, typed by the route's own declaration: `await call('getPerson', { params: { id } })`.
 * Throws an ApiProblem.
 */
export function call<Id extends RouteId>(id: Id, ...[input]: CallArguments<Routes[Id], { signal?: AbortSignal }>): Promise<OutputOf<Id>> {
  const found = (routePaths as Record<string, readonly [method: string, path: string]>)[id];
  if (found === undefined) throw new Error(`The route ${id} is not in route-paths.gen.ts: generate it again.`);
  return request<OutputOf<Id>>(found[0], found[1], input as RequestInput | undefined);
}
