import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';

const Palette = lazy(() => import('./palette.tsx'));

let opened = false;
const watchers = new Set<() => void>();
const watch = (changed: () => void) => {
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
  };
};

/** Opens or closes *Find or do…* from anywhere. */
export const openPalette = (open = true): void => {
  opened = open;
  for (const tell of watchers) tell();
};

export const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** Listens for Ctrl/⌘ K; the palette's code is loaded when it is first opened. */
export function PaletteDoor() {
  const open = useSyncExternalStore(watch, () => opened);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(isApple ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      openPalette(!opened);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <Palette onClose={() => openPalette(false)} />
    </Suspense>
  );
}
