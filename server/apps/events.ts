import { event } from '../platform/events.ts';

/** Accounts of an app were read: by a sync, from a list, or one account by a read-back. */
export const accountsRead = event<{ appId: string; readingId: string }>('accountsRead');

/** An account of somebody who has left was read as active, though it was suspended, gone or not there before. */
export const accountReappeared = event<{ accountId: string; personId: string }>('accountReappeared');
