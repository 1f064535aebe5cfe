import { Dialog } from '../design/dialog.tsx';
import { useNow } from '../design/now.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { useReader } from '../design/reader.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { atWords, inSentence } from './run-clock.ts';
import { placeOfRun } from './run-place.ts';
import type { Run, RunStep } from './run-state.ts';
import classes from './runs.module.css';

/** The steps behind a number of the run, each with what it waits for and its task. */
export function StepsDialog({ run, title, steps, onClose }: { run: Run; title: string; steps: RunStep[]; onClose: () => void }) {
  const now = useNow();
  const { hours } = useReader();
  const place = placeOfRun(run);
  const clock = (instant: string) => inSentence(atWords(instant, place, { now, hours, today: true }));
  return (
    <Dialog opened onClose={onClose} title={title}>
      <p className="gc-small gc-dimmed">Times in {place.name}.</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <ul className={classes.lines}>
          {steps.map(({ id, title: name, status, task_id, task_due_at, due_at, waits_for, words }) => (
            <li key={id}>
              <div className={classes.head}>
                <b>{task_id === null ? name : <PlaceLink to={`/tasks/${task_id}`}>{name}</PlaceLink>}</b>
                {status === 'waiting' && (
                  <StatusChip kind="waiting" small>
                    Waits for {waits_for ?? 'the owners'}
                  </StatusChip>
                )}
              </div>
              <p className="gc-dimmed">
                {task_due_at !== null && `${Date.parse(task_due_at) <= now ? 'Was due' : 'Due'} ${clock(task_due_at)}.`}
                {task_id === null &&
                  (words ??
                    (due_at === null
                      ? 'It begins once what it waits for has happened.'
                      : `From ${clock(due_at)} on, once what it waits for has happened.`))}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}
