import { PlaceLink } from './place-link.tsx';
import classes from './saved-views.module.css';

export type SavedView = { key: string; label: string /** Null: not counted. */; count?: number | null; to: string };

type SavedViewsProps = {
  views: SavedView[];
  current: string | null;
  /** Given once something was changed: “Keep this view”. */
  onKeep?: () => void;
  /** Given while a kept view is shown that the reader may change: “Change this view”. */
  onChange?: () => void;
};

/** Saved views of a list: words with their counts, and at the right what can be done with the view that is shown. */
export function SavedViews({ views, current, onKeep, onChange }: SavedViewsProps) {
  return (
    <div className={classes.bar}>
      <nav className={classes.views} aria-label="Saved views">
        {views.map(({ key, label, count, to }) => (
          <PlaceLink key={key} to={to} aria-current={key === current ? 'true' : undefined}>
            {label}
            {count !== undefined && count !== null && <span>{count}</span>}
          </PlaceLink>
        ))}
      </nav>
      {onKeep !== undefined && (
        <button type="button" onClick={onKeep}>
          Keep this view
        </button>
      )}
      {onChange !== undefined && (
        <button type="button" onClick={onChange}>
          Change this view
        </button>
      )}
    </div>
  );
}
