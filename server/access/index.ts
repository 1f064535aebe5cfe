// access: what is to change in other systems for a person. Rules say who gets what; the gap is desired minus observed, and a plan closes it. A plan
// holds one action per account or entitlement; the runner performs due actions (read, change, read back) and a person is asked where no machine can.
// Verified means: a fresh read shows it. A rule takes only what a rule gave.

export { followAbsences } from './absence/follow-absences.ts';
export { setAbsence } from './absence/set-absence.ts';
export { type BlastRadius, blastRadius } from './blast-radius.ts';
export { type DataInput, type DataKind, type DataSection, type Heir, kindRules, sessionKinds } from './data/data-kinds.ts';
export { addData, planData, replaceData, type WantedData } from './data/plan-data.ts';
export { daysToKeep, keptUntil } from './data/retention.ts';
export { overrideAction } from './decide-action.ts';
export { decideGrant } from './decide-grant.ts';
export { type Desired, desiredForFacts } from './desired-for-facts.ts';
export { actionChanged, actionReopened } from './events.ts';
export { computeGap, type Gap, type GapLine } from './gap/compute-gap.ts';
export { type HeldFromBefore, type HeldRole, heldFromBefore } from './held-from-before.ts';
export { markApplied, markApplying } from './mark-plan.ts';
export { movePlan, withdrawPlan } from './move-plan.ts';
export { performDueActions, releaseActions } from './perform-due-actions.ts';
export { type PersonAccessRow, personAccess } from './person-access.ts';
export { addMissingActions, planLeaving } from './plan-leaving.ts';
export { planRestore } from './plan-restore.ts';
export { askWhoComesBack } from './plans/ask-about-administrators.ts';
export { mendByItself } from './plans/mend-by-itself.ts';
export { mendByTime } from './plans/mend-by-time.ts';
export { holdBack, planJoining } from './plans/plan-joining.ts';
export { previewTaking, takeAway } from './plans/take-away.ts';
export { type Taking, type TakingKind, type TakingLine, takingKinds } from './plans/takings.ts';
export { undoPlan } from './plans/undo-plan.ts';
export { type ActionLine, listActions, listAttempts } from './queries.ts';
export { blastBody } from './routes/action-routes.ts';
export { type RuleFacts, readFacts } from './rules/rule-facts.ts';
export type { Brake, Loser } from './rules/rule-losses.ts';
export type { BrakeRelease, Mend, RuleGrant, RuleInput } from './rules/rule-shapes.ts';
export { saveAccessRule } from './rules/save-rule.ts';
export { askToTakeRights } from './take-rights.ts';
