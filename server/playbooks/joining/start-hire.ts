import { holdBack } from '../../access/index.ts';
import { decideWorkAddress, setLeavingDates } from '../../people/index.ts';
import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import { emit } from '../../platform/events.ts';
import { currentPlaybook } from '../current-playbook.ts';
import { runStarted } from '../events.ts';
import { anchorsOf } from '../run-anchors.ts';
import { stepInstant } from '../schedule/step-instant.ts';
import { endExit } from './end-exit.ts';
import { settleHeld } from './held-decisions.ts';
import { type Candidate, hireCandidate, momentOf } from './hire-candidate.ts';
import { type HireTerms, hireMoment } from './hire-terms.ts';
import { hiredAlready } from './hired-already.ts';
import { writeHired } from './write-hired.ts';

export type Hired = { personId: string; runId: string; workAddress: string };

/**
 * Hires somebody: their record with a work address that is theirs for good, and the run of the joiner (or contractor) playbook. What is
 * overdue happens now. Two hires at once never get the same address, and one personal address is hired only once.
 */
export async function startHire(ctx: Context, terms: HireTerms): Promise<Hired> {
  const candidate = await hireCandidate(ctx, terms);
  const moment = hireMoment(ctx, terms, candidate.zone, candidate.place ?? undefined);
  const credentialTo = terms.credentialTo ?? 'personal';
  checkRecipient(terms, candidate, credentialTo);
  // Decided first: it makes hires of one organization wait for each other, so that what is looked up next cannot change.
  const workAddress = await addressOf(ctx, terms, candidate);
  await refuseTwice(ctx, terms);
  if (candidate.existing) await endExit(ctx, candidate.existing.id, 'They were hired again.');
  const personId = await writeHired(ctx, terms, candidate, workAddress);
  if (moment.endDate)
    await setLeavingDates(ctx, personId, { lastWorkingDay: moment.endDate, cutOffLocal: null, cutOffZone: null }, { by: 'page' });
  const playbook = await currentPlaybook(ctx, momentOf(candidate.employmentType));
  const now = ctx.now.toString();
  const run = await ctx.db
    .insertInto('playbooks_runs')
    .values({
      organization_id: ctx.organizationId,
      version_id: playbook.versionId,
      person_id: personId,
      moment: playbook.definition.for,
      status: 'running',
      zone: moment.zone,
      start_on: moment.startDate,
      start_local: moment.startLocal,
      starts_at: moment.startsAt,
      start_note: moment.note,
      last_working_day: moment.endDate,
      manager_person_id: candidate.managerId,
      like_person_id: terms.likePersonId ?? null,
      credential_to: credentialTo,
      answers: JSON.stringify({}),
      confirmed_by: ctx.actor.name,
      confirmed_at: now,
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!run) throw conflict('already_joining', `The hire of ${candidate.name} is under way already. Nothing was changed.`);
  if (candidate.existing || terms.fromBefore?.length)
    await settleHeld(ctx, {
      terms,
      personId,
      name: candidate.name,
      runId: run.id,
      managerId: candidate.managerId,
      startsAt: moment.startsAt,
    });
  // An invitation of an earlier time here opens nothing of this one.
  await ctx.db
    .updateTable('playbooks_runs')
    .set({ welcome_link_hash: null })
    .where('person_id', '=', personId)
    .where('id', '<>', run.id)
    .where('welcome_link_hash', 'is not', null)
    .execute();
  const anchors = anchorsOf(run);
  const steps = playbook.definition.steps.map((step, position) => {
    const at = stepInstant(step, anchors, moment.zone, candidate.place ?? undefined);
    const instant = at.instant?.toString() ?? null;
    return {
      organization_id: ctx.organizationId,
      run_id: run.id,
      key: step.key,
      position,
      kind: step.kind,
      title: step.title,
      definition: JSON.stringify(step),
      due_at: instant,
      due_note: at.note?.words ?? null,
      next_at: instant,
      status: instant === null ? 'skipped' : 'planned',
      words: instant === null ? noDateWords : null,
    };
  });
  await ctx.db.insertInto('playbooks_steps').values(steps).execute();
  const opens = steps.filter((step) => step.kind === 'grant-access' && step.due_at).map((step) => step.due_at!);
  await holdBack(ctx, personId, opens.sort()[0] ?? moment.startsAt);
  await appendAudit(ctx, {
    action: 'hire.confirmed',
    subject: { kind: 'run', id: run.id, name: candidate.name },
    after: { startDate: moment.startDate, startsAt: moment.startsAt, zone: moment.zone, workAddress, rehire: candidate.isRehire },
    people: [personId],
  });
  await emit(ctx, runStarted, { runId: run.id, personId });
  ctx.afterCommit(() => ctx.platform.wake());
  return { personId, runId: run.id, workAddress };
}

/** Why a step that counts from the last working day does not happen. */
export const noDateWords = 'There is no end date.';

function checkRecipient(terms: HireTerms, candidate: Candidate, credentialTo: 'personal' | 'manager'): void {
  const personal = terms.personalAddress ?? candidate.existing?.personal_address ?? null;
  if (credentialTo === 'personal' && !personal)
    throw invalid('nowhere_to_write', 'There is no address to send the invitation to. Nothing was changed.', [
      { field: 'personalAddress', message: 'Write their personal address, or let the invitation go to their manager.' },
    ]);
  if (credentialTo === 'manager' && !candidate.manager?.address)
    throw invalid(
      'nowhere_to_write',
      'The invitation shall go to the manager, and no manager with an address is known. Nothing was changed.',
      [{ field: 'managerId', message: 'Choose a manager, or let the invitation go to the personal address.' }],
    );
}

async function addressOf(ctx: Context, terms: HireTerms, { existing }: Candidate): Promise<string> {
  if (existing?.work_address && (!terms.workAddress || terms.workAddress.toLowerCase() === existing.work_address.toLowerCase()))
    return existing.work_address;
  const { address } = await decideWorkAddress(ctx, {
    givenName: terms.givenName,
    familyName: terms.familyName ?? null,
    preferredName: terms.preferredName ?? null,
    wanted: terms.workAddress ?? null,
    ...(existing ? { personId: existing.id } : {}),
  });
  return address;
}

async function refuseTwice(ctx: Context, terms: HireTerms): Promise<void> {
  const twice = await hiredAlready(ctx, terms);
  if (twice) throw conflict('already_joining', `${twice} Nothing was changed.`);
}
