import { askToTakeRights, decideGrant, type HeldFromBefore, type HeldRole, heldFromBefore } from '../../access/index.ts';
import { type Context, runUndoably } from '../../platform/context.ts';
import { conflict, forbidden } from '../../platform/errors.ts';
import { declaredPermissions, reachOf, scopesCover } from '../../platform/http/permissions.ts';
import { openTask } from '../../tasks/index.ts';
import { whoDoesIt } from '../who-does-it.ts';
import type { Candidate } from './hire-candidate.ts';
import type { HireTerms } from './hire-terms.ts';
import { writeHired } from './write-hired.ts';

/** What the person still holds from before and no rule gives them in the new position, with what the terms say about each. Changes nothing. */
export async function foretellHeld(ctx: Context, terms: HireTerms, candidate: Candidate): Promise<HeldFromBefore[]> {
  const { existing } = candidate;
  if (!existing) {
    refuseNotHeld([], terms, candidate.name);
    return [];
  }
  // The rules are asked about the position as it will be written; then it is as if it had not been.
  const held = await runUndoably(
    ctx,
    async (inner) => {
      await writeHired(inner, terms, candidate, existing.work_address);
      return heldFromBefore(inner, existing.id);
    },
    () => false,
  );
  refuseNotHeld(held, terms, candidate.name);
  return held.map((each) => ({
    ...each,
    roles: each.roles.map((role) => ({ ...role, decision: saidOf(terms, each.appId, role) ?? role.decision })),
  }));
}

type Undecided = { app: string; role: HeldRole };
type Hire = { terms: HireTerms; personId: string; name: string; runId: string; managerId: string | null; startsAt: string };

/**
 * Keeps what was decided about what somebody still holds from before, once they are written as hired. An administrator's role needs a decision
 * (409 without), and to let one stay the right to decide about access (403). About the rest that nobody decided somebody is asked.
 */
export async function settleHeld(ctx: Context, hire: Hire): Promise<void> {
  const { terms, personId } = hire;
  const held = await heldFromBefore(ctx, personId);
  refuseNotHeld(held, terms, hire.name);
  refuseUndecided(held, hire);
  const open: Undecided[] = [];
  const standing = await standingDecisions(ctx, personId);
  for (const { appId, app, roles } of held) {
    for (const role of roles) {
      const answer = saidOf(terms, appId, role);
      const decision = answer ?? role.decision;
      if (answer === 'keep' && role.isAdmin && !mayDecide(ctx))
        throw forbidden(
          `Whether ${hire.name} stays an administrator of ${app} is decided by whoever manages access. Let it be taken away, or ask them. Nobody was hired.`,
        );
      if (role.entitlementId === null && answer === 'take')
        await askToTakeRights(ctx, { personId, appId, dueAt: dueBy(ctx, hire.startsAt).toString() });
      // What was decided about an earlier time here ends with it.
      else if (answer !== null || (decision === null && standing.has(keyOf(appId, role.entitlementId)))) {
        const reason = 'Said with the hire.';
        await decideGrant(ctx, { personId, appId, entitlementId: role.entitlementId, decision: decision ?? 'undecided', reason });
      }
      if (decision === null) open.push({ app, role });
    }
  }
  if (open.length > 0) await askToDecide(ctx, hire, open);
}

function refuseNotHeld(held: readonly HeldFromBefore[], { fromBefore = [] }: HireTerms, name: string): void {
  const known = new Set(held.flatMap(({ appId, roles }) => roles.map(({ entitlementId }) => keyOf(appId, entitlementId))));
  if (fromBefore.some(({ appId, entitlementId }) => !known.has(keyOf(appId, entitlementId))))
    throw conflict('held_changed', `What ${name} holds from before is not what you saw any more. Look at it again. Nobody was hired.`);
}

function refuseUndecided(held: readonly HeldFromBefore[], { terms, name }: Hire): void {
  const open = held.flatMap(({ appId, app, roles }) =>
    roles
      .filter((role) => role.isAdmin && (saidOf(terms, appId, role) ?? role.decision) === null)
      .map((role) => `${app}: ${roleWords(role)}`),
  );
  if (open.length === 0) return;
  const words = `${name} is still an administrator from before, and no rule gives it: ${open.join('; ')}. Say of each whether it stays or goes. Nobody was hired.`;
  throw conflict('administrator_undecided', words);
}

/** How a thing that is held is called: its name, or what is known of the account. */
const roleWords = ({ entitlement }: Pick<HeldRole, 'entitlement'>): string => entitlement ?? 'administrator';

const keyOf = (appId: string, entitlementId: string | null): string => `${appId}/${entitlementId ?? ''}`;

const saidOf = ({ fromBefore }: HireTerms, appId: string, { entitlementId }: HeldRole): 'keep' | 'take' | null =>
  fromBefore?.findLast((each) => keyOf(each.appId, each.entitlementId) === keyOf(appId, entitlementId))?.decision ?? null;

function mayDecide({ actor }: Context): boolean {
  const declared = declaredPermissions()['access:manage'];
  return declared !== undefined && reachOf(declared, actor.roles) === 'all' && scopesCover(actor.scopes, 'access:manage');
}

async function standingDecisions(ctx: Context, personId: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('access_decisions')
    .select(['app_id', 'entitlement_id'])
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .execute();
  return new Set(rows.map((row) => keyOf(row.app_id, row.entitlement_id)));
}

async function askToDecide(ctx: Context, hire: Hire, open: readonly Undecided[]): Promise<void> {
  const apps = Map.groupBy(open, ({ app }) => app);
  const due = dueBy(ctx, hire.startsAt);
  const lines = [...apps].map(([app, roles]) => `- ${app}: ${roles.map(({ role }) => roleWords(role)).join(', ')}`);
  await openTask(ctx, {
    kind: 'task',
    title: `Decide what ${hire.name} keeps from before`,
    instructions: [
      `${hire.name} was here before. Their accounts still hold what no rule gives them now:\n${lines.join('\n')}`,
      'It stays until somebody decides. Open their page and say of each, beside what they have, whether it stays or goes. What goes is taken away with the next plan.',
    ].join('\n\n'),
    linkUrl: `${ctx.platform.config.publicUrl}/people/${hire.personId}#access`,
    aboutKind: 'hire',
    aboutId: hire.runId,
    subjectPersonId: hire.personId,
    candidates: await whoDoesIt(ctx, 'ops', { person_id: hire.personId, manager_person_id: hire.managerId }),
    never: hire.personId,
    dueAt: due.toString(),
    remindAt: [due.subtract({ hours: 12 }).toString()],
    escalateAt: due.toString(),
  });
}

/** By when what is asked about a hire is to be done: the first morning, or a day from now. */
function dueBy(ctx: Context, startsAt: string): Temporal.Instant {
  const soon = ctx.now.add({ hours: 24 });
  return Temporal.Instant.compare(startsAt, soon) > 0 ? Temporal.Instant.from(startsAt) : soon;
}
