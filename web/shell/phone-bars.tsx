import { PlaceLink } from '../design/place-link.tsx';
import { isCurrent, phoneEntries, visibleEntries } from './entries.ts';
import { Mark } from './mark.tsx';
import { openPalette } from './palette-door.tsx';
import classes from './phone-bars.module.css';
import { EntryCount } from './rail.tsx';
import type { Counts, Session } from './session.ts';

/** The bar at the top of the phone: mark and *Find*. */
export function PhoneTop({ session }: { session: Session }) {
  return (
    <header className={classes.top}>
      <PlaceLink className={classes.brand} to="/">
        <Mark />
        Groundcrew
      </PlaceLink>
      {session.organization?.sample === true && <span className={classes.sample}>sample</span>}
      <button type="button" onClick={() => openPalette()}>
        Find
      </button>
    </header>
  );
}

/** Five words at the bottom of the phone. */
export function PhoneTabs({ session, counts, path }: { session: Session; counts: Counts; path: string }) {
  const entries = visibleEntries([phoneEntries], session).flat();
  const known = entries.some(({ to }) => isCurrent(to, path));
  return (
    <nav className={classes.tabs} aria-label="Main" style={{ gridTemplateColumns: `repeat(${entries.length}, 1fr)` }}>
      {entries.map((entry) => (
        <PlaceLink
          key={entry.to}
          to={entry.to}
          aria-current={isCurrent(entry.to, path) || (!known && entry.to === '/more') ? 'page' : undefined}
        >
          {entry.label}
          {entry.needsMe === true && <EntryCount entry={entry} counts={counts} />}
        </PlaceLink>
      ))}
    </nav>
  );
}
