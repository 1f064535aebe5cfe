// apps: the catalogue of apps, who owns them, who writes them; their accounts, entitlements and grants as they were read, and whose they
// are. An account is what readings showed (lists, syncs, read-backs): newer facts win, what a reading does not say stays as it was known,
// and only a complete reading proves absence. The finding tells who has left and still has accounts.
export { type AccountLine, readAccounts } from './account-queries.ts';
export { accountState } from './account-state.ts';
export { addApp } from './add-app.ts';
export { endAppGrantReading, forgetAppGrant, recordAppGrants } from './app-grants.ts';
export { appsInReach, getReachableApp } from './app-reach.ts';
export { archiveApp, changeApp } from './change-app.ts';
export { markServiceAccount } from './decide-account.ts';
export { ensureEntitlement } from './ensure-entitlement.ts';
export { accountReappeared, accountsRead } from './events.ts';
export { isAdminRole } from './list/account-words.ts';
export { type AccountListRecord, readAccountRows } from './list/read-account-rows.ts';
export { type AccountMapping, guessAccountDateOrder, recogniseAccountColumns } from './list/recognise-account-columns.ts';
export { saysWrongList } from './list/says-wrong-list.ts';
export { observeAccount } from './observe-account.ts';
export { observeGrant, originOfGrant } from './observe-grant.ts';
export { appOwnership, deputyOwnership, serviceAccountOwnership } from './ownerships.ts';
export { type ForetoldLine, type ForetoldShow, foretellReading } from './reading/foretell-reading.ts';
export { writeEntitlements } from './reading/write-entitlements.ts';
export { type ChangesInput, recordChanges } from './record-changes.ts';
export { type ReadingCounts, type ReadingFacts, type ReadingInput, recordReading } from './record-reading.ts';
