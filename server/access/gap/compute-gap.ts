import { createHash } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import { refreshMatches } from '../rules/refresh-matches.ts';
import { ruleTargets, type Target } from '../rules/rule-targets.ts';
import { type Change, isGive, isTake, type Way } from './classify.ts';
import { type GapApp, gapApps } from './gap-apps.ts';
import { type GapScope, gapCandidates, type Key, keyText } from './gap-candidates.ts';
import { type GapEntitlement, type GapPerson, readEntitlements, readGapRows } from './gap-rows.ts';
import { lineWords } from './gap-words.ts';
import { type Judged, judgeThings } from './judge-things.ts';
import { findOnlyAdmins } from './only-admins.ts';
import { planFor } from './plan-for.ts';

/** One difference between what should be and what is. `ruleId`: the rule that wants it, or that gave what goes. */
export type GapLine = {
  personId: string;
  person: string;
  appId: string;
  app: string;
  entitlementId: string | null;
  entitlement: string | null;
  change: Change;
  how: Way;
  words: string;
  ruleId: string | null;
  /** Every rule that wants it; none where something goes. */
  wantedBy: string[];
  rule: { id: string; name: string } | null;
  accountId: string | null;
  /** The person is the only known administrator of the app, and would lose the account. */
  onlyAdmin: boolean;
  /** No account can be made, because the person has no work address yet. */
  isBlocked: boolean;
};

/** `hash`: changes with the lines. `setAside`: what is left as it is, because nobody can judge it, an open plan is about it already, or it is kept for now. */
export type Gap = {
  lines: GapLine[];
  setAside: { unsaid: Judged[]; underWay: Judged[]; keptForNow: Judged[]; targets: Target[]; scope: GapScope };
  hash: string;
  apps: Map<string, GapApp>;
  people: Map<string, GapPerson>;
};

/**
 * The gap: desired minus observed, of one person, of some apps or of the whole company. Brings the matches of the rules up to date first, for that
 * person only where one is named. What an open action is about already is not in it.
 */
export async function computeGap(
  ctx: Context,
  input: { personId?: string; appId?: string; appIds?: readonly string[] } = {},
): Promise<Gap> {
  return input.personId ? planFor(ctx, 'person', () => gapOf(ctx, input)) : gapOf(ctx, input);
}

async function gapOf(ctx: Context, input: { personId?: string; appId?: string; appIds?: readonly string[] }): Promise<Gap> {
  await refreshMatches(ctx, input.personId);
  const apps = await gapApps(ctx);
  const scope: GapScope = { personId: input.personId, appIds: input.appId ? [input.appId] : input.appIds };
  const targets = await impliedTargets(ctx, apps, scope);
  const keys = await gapCandidates(ctx, targets, scope);
  const judged = await judgeKeys(ctx, { keys, targets, apps });
  const changes = judged.things.filter(({ what }) => isGive(what) || isTake(what));
  const rules = await ruleNames(ctx, changes);
  const entitlements = await readEntitlements(ctx, [...new Set(changes.flatMap(({ entitlementId }) => entitlementId ?? []))]);
  const onlyAdmins = await findOnlyAdmins(
    ctx,
    changes.filter(({ what, isAdmin }) => what === 'suspend' && isAdmin),
  );
  const lines = changes.map((thing) => lineOf(thing, { apps, people: judged.people, rules, entitlements, onlyAdmins })).sort(byPerson);
  return {
    lines,
    setAside: {
      unsaid: judged.things.filter(({ what }) => what === 'unknown'),
      underWay: judged.things.filter(({ what }) => what === 'under-way'),
      keptForNow: judged.things.filter(({ what, grace }) => what === 'kept' && grace !== null),
      targets: targets.filter(({ appId }) => apps.has(appId)),
      scope,
    },
    hash: hashOf(lines),
    apps,
    people: judged.people,
  };
}

