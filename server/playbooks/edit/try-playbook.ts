import { blastRadius } from '../../access/index.ts';
import { getPerson, type Person } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, Refusal } from '../../platform/errors.ts';
import { rememberReads } from '../../platform/read-once.ts';
import { conditions } from '../conditions.ts';
import { askedAbout } from '../data/asked-about.ts';
import { ownershipKinds } from '../ownership-kinds.ts';
import { runFacts } from '../run-facts.ts';
import { instantWords } from '../schedule/local-instant.ts';
import type { PlaybookDefinition, PlaybookStep } from '../schedule/playbook-definition.ts';
import { type StepInstant, stepInstant } from '../schedule/step-instant.ts';
import { answersIn, waitsForOf } from '../schedule/step-rules.ts';
import { conditionRows, conditionWords } from './condition-rows.ts';
import { factWords } from './playbook-words.ts';
import { type TryDates, triedDates } from './try-dates.ts';
import { whoIsAsked } from './who-is-asked.ts';

/** What a step would mean for one person. `applies` is null where it is not known yet; `why` says why it is not done, or what it hangs on. */
export type TriedStep = {
  key: string;
  title: string;
  kind: PlaybookStep['kind'];
  who: string | null;
  at: string | null;
  note: string | null;
  words: string;
  applies: boolean | null;
  why: string | null;
  /** Its moment is past already: it would happen at once. */
  late: boolean;
  waitsFor: string[];
};

export type TriedPlaybook = {
  person: { id: string; name: string; givenName: string; zone: string; place: string | null };
  zone: string;
  dates: TryDates;
  /** What the steps count from, in words: "Access closes Fri 27 Nov 2026, 17:00 in Lisbon". */
  words: string;
  note: string | null;
  steps: TriedStep[];
};

const noRun = '00000000-0000-0000-0000-000000000000';

/**
 * What a playbook would mean for a real person with the given dates: each step's moment on their clock, whether its condition holds for
 * them now, who would be asked. Changes nothing, writes to nobody, and neither reads nor shows an exit or a hire that they may have.
 */
export async function tryPlaybook(
  ctx: Context,
  definition: PlaybookDefinition,
  input: { personId: string; dates: TryDates },
): Promise<TriedPlaybook> {
  rememberReads(ctx);
  const person = await getPerson(ctx, input.personId);
  if (person.erased_at) throw conflict('erased', 'This person’s data has been erased. Choose somebody else.');
  const { dates, anchors, note } = triedDates(ctx, person, definition.for, input.dates);
  const zone = person.time_zone;
  const place = person.place ?? undefined;
  const timed = definition.steps.map((step) => ({ step, at: stepInstant(step, anchors, zone, place) }));
  const facts = await factsOf(ctx, person, definition, dates, timed);
  const steps: TriedStep[] = [];
  for (const { step, at } of timed) {
    const holds = await evaluate(step, definition, facts);
    steps.push({
      key: step.key,
      title: step.title,
      kind: step.kind,
      who: holds.applies === false ? null : await whoIsAsked(ctx, step, person, isQuiet(ctx, definition, anchors.told)),
      at: at.instant?.toString() ?? null,
      note: at.note?.words ?? null,
      words: at.words,
      ...holds,
      late: isLate(ctx, at),
      waitsFor: waitsForOf(step),
    });
  }
  steps.sort((a, b) => (a.at ?? '9').localeCompare(b.at ?? '9'));
  const main = anchors.cutOff ?? anchors.firstMorning;
  return {
    person: {
      id: person.id,
      name: person.name,
      givenName: person.preferred_name ?? person.given_name ?? person.name,
      zone,
      place: person.place,
    },
    zone,
    dates,
    words: `${definition.for === 'leaver' ? 'Access closes' : 'The first morning is'} ${main ? instantWords(main, zone, { place }) : 'not known'}`,
    note,
    steps,
  };
}

const isQuiet = (ctx: Context, definition: PlaybookDefinition, told: Temporal.Instant | null) =>
  definition.for === 'leaver' && told !== null && Temporal.Instant.compare(told, ctx.now) > 0;

const isLate = (ctx: Context, { instant }: StepInstant) => instant !== null && Temporal.Instant.compare(instant, ctx.now) < 0;

type Facts = Record<string, unknown> & { person: Record<string, unknown> };

async function factsOf(
  ctx: Context,
  person: Person,
  definition: PlaybookDefinition,
  dates: TryDates,
  timed: { step: PlaybookStep; at: StepInstant }[],
): Promise<Facts> {
  const ofJoiner = definition.for !== 'leaver';
  const facts = await runFacts(ctx, {
    id: noRun,
    person_id: person.id,
    plan_id: null,
    moment: definition.for,
    sensitive: false,
    cut_off_at: null,
    confirmed_at: ctx.now.toString(),
    start_on: ofJoiner ? dates.startDate! : null,
    last_working_day: (ofJoiner ? dates.endDate : dates.lastWorkingDay) ?? null,
    credential_to: ofJoiner ? (person.personal_address ? 'personal' : 'manager') : null,
    zone: person.time_zone,
    answers: {},
  });
  if (ofJoiner) return { ...facts, joining: { ...facts.joining, late: timed.some(({ at }) => isLate(ctx, at)) } };
  let ownerships = 0;
  for (const kind of ownershipKinds) ownerships += (await kind.list(ctx, person.id)).length;
  const { mail, meetings } = await askedAbout(ctx, person.id);
  const { accounts } = await blastRadius(ctx, person.id);
  return { ...facts, leaving: { now: false, sensitive: false, accounts: accounts.length, ownerships, mail, meetings, licences: false } };
}

async function evaluate(
  step: PlaybookStep,
  definition: PlaybookDefinition,
  facts: Facts,
): Promise<{ applies: boolean | null; why: string | null }> {
  if (step.when === undefined) return { applies: true, why: null };
  const words = conditionWords(step.when, definition);
  const waits = waitsForOf(step);
  try {
    const { value, reason } = await conditions().evaluateOne(step.when, facts);
    if (value === true) return { applies: true, why: null };
    if (value === false) return { applies: false, why: `Only if ${words}.${theirs(step.when, facts)}` };
    const asked = answersIn(step.when).filter((key) => waits.includes(key));
    if (asked.length > 0) return { applies: null, why: `Only if ${words}. That is asked first.` };
    return {
      applies: null,
      why: `Only if ${words}. It is not known: ${missing(step.when, facts, definition) ?? reason ?? 'something is missing'}.`,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { applies: null, why: error.message };
  }
}

const factOf = (facts: Facts, field: string): unknown => {
  const [record = '', name = ''] = field.split('.');
  return (facts[record] as Record<string, unknown> | null | undefined)?.[name] ?? null;
};

// What it is for them instead, where the condition is one comparison.
function theirs(condition: string, facts: Facts): string {
  const rows = conditionRows(condition)?.rows ?? [];
  const value = rows.length === 1 ? factOf(facts, rows[0]!.field) : null;
  return typeof value === 'string' ? ` Here it is “${value}”.` : typeof value === 'number' ? ` Here it is ${value}.` : '';
}

function missing(condition: string, facts: Facts, definition: PlaybookDefinition): string | null {
  const unknown = (conditionRows(condition)?.rows ?? []).filter(({ field }) => factOf(facts, field) === null);
  return unknown.length > 0 ? `${unknown.map(({ field }) => factWords(field, definition)).join(' and ')} is not recorded` : null;
}
