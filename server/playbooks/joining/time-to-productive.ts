/** A milestone as it is asked for; `isGone`: it is not asked any more, and stands with whoever reached it. */
export type Aim = { id: string; name: string; targetDays: number; isGone: boolean };

/** A hire that has begun, with what is known of their milestones. `today`: the date where they are. */
export type Arrival = {
  runId: string;
  person: string;
  title: string | null;
  department: string | null;
  startOn: string;
  today: string;
  /** They are known not to be here any more. */
  hasLeft: boolean;
  /** By milestone: whether it means them (null: not known), and the day on which they reached it. */
  milestones: { id: string; meant: boolean | null; reachedOn: string | null }[];
};

/** `open`: not reached yet. `left`: they left before. `unknown`: whether it means them, or when they reached it, is not known. */
export type ArrivalState = 'reached' | 'open' | 'left' | 'unknown';

/** The middle one (of an even count the mean of the two in the middle), the least and the most. */
export type Spread = { median: number; least: number; most: number };

export type MilestoneFigures = {
  reached: number;
  /** Of those who reached it, how many by its target. */
  inTime: number;
  open: number;
  /** Of those who are open, for how many its target has passed. */
  late: number;
  left: number;
  unknown: number;
  /** From the first day, of those who reached it alone; null where nobody did. */
  days: Spread | null;
  workingDays: Spread | null;
};

export type MilestoneTimes = Aim &
  MilestoneFigures & {
    /** Each whom it means: reached first, the quickest before the others; then open, the longest here first. */
    hires: { runId: string; person: string; state: ArrivalState; days: number | null; targetOn: string; isLate: boolean }[];
    byDepartment: ({ name: string | null } & MilestoneFigures)[];
    byTitle: ({ name: string | null } & MilestoneFigures)[];
  };

type One = { arrival: Arrival; state: ArrivalState; days: number | null; workingDays: number | null; targetOn: string; isLate: boolean };

/** How long hires took to each milestone, from their first day. A milestone that is not reached is open and in no median. Those that mean nobody are left out. */
export function timeToProductive(aims: readonly Aim[], arrivals: readonly Arrival[]): MilestoneTimes[] {
  return aims.flatMap((aim) => {
    const all = arrivals.flatMap((arrival) => oneOf(aim, arrival) ?? []).sort(byProgress);
    if (all.length === 0) return [];
    return {
      ...aim,
      ...figuresOf(aim, all),
      hires: all.map(({ arrival, state, days, targetOn, isLate }) => ({
        runId: arrival.runId,
        person: arrival.person,
        state,
        days,
        targetOn,
        isLate,
      })),
      byDepartment: groupsOf(aim, all, ({ department }) => department),
      byTitle: groupsOf(aim, all, ({ title }) => title),
    };
  });
}

function oneOf(aim: Aim, arrival: Arrival): One | null {
  const known = arrival.milestones.find(({ id }) => id === aim.id);
  if (!known || (known.meant === false && known.reachedOn === null)) return null;
  const start = Temporal.PlainDate.from(arrival.startOn);
  const targetOn = start.add({ days: aim.targetDays }).toString();
  const rest = { arrival, days: null, workingDays: null, targetOn, isLate: false };
  if (known.reachedOn !== null) {
    const days = start.until(known.reachedOn).days;
    // A start that was postponed after the milestone: from which day it was reached is not known.
    if (days < 0) return { ...rest, state: 'unknown' };
    return { ...rest, state: 'reached', days, workingDays: workingDaysAfter(start, days), isLate: days > aim.targetDays };
  }
  if (known.meant === null) return { ...rest, state: 'unknown' };
  if (arrival.hasLeft) return { ...rest, state: 'left' };
  return { ...rest, state: 'open', isLate: arrival.today > targetOn };
}

/** How many of the `days` days after `start` are Monday to Friday. Public holidays are not known. */
export function workingDaysAfter(start: Temporal.PlainDate, days: number): number {
  let count = Math.floor(days / 7) * 5;
  for (let left = 1; left <= days % 7; left += 1) if (start.add({ days: left }).dayOfWeek <= 5) count += 1;
  return count;
}

const order: Record<ArrivalState, number> = { reached: 0, open: 1, left: 2, unknown: 3 };
const byProgress = (a: One, b: One): number =>
  order[a.state] - order[b.state] ||
  (a.days ?? 0) - (b.days ?? 0) ||
  a.targetOn.localeCompare(b.targetOn) ||
  a.arrival.person.localeCompare(b.arrival.person);

function groupsOf(aim: Aim, all: One[], nameOf: (arrival: Arrival) => string | null) {
  const names = [...new Set(all.map(({ arrival }) => nameOf(arrival)))];
  return names
    .sort((a, b) => (a === null ? 1 : b === null ? -1 : a.localeCompare(b)))
    .map((name) => ({
      name,
      ...figuresOf(
        aim,
        all.filter(({ arrival }) => nameOf(arrival) === name),
      ),
    }));
}

function figuresOf(aim: Aim, all: One[]): MilestoneFigures {
  const of = (state: ArrivalState) => all.filter((one) => one.state === state);
  const reached = of('reached');
  return {
    reached: reached.length,
    inTime: reached.filter(({ days }) => days! <= aim.targetDays).length,
    open: of('open').length,
    late: of('open').filter(({ isLate }) => isLate).length,
    left: of('left').length,
    unknown: of('unknown').length,
    days: spreadOf(reached.map(({ days }) => days!)),
    workingDays: spreadOf(reached.map(({ workingDays }) => workingDays!)),
  };
}

function spreadOf(values: number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.floor(sorted.length / 2)]!];
  return { median: (below + above) / 2, least: sorted[0]!, most: sorted.at(-1)! };
}
