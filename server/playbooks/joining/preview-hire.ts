import { desiredForFacts, type HeldFromBefore, readFacts } from '../../access/index.ts';
import { foretellWorkAddress } from '../../people/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { Refusal } from '../../platform/errors.ts';
import { currentPlaybook } from '../current-playbook.ts';
import { type Anchors, stepInstant } from '../schedule/step-instant.ts';
import { foretellHeld } from './held-decisions.ts';
import { type Candidate, hireCandidate, momentOf } from './hire-candidate.ts';
import { type HireMoment, type HireTerms, hireMoment } from './hire-terms.ts';
import { hiredAlready } from './hired-already.ts';

/** What would happen with a hire: who they will be, the first morning, what they get by which rule, each step on their clock. */
export type HirePreview = {
  person: {
    name: string;
    workAddress: string | null;
    addressWords: string;
    title: string | null;
    department: string | null;
    location: string | null;
    zone: string;
    manager: string | null;
    employmentType: string | null;
  };
  moment: HireMoment & { isLate: boolean };
  playbook: { name: string; version: number };
  access: { appId: string; app: string; entitlement: string | null; rule: string; how: 'machine' | 'by-hand' | 'outside'; words: string }[];
  /** What they still hold from before and no rule gives them now. Of an administrator's role it must be said whether it stays or goes. */
  held: HeldFromBefore[];
  steps: { key: string; title: string; kind: string; at: string | null; words: string; note: string | null; late: boolean }[];
  obstacles: string[];
  notes: string[];
  rehire: { personId: string; name: string; leftAt: string | null } | null;
};

/** The dry run of a hire. Changes nothing. */
export async function previewHire(ctx: Context, terms: HireTerms): Promise<HirePreview> {
  const candidate = await hireCandidate(ctx, terms);
  const moment = hireMoment(ctx, terms, candidate.zone, candidate.place ?? undefined);
  const playbook = await currentPlaybook(ctx, momentOf(candidate.employmentType));
  const anchors: Anchors = {
    told: ctx.now,
    confirmed: ctx.now,
    cutOff: null,
    lastWorkingDay: moment.endDate ? Temporal.PlainDate.from(moment.endDate) : null,
    legalEnd: null,
    start: Temporal.PlainDate.from(moment.startDate),
    firstMorning: Temporal.Instant.from(moment.startsAt),
  };
  const steps = playbook.definition.steps
    .map((step) => {
      const at = stepInstant(step, anchors, moment.zone, candidate.place ?? undefined);
      return {
        key: step.key,
        title: step.title,
        kind: step.kind,
        at: at.instant?.toString() ?? null,
        words: at.words,
        note: at.note?.words ?? null,
        late: at.instant !== null && Temporal.Instant.compare(at.instant, ctx.now) < 0,
      };
    })
    .filter((step) => step.at !== null)
    .sort((a, b) => a.at!.localeCompare(b.at!));
  const obstacles: string[] = [];
  const address = await foretell(ctx, terms, candidate, obstacles);
  if ((terms.credentialTo ?? 'personal') === 'personal' && !terms.personalAddress && !candidate.existing?.personal_address)
    obstacles.push('There is no address to send the invitation to. Write their personal address, or let it go to their manager.');
  if (terms.credentialTo === 'manager' && !candidate.manager?.address)
    obstacles.push('The invitation shall go to the manager, and no manager with an address is known.');
  const twice = await hiredAlready(ctx, terms);
  if (twice) obstacles.push(twice);
  const rehire = terms.personId ? null : await hereBefore(ctx, terms);
  return {
    person: {
      name: candidate.name,
      workAddress: address.address,
      addressWords: address.words,
      title: candidate.title,
      department: candidate.department,
      location: candidate.location,
      zone: candidate.zone,
      manager: candidate.manager?.name ?? null,
      employmentType: candidate.employmentType,
    },
    moment: { ...moment, isLate: steps.some((step) => step.late) },
    playbook: { name: playbook.name, version: playbook.version },
    access: await accessOf(ctx, candidate),
    held: await foretellHeld(ctx, terms, candidate),
    steps,
    obstacles,
    notes: notesOn(candidate, moment, rehire, ctx.now),
    rehire,
  };
}

