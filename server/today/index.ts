// today: what all domains say to somebody who has ten minutes. What needs them, what happens next, what went well without them; and search.
export { todayPermissions } from './permissions.ts';
