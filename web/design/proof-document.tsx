import type { ReactNode } from 'react';
import classes from './proof-document.module.css';
import { StatusChip } from './status-chip.tsx';
import type { StatusKind } from './status-kind.ts';

export type ProofLine = {
  key: string;
  thing: ReactNode;
  status: { kind: StatusKind; word: string };
  /** By what or whom: “18:30:06”, “by Bram, 19:56”. */
  by?: ReactNode;
};

export type ProofSection = {
  key: string;
  title: string;
  /** The state of its signature: “Not signed, 2 open”. */
  state: { kind: StatusKind; word: string };
  /** Open lines first. */
  lines: ProofLine[];
  /** Verified lines that are folded; `onUnfold` shows them. */
  folded?: number;
  onUnfold?: () => void;
  /** When and with which key it was signed, or when it begins. */
  note?: ReactNode;
};

type ProofDocumentProps = {
  organization: string;
  title: string;
  who: ReactNode;
  /** “As read on …” */
  asRead: ReactNode;
  sections: ProofSection[];
  /** What comes weeks later, which nobody signs: each line with its words. */
  later?: { key: string; title: string; lines: { key: string; thing: ReactNode; words: string }[] }[];
  /** Never empty: there is always something that nobody can know. */
  cannotKnow: string[];
  /** PDF, JSON, Check a signature. */
  acts?: ReactNode;
};

/** A document in the page: whom, as read when, sections with their signatures, and what nobody can know. */
export function ProofDocument({ organization, title, who, asRead, sections, later = [], cannotKnow, acts }: ProofDocumentProps) {
  return (
    <section className={classes.proof} aria-label={title}>
      <p className="gc-small gc-dimmed">{organization}</p>
      <h2>{title}</h2>
      <p className="gc-second">{who}</p>
      <p className={classes.read}>{asRead}</p>
      {sections.map((section) => (
        <div key={section.key}>
          <div className={classes.head}>
            <h3>{section.title}</h3>
            <StatusChip kind={section.state.kind} small together>
              {section.state.word}
            </StatusChip>
          </div>
          {(section.lines.length > 0 || section.folded !== undefined) && (
            <ul className={classes.lines}>
              {section.lines.map(({ key, thing, status, by }) => (
                <li key={key}>
                  <span>{thing}</span>
                  <StatusChip kind={status.kind} small>
                    {status.word}
                  </StatusChip>
                  <span className={classes.by}>{by}</span>
                </li>
              ))}
              {section.folded !== undefined && section.folded > 0 && (
                <li className={classes.more}>
                  <button type="button" onClick={section.onUnfold}>
                    {section.folded} more verified
                  </button>
                </li>
              )}
            </ul>
          )}
          {section.note !== undefined && <p className={classes.note}>{section.note}</p>}
        </div>
      ))}
      {later.map((addendum) => (
        <div key={addendum.key}>
          <div className={classes.head}>
            <h3>Later: {addendum.title.toLowerCase()}</h3>
          </div>
          <ul>
            {addendum.lines.map(({ key, thing, words }) => (
              <li key={key}>
                {thing} <span className="gc-dimmed">{words}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className={classes.cannot}>
        <h3>What nobody can know</h3>
        <ul>
          {cannotKnow.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </div>
      {acts !== undefined && <div className={classes.acts}>{acts}</div>}
    </section>
  );
}
