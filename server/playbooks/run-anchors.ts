import type { Anchors } from './schedule/step-instant.ts';

/** The dates of a run as the schedule counts from them. A hire is known from the moment it was confirmed. */
export const anchorsOf = (run: {
  told_at: string | null;
  confirmed_at: string;
  cut_off_at: string | null;
  last_working_day: string | null;
  legal_end: string | null;
  start_on: string | null;
  starts_at: string | null;
}): Anchors => ({
  told: Temporal.Instant.from(run.told_at ?? run.confirmed_at),
  confirmed: Temporal.Instant.from(run.confirmed_at),
  cutOff: run.cut_off_at ? Temporal.Instant.from(run.cut_off_at) : null,
  lastWorkingDay: run.last_working_day ? Temporal.PlainDate.from(run.last_working_day) : null,
  legalEnd: run.legal_end ? Temporal.PlainDate.from(run.legal_end) : null,
  start: run.start_on ? Temporal.PlainDate.from(run.start_on) : null,
  firstMorning: run.starts_at ? Temporal.Instant.from(run.starts_at) : null,
});
