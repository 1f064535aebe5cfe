import { useState } from 'react';

/** A choice of the person that stays on this browser, as *Closer rows*. Where nothing can be kept it lasts as long as the page. */
export function useKeptChoice(name: string, first: boolean): [boolean, (value: boolean) => void] {
  const key = `groundcrew-${name}`;
  const [value, setValue] = useState(() => {
    try {
      return (localStorage.getItem(key) ?? String(first)) === 'true';
    } catch {
      return first;
    }
  });
  const keep = (next: boolean) => {
    setValue(next);
    try {
      localStorage.setItem(key, String(next));
    } catch {
      // Private windows of some browsers refuse; the choice then lasts as long as the page.
    }
  };
  return [value, keep];
}
