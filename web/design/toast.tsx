import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import classes from './toast.module.css';

type Toast = { id: number; text: ReactNode; undo?: () => void };

let current: Toast | null = null;
let nextId = 1;
const watchers = new Set<() => void>();
const set = (toast: Toast | null) => {
  current = toast;
  for (const changed of watchers) changed();
};
const watch = (changed: () => void) => {
  watchers.add(changed);
  return () => {
    watchers.delete(changed);
  };
};

/** Says what I just did: “Chat suspended for 3 people.” A newer one takes the place of the older. What cannot be undone gets none. */
export const toast = (text: ReactNode, undo?: () => void): void => set({ id: nextId++, text, undo });

/** Where toasts appear: bottom left, 10 seconds, longer while pointed at or focused. Stands once, in the frame. */
export function ToastShelf() {
  const shown = useSyncExternalStore(watch, () => current);
  return (
    <div className={classes.shelf} aria-live="polite" role="status">
      {shown !== null && <ToastBody key={shown.id} toast={shown} />}
    </div>
  );
}

function ToastBody({ toast: { id, text, undo } }: { toast: Toast }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => {
      if (current?.id === id) set(null);
    }, 10_000);
    return () => clearTimeout(timer);
  }, [held, id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only gives more time
    <div
      className={classes.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {undo !== undefined && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            undo();
            set(null);
          }}
        >
          Undo
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={() => set(null)}>
        Close
      </Button>
    </div>
  );
}
