import { event } from '../platform/events.ts';

export const personChanged = event<{ personId: string }>('person.changed');
/** Somebody who works here has another department, title, manager, location or employment. */
export const personMoved = event<{ moveId: string; personId: string }>('person.moved');
/** Somebody who had left is here again, or is to start again: by a hire, a people list or the page. */
export const personReturned = event<{ personId: string }>('person.returned');
/** An import or the page gave somebody a leaving date without an exit having been confirmed. */
export const leavingDateGiven = event<{ personId: string }>('person.leaving-date-given');
/** A people list was taken in: many may be new or changed. Told once instead of `personChanged` for each. */
export const peopleImported = event<{ importId: string }>('people.imported');
