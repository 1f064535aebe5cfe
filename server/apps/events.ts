import { event } from '../platform/events.ts';

/** Accounts of an app were read: by a sync or from a list. `accounts`, `people`: which, and whose, where only changes were read; null: all. */
export const accountsRead = event<{ appId: string; readingId: string; accounts: string[] | null; people: string[] | null }>('accountsRead');

/** An account of somebody who has left was read as active, though it was suspended, gone or not there before. */
export const accountReappeared = event<{ accountId: string; personId: string }>('accountReappeared');
