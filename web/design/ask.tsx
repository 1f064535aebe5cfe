import { type ReactNode, useId } from 'react';
import { type Act, ActButton } from './act.tsx';
import classes from './ask.module.css';

type AskProps = {
  /** “Needs you now”, “Needs you”. */
  tag?: string;
  /** Since when, or until when: “by Fri 23:00 in Berlin”. */
  when?: ReactNode;
  title: ReactNode;
  /** What happened, and what happens if nobody does anything. */
  children?: ReactNode;
  /** The first is the hi-vis button; at most three. */
  acts: Act[];
  /** Beside the text; below it on the phone. */
  facts?: { key: string; term: ReactNode; fact: ReactNode }[];
  /** Smaller, inside a detail page. */
  slim?: boolean;
};

/** The one thing on a page that asks for the reader: the dark panel. At most one per page. */
export function Ask({ tag = 'Needs you now', when, title, children, acts, facts, slim = false }: AskProps) {
  const titleId = useId();
  const [first, ...rest] = acts;
  return (
    <section
      className={classes.ask}
      data-part="ask"
      data-slim={slim || undefined}
      data-one={facts === undefined || undefined}
      aria-labelledby={titleId}
    >
      <div>
        <p className={classes.kicker}>
          <span className="gc-vest">{tag}</span>
          {when !== undefined && <span className="gc-figures">{when}</span>}
        </p>
        <h2 id={titleId}>{title}</h2>
        {children !== undefined && <div className={classes.text}>{children}</div>}
        <div className={classes.acts}>
          {first !== undefined && <ActButton act={first} className={classes.main} />}
          {rest.map((act) => (
            <ActButton key={act.label} act={act} className={classes.other} />
          ))}
        </div>
      </div>
      {facts !== undefined && (
        <dl className={classes.facts}>
          {facts.map(({ key, term, fact }) => (
            <div key={key}>
              <dt>{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
