import { instantWords, type LocalTimeNote, localInstant } from './local-instant.ts';
import type { Anchor, Due, Moment, PlaybookStep } from './playbook-definition.ts';
import { isOnlyAfterTold } from './step-rules.ts';

/**
 * The dates of one exit or one hire. `told` is when the leaver knows; it is never later than the cut-off. `firstMorning` is when the new
 * colleague begins to work. Null is a date that is not known.
 */
export type Anchors = {
  told: Temporal.Instant | null;
  confirmed: Temporal.Instant | null;
  cutOff: Temporal.Instant | null;
  lastWorkingDay: Temporal.PlainDate | null;
  legalEnd: Temporal.PlainDate | null;
  start: Temporal.PlainDate | null;
  firstMorning: Temporal.Instant | null;
};

/** When a step begins. `instant` is null while the date it counts from is not known; `words` is a whole phrase in the person's zone. */
export type StepInstant = { instant: Temporal.Instant | null; note: LocalTimeNote | null; words: string };

const DEFAULT_TIME = '09:00';

const anchorWords: Record<Anchor, string> = {
  told: 'the moment the leaver is told',
  'last-working-day': 'the last working day',
  'cut-off': 'the cut-off',
  'legal-end': 'the legal end',
  start: 'the first day',
  'first-morning': 'the first morning',
  confirmed: 'the confirmation',
};

/**
 * When a step begins, in the person's zone. A date without a time means 09:00; a moment counted in days from an instant keeps its local
 * time unless `time` is given. What reaches the leaver or a shared place begins no earlier than `told`.
 */
export function stepInstant(step: PlaybookStep, anchors: Anchors, zone: string, place?: string): StepInstant {
  const moment = momentInstant(step.at, anchors, zone, place);
  if (!isOnlyAfterTold(step) || moment.instant === null) return moment;
  const told = toldOf(anchors);
  if (told === null) return { instant: null, note: null, words: 'Waits until the leaver has been told.' };
  if (Temporal.Instant.compare(moment.instant, told) >= 0) return moment;
  return { instant: told, note: null, words: instantWords(told, zone, { place }) };
}

/** The instant of a moment alone, without regard to who may know what. */
export function momentInstant(at: Moment, anchors: Anchors, zone: string, place?: string): StepInstant {
  const anchor = anchorValue(at.anchor, anchors);
  if (anchor === null) return { instant: null, note: null, words: `Waits until ${anchorWords[at.anchor]} is known.` };
  const isExact = at.days === undefined && at.workingDays === undefined && at.time === undefined;
  if (anchor instanceof Temporal.Instant && isExact) {
    const instant = at.plus === undefined ? anchor : anchor.add(at.plus);
    return { instant, note: null, words: instantWords(instant, zone, { place }) };
  }
  const zoned = anchor instanceof Temporal.Instant ? anchor.toZonedDateTimeISO(zone) : null;
  const date = moveDate(zoned?.toPlainDate() ?? (anchor as Temporal.PlainDate), at);
  const time = at.time ?? zoned?.toPlainTime() ?? DEFAULT_TIME;
  const { instant, note } = localInstant(date.toPlainDateTime(time), zone, place);
  return { instant, note, words: instantWords(instant, zone, { place }) };
}

/** When a step that began at `from` is due; null when it has no due time. Days are those of the person's calendar. */
export function dueInstant(due: Due | undefined, from: Temporal.Instant, zone: string): Temporal.Instant | null {
  if (due === undefined) return null;
  const local = from.toZonedDateTimeISO(zone);
  if (typeof due === 'string') return local.add(due).toInstant();
  return localInstant(moveDate(local.toPlainDate(), due).toPlainDateTime(due.time ?? local.toPlainTime()), zone).instant;
}

/** The told instant that holds: at the latest the cut-off. */
export function toldOf({ told, cutOff }: Pick<Anchors, 'told' | 'cutOff'>): Temporal.Instant | null {
  if (told === null || cutOff === null) return told ?? cutOff;
  return Temporal.Instant.compare(told, cutOff) < 0 ? told : cutOff;
}

/** `2 days before the last working day, at 09:00`: a moment as a person would say it, for a playbook that nobody runs yet. */
export function momentWords(at: Moment): string {
  const time = at.time === undefined ? '' : `, at ${at.time}`;
  if (at.plus !== undefined) {
    const length = Temporal.Duration.from(at.plus);
    if (length.blank) return anchorWords[at.anchor];
    return `${lengthWords(length.abs())} ${length.sign < 0 ? 'before' : 'after'} ${anchorWords[at.anchor]}`;
  }
  const days = at.days ?? at.workingDays ?? 0;
  const unit = at.workingDays === undefined ? 'day' : 'working day';
  if (days === 0) return `${anchorWords[at.anchor]}${time}`;
  return `${count(Math.abs(days), unit)} ${days < 0 ? 'before' : 'after'} ${anchorWords[at.anchor]}${time}`;
}

function anchorValue(anchor: Anchor, anchors: Anchors): Temporal.Instant | Temporal.PlainDate | null {
  switch (anchor) {
    case 'told':
      return toldOf(anchors);
    case 'confirmed':
      return anchors.confirmed;
    case 'cut-off':
      return anchors.cutOff;
    case 'last-working-day':
      return anchors.lastWorkingDay;
    case 'legal-end':
      return anchors.legalEnd;
    case 'start':
      return anchors.start;
    case 'first-morning':
      return anchors.firstMorning;
  }
}

function moveDate(date: Temporal.PlainDate, { days, workingDays }: { days?: number; workingDays?: number }): Temporal.PlainDate {
  if (workingDays === undefined) return date.add({ days: days ?? 0 });
  const step = workingDays < 0 ? -1 : 1;
  let moved = date;
  for (let left = Math.abs(workingDays); left > 0; ) {
    moved = moved.add({ days: step });
    if (moved.dayOfWeek <= 5) left -= 1;
  }
  return moved;
}

const lengthWords = (length: Temporal.Duration) =>
  [count(length.hours, 'hour'), count(length.minutes, 'minute'), count(length.seconds, 'second')]
    .filter((part) => !part.startsWith('0 '))
    .join(' ');

const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`;
