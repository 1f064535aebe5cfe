import { useEffect, useRef } from 'react';

const remembered = new Map<string, number>();

// The router gives each visit a key in the history's state; coming back has the key of the visit before.
const visit = () => String((history.state as { __TSR_key?: string } | null)?.__TSR_key ?? 'first');

/** Keeps how far a list was scrolled in this visit of the page, for when the reader returns to it. */
export function useKeptScroll(name: string): { initialOffset: () => number; keep: (offset: number) => void } {
  const key = useRef('');
  if (key.current === '') key.current = `${name}/${visit()}`;
  useEffect(() => {
    key.current = `${name}/${visit()}`;
  }, [name]);
  return {
    initialOffset: () => remembered.get(key.current) ?? 0,
    keep: (offset) => {
      remembered.set(key.current, offset);
    },
  };
}
