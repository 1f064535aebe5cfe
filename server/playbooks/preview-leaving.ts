import { type BlastRadius, blastRadius } from '../access/index.ts';
import type { Context } from '../platform/context.ts';
import { currentPlaybook } from './current-playbook.ts';
import { isLastOwnerToStay } from './last-owner.ts';
import { getLeavingCandidate, type LeavingMoment, type LeavingTerms, leavingMoment } from './leaving-terms.ts';
import { ownershipKinds } from './ownership-kinds.ts';
import { stepInstant } from './schedule/step-instant.ts';
import { type ToldAtOnce, toldAtOnce } from './told-at-once.ts';

/** What would happen to one person: the moment, what it touches, each step with its time. Changes nothing. */
export type LeavingPreview = {
  person: { id: string; name: string; zone: string; place: string | null };
  moment: LeavingMoment;
  blast: BlastRadius;
  ownerships: { kind: string; label: string; to: string | null }[];
  steps: { key: string; title: string; kind: string; at: string | null; words: string; note: string | null }[];
  /** Who gets mail as soon as it is confirmed, and about what. */
  toldAtOnce: ToldAtOnce[];
  /** Why it cannot be confirmed yet, in words; empty when it can. */
  obstacles: string[];
};

/** The dry run of an exit for one person. */
export async function previewLeaving(ctx: Context, personId: string, terms: LeavingTerms): Promise<LeavingPreview> {
  const person = await getLeavingCandidate(ctx, personId);
  const moment = leavingMoment(ctx, person, terms);
  const { definition } = await currentPlaybook(ctx, 'leaver');
  const anchors = {
    told: Temporal.Instant.from(moment.toldAt),
    confirmed: ctx.now,
    cutOff: Temporal.Instant.from(moment.cutOffAt),
    lastWorkingDay: Temporal.PlainDate.from(moment.lastWorkingDay),
    legalEnd: moment.legalEnd ? Temporal.PlainDate.from(moment.legalEnd) : null,
    start: null,
    firstMorning: null,
  };
  const timed = definition.steps.map((step) => ({ step, at: stepInstant(step, anchors, moment.zone, person.place ?? undefined) }));
  const steps = timed.map(({ step, at }) => {
    return {
      key: step.key,
      title: step.title,
      kind: step.kind,
      at: at.instant?.toString() ?? null,
      words: at.words,
      note: at.note?.words ?? null,
    };
  });
  steps.sort((a, b) => (a.at ?? '9').localeCompare(b.at ?? '9'));
  const manager = person.manager_id
    ? await ctx.db.selectFrom('people_roster').select(['id', 'name']).where('id', '=', person.manager_id).executeTakeFirst()
    : undefined;
  const ownerships = [];
  for (const kind of ownershipKinds) {
    for (const owned of await kind.list(ctx, personId)) {
      const deputy =
        owned.deputyPersonId && owned.deputyPersonId !== personId
          ? await ctx.db.selectFrom('people_roster').select('name').where('id', '=', owned.deputyPersonId).executeTakeFirst()
          : undefined;
      ownerships.push({ kind: kind.kind, label: owned.label, to: deputy?.name ?? manager?.name ?? null });
    }
  }
  const blast = await blastRadius(ctx, personId);
  return {
    person: { id: person.id, name: person.name, zone: moment.zone, place: person.location },
    moment,
    blast,
    ownerships,
    steps,
    toldAtOnce: await toldAtOnce(ctx, {
      person,
      moment,
      terms,
      blast,
      ownerships: ownerships.length,
      steps: timed.map(({ step, at }) => ({ step, at: at.instant })),
    }),
    obstacles: person.member_id && (await isLastOwnerToStay(ctx, person.member_id)) ? [soleOwnerWords(person.name)] : [],
  };
}

export const soleOwnerWords = (name: string) =>
  `${name} is the only owner of this organization in Groundcrew. Name another owner under Settings, Members first; then this exit can be confirmed.`;
