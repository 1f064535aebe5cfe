import { castIndex } from './cast.ts';

/** One exit of the story. Days count from today (negative: past) and fall on working days; times are local where the person is. */
export type Exit = {
  who: number;
  /** When the lead confirmed it, at 10:20 in Berlin; for `now` exits the moment of the cut-off. */
  confirmed: number;
  /** `now`, or the day and time of the cut-off; `clocks`: in the hour of the next change of the clocks. */
  cutOff: 'now' | 'clocks' | { day: number; time: string };
  told?: number;
  sensitive?: boolean;
  reason: string;
  /** What became of it. `closed`: all lines settled and both sections signed. `open`: nobody has settled what is left. */
  end: 'closed' | 'open' | 'rescinded' | 'cancelled' | 'paused';
  /** Day on which it was signed, rescinded, cancelled or paused. */
  ended?: number;
  why?: string;
};

const who = castIndex;

/** Past exits with closed proofs, one that was reopened, one whose app did not obey, those to come, and one that only the owner may know of. */
export const exits: Exit[] = [
  { who: who('Deepika'), confirmed: -96, cutOff: { day: -89, time: '18:30' }, told: -95, reason: 'Resigned', end: 'closed', ended: -84 },
  { who: who('Étienne'), confirmed: -70, cutOff: { day: -61, time: '17:00' }, told: -68, reason: 'Resigned', end: 'closed', ended: -56 },
  {
    who: who('Oksana'),
    confirmed: -55,
    cutOff: { day: -49, time: '17:00' },
    told: -54,
    reason: 'Moves to another country',
    end: 'rescinded',
    ended: -46,
    why: 'She stays, and works from Kraków',
  },
  { who: who('Sebastião'), confirmed: -52, cutOff: { day: -41, time: '17:00' }, told: -50, reason: 'Retires', end: 'closed', ended: -35 },
  { who: who('Graham'), confirmed: -34, cutOff: { day: -27, time: '16:00' }, told: -33, reason: 'Resigned', end: 'closed', ended: -21 },
  {
    who: who('Nikhil'),
    confirmed: -30,
    cutOff: { day: 20, time: '18:00' },
    reason: 'End of the project',
    end: 'cancelled',
    ended: -25,
    why: 'The project was extended',
  },
  { who: who('Käthe'), confirmed: -29, cutOff: { day: -20, time: '17:00' }, told: -28, reason: 'Resigned', end: 'closed', ended: -15 },
  { who: who('Hanna'), confirmed: -20, cutOff: { day: -8, time: '17:00' }, told: -19, reason: 'Resigned', end: 'closed', ended: -2 },
  {
    who: who('Thandiwe'),
    confirmed: -12,
    cutOff: { day: 40, time: '15:00' },
    told: -10,
    reason: 'Moves to a customer',
    end: 'paused',
    ended: -3,
    why: 'The new date is being agreed',
  },
  { who: who('Rohan'), confirmed: -9, cutOff: { day: -1, time: '18:30' }, told: -4, reason: 'Resigned', end: 'open' },
  { who: who('João'), confirmed: -6, cutOff: { day: 13, time: '18:00' }, told: -5, reason: 'Contract ends', end: 'open' },
  { who: who('Camille'), confirmed: -5, cutOff: { day: 6, time: '17:00' }, told: -3, reason: 'Resigned', end: 'open' },
  { who: who('Rüdiger'), confirmed: -4, cutOff: 'clocks', told: -3, reason: 'Early retirement', end: 'open' },
  { who: who('Aïcha'), confirmed: -2, cutOff: { day: 5, time: '12:00' }, sensitive: true, reason: 'Confidential', end: 'open' },
  { who: who('Fatoumata'), confirmed: 0, cutOff: 'now', reason: 'Dismissed with immediate effect', end: 'open' },
];

/** Who left without anybody starting an exit: the people list gave the last working day, and two accounts were forgotten. */
export const forgotten = { who: who('Gintarė'), noticed: -18, lastWorkingDay: -15, apps: ['Chat', 'Newsletter'] };

/** Whose account came back after the proof was closed, where, and when. */
export const cameBack = { who: who('Käthe'), app: 'Design studio', day: -2 };

/** User lists that were given anew after somebody had left, so that what is worked by hand is read back too. */
export const freshLists = [
  { app: 'Lab bench', day: -86 },
  { app: 'Phone system', day: -57 },
  { app: 'Payroll', day: -23 },
  { app: 'Badges', day: -12 },
  { app: 'Payroll', day: -4 },
];

/** Who has done by hand what they were asked for, while others have not yet: whose exit, in which app, how many hours ago. */
export const doneByHand = { who: who('Rohan'), app: 'Phone system', hours: 15 };

/** The app that stopped answering, and how many hours ago. */
export const silentApp = { name: 'HR records', hours: 5 };

/** The app whose last reading ended early. */
export const shortApp = 'CRM';

/** The day the story begins. */
export const beginning = -100;