/** Judges these things from fresh rows about their people. */
export async function judgeKeys(
  ctx: Context,
  input: { keys: readonly Key[]; targets: readonly Target[]; apps: Map<string, GapApp>; foresees?: boolean },
): Promise<{ things: Judged[]; people: Map<string, GapPerson> }> {
  if (input.keys.length === 0) return { things: [], people: new Map() };
  const pairs = new Map<string, { personId: string; appId: string }>();
  for (const { personId, appId } of input.keys) {
    for (const each of [appId, input.apps.get(appId)?.writerAppId]) if (each) pairs.set(`${personId}/${each}`, { personId, appId: each });
  }
  const rows = await readGapRows(ctx, [...pairs.values()]);
  return { things: judgeThings({ ...input, rows, now: ctx.now }), people: new Map(rows.people.map((person) => [person.id, person])) };
}

/** What the rules give, with what it needs: an app that hangs on a group of another needs an account there. */
export async function impliedTargets(
  ctx: Context,
  apps: ReadonlyMap<string, GapApp>,
  { personId, appIds }: GapScope = {},
): Promise<Target[]> {
  const all = await ruleTargets(ctx, personId);
  const implied = all.flatMap((target): Target[] => {
    const app = apps.get(target.appId);
    if (app?.writer !== 'group' || !app.writerAppId || !apps.has(app.writerAppId)) return [];
    return [{ ruleId: target.ruleId, appId: app.writerAppId, entitlementId: null, entitlement: null, kind: null, known: true }];
  });
  const wanted = appIds ? new Set(appIds) : null;
  return [...all, ...implied].filter(({ appId }) => wanted === null || wanted.has(appId));
}

async function ruleNames(ctx: Context, things: readonly Judged[]): Promise<Map<string, string>> {
  const ids = [...new Set(things.flatMap(({ ruleIds, givenBy }) => [...ruleIds, ...(givenBy ? [givenBy] : [])]))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('access_rules').select(['id', 'name']).where('id', 'in', ids).orderBy('name').execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function lineOf(
  thing: Judged,
  known: {
    apps: ReadonlyMap<string, GapApp>;
    people: ReadonlyMap<string, GapPerson>;
    rules: ReadonlyMap<string, string>;
    entitlements: ReadonlyMap<string, GapEntitlement>;
    onlyAdmins: ReadonlySet<string>;
  },
): GapLine {
  const app = known.apps.get(thing.appId)!;
  const person = known.people.get(thing.personId)!;
  const change = thing.what as Change;
  const ruleId = isGive(change) ? [...known.rules.keys()].find((id) => thing.ruleIds.includes(id))! : thing.givenBy;
  const isBlocked = change === 'create-account' && thing.way === 'machine' && app.writer !== 'group' && person.workAddress === null;
  const rule = ruleId && known.rules.has(ruleId) ? { id: ruleId, name: known.rules.get(ruleId)! } : null;
  return {
    personId: person.id,
    person: person.name,
    appId: app.id,
    app: app.name,
    entitlementId: thing.entitlementId,
    entitlement: thing.entitlementId ? (known.entitlements.get(thing.entitlementId)?.name ?? null) : null,
    change,
    how: thing.way,
    words: lineWords({
      change,
      how: thing.way,
      rule: rule?.name ?? null,
      decided: thing.decision === 'take',
      isUnseen: thing.is === 'unknown',
      hasNoAddress: isBlocked,
      app: app.name,
    }),
    ruleId,
    wantedBy: isGive(change) ? thing.ruleIds : [],
    rule,
    accountId: thing.account?.id ?? null,
    onlyAdmin: known.onlyAdmins.has(`${thing.personId}/${thing.appId}`),
    isBlocked,
  };
}

const byPerson = (a: GapLine, b: GapLine) =>
  a.person.localeCompare(b.person) ||
  (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0) ||
  a.app.localeCompare(b.app) ||
  (a.entitlement ?? '').localeCompare(b.entitlement ?? '');

const hashOf = (lines: readonly GapLine[]): string =>
  createHash('sha256')
    .update(
      lines
        .map((line) => `${keyText(line)} ${line.change} ${line.how}`)
        .sort()
        .join('\n'),
    )
    .digest('hex');
