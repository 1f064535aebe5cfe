import { PlaceLink } from '../design/place-link.tsx';
import classes from './access.module.css';

/** `id`: null where only the name is known. */
export type Named = { id: string | null; name: string; more?: string };

type NamesProps = {
  /** What they are, for screen readers: “People who would lose something”. */
  label: string;
  rows: Named[];
  /** How many there are in all, where not all are here. */
  total: number;
};

/** People behind a number, by name; each who is known leads to the person. */
export function Names({ label, rows, total }: NamesProps) {
  const wide = rows.some(({ more }) => more !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <ul className={`${classes.names} ${wide ? classes.wideNames : ''}`} tabIndex={0} aria-label={label}>
      {rows.map(({ id, name, more }, at) => (
        // Two people may have one name.
        <li key={`${id ?? at} ${more}`}>
          {id === null ? <span>{name}</span> : <PlaceLink to={`/people/${id}`}>{name}</PlaceLink>}
          {more !== undefined && <span className="gc-dimmed"> · {more}</span>}
        </li>
      ))}
      {total > rows.length && <li className="gc-dimmed">and {total - rows.length} more</li>}
    </ul>
  );
}
