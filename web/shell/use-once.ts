import { useRef } from 'react';

/** The same work, but not begun again while it is going on: a second click of a double click does nothing. */
export function useOnce<Input extends unknown[]>(work: (...input: Input) => Promise<unknown>): (...input: Input) => void {
  const going = useRef(false);
  return (...input) => {
    if (going.current) return;
    going.current = true;
    void work(...input)
      // Whoever begins it shows what went wrong.
      .catch(() => undefined)
      .finally(() => {
        going.current = false;
      });
  };
}
