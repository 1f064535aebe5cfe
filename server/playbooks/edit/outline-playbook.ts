import type { PlaybookDefinition, PlaybookMoment, PlaybookStep } from '../schedule/playbook-definition.ts';
import { type Anchors, stepInstant } from '../schedule/step-instant.ts';
import { neverWaits, waitsForOf } from '../schedule/step-rules.ts';
import { type ConditionRows, conditionRows } from './condition-rows.ts';
import { type StepWords, stepWords } from './step-words.ts';

/** A step of a playbook that nobody runs yet, in its place in time. `moment` is the same number for steps that begin together. */
export type OutlinedStep = StepWords & {
  key: string;
  title: string;
  kind: PlaybookStep['kind'];
  /** Its place in the definition, from 0. */
  position: number;
  part: 'before' | 'day' | 'after';
  moment: number;
  waitsFor: string[];
  /** It stands at the cut-off and waits for nobody. */
  fixed: boolean;
  condition: ConditionRows | null;
};

const utc = (text: string) => Temporal.Instant.from(text);

// An exit and a hire as they usually are, for the order alone: nobody's dates.
const usual: Readonly<Record<'leaver' | 'joiner', { day: Temporal.PlainDate; anchors: Anchors }>> = {
  leaver: {
    day: Temporal.PlainDate.from('2030-03-29'),
    anchors: {
      confirmed: utc('2030-03-01T10:00:00Z'),
      told: utc('2030-03-08T12:00:00Z'),
      cutOff: utc('2030-03-29T17:00:00Z'),
      lastWorkingDay: Temporal.PlainDate.from('2030-03-29'),
      legalEnd: Temporal.PlainDate.from('2030-04-12'),
      start: null,
      firstMorning: null,
    },
  },
  joiner: {
    day: Temporal.PlainDate.from('2030-04-01'),
    anchors: {
      confirmed: utc('2030-03-01T10:00:00Z'),
      told: utc('2030-03-01T10:00:00Z'),
      cutOff: null,
      lastWorkingDay: Temporal.PlainDate.from('2030-09-30'),
      legalEnd: null,
      start: Temporal.PlainDate.from('2030-04-01'),
      firstMorning: utc('2030-04-01T09:00:00Z'),
    },
  },
};

const usualOf = (moment: PlaybookMoment) => usual[moment === 'leaver' ? 'leaver' : 'joiner'];

/** The steps in the order in which they usually begin, with their words. Pure: dates are those of a usual exit or hire, four weeks ahead. */
export function outlinePlaybook(definition: Pick<PlaybookDefinition, 'for' | 'steps'>): OutlinedStep[] {
  const { day, anchors } = usualOf(definition.for);
  const timed = definition.steps.map((step, position) => {
    const { instant } = stepInstant(step, anchors, 'UTC');
    return { step, position, at: instant?.epochMilliseconds ?? Number.MAX_SAFE_INTEGER };
  });
  timed.sort((a, b) => a.at - b.at || Number(neverWaits(b.step)) - Number(neverWaits(a.step)) || a.position - b.position);
  const placed = [...Map.groupBy(timed, ({ at }) => at).values()].flatMap(inWaitingOrder);
  const from = day.toZonedDateTime('UTC').epochMilliseconds;
  const until = day.add({ days: 1 }).toZonedDateTime('UTC').epochMilliseconds;
  let moment = -1;
  return placed.map(({ step, position, at }, index) => {
    if (index === 0 || placed[index - 1]!.at !== at) moment += 1;
    return {
      key: step.key,
      title: step.title,
      kind: step.kind,
      position,
      part: at < from ? 'before' : at < until ? 'day' : 'after',
      moment,
      waitsFor: waitsForOf(step),
      fixed: neverWaits(step),
      condition: step.when === undefined ? null : conditionRows(step.when),
      ...stepWords(step, definition),
    };
  });
}

/** Steps that begin together in their given order, except that none stands before one it waits for. */
function inWaitingOrder<Placed extends { step: PlaybookStep }>(together: Placed[]): Placed[] {
  const left = [...together];
  const ordered: Placed[] = [];
  while (left.length > 0) {
    const keys = new Set(left.map(({ step }) => step.key));
    const next = left.findIndex(({ step }) => waitsForOf(step).every((key) => key === step.key || !keys.has(key)));
    // In a circle nobody is first: it is named as a problem, and shown in the given order.
    ordered.push(...left.splice(Math.max(0, next), 1));
  }
  return ordered;
}
