import { event } from '../platform/events.ts';

type AboutTask = { taskId: string; aboutKind: string; aboutId: string | null };

export const taskDone = event<AboutTask>('task.done');
export const taskEscalated = event<AboutTask>('task.escalated');
/** A person ended a task before it was done. Tasks that their own domain ends are not told. */
export const taskWithdrawn = event<AboutTask>('task.withdrawn');
