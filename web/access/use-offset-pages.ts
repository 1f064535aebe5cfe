import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call, type OutputOf } from '../shell/call.ts';

type Listing = 'previewPlan' | 'listPlans';
type Paged = { rows: unknown[]; total: number };

/** Reads a list by limit and offset to its end, page after page: each begins where the rows before it end. */
export function useOffsetPages<Id extends Listing>(id: Id, query: Record<string, string>, pageSize: number) {
  return useInfiniteQuery({
    queryKey: [id, query, 'pages'],
    queryFn: ({ signal, pageParam }) =>
      call(id as Listing, { query: { ...query, limit: pageSize, offset: pageParam }, signal }) as Promise<OutputOf<Id>>,
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const { rows, total } = last as Paged;
      const read = (pages as Paged[]).reduce((sum, page) => sum + page.rows.length, 0);
      return rows.length === 0 || read >= total ? null : read;
    },
    placeholderData: keepPreviousData,
  });
}