async function foretell(ctx: Context, terms: HireTerms, { existing }: Candidate, obstacles: string[]) {
  if (existing?.work_address && (!terms.workAddress || terms.workAddress.toLowerCase() === existing.work_address.toLowerCase()))
    return { address: existing.work_address, words: 'The address they had here before.' };
  try {
    return await foretellWorkAddress(ctx, {
      givenName: terms.givenName,
      familyName: terms.familyName ?? null,
      preferredName: terms.preferredName ?? null,
      wanted: terms.workAddress ?? null,
      ...(existing ? { personId: existing.id } : {}),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    obstacles.push(error.message);
    return { address: null, words: error.message };
  }
}

async function accessOf(ctx: Context, candidate: Candidate): Promise<HirePreview['access']> {
  const desired = await desiredForFacts(ctx, {
    department: candidate.department,
    location: candidate.location,
    country: candidate.country,
    title: candidate.title,
    employmentType: candidate.employmentType,
    costCentre: candidate.costCentre,
    manager: candidate.manager?.address ?? null,
    managesPeople: candidate.existing !== null && (await readFacts(ctx, candidate.existing.id))[0]?.managesPeople === true,
  });
  // A role in an app says more than the account that goes with it.
  const shown = desired.filter(
    ({ appId, entitlement }) => entitlement !== null || !desired.some((other) => other.appId === appId && other.entitlement !== null),
  );
  return shown.map(({ appId, app, writer, entitlement, rule }) => ({
    appId,
    app,
    entitlement,
    rule,
    how: writer === 'manual' ? ('by-hand' as const) : writer === 'outside' ? ('outside' as const) : ('machine' as const),
    words:
      writer === 'manual'
        ? 'Its owner is asked.'
        : writer === 'outside'
          ? 'Run from outside: somebody else gives it.'
          : 'Groundcrew gives it and reads it back.',
  }));
}

// Somebody of the same name, or with the same personal address, who has left: probably the same person.
async function hereBefore(ctx: Context, terms: HireTerms): Promise<HirePreview['rehire']> {
  const { rows } = await sql<{ personId: string; name: string; leftAt: string | null }>`
    select r.id as "personId", r.name, r.left_at as "leftAt" from people_roster r
    where r.status = 'left' and r.erased_at is null and (
      (lower(r.given_name) = lower(${terms.givenName}) and lower(coalesce(r.family_name, '')) = lower(${terms.familyName ?? ''}))
      or lower(r.personal_address) = lower(${terms.personalAddress ?? null}))
    order by r.left_at desc nulls last limit 1`.execute(ctx.db);
  return rows[0] ?? null;
}

function notesOn(candidate: Candidate, moment: HireMoment, rehire: HirePreview['rehire'], now: Temporal.Instant): string[] {
  const notes: string[] = [];
  if (moment.note) notes.push(moment.note);
  const local = now.toZonedDateTimeISO(moment.zone).toPlainDate();
  const days = local.until(moment.startDate).days;
  if (days < 0) notes.push(`The first day was ${-days === 1 ? 'yesterday' : `${-days} days ago`}: everything happens now.`);
  else if (days <= 1)
    notes.push(`They start ${days === 0 ? 'today' : 'tomorrow'}: what should have happened before happens now, and is marked late.`);
  const weekday = Temporal.PlainDate.from(moment.startDate).dayOfWeek;
  if (weekday > 5) notes.push(`The first day is a ${weekday === 6 ? 'Saturday' : 'Sunday'}.`);
  if (rehire)
    notes.push(
      `${rehire.name} was here before${rehire.leftAt ? ` and left in ${rehire.leftAt.slice(0, 4)}` : ''}. Is it the same person? Then hire them again, and they keep their address and their history.`,
    );
  if (candidate.manager === null) notes.push('No manager is named: what a manager is asked goes to whoever runs operations.');
  if (candidate.department === null) notes.push('No department is named: rules that ask for one cannot say whether they mean this person.');
  return notes;
}
