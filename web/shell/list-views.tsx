import { useEffect, useState } from 'react';
import { type SavedView, SavedViews } from '../design/saved-views.tsx';
import { type Search, searchText, splitAddress } from '../design/split-address.ts';
import type { InputOf } from './call.ts';
import { KeepViewDialog } from './keep-view-dialog.tsx';
import { usePlace } from './place.ts';
import { useMay } from './session.ts';
import { useCall } from './use-call.ts';

export type ViewList = NonNullable<InputOf<'listViews'>['query']>['list'];

type ListViewsProps = {
  list: ViewList;
  /** The views that are always there, each with what it counts. Without them: one with all. */
  views?: SavedView[];
  /** Which of them the address asks for. */
  current?: string | null;
  /** Names behind the question mark that open something and say nothing of the list. */
  passing?: string[];
};

/**
 * The views of a list: those that are always there, then the kept ones. A view is what stands behind the question mark of the address; once that
 * differs from all of them, it can be kept.
 */
export function ListViews({ list, views, current = 'all', passing = [] }: ListViewsProps) {
  const { path, search } = usePlace();
  const mayKeep = useMay('views:keep');
  const [dialog, setDialog] = useState<'keep' | 'change' | null>(null);
  const kept = useCall('listViews', { query: { list } }).data?.rows ?? [];
  const query = Object.fromEntries(Object.entries(search).filter(([name, value]) => value !== '' && !passing.includes(name)));
  const shown = kept.find((view) => sameQuery(view.query, query));
  const always = views ?? [{ key: 'all', label: 'All', to: path }];
  const isAlways = Object.keys(query).length === 0 || always.some(({ to }) => sameQuery(splitAddress(to).search, query));
  const key = shown !== undefined && !isAlways ? shown.id : isAlways ? current : null;
  useInSight(key);
  return (
    <>
      <SavedViews
        views={[...always, ...kept.map((view) => ({ key: view.id, label: view.name, to: `${path}${searchText(view.query)}` }))]}
        current={key}
        onKeep={mayKeep && !isAlways && shown === undefined ? () => setDialog('keep') : undefined}
        onChange={!isAlways && shown?.mayChange === true ? () => setDialog('change') : undefined}
      />
      {dialog !== null && (
        <KeepViewDialog
          list={list}
          query={query}
          kept={kept}
          changes={dialog === 'change' ? shown : undefined}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

const sameQuery = (a: Search, b: Search): boolean => {
  const text = (search: Search) => searchText(Object.fromEntries(Object.entries(search).sort(([x], [y]) => (x < y ? -1 : 1))));
  return text(a) === text(b);
};

/** Where the views do not fit the window, the current one is scrolled to. */
function useInSight(key: string | null): void {
  useEffect(() => {
    if (key === null) return;
    const link = document.querySelector('nav[aria-label="Saved views"] [aria-current]');
    const row = link?.parentElement;
    if (!(link instanceof HTMLElement) || !row) return;
    if (link.offsetLeft < row.scrollLeft || link.offsetLeft + link.offsetWidth > row.scrollLeft + row.clientWidth)
      row.scrollLeft = link.offsetLeft - row.offsetLeft - 12;
  }, [key]);
}
