import { useEffect, useSyncExternalStore } from 'react';

let declared = '';
let said: string | null = null;
const watchers = new Set<() => void>();
const watch = (changed: () => void) => {
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
  };
};
const changed = () => {
  document.title = title() === '' ? 'Groundcrew' : `${title()} · Groundcrew`;
  for (const tell of watchers) tell();
};
const title = () => said ?? declared;

/** The title that a page was declared with, until it says a better one. */
export const setDeclaredTitle = (text: string): void => {
  declared = text;
  changed();
};

/** Gives the page its title, as in its h1: “Rohan Devaraj has left”. Undefined while it is not known. */
export function useTitle(text: string | undefined): void {
  useEffect(() => {
    if (text === undefined) return;
    said = text;
    changed();
    return () => {
      said = null;
    };
  }, [text]);
}

export const usePageTitle = (): string => useSyncExternalStore(watch, title);
