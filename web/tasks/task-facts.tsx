import { ActButton } from '../design/act.tsx';
import type { Place } from '../design/format-in-zones.ts';
import { DueWords } from './due-words.tsx';
import classes from './tasks.module.css';

type TaskFactsProps = {
  title: string;
  instructions: string;
  linkUrl: string | null;
  dueAt: string | null;
  fallback: string | null;
  place: Place;
  open: boolean;
};

/** What is to be done, until when, what happens otherwise, and where: the same through the session and through a link. */
export function TaskFacts({ title, instructions, linkUrl, dueAt, fallback, place, open }: TaskFactsProps) {
  return (
    <>
      {open && (dueAt !== null || fallback !== null) && (
        <div className={classes.facts}>
          {dueAt !== null && (
            <p>
              <DueWords dueAt={dueAt} place={place} />
            </p>
          )}
          {fallback !== null && <p className="gc-dimmed">{fallback}</p>}
        </div>
      )}
      {instructions.trim() !== '' && instructions.trim() !== title && <p className={classes.instructions}>{instructions.trim()}</p>}
      {linkUrl !== null && (
        <div className={classes.outlink}>
          <ActButton act={{ label: `Open ${hostOf(linkUrl)}`, href: linkUrl, ariaLabel: `Open ${hostOf(linkUrl)} in a new tab` }} />
        </div>
      )}
    </>
  );
}

const hostOf = (address: string): string => {
  try {
    return new URL(address).host;
  } catch {
    return 'the app';
  }
};
