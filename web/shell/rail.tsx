import { PlaceLink } from '../design/place-link.tsx';
import { type Entry, entries, isCurrent, visibleEntries } from './entries.ts';
import { Mark } from './mark.tsx';
import { isApple, openPalette } from './palette-door.tsx';
import classes from './rail.module.css';
import type { Counts, Session } from './session.ts';
import { Who } from './who.tsx';

/** The rail of words at the left, from 900 px on. */
export function Rail({ session, counts, path }: { session: Session; counts: Counts; path: string }) {
  return (
    <aside className={classes.rail}>
      <div className={classes.top}>
        <PlaceLink className={classes.brand} to="/">
          <Mark />
          Groundcrew
        </PlaceLink>
        {session.organization?.sample === true && <span className={classes.sample}>sample</span>}
      </div>
      <button type="button" className={classes.find} aria-keyshortcuts={isApple ? 'Meta+K' : 'Control+K'} onClick={() => openPalette()}>
        <span>Find or do…</span>
        <kbd>{isApple ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <nav aria-label="Main">
        {visibleEntries(entries, session).map((group) => (
          <ul key={group[0]?.to}>
            {group.map((entry) => (
              <li key={entry.to}>
                <PlaceLink to={entry.to} aria-current={isCurrent(entry.to, path) ? 'page' : undefined}>
                  {entry.label}
                  <EntryCount entry={entry} counts={counts} />
                </PlaceLink>
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <Who session={session} />
    </aside>
  );
}

/** The number beside an entry: grey, or a vest tag where it is what needs me. */
export function EntryCount({ entry, counts }: { entry: Entry; counts: Counts }) {
  const count = entry.count === undefined ? null : (counts[entry.count] ?? null);
  if (count === null || (entry.needsMe === true && count === 0)) return null;
  if (entry.needsMe !== true) return <span className={classes.count}>{count}</span>;
  return (
    <span className="gc-vest">
      <span className="gc-unseen">needs you: </span>
      {count}
    </span>
  );
}
