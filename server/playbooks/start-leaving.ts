import { planLeaving } from '../access/index.ts';
import { concealLeaving, setLeavingDates } from '../people/index.ts';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, type Refusal } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import type { Ownership, OwnershipKind } from '../platform/ownerships.ts';
import { currentPlaybook } from './current-playbook.ts';
import { askAboutData } from './data/ask-about-data.ts';
import { runStarted } from './events.ts';
import { isLastOwnerToStay } from './last-owner.ts';
import { getLeavingCandidate, type LeavingTerms, leavingMoment } from './leaving-terms.ts';
import { ownershipKinds } from './ownership-kinds.ts';
import { soleOwnerWords } from './preview-leaving.ts';
import { anchorsOf } from './run-anchors.ts';
import { getRun, leavingOf } from './run-row.ts';
import { stepInstant } from './schedule/step-instant.ts';

/** Lets one person or many leave in one act: all are started, or none. A person confirmed it, so no brake applies. Returns the runs' ids. */
export async function startLeaving(ctx: Context, personIds: string[], terms: LeavingTerms): Promise<string[]> {
  const distinct = [...new Set(personIds.map((id) => id.toLowerCase()))];
  if (distinct.length === 0)
    throw invalid('nobody_chosen', 'Choose at least one person.', [{ field: 'personIds', message: 'Nobody was chosen.' }]);
  // Before anything is looked up: whether there is an exit already is not theirs to hear.
  if (ctx.actor.personId && distinct.includes(ctx.actor.personId))
    throw conflict('own_exit', 'Somebody else has to confirm your own exit. Nothing was changed.');
  await checkNamed(ctx, terms.namedMemberIds);
  const runIds: string[] = [];
  for (const personId of distinct) runIds.push(await startOne(ctx, personId, terms));
  ctx.afterCommit(() => ctx.platform.wake());
  return runIds;
}

