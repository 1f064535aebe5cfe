import type { DataInput } from '../data/data-kinds.ts';
import { isTake, type What } from '../gap/classify.ts';
import type { GapLine } from '../gap/compute-gap.ts';
import type { GapApp } from '../gap/gap-apps.ts';

/** An action as a plan begins with it. `after`: the index of the action that has to be settled before. `byHand`: one task per app asks for it. */
export type PlannedAction = {
  /** null: the account of nobody. */
  personId: string | null;
  appId: string;
  accountId: string | null;
  kind: 'create-account' | 'suspend' | 'restore' | 'revoke-entitlement' | 'grant-entitlement' | 'ask' | 'watch' | 'revoke-app-grant';
  entitlementId: string | null;
  viaAppId: string | null;
  ruleId: string | null;
  direction: 'give' | 'take';
  position: number;
  after: number | null;
  byHand: boolean;
  /** Who is not asked to do it by hand, whatever they own. */
  never?: string | null;
  label?: string | null;
  input?: DataInput;
};

type Line = Pick<GapLine, 'personId' | 'appId' | 'entitlementId' | 'change' | 'how' | 'ruleId' | 'accountId'>;

/**
 * The actions that close lines of a gap, in the order in which they begin: accounts of the sign-in app, other accounts, what they hold; what goes
 * from an account before the account itself. A role waits for its account, an app behind a group of the sign-in app for the account there. A
 * closed account opens again once everything that it should not hold any more is gone from it.
 */
export function planActions(lines: readonly Line[], apps: ReadonlyMap<string, GapApp>): PlannedAction[] {
  const actions: PlannedAction[] = [];
  const opened = new Map<string, number>();
  /** The last that goes from an account which opens again. */
  const cleared = new Map<string, number>();
  const reopened = new Set(lines.filter(({ change }) => change === 'reopen').map(accountKey));
  const sorted = lines
    .map((line) => ({ line, app: apps.get(line.appId)!, clears: isTake(line.change) && reopened.has(accountKey(line)) }))
    .filter(({ app }) => app !== undefined)
    .sort((a, b) => Number(b.clears) - Number(a.clears) || order(a.line, a.app) - order(b.line, b.app));
  for (const { line, app, clears } of sorted) {
    const action = actionOf(line, app);
    const before = clears || line.change === 'reopen' ? cleared.get(accountKey(line)) : undefined;
    const waitsFor = before ?? (isTake(line.change) ? null : (afterOf(line, app, opened) ?? null));
    const index = actions.push({ ...action, after: waitsFor }) - 1;
    if (clears) cleared.set(accountKey(line), index);
    const opens = line.entitlementId === null && !isTake(line.change);
    if (opens) opened.set(`${line.personId}/${line.appId}`, index);
  }
  return actions;
}

const accountKey = ({ personId, appId }: Line): string => `${personId}/${appId}`;

function order(line: Line, app: GapApp): number {
  if (isTake(line.change)) return line.entitlementId === null ? 6 : 5;
  if (line.entitlementId !== null) return 4;
  if (app.writer === 'group') return 3;
  return app.signIn ? 0 : 1;
}

function afterOf(line: Line, app: GapApp, opened: ReadonlyMap<string, number>): number | undefined {
  const own = line.entitlementId === null ? undefined : opened.get(`${line.personId}/${line.appId}`);
  if (own !== undefined) return own;
  return app.writer === 'group' && app.writerAppId ? opened.get(`${line.personId}/${app.writerAppId}`) : undefined;
}

const kinds: Record<Exclude<What, 'nothing' | 'under-way' | 'kept' | 'unknown'>, PlannedAction['kind']> = {
  'create-account': 'create-account',
  reopen: 'restore',
  grant: 'grant-entitlement',
  revoke: 'revoke-entitlement',
  suspend: 'suspend',
};

function actionOf(line: Line, app: GapApp): PlannedAction {
  const take = isTake(line.change);
  const action: PlannedAction = {
    personId: line.personId,
    appId: line.appId,
    accountId: line.accountId,
    kind: kinds[line.change],
    entitlementId: line.entitlementId,
    viaAppId: null,
    ruleId: line.ruleId,
    direction: take ? 'take' : 'give',
    position: take ? 3 : line.entitlementId !== null ? 2 : app.signIn ? 0 : 1,
    after: null,
    byHand: false,
  };
  if (line.how === 'by-hand') return { ...action, kind: 'ask', byHand: true };
  if (line.how === 'outside') return { ...action, kind: 'watch' };
  if (line.entitlementId !== null) return { ...action, viaAppId: line.appId };
  if (app.writer !== 'group') return action;
  // An account of an app that hangs on a group of another is given and taken by that group.
  return {
    ...action,
    kind: take ? 'revoke-entitlement' : 'grant-entitlement',
    entitlementId: app.groupId,
    viaAppId: app.writerAppId,
    position: take ? 3 : 2,
  };
}
