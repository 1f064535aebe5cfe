import { sql } from '../platform/database.ts';

/** What an account is, in the order in which they need somebody. `unknown`: its person has left and nobody knows whether it is active. */
export const accountStates = ['zombie', 'unknown', 'orphan', 'service', 'suspended', 'fine', 'gone'] as const;
export type AccountState = (typeof accountStates)[number];

/**
 * What an account is, in SQL, as `classifyAccount` says it: over apps_accounts `a`, its reading `g` and its person in the roster `p` (left
 * joins). Whose leaving is hidden from the reader counts as working here.
 */
export const accountState = sql<AccountState>`case
  when a.status = 'gone' then 'gone'
  when a.kind = 'service' then 'service'
  when a.status = 'suspended' then 'suspended'
  when a.person_id is null then 'orphan'
  when p.status <> 'left' then 'fine'
  when a.status is null and g.tells_status then 'unknown'
  else 'zombie' end`;
