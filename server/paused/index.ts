// paused: a restored installation does nothing until somebody has seen what became due and confirms. The state itself is server/platform/paused.ts.
export { pausedPermissions } from './permissions.ts';
