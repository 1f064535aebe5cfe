import { event } from '../platform/events.ts';

/** Somebody became a member; their record in the roster may be found by the address. */
export const memberAdded = event<{ memberId: string }>('member.added');
