import { type Span, workingDaysWithin } from './lost-working-days.ts';
import type { ReadinessKind, ReadinessState } from './readiness.ts';

/** One thing that somebody had to wait for. Instants; `until` is null while it is missing. */
export type WaitedForThing = {
  what: string;
  cause: ReadinessKind;
  appId: string | null;
  app: string | null;
  since: string;
  until: string | null;
};

/** A hire whose first morning has come. `goneAt`: from when they are known not to be here any more. */
export type Starter = {
  runId: string;
  person: string;
  startOn: string;
  startsAt: string;
  zone: string;
  goneAt: string | null;
  /** What they said of their first morning, the last time they said it. */
  said: 'everything' | 'something-missing' | null;
  /** What the first look from the first morning on showed; null where nobody looked. */
  looked: ReadinessState | null;
  lost: WaitedForThing[];
};

/** `unknown`: nobody said and nothing was looked at, or the look could not tell. */
export type FirstMorning = 'ready' | 'missing' | 'unknown';

/** What one hire waited for: working days, what it was, and whether some of it is missing still. */
export type Waited = { runId: string; person: string; days: number; things: string[]; isOpen: boolean };

export type WaitedFor = {
  started: number;
  ready: number;
  unknown: number;
  /** Working days. A day on which one hire lacked several things counts once. */
  days: number;
  /** Of the first morning, the longest wait first. */
  hires: (Waited & { startOn: string; morning: FirstMorning })[];
  /** The dearest first. A day that has two causes counts with each. */
  causes: { cause: ReadinessKind; days: number; hires: Waited[] }[];
  apps: { appId: string; app: string; days: number; hires: Waited[] }[];
};

type Felt = { starter: Starter; thing: WaitedForThing; span: Span; isOpen: boolean };

/**
 * What hires waited for, from their first morning on: how many had everything, and the working days that were lost by cause and by app. Who
 * left before their first morning is not counted; nothing counts before it (a start that was postponed) nor after somebody has left.
 */
export function waitedFor(starters: readonly Starter[], now: Temporal.Instant): WaitedFor {
  const begun = starters.filter(({ startsAt, goneAt }) => !isAfter(startsAt, now) && (goneAt === null || isAfter(goneAt, startsAt)));
  const felt = begun.flatMap((starter) => starter.lost.flatMap((thing) => feltOf(starter, thing, now) ?? []));
  const hires = begun.map((starter) => {
    const own = felt.filter((each) => each.starter === starter);
    return { ...waitedOf(starter, own), startOn: starter.startOn, morning: morningOf(starter, own) };
  });
  const apps = grouped(felt, ({ thing }) => thing.appId);
  return {
    started: begun.length,
    ready: hires.filter(({ morning }) => morning === 'ready').length,
    unknown: hires.filter(({ morning }) => morning === 'unknown').length,
    days: sum(hires),
    hires: hires.sort((a, b) => b.days - a.days || b.startOn.localeCompare(a.startOn) || a.person.localeCompare(b.person)),
    causes: grouped(felt, ({ thing }) => thing.cause).map(({ key, ...group }) => ({ cause: key as ReadinessKind, ...group })),
    apps: apps.map(({ key, ...group }) => ({ appId: key, app: felt.find(({ thing }) => thing.appId === key)!.thing.app ?? '', ...group })),
  };
}

const isAfter = (a: string, b: string | Temporal.Instant) => Temporal.Instant.compare(a, b) > 0;

function feltOf(starter: Starter, thing: WaitedForThing, now: Temporal.Instant): Felt | null {
  const from = [starter.startsAt, thing.since].map((at) => Temporal.Instant.from(at)).sort(Temporal.Instant.compare)[1]!;
  const ends = [thing.until, starter.goneAt].filter((at) => at !== null).map((at) => Temporal.Instant.from(at));
  const to = [now, ...ends].sort(Temporal.Instant.compare)[0]!;
  // What was there by the first morning kept nobody waiting.
  if (ends.length > 0 && Temporal.Instant.compare(to, from) <= 0) return null;
  return { starter, thing, span: { from, to }, isOpen: ends.length === 0 };
}

function morningOf({ said, looked }: Starter, felt: Felt[]): FirstMorning {
  if (felt.length > 0) return 'missing';
  if (said !== null) return said === 'everything' ? 'ready' : 'missing';
  return looked === 'ready' ? 'ready' : looked === 'not-ready' ? 'missing' : 'unknown';
}

function grouped(felt: Felt[], keyOf: (each: Felt) => string | null): { key: string; days: number; hires: Waited[] }[] {
  const keys = [...new Set(felt.map(keyOf))].filter((key) => key !== null);
  const groups = keys.map((key) => {
    const inside = felt.filter((each) => keyOf(each) === key);
    const hires = [...new Set(inside.map(({ starter }) => starter))]
      .map((starter) =>
        waitedOf(
          starter,
          inside.filter((each) => each.starter === starter),
        ),
      )
      .sort((a, b) => b.days - a.days || a.person.localeCompare(b.person));
    return { key, days: sum(hires), hires };
  });
  return groups.sort((a, b) => b.days - a.days || b.hires.length - a.hires.length || a.key.localeCompare(b.key));
}

function waitedOf(starter: Starter, felt: Felt[]): Waited {
  return {
    runId: starter.runId,
    person: starter.person,
    days: workingDaysWithin(
      felt.map(({ span }) => span),
      starter.zone,
    ),
    things: [...new Set(felt.map(({ thing }) => thing.what))],
    isOpen: felt.some(({ isOpen }) => isOpen),
  };
}

const toTenth = (days: number) => Math.round(days * 10) / 10;
const sum = (hires: { days: number }[]) => toTenth(hires.reduce((all, { days }) => all + days, 0));
