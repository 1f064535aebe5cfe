import type { StepState } from './schedule/order-steps.ts';

/** How a stored step's status reads for the schedule. */
export function stateOf(status: string): StepState {
  if (status === 'working' || status === 'waiting') return 'running';
  if (status === 'unknown') return 'failed';
  return status as StepState;
}

/** The statuses in which a step is over. */
export const overStatuses = ['done', 'refused', 'skipped', 'overridden', 'cancelled'] as const;
export const isOver = (status: string): boolean => (overStatuses as readonly string[]).includes(status);
