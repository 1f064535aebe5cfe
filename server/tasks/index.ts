// tasks: what a person is to do, answer or approve, with due time, deputy, reminder and evidence. People without an account here
// get a signed link by mail that opens only their tasks. What waits for a task is told by the event task.done.
// A task about a leaving that is not told yet never reaches the leaver: not as assignee or deputy, not by escalation, on no page.
export { type Evidence, evidenceOf } from './attach-evidence.ts';
export { cancelTask } from './cancel-task.ts';
export { type Assignee, chooseAssignee } from './choose-assignee.ts';
export { answerWords } from './describe-tasks.ts';
export { taskDone, taskWithdrawn } from './events.ts';
export { finishTask } from './finish-task.ts';
export type { FormAnswer, FormPart } from './form-answer.ts';
export { countOpenTasks } from './list-tasks.ts';
export { type AnswerKind, type NewTask, openTask } from './open-task.ts';
export { taskOwnership } from './ownerships.ts';
export { performDueTaskReminders } from './perform-due-task-reminders.ts';
