import type { RailItem } from '../design/time-rail.tsx';
import type { OpenDialog } from './run-dialog-kind.ts';
import type { RunDetail } from './run-state.ts';

/** How the parts say an instant: beside a step of the past, of the cut-off's day, and of what comes. */
export type RunClock = {
  past: (instant: string) => string;
  atCutOff: (instant: string) => string;
  next: (instant: string) => string;
  /** Inside a sentence: “today”, not “Today”. */
  said: (instant: string) => string;
};

/** An item of the rail with the instant it is sorted by, in milliseconds. */
export type Timed = RailItem & { time: number };
/** What the items are made of. */
export type Made = { detail: RunDetail; now: number; clock: RunClock; open: OpenDialog };
