import { event } from '../platform/events.ts';

export const runStarted = event<{ runId: string; personId: string }>('run.started');
export const proofClosed = event<{ runId: string }>('proof.closed');
