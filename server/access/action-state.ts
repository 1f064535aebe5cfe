/** What is known of an action. Only a fresh read makes it verified, only a named person evidenced or overridden. */
export type ActionStatus =
  | 'planned'
  | 'attempting'
  | 'reading'
  | 'retrying'
  | 'asked'
  | 'verified'
  | 'did-not-obey'
  | 'evidenced'
  | 'overridden'
  | 'unknown'
  | 'withdrawn';

/** Whoever ended an action so has the last word: an attempt that was under way changes nothing of it, and nothing more is sent. */
export const settledStatuses: ActionStatus[] = ['withdrawn', 'overridden', 'evidenced'];

/** Seconds until the next try after `attempts` failed ones: 5, 10, 20 … at most ten minutes. The cut-off does not wait, and neither does a vendor that is back. */
export const retryDelaySeconds = (attempts: number): number => Math.min(600, 5 * 2 ** Math.min(attempts - 1, 10));

/** Seconds until an app that did not obey is told again: a quarter of an hour, doubling to six hours. */
export const insistDelaySeconds = (attempts: number): number => Math.min(6 * 3600, 900 * 2 ** Math.min(Math.max(attempts - 1, 0), 10));

/** Seconds until the next read-back while a change may still settle: 1, 2, 4 … at most 15, never past the settling time. */
export function settlingDelaySeconds(reads: number, secondsSinceAnswer: number, settlingSeconds: number): number | null {
  if (secondsSinceAnswer >= settlingSeconds) return null;
  return Math.min(2 ** Math.min(reads, 4), 15, Math.max(1, settlingSeconds - secondsSinceAnswer));
}

/** How long an app may be out of reach before its owner is asked to close it by hand, in seconds. */
export const escalateAfterSeconds = 300;

/** After the sign-in system, the others start this much later, whatever it answered. */
export const othersAfterSeconds = 1;
