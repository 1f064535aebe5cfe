import classes from './playbooks.module.css';
import type { Changes } from './words.ts';

const changeWords = { added: 'New', removed: 'Removed', changed: 'Changed' } as const;

/** What differs between two versions: each step with what is different in it. */
export function ChangeList({ changes }: { changes: Changes }) {
  return (
    <ul className={classes.changes}>
      {changes.whole.map((words) => (
        <li key={words}>{words}</li>
      ))}
      {changes.steps.map(({ key, title, change, words }) => (
        <li key={key}>
          <b>{changeWords[change]}:</b> {title}
          {words.map((line) => (
            <p key={line} className="gc-small gc-dimmed">
              {line}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}
