import { useEffect } from 'react';

/** Brings the part of the page that the address names (`#people`) into view once it is there. */
export function useAnchor(id: string, ready: boolean): void {
  useEffect(() => {
    if (ready && location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView({ block: 'start' });
  }, [id, ready]);
}
