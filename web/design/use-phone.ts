import { useSyncExternalStore } from 'react';

const matching = (media: string) => {
  const watch = (changed: () => void) => {
    const query = matchMedia(media);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  };
  return () => useSyncExternalStore(watch, () => matchMedia(media).matches);
};

/** Whether the window is narrower than 900 px, where lists are lists and the navigation stands at the bottom. */
export const usePhone: () => boolean = matching('(max-width: 899px)');

/** Whether the window is narrower than 1200 px, where lists give up columns. */
export const useNarrow: () => boolean = matching('(max-width: 1199px)');
