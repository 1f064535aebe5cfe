import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { usePageTitle } from './page-title.ts';

/** After a page was changed: moves the focus to it, and says its title to screen readers. */
export function RouteNews() {
  const router = useRouter();
  const title = usePageTitle();
  const [travelled, setTravelled] = useState(false);
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || fromLocation === undefined) return;
        setTravelled(true);
        const main = document.getElementById('main');
        // A page that put the focus somewhere itself knows better.
        if (main !== null && !main.contains(document.activeElement)) main.focus({ preventScroll: true });
      }),
    [router],
  );
  return (
    <div className="gc-unseen" aria-live="polite" aria-atomic="true">
      {travelled ? title : ''}
    </div>
  );
}
