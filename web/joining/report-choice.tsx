import { PlaceLink } from '../design/place-link.tsx';
import classes from './report.module.css';

type ReportChoiceProps = { label: string; current: string; choices: { key: string; label: string; to: string }[] };

/** One of a few, in words: over which time, by what. */
export function ReportChoice({ label, current, choices }: ReportChoiceProps) {
  return (
    <nav className={classes.choice} aria-label={label}>
      {choices.map(({ key, label: words, to }) => (
        <PlaceLink key={key} to={to} aria-current={key === current ? 'true' : undefined}>
          {words}
        </PlaceLink>
      ))}
    </nav>
  );
}
