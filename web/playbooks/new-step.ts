import { freeKey } from './draft-steps.ts';
import type { Definition, OutlinedStep, Step } from './words.ts';

const momentOfPart = (moment: Definition['for'], part: OutlinedStep['part']): Step['at'] => {
  if (moment === 'leaver') {
    if (part === 'before') return { anchor: 'last-working-day', workingDays: -3, time: '09:00' };
    if (part === 'day') return { anchor: 'last-working-day', time: '12:00' };
    return { anchor: 'cut-off', days: 1, time: '09:00' };
  }
  if (part === 'before') return { anchor: 'start', workingDays: -3, time: '09:00' };
  if (part === 'day') return { anchor: 'start', time: '12:00' };
  return { anchor: 'start', workingDays: 3, time: '09:00' };
};

/** What a new step of a kind begins with, so that only its own words are missing. */
export function newStep(kind: Step['kind'], part: OutlinedStep['part'], definition: Definition): Step {
  const shared = { key: freeKey(definition, 'new step'), title: '', at: momentOfPart(definition.for, part) };
  const asks = { ...shared, who: 'ops', due: { workingDays: 2, time: '17:00' } } as const;
  switch (kind) {
    case 'task':
    case 'approval':
      return { ...asks, kind } as Step;
    case 'question':
      return { ...asks, kind, question: { answer: 'yes-no' } } as Step;
    case 'message':
      return { ...shared, kind, message: { to: 'manager', subject: '', text: '' } };
    case 'revoke-access':
      return { ...shared, kind, access: 'count' };
    case 'hand-over-ownership':
      return { ...shared, kind, to: 'deputy-or-manager', provisional: true };
    case 'http-call':
      return { ...shared, kind, connection: '', method: 'POST', path: '/' };
    case 'wait':
    case 'grant-access':
    case 'check-readiness':
    case 'welcome':
      return { ...shared, kind } as Step;
  }
}

/** The step as another kind: what both have stays. */
export function asKind(step: Step, kind: Step['kind'], part: OutlinedStep['part'], definition: Definition): Step {
  const fresh = newStep(kind, part, definition);
  const { key, title, at, when, waitsFor } = step;
  return { ...fresh, key, title, at, ...(when === undefined ? {} : { when }), ...(waitsFor === undefined ? {} : { waitsFor }) } as Step;
}
