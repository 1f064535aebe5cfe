import classes from './num.module.css';
import { PlaceLink } from './place-link.tsx';

type NumProps = {
  /** Null is “not read”, which is never shown as 0. */
  value: number | null;
  /** The list it counts. */
  to?: string;
  /** Opens the rows on this page instead. */
  onOpen?: () => void;
  /** Read to screen readers after the number: “people who leave”. */
  of?: string;
  /** 18 px, at the head of a row. */
  large?: boolean;
};

const grouped = new Intl.NumberFormat('en');

/** A number that opens the rows it counts. Without `to` and `onOpen` it is bold text: only where it has no rows, as a 0 that calms. */
export function Num({ value, to, onOpen, of, large = false }: NumProps) {
  const text = value !== null ? grouped.format(value) : large ? <Unknown /> : 'unknown';
  const more = of === undefined ? null : <span className="gc-unseen"> {of}</span>;
  const shared = { className: classes.num, 'data-large': large || undefined, 'data-unknown': value === null || undefined };
  if (to !== undefined) {
    return (
      <PlaceLink to={to} {...shared}>
        {text}
        {more}
      </PlaceLink>
    );
  }
  if (onOpen === undefined) {
    return (
      <b className={classes.plain} data-large={large || undefined}>
        {text}
        {more}
      </b>
    );
  }
  return (
    <button type="button" onClick={onOpen} {...shared}>
      {text}
      {more}
    </button>
  );
}

function Unknown() {
  return (
    <>
      <span aria-hidden="true">?</span>
      <span className="gc-unseen">unknown</span>
    </>
  );
}
