import { event } from '../platform/events.ts';

/** An action reached another state: verified, asked, did not obey … */
export const actionChanged = event<{ actionId: string; planId: string; status: string }>('action.changed');

/** An account that had been closed was read as active again. */
export const actionReopened = event<{ actionId: string; planId: string; personId: string }>('action.reopened');
