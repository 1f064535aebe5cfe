// hygiene: what drifts in other systems without anybody leaving or joining. Lists of accounts of people who have left or of nobody, without a second
// factor, of administrators and outsiders; apps with one owner; programs with wide scopes. A list is read afresh from what readings showed, says what
// nobody knows and what was not read whole, and has the mend beside each row: plans of access, tasks, or an exception with an expiry.
export { type Week, weekOfFindings } from './count-new.ts';
export { refreshDaily } from './refresh-findings.ts';
