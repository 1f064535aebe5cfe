import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { StreamItem } from './group-rows.ts';
import { useKeptScroll } from './kept-scroll.ts';
import type { Column, DataTableProps, Sort } from './table-types.ts';
import { useNarrow } from './use-phone.ts';
import type { RowChecks } from './use-row-checks.ts';
import classes from './wide-table.module.css';

export type ListProps<Row> = DataTableProps<Row> & {
  items: StreamItem<Row>[];
  total: number;
  checks: RowChecks | null;
  sort: Sort | undefined;
  sortable: Set<string>;
  toggleSort: (id: string) => void;
};

const headingHeight = 40;
// Below this a list is drawn whole, so that the browser's own search finds everything in it.
const virtualFrom = 100;

/** The list from 900 px on: a table whose body scrolls below its sticky header. */
export function WideTable<Row>(props: ListProps<Row>) {
  const { name, label, noun, items, total, checks, closer = false, rowKey, rowName, onNeedMore, fetching } = props;
  const narrow = useNarrow();
  const columns = props.columns.filter(({ givenUp }) => !narrow || givenUp !== true);
  const scroller = useRef<HTMLDivElement>(null);
  const { initialOffset, keep } = useKeptScroll(name);
  const rowHeight = closer ? 32 : 38;
  const virtual = items.length > virtualFrom;
  const virtualizer = useVirtualizer({
    count: items.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'heading' ? headingHeight : rowHeight),
    initialOffset,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes depend on the rows and on how close they stand
  useEffect(() => virtualizer.measure(), [rowHeight, items]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list appears
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && element.scrollTop !== initialOffset()) element.scrollTop = initialOffset();
  }, []);

  const window = virtual ? virtualizer.getVirtualItems() : items.map((_, index) => ({ index, start: 0, end: 0 }));
  const above = virtual ? (window[0]?.start ?? 0) : 0;
  const below = virtual ? virtualizer.getTotalSize() - (window.at(-1)?.end ?? 0) : 0;
  // A name that needs two lines gets them, so rows are measured.
  const measured = (index: number) => (virtual ? { ref: virtualizer.measureElement, 'data-index': index } : {});
  const lastShown = window.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onNeedMore !== undefined && fetching !== true && items.length > 0 && lastShown >= items.length - 20) onNeedMore();
  }, [lastShown, items.length, onNeedMore, fetching]);

  const span = columns.length + (checks === null ? 0 : 1);
  const headings = items.reduce((count, item) => count + (item.kind === 'heading' ? 1 : 0), 0);
  return (
    <section
      ref={scroller}
      className={classes.scroll}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`${label}, ${total} ${total === 1 ? noun[0] : noun[1]}`}
      onScroll={(event) => keep(event.currentTarget.scrollTop)}
    >
      <table className={classes.table} data-closer={closer || undefined} aria-rowcount={total + headings + 1} aria-busy={fetching}>
        <thead>
          <tr aria-rowindex={1}>
            {checks !== null && (
              <th className={classes.check}>
                <SelectAll {...props} checks={checks} />
              </th>
            )}
            {columns.map((column) => (
              <Heading key={column.id} {...props} column={column} width={widthOf(column, columns, narrow)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <Spacer height={above} span={span} />}
          {window.map(({ index }) => {
            const item = items[index];
            if (item === undefined) return null;
            if (item.kind === 'heading') {
              return (
                <tr key={`group ${item.group.key}`} {...measured(index)} className={classes.group} aria-rowindex={index + 2}>
                  <th colSpan={span} scope="rowgroup">
                    {item.group.heading} <span>{item.count}</span>
                  </th>
                </tr>
              );
            }
            const id = rowKey(item.row);
            return (
              <tr key={id} {...measured(index)} aria-rowindex={index + 2} data-chosen={checks?.isChosen(id) || undefined}>
                {checks !== null && (
                  <td className={classes.check}>
                    <input
                      type="checkbox"
                      aria-label={`Select ${rowName(item.row)}`}
                      checked={checks.isChosen(id)}
                      onClick={(event) => checks.toggle(id, event)}
                      readOnly
                    />
                  </td>
                )}
                {columns.map((column, columnIndex) => (
                  <td key={column.id} className={columnIndex === 0 ? classes.name : undefined} data-numeric={column.numeric || undefined}>
                    {column.cell(item.row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <Spacer height={below} span={span} />}
        </tbody>
      </table>
      {fetching === true && items.length > 0 && <p className={classes.fetching}>More rows are being fetched.</p>}
    </section>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus; this one is room for those that are not drawn
    <tr aria-hidden="true" className={classes.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

const usualWidth = 165;

// In a narrow window each column gives up its part, so that none runs into the next.
const widthOf = <Row,>({ width }: Column<Row>, columns: Column<Row>[], narrow: boolean) => {
  if (!narrow) return width;
  const all = columns.reduce((sum, column) => sum + (column.width ?? usualWidth), 0);
  return `${((width ?? usualWidth) / all) * 100}%`;
};

type HeadingProps<Row> = { column: Column<Row>; width: number | string | undefined } & Pick<
  ListProps<Row>,
  'sort' | 'sortable' | 'toggleSort'
>;

function Heading<Row>({ column, width, sort, sortable, toggleSort }: HeadingProps<Row>) {
  const sorted = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const words =
    column.numeric === true ? { ascending: 'smallest first', descending: 'largest first' } : { ascending: 'A to Z', descending: 'Z to A' };
  return (
    <th scope="col" style={{ width }} aria-sort={sorted} data-numeric={column.numeric || undefined}>
      {sortable.has(column.id) ? (
        <button type="button" onClick={() => toggleSort(column.id)}>
          {column.heading}
          {sorted !== undefined && (
            <span className={classes.sorted}>
              <span aria-hidden="true"> {sorted === 'ascending' ? '↑' : '↓'}</span>
              <span className="gc-unseen">, sorted {words[sorted]}</span>
            </span>
          )}
        </button>
      ) : (
        column.heading
      )}
    </th>
  );
}

function SelectAll<Row>({ checks, total, selection }: ListProps<Row> & { checks: RowChecks }) {
  const some = selection !== undefined && (selection.ids.size > 0 || selection.all);
  const everything = selection !== undefined && (selection.all ? selection.ids.size === 0 : selection.ids.size >= total && total > 0);
  return (
    <input
      type="checkbox"
      aria-label={`Select all ${total}`}
      ref={(input) => {
        if (input !== null) input.indeterminate = some && !everything;
      }}
      checked={everything}
      onChange={() => checks.toggleAll(!everything)}
    />
  );
}
