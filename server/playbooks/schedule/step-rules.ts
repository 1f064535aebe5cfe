import type { PlaybookStep } from './playbook-definition.ts';

/**
 * The cut-off never waits: suspending access, and handing over provisionally, at the cut-off or later waits for no other step, no
 * answer and no unknown condition.
 */
export function neverWaits(step: PlaybookStep): boolean {
  const closes = step.kind === 'revoke-access' && (step.access ?? 'suspend') === 'suspend';
  const fallsAtOnce = step.kind === 'hand-over-ownership' && step.provisional === true;
  return (closes || fallsAtOnce) && step.at.anchor === 'cut-off' && !isBeforeAnchor(step);
}

/** Deleting accounts and taking licences away: later, separate steps that follow an approval. */
export function isDestructive(step: PlaybookStep): boolean {
  return step.kind === 'revoke-access' && (step.access === 'delete' || step.access === 'remove-licences');
}

/** Quiet until told: what reaches the leaver or a shared place begins no earlier than the told instant, whatever its moment says. */
export function isOnlyAfterTold(step: PlaybookStep): boolean {
  return reachesLeaverOrSharedPlace(step) || step.onlyAfterTold === true;
}

export function reachesLeaverOrSharedPlace(step: PlaybookStep): boolean {
  if (step.kind === 'message') return step.message.to === 'leaver' || step.message.to === 'team';
  return 'who' in step && step.who === 'leaver';
}

/** The names that a condition reads as `answers.name`. */
export function answersIn(condition: string | undefined): string[] {
  return [
    ...new Set([...(condition ?? '').matchAll(/\banswers\s*(?:\.\s*|\[\s*["'])([a-z][a-z0-9_]*)/g)].map((match) => match[1]!)),
  ].sort();
}

/** The steps that must be settled before this one: those it names, and the questions whose answers it reads. */
export function waitsForOf(step: PlaybookStep): string[] {
  if (neverWaits(step)) return [];
  const handedTo = step.kind === 'hand-over-ownership' && typeof step.to === 'object' ? [step.to.answer] : [];
  return [...new Set([...(step.waitsFor ?? []), ...answersIn(step.when), ...handedTo])].sort();
}

function isBeforeAnchor({ at }: PlaybookStep): boolean {
  if (at.plus !== undefined) return Temporal.Duration.from(at.plus).sign < 0;
  return (at.days ?? at.workingDays ?? 0) < 0;
}
