import type { Sort } from '../design/table-types.ts';
import { usePlace } from './place.ts';

/** The order of a table as it stands in the address, so that it is part of a kept view: for a table that sorts the rows that are there. */
export function useSortInAddress(): { sort: Sort | undefined; onSort: (sort: Sort) => void; sortsRows: true } {
  const { search, setSearch } = usePlace();
  return {
    sort: search.sort ? { column: search.sort, descending: search.descending === 'true' } : undefined,
    onSort: ({ column, descending }) => setSearch({ sort: column, descending: descending ? 'true' : '' }),
    sortsRows: true,
  };
}
