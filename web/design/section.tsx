import { type ReactNode, useId } from 'react';
import { PlaceLink } from './place-link.tsx';
import classes from './section.module.css';

type SectionProps = {
  title: ReactNode;
  /** A small link at the right: “All 4 with their history”. */
  link?: { label: string; to: string };
  /** Instead of the link: a button or a dimmed word. */
  aside?: ReactNode;
  /** One dimmed sentence below the title. */
  note?: ReactNode;
  children: ReactNode;
};

/** A part of a page with its heading. */
export function Section({ title, link, aside, note, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.title}>
        <h2 id={id}>{title}</h2>
        {link !== undefined && <PlaceLink to={link.to}>{link.label}</PlaceLink>}
        {aside}
      </div>
      {note !== undefined && <p className={classes.note}>{note}</p>}
      {children}
    </section>
  );
}