async function startOne(ctx: Context, personId: string, terms: LeavingTerms): Promise<string> {
  const person = await getLeavingCandidate(ctx, personId);
  if (person.member_id && (await isLastOwnerToStay(ctx, person.member_id))) throw conflict('sole_owner', soleOwnerWords(person.name));
  const moment = leavingMoment(ctx, person, terms);
  const isConcealed = Temporal.Instant.compare(moment.toldAt, ctx.now) > 0;
  const named = [...new Set([...terms.namedMemberIds, ...(ctx.actor.memberId ? [ctx.actor.memberId] : [])])];
  const concealmentId = isConcealed
    ? await concealLeaving(ctx, { personId, toldAt: moment.toldAt, sensitive: terms.sensitive, namedMemberIds: named })
    : null;
  await setLeavingDates(
    ctx,
    personId,
    {
      lastWorkingDay: moment.lastWorkingDay,
      cutOffLocal: moment.cutOffLocal,
      cutOffZone: moment.zone,
      legalEnd: moment.legalEnd,
      reason: terms.reason ?? null,
    },
    { concealmentId, cutOffAt: moment.cutOffAt },
  );
  const { planId, blast } = await planLeaving(ctx, { personId, dueAt: moment.cutOffAt, concealmentId });
  const playbook = await currentPlaybook(ctx, 'leaver');
  const run = await ctx.db
    .insertInto('playbooks_runs')
    .values({
      organization_id: ctx.organizationId,
      moment: 'leaver',
      version_id: playbook.versionId,
      person_id: personId,
      status: 'running',
      zone: moment.zone,
      last_working_day: moment.lastWorkingDay,
      cut_off_local: moment.cutOffLocal,
      cut_off_at: moment.cutOffAt,
      cut_off_note: moment.note,
      told_at: moment.toldAt,
      legal_end: moment.legalEnd,
      sensitive: terms.sensitive,
      reason: terms.reason ?? null,
      manager_person_id: person.manager_id,
      answers: JSON.stringify({}),
      plan_id: planId,
      concealment_id: concealmentId,
      confirmed_by: ctx.actor.name,
      confirmed_by_member_id: ctx.actor.memberId,
      confirmed_at: ctx.now.toString(),
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!run) throw await alreadyLeaving(ctx, person);
  const anchors = anchorsOf(run);
  await ctx.db
    .insertInto('playbooks_steps')
    .values(
      playbook.definition.steps.map((step, position) => {
        const at = stepInstant(step, anchors, moment.zone, person.place ?? undefined);
        return {
          organization_id: ctx.organizationId,
          run_id: run.id,
          key: step.key,
          position,
          kind: step.kind,
          title: step.title,
          definition: JSON.stringify(step),
          due_at: at.instant?.toString() ?? null,
          due_note: at.note?.words ?? null,
          next_at: at.instant?.toString() ?? null,
          status: 'planned',
          concealment_id: concealmentId,
        };
      }),
    )
    .execute();
  await collectHandovers(ctx, { runId: run.id, personId, concealmentId });
  await askAboutData(ctx, leavingOf(await getRun(ctx, run.id)));
  await ctx.db
    .insertInto('playbooks_proofs')
    .values({ organization_id: ctx.organizationId, run_id: run.id, status: 'open', concealment_id: concealmentId })
    .execute();
  await appendAudit(ctx, {
    action: 'leaving.confirmed',
    subject: { kind: 'run', id: run.id, name: person.name },
    after: {
      cutOffAt: moment.cutOffAt,
      cutOffLocal: moment.cutOffLocal,
      zone: moment.zone,
      toldAt: moment.toldAt,
      sensitive: terms.sensitive,
      accounts: blast.accounts.length,
      onlyAdminOf: blast.onlyAdminOf.map((app) => app.name),
    },
    reason: terms.reason ?? null,
    people: [personId],
    concealmentId,
  });
  await emit(ctx, runStarted, { runId: run.id, personId });
  return run.id;
}

async function checkNamed(ctx: Context, memberIds: string[]): Promise<void> {
  if (memberIds.length === 0) return;
  const rows = await ctx.db
    .selectFrom('identity_members')
    .select('id')
    .where('id', 'in', memberIds)
    .where('disabled_at', 'is', null)
    .execute();
  if (rows.length < new Set(memberIds.map((id) => id.toLowerCase())).size)
    throw invalid('unknown_member', 'Somebody who shall know of this is no member here. Nothing was changed.', [
      { field: 'namedMemberIds', message: 'Choose among the members of this organization.' },
    ]);
}

// Somebody else was faster; or there is an exit that only those named may know of, and then the answer does not say so.
async function alreadyLeaving(ctx: Context, person: { id: string; name: string }): Promise<Refusal> {
  await getLeavingCandidate(ctx, person.id);
  return conflict(
    'cannot_be_set_here',
    `The leaving of ${person.name} cannot be set by you here now. Ask an owner of the organization. Nothing was changed.`,
  );
}

/**
 * Writes down what the person is responsible for, as far as it is not yet in the run. Called again at the cut-off, for what came since. Returns
 * everything they are responsible for, concealed things too.
 */
export async function collectHandovers(
  ctx: Context,
  input: { runId: string; personId: string; concealmentId: string | null },
): Promise<(Ownership & { kind: OwnershipKind })[]> {
  const all: (Ownership & { kind: OwnershipKind })[] = [];
  for (const kind of ownershipKinds) {
    const list = await kind.list(ctx, input.personId);
    all.push(...list.map((each) => ({ ...each, kind })));
    const owned = list.filter((each) => !each.concealed);
    if (owned.length === 0) continue;
    await ctx.db
      .insertInto('playbooks_handovers')
      .values(
        owned.map((each) => ({
          organization_id: ctx.organizationId,
          run_id: input.runId,
          object_kind: kind.kind,
          object_id: each.objectId,
          label: each.label,
          status: 'open',
          concealment_id: input.concealmentId,
          created_at: ctx.now.toString(),
        })),
      )
      .onConflict((c) => c.columns(['organization_id', 'run_id', 'object_kind', 'object_id']).doNothing())
      .execute();
  }
  return all;
}
