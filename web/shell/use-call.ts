import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { call, type InputOf, type OutputOf, type RouteId } from './call.ts';
import type { RequestInput } from './request.ts';

// The arguments were checked where a hook was called; a generic route cannot be checked a second time.
const callAny = call as (id: string, input?: RequestInput) => Promise<unknown>;

type CallOptions = {
  /** Waits with the call. */
  enabled?: boolean;
  /** Asks again, while the page is looked at. */
  everySeconds?: number;
  /** Shows the rows of the question before until the new ones are here (a filter that changes). */
  keepPrevious?: boolean;
};

type HookArguments<Id extends RouteId> =
  Record<never, never> extends InputOf<Id> ? [input?: InputOf<Id>, options?: CallOptions] : [input: InputOf<Id>, options?: CallOptions];

/** Reads a route and keeps the answer fresh: `const { data, error } = useCall('getPerson', { params: { id } })`. */
export function useCall<Id extends RouteId>(id: Id, ...[input, options = {}]: HookArguments<Id>) {
  return useQuery({
    queryKey: [id, input ?? null],
    queryFn: ({ signal }) => callAny(id, { ...(input as RequestInput | undefined), signal }) as Promise<OutputOf<Id>>,
    enabled: options.enabled,
    refetchInterval: options.everySeconds === undefined ? undefined : options.everySeconds * 1_000,
    placeholderData: options.keepPrevious === true ? keepPreviousData : undefined,
  });
}

/**
 * Reads a list page after page: `next` takes from an answer what the next question needs in its query, or null at the end.
 * `data.pages` are the answers; `fetchNextPage` is a table's `onNeedMore`.
 */
export function useCallPages<Id extends RouteId>(
  id: Id,
  input: InputOf<Id>,
  next: (last: OutputOf<Id>) => Record<string, string | number> | null,
) {
  return useInfiniteQuery({
    queryKey: [id, input, 'pages'],
    queryFn: ({ signal, pageParam }) => {
      const { query, ...rest } = input as RequestInput;
      return callAny(id, { ...rest, query: { ...query, ...pageParam }, signal }) as Promise<OutputOf<Id>>;
    },
    initialPageParam: {} as Record<string, string | number>,
    getNextPageParam: (last) => next(last),
    placeholderData: keepPreviousData,
  });
}

/**
 * Changes something: `const leave = useAct('planExit', { onDone })`, then `leave.mutate({ body })`; `isPending` and `error` say how it stands.
 * What the page shows is read again afterwards: everything, or only what `changes` names. The same twice at once, as by a double click, is done once.
 */
export function useAct<Id extends RouteId>(
  id: Id,
  options: { changes?: RouteId[]; onDone?: (answer: OutputOf<Id>, input: InputOf<Id>) => void } = {},
) {
  const client = useQueryClient();
  const underWay = useRef(new Set<string>());
  const act = useMutation<OutputOf<Id>, Error, InputOf<Id>>({
    mutationFn: (input) => callAny(id, input as RequestInput) as Promise<OutputOf<Id>>,
    onSuccess: async (answer, input) => {
      options.onDone?.(answer, input);
      if (options.changes === undefined) await client.invalidateQueries();
      else await Promise.all([...options.changes, 'getToday'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    onSettled: (_answer, _error, input) => {
      underWay.current.delete(JSON.stringify(input ?? null));
    },
  });
  const mutate: typeof act.mutate = (...input) => {
    const same = JSON.stringify(input[0] ?? null);
    if (underWay.current.has(same)) return;
    underWay.current.add(same);
    act.mutate(...input);
  };
  return { ...act, mutate };
}
