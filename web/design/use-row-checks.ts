import { type MouseEvent, useRef } from 'react';
import type { StreamItem } from './group-rows.ts';
import { everythingSelected, isSelected, nothingSelected, rowsBetween, type Selection, select } from './selection.ts';

export type RowChecks = {
  isChosen: (id: string) => boolean;
  /** With Shift, all rows from the last one to this. */
  toggle: (id: string, event: MouseEvent) => void;
  toggleAll: (chosen: boolean) => void;
};

/** The checkboxes of a list; null where nothing can be chosen. */
export function useRowChecks<Row>({
  items,
  rowKey,
  selection,
  onSelect,
}: {
  items: StreamItem<Row>[];
  rowKey: (row: Row) => string;
  selection: Selection | undefined;
  onSelect: ((selection: Selection) => void) | undefined;
}): RowChecks | null {
  const last = useRef<string | null>(null);
  if (selection === undefined || onSelect === undefined) return null;
  return {
    isChosen: (id) => isSelected(selection, id),
    toggle: (id, event) => {
      const chosen = !isSelected(selection, id);
      const shown = items.flatMap((item) => (item.kind === 'row' ? [rowKey(item.row)] : []));
      onSelect(select(selection, event.shiftKey ? rowsBetween(shown, last.current, id) : [id], chosen));
      last.current = id;
    },
    toggleAll: (chosen) => onSelect(chosen ? everythingSelected : nothingSelected),
  };
}
