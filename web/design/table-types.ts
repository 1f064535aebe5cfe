import type { ReactNode } from 'react';
import type { Act } from './act.tsx';
import type { Group } from './group-rows.ts';
import type { Selection } from './selection.ts';

export type Column<Row> = {
  id: string;
  heading: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; without it the column takes its share of what is left. */
  width?: number;
  /** Right-aligned with tabular figures. */
  numeric?: boolean;
  /** What the column sorts by, where the whole list is here. Empty values come last. */
  sortBy?: (row: Row) => string | number | null | undefined;
  /** The server sorts by it (then `onSort` is given). */
  sortable?: boolean;
  /** Given up between 900 and 1200 px. */
  givenUp?: boolean;
  /** Its place on the phone: the first column is the name; a column without a place is not shown there. */
  phone?: 'title' | 'status' | 'count' | 'when';
  /** What the phone says instead of the heading and the cell: “11 of 13 lines settled”. */
  phoneCell?: (row: Row) => ReactNode;
};

export type Sort = { column: string; descending: boolean };

export type DataTableProps<Row> = {
  /** Names the list for what is remembered of it: `people`. */
  name: string;
  /** Names it for people: “People”. */
  label: string;
  /** “person”, “people”. */
  noun: [one: string, many: string];
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The row in words, for its checkbox. */
  rowName: (row: Row) => string;
  /** How many the filter finds, where not all are here. */
  total?: number;
  groups?: Group[];
  groupOf?: (row: Row) => string;
  /** How it is sorted; with `onSort` the server sorts. A column that is not there sorts nothing. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** With `onSort`: the table sorts the rows that are here, and the order is only kept elsewhere. */
  sortsRows?: boolean;
  selection?: Selection;
  onSelect?: (selection: Selection) => void;
  /** At most four verbs. One with … opens a dry run. */
  bulk?: Act[];
  closer?: boolean;
  /** The end of what was fetched comes near. */
  onNeedMore?: () => void;
  fetching?: boolean;
  /** Instead of the rows where there are none. */
  empty?: ReactNode;
};
