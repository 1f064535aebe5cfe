import classes from './access.module.css';
import { conditionRows, conditionWords } from './condition.ts';

/** Whom a condition means, in words; text that rows cannot express stands as the text it is. */
export function Whom({ when }: { when: string }) {
  return conditionRows(when) === null ? <code className={classes.code}>{when}</code> : conditionWords(when);
}
