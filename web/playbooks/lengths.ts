import type { Step } from './words.ts';

export type Unit = 'minutes' | 'hours' | 'days' | 'workingDays';
/** A length of time as a form has it. */
export type Length = { amount: number; unit: Unit };

export const unitWords: Record<Unit, string> = { minutes: 'minutes', hours: 'hours', days: 'days', workingDays: 'working days' };

/** A length of ISO 8601 (`PT90M`, `P2D`, `P1W`) in its largest whole unit; one with seconds is rounded up to minutes. */
export function lengthOf(text: string): Length {
  const match = /^-?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  const wholeDays = weeks * 7 + days;
  const left = hours * 60 + minutes + Math.ceil(seconds / 60);
  if (left === 0 && wholeDays > 0) return { amount: wholeDays, unit: 'days' };
  const all = wholeDays * 1440 + left;
  return all % 60 === 0 ? { amount: all / 60, unit: 'hours' } : { amount: all, unit: 'minutes' };
}

export const lengthText = ({ amount, unit }: Length): string =>
  unit === 'days' || unit === 'workingDays' ? `P${amount}D` : unit === 'hours' ? `PT${amount}H` : `PT${amount}M`;

/** A moment as the form has it: so long before or after a date of the person, or on it; `time` is '' where none is set. */
export type WhenForm = Length & { side: 'before' | 'on' | 'after'; anchor: Step['at']['anchor']; time: string };

export function whenForm(at: Step['at']): WhenForm {
  const { anchor, days, workingDays, time = '', plus } = at;
  if (plus !== undefined) {
    const length = lengthOf(plus);
    const side = length.amount === 0 ? 'on' : plus.startsWith('-') ? 'before' : 'after';
    return { anchor, time, side, ...length };
  }
  const number = days ?? workingDays ?? 0;
  const unit = workingDays === undefined ? 'days' : 'workingDays';
  return { anchor, time, unit, amount: Math.abs(number), side: number === 0 ? 'on' : number < 0 ? 'before' : 'after' };
}

/** The moment that a form says. An exact length of time goes only with an anchor that is an instant; else it is taken as days. */
export function momentOf(form: WhenForm, instant: boolean): Step['at'] {
  const { anchor, side, amount, unit, time } = form;
  const timed = time === '' ? {} : { time };
  if (side === 'on' || amount === 0) return time !== '' && instant ? { anchor, days: 0, ...timed } : { anchor, ...timed };
  const number = side === 'before' ? -amount : amount;
  if (unit === 'hours' || unit === 'minutes') {
    if (instant) return { anchor, plus: `${side === 'before' ? '-' : ''}${lengthText({ amount, unit })}` };
    return { anchor, days: number, ...timed };
  }
  return { anchor, [unit]: number, ...timed };
}

type Due = Extract<Step, { kind: 'task' }>['due'];
export type DueForm = Length & { time: string };

export function dueForm(due: NonNullable<Due>): DueForm {
  if (typeof due === 'string') return { ...lengthOf(due), time: '' };
  const { days, workingDays, time = '' } = due;
  return { amount: days ?? workingDays ?? 0, unit: workingDays === undefined ? 'days' : 'workingDays', time };
}

export function dueOf({ amount, unit, time }: DueForm): NonNullable<Due> {
  if (unit === 'hours' || unit === 'minutes') return lengthText({ amount, unit });
  if (unit === 'days' && time === '') return `P${amount}D`;
  return { [unit]: amount, ...(time === '' ? {} : { time }) };
}
