// access: what is to change in other systems for a person. A plan holds one action per account, with its blast radius; the runner
// performs due actions (read, change, read back) and a person is asked where no machine can. Verified means: a fresh read shows it.

export { type BlastRadius, blastRadius } from './blast-radius.ts';
export { actionChanged, actionReopened } from './events.ts';
export { markApplied, markApplying } from './mark-plan.ts';
export { movePlan, withdrawPlan } from './move-plan.ts';
export { performDueActions, releaseActions } from './perform-due-actions.ts';
export { addMissingActions, planLeaving } from './plan-leaving.ts';
export { planRestore } from './plan-restore.ts';
export { type ActionLine, listActions, listAttempts } from './queries.ts';
export { blastBody } from './routes.ts';
