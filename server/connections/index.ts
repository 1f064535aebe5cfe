// connections: how apps are reached. Configured connections with sealed secrets, their tests and health; syncs that read all accounts, and
// lists that people give instead. What looks wrong is held for a person (brakes) and touches nothing.
// Sample companies may use simulated apps, which live in our own database.
export { addConnection } from './add-connection.ts';
export { type Capability, capabilitiesOf } from './capabilities.ts';
export { renewHooks } from './hooks/renew-hooks.ts';
export { serveHooks } from './hooks/serve-hooks.ts';
export { uploadList } from './lists/upload-list.ts';
export { type OpenConnection, openConnection } from './open-connection.ts';
export { watchFolder } from './people/watch-folder.ts';
export { putSimulatedAccounts } from './simulated/simulated-accounts.ts';
export { bringSyncForward } from './syncs/bring-forward.ts';
export { confirmSync } from './syncs/confirm-sync.ts';
export { startDueSyncs, startSync } from './syncs/start-sync.ts';
