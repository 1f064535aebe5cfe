import type { Anchors } from './schedule/step-instant.ts';

/** The dates of a run as the schedule counts from them. */
export const anchorsOf = (run: {
  told_at: string;
  confirmed_at: string;
  cut_off_at: string;
  last_working_day: string | null;
  legal_end: string | null;
}): Anchors => ({
  told: Temporal.Instant.from(run.told_at),
  confirmed: Temporal.Instant.from(run.confirmed_at),
  cutOff: Temporal.Instant.from(run.cut_off_at),
  lastWorkingDay: run.last_working_day ? Temporal.PlainDate.from(run.last_working_day) : null,
  legalEnd: run.legal_end ? Temporal.PlainDate.from(run.legal_end) : null,
  start: null,
});
