import type { OutputOf } from '../shell/call.ts';

export type AccessRow = OutputOf<'getPersonAccess'>['rows'][number];

/** Whether what should be and what is agree; `free`: no rule speaks of it. */
export type Sign = 'same' | 'differs' | 'unknown' | 'free';

export const signWords: Record<Sign, { sign: string; word: string }> = {
  same: { sign: '=', word: 'as it should be' },
  differs: { sign: '≠', word: 'differs' },
  unknown: { sign: '?', word: 'not known' },
  free: { sign: '', word: 'no rule speaks of it' },
};

const isThere = ({ is }: AccessRow): boolean => is === 'held' || is === 'evidenced';

export function signOf(row: AccessRow): Sign {
  if (row.decision === 'take' && row.is !== 'missing') return 'differs';
  if (row.should === null || row.is === 'unknown' || row.what === 'unknown') return 'unknown';
  if (row.should) return isThere(row) ? 'same' : 'differs';
  if (row.keptUntil !== null) return 'same';
  if (row.what === 'revoke' || row.what === 'suspend') return 'differs';
  if (row.origin === 'discovered' || row.what === 'kept') return 'free';
  return row.is === 'missing' ? 'same' : 'differs';
}

const order: Record<Sign, number> = { differs: 0, unknown: 1, free: 2, same: 3 };

/**
 * The lines to show, those of one app together, apps that differ first. Of an app with roles, the account itself is no line of its own where it is
 * as it should be, comes with a role that is not there either, or no rule speaks of it; what is neither there nor wanted is none either.
 */
export function accessLines(rows: AccessRow[]): AccessRow[] {
  const there = rows.filter(({ should, is, what }) => should !== false || is !== 'missing' || what !== 'nothing');
  const roles = there.filter(({ entitlement }) => entitlement !== null);
  const withRoles = new Set(roles.map(({ appId }) => appId));
  const lacking = new Set(roles.filter(({ should, is }) => should === true && is === 'missing').map(({ appId }) => appId));
  const shown = there.filter((row) => {
    if (row.entitlement !== null || !withRoles.has(row.appId)) return true;
    if (row.should === true && row.is === 'missing' && lacking.has(row.appId)) return false;
    const sign = signOf(row);
    return sign === 'differs' || sign === 'unknown' || row.is === 'suspended';
  });
  const worst = new Map<string, number>();
  for (const row of shown) worst.set(row.appId, Math.min(worst.get(row.appId) ?? 9, order[signOf(row)]));
  const sorted = shown.toSorted(
    (a, b) =>
      (worst.get(a.appId) ?? 9) - (worst.get(b.appId) ?? 9) ||
      a.app.localeCompare(b.app) ||
      a.appId.localeCompare(b.appId) ||
      order[signOf(a)] - order[signOf(b)],
  );
  return together(sorted);
}

const isQuiet = (row: AccessRow): boolean =>
  row.entitlement !== null && row.is === 'held' && row.what === 'nothing' && signOf(row) === 'same';

/** What is as it should be in one app by the same rules stands in one line. */
function together(rows: AccessRow[]): AccessRow[] {
  const groups = Map.groupBy(rows, (row) =>
    isQuiet(row)
      ? `${row.appId} by ${row.why.map(({ ruleId }) => ruleId).join()}`
      : `${row.appId} ${row.entitlementId} ${row.kind} ${row.entitlement}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.flatMap(({ entitlement }) => entitlement ?? []);
    return group.length === 1 ? [first] : [{ ...first, entitlement: `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` }];
  });
}

/** “Admin in CRM”, “the account in Chat”. */
export const nameOf = ({ app, entitlement }: AccessRow): string =>
  entitlement === null ? `the account in ${app}` : `${entitlement} in ${app}`;

export function shouldWords(row: AccessRow): string {
  if (row.decision === 'take') return 'Nothing: somebody decided so';
  if (row.should === true) return row.entitlement ?? 'An account';
  if (row.should === null) return 'Not known';
  if (row.keptUntil !== null) return 'Kept for now: no rule gives it any more';
  if (row.decision === 'keep') return 'No rule; somebody decided that it stays';
  return row.origin === 'rule' ? 'No rule gives it any more' : 'No rule gives it';
}

export function isWords(row: AccessRow): string {
  const name = row.entitlement ?? 'An account';
  switch (row.is) {
    case 'held':
      return name;
    case 'evidenced':
      return `${name}, as somebody vouched`;
    case 'missing':
      return row.entitlement === null ? 'No account' : `Not ${row.entitlement}`;
    case 'suspended':
      return 'The account is suspended';
    case 'unknown':
      return 'Cannot be read';
  }
}

/** What will happen; '' where nothing does. `opens`: when the access of somebody who joins opens, in words; null where nobody has prepared it. */
export function whatWords({ what, should, is, keptUntil }: AccessRow, opens?: string | null): string {
  if (what === 'nothing' && should === true && is === 'missing' && opens !== undefined)
    return opens === null ? 'Nothing yet: the first day is not prepared' : `Given ${opens}`;
  switch (what) {
    case 'create-account':
    case 'grant':
      return 'Given with the plan';
    case 'reopen':
      return 'Opened again with the plan';
    case 'revoke':
      return 'Taken with the plan';
    case 'suspend':
      return 'Suspended with the plan';
    case 'under-way':
      return 'Under way';
    case 'kept':
      return keptUntil === null ? 'Stays' : 'Stays for now';
    case 'unknown':
      return 'Stays until it is known';
    case 'nothing':
      return '';
  }
}
