import {
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { BulkBar } from './bulk-bar.tsx';
import classes from './data-table.module.css';
import { groupRows } from './group-rows.ts';
import { PhoneList } from './phone-list.tsx';
import { countSelected } from './selection.ts';
import type { DataTableProps, Sort } from './table-types.ts';
import { usePhone } from './use-phone.ts';
import { useRowChecks } from './use-row-checks.ts';
import { WideTable } from './wide-table.tsx';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
});

/**
 * A list of things: groups with headings and counts in the row stream, sorting said in words, selection with a bulk bar, virtual beyond
 * 100 rows, the scroll position kept for the way back. On the phone it is a list. Stands in a ListBody.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, groups, groupOf, selection, onSelect, bulk, noun, onSort, empty } = props;
  const total = props.total ?? rows.length;
  const phone = usePhone();
  const [ownSort, setOwnSort] = useState<Sort | undefined>(props.sort);
  const asked = onSort === undefined ? ownSort : props.sort;
  const sort = columns.some(({ id, sortBy, sortable }) => id === asked?.column && (sortBy !== undefined || sortable === true))
    ? asked
    : undefined;
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.heading,
        accessorFn: (row: Row) => column.sortBy?.(row) ?? undefined,
        enableSorting: column.sortBy !== undefined || column.sortable === true,
        sortUndefined: 'last' as const,
      })),
    [columns],
  );
  const sorting: SortingState = sort === undefined ? [] : [{ id: sort.column, desc: sort.descending }];
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowKey,
    manualSorting: onSort !== undefined && props.sortsRows !== true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update;
      if (next === undefined) return;
      const chosen = { column: next.id, descending: next.desc };
      if (onSort === undefined) setOwnSort(chosen);
      else onSort(chosen);
    },
  });
  const sorted = table.getRowModel().rows;
  const items = useMemo(
    () =>
      groupRows(
        sorted.map(({ original }) => original),
        groups,
        groupOf,
      ),
    [sorted, groups, groupOf],
  );
  const checks = useRowChecks({ items, rowKey, selection, onSelect });
  const count = selection === undefined ? 0 : countSelected(selection, total);
  const sortable = new Set(
    table
      .getAllLeafColumns()
      .filter((column) => column.getCanSort())
      .map(({ id }) => id),
  );
  const toggleSort = (id: string) => table.getColumn(id)?.toggleSorting(sort?.column === id ? !sort.descending : false);
  if (rows.length === 0 && props.fetching !== true && empty !== undefined) return <div className={classes.empty}>{empty}</div>;
  const shared = { ...props, items, total, checks, sort, sortable, toggleSort };
  return (
    <>
      {phone ? <PhoneList {...shared} /> : <WideTable {...shared} />}
      {count > 0 && onSelect !== undefined && (
        <BulkBar count={count} total={total} noun={noun} acts={bulk ?? []} onSelect={onSelect} everything={count >= total} />
      )}
    </>
  );
}
