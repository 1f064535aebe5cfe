/**
 * How something stands, and how we know: good-read (a machine read it), good-vouched (a person vouched), decided (a person decided
 * otherwise), wrong, waiting, unknown (nobody knows); without a hue: planned, away, working; starts is petrol.
 */
export type StatusKind =
  | 'good-read'
  | 'good-vouched'
  | 'waiting'
  | 'wrong'
  | 'decided'
  | 'unknown'
  | 'planned'
  | 'away'
  | 'starts'
  | 'working';

/** The word for a shape that stands without its chip, for screen readers. */
export const statusWords: Record<StatusKind, string> = {
  'good-read': 'Verified',
  'good-vouched': 'Vouched for',
  waiting: 'Waiting',
  wrong: 'Wrong',
  decided: 'Decided otherwise',
  unknown: 'Unknown',
  planned: 'Planned',
  away: 'Away',
  starts: 'Starts',
  working: 'Working',
};
