import { Dialog } from '../design/dialog.tsx';
import { useNow } from '../design/now.ts';
import { useReader } from '../design/reader.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { actionDetail, actionStatus, actionWhat, lineSentences, lineStatus } from './line-words.ts';
import { atWords } from './run-clock.ts';
import { placeOfRun } from './run-place.ts';
import type { ProofLineAnswer, Run, RunAction, RunDetail } from './run-state.ts';
import classes from './runs.module.css';

const useClock = (run: Run) => {
  const now = useNow();
  const { hours } = useReader();
  const place = placeOfRun(run);
  return (instant: string) => atWords(instant, place, { now, hours, seconds: true });
};

/** The lines of the proof behind a number, each with how it is known and its history. */
export function LinesDialog({ run, title, lines, onClose }: { run: Run; title: string; lines: ProofLineAnswer[]; onClose: () => void }) {
  const clock = useClock(run);
  return (
    <Dialog opened onClose={onClose} title={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <p className="gc-small gc-dimmed">Times in {placeOfRun(run).name}.</p>
        <ul className={classes.lines}>
          {lines.map((line) => {
            const { kind, word } = lineStatus(line);
            return (
              <li key={line.id}>
                <div className={classes.head}>
                  <b>{line.subject}</b>
                  <StatusChip kind={kind} small>
                    {word}
                  </StatusChip>
                </div>
                {line.detail !== '' && <p className="gc-dimmed">{line.detail}</p>}
                {lineSentences(line, clock).map((sentence) => (
                  <p key={sentence}>{sentence}</p>
                ))}
                {lines.length === 1 && <Attempts rows={line.history.map(({ at, text }) => ({ at, words: text }))} clock={clock} />}
              </li>
            );
          })}
        </ul>
        {lines.length === 0 && <p>There is none.</p>}
      </section>
    </Dialog>
  );
}

/** Apps behind a number of the run. */
export function ActionsDialog({ run, title, actions, onClose }: { run: Run; title: string; actions: RunAction[]; onClose: () => void }) {
  const clock = useClock(run);
  return (
    <Dialog opened onClose={onClose} title={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <ul className={classes.lines}>
          {actions.map((action) => {
            const { kind, word } = actionStatus(action);
            return (
              <li key={action.id}>
                <div className={classes.head}>
                  <b>{actionWhat(action)}</b>
                  {word !== null && (
                    <StatusChip kind={kind} small>
                      {word}
                    </StatusChip>
                  )}
                </div>
                {action.account !== null && <p className="gc-dimmed">{action.account}</p>}
                <p>
                  {actionDetail(action, clock)}
                  {action.verified_at !== null && ` Read at ${clock(action.verified_at)}.`}
                </p>
              </li>
            );
          })}
        </ul>
      </section>
    </Dialog>
  );
}

/** Every attempt and every read of one app. */
export function HistoryDialog({ detail, action, onClose }: { detail: RunDetail; action: RunAction; onClose: () => void }) {
  const clock = useClock(detail.run);
  const rows = detail.attempts.filter(({ action_id }) => action_id === action.id);
  return (
    <Dialog opened onClose={onClose} title={`${action.app}: every attempt and read`}>
      <p>
        {actionDetail(action, clock)} <span className="gc-dimmed">Times in {placeOfRun(detail.run).name}.</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label="Every attempt and read">
        <Attempts rows={rows} clock={clock} />
        {rows.length === 0 && <p className="gc-dimmed">Nothing was tried yet.</p>}
      </section>
    </Dialog>
  );
}

function Attempts({ rows, clock }: { rows: { at: string; words: string; kind?: string }[]; clock: (instant: string) => string }) {
  return (
    <ol className={classes.history}>
      {rows.map(({ at, words }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a history only grows at its end
        <li key={index}>
          {words}
          <time dateTime={at}>{clock(at)}</time>
        </li>
      ))}
    </ol>
  );
}
