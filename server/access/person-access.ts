import { getPerson } from '../people/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Is, Way, What } from './gap/classify.ts';
import { impliedTargets, judgeKeys } from './gap/compute-gap.ts';
import { type GapApp, gapApps } from './gap/gap-apps.ts';
import { type Key, keyText } from './gap/gap-candidates.ts';
import { readEntitlements } from './gap/gap-rows.ts';
import type { Judged } from './gap/judge-things.ts';
import { planFor } from './gap/plan-for.ts';
import { graceWords } from './rules/grace.ts';
import { refreshMatches } from './rules/refresh-matches.ts';

/** What a person should have and has: one account or entitlement, with why, since when that is known, and what follows from it. */
export type PersonAccessRow = {
  appId: string;
  app: string;
  writer: GapApp['writer'];
  entitlementId: string | null;
  entitlement: string | null;
  kind: string | null;
  should: boolean | null;
  why: { ruleId: string; name: string }[];
  is: Is;
  asOf: string | null;
  origin: 'rule' | 'request' | 'discovered' | null;
  decision: 'keep' | 'take' | null;
  what: What;
  words: string;
  /** Until when (instant) it is kept, because a rule gave it that means the person no more. */
  keptUntil: string | null;
};

type PersonAccess = { rows: PersonAccessRow[]; present: boolean; opensAt: string | null };

/** A person's desired access beside the observed: accounts first, then what each holds. `opensAt`: from when somebody who joins gets it. */
export async function personAccess(ctx: Context, personId: string): Promise<PersonAccess> {
  return planFor(ctx, 'person', () => accessOf(ctx, personId));
}

async function accessOf(ctx: Context, personId: string): Promise<PersonAccess> {
  const person = await getPerson(ctx, personId);
  await refreshMatches(ctx, personId);
  const apps = await gapApps(ctx);
  const targets = await impliedTargets(ctx, apps, { personId });
  const keys = await keysOf(ctx, personId, targets);
  const { things, people } = await judgeKeys(ctx, { keys, targets, apps, foresees: true });
  const entitlements = await readEntitlements(
    ctx,
    keys.flatMap(({ entitlementId }) => entitlementId ?? []),
  );
  const rules = new Map((await ctx.db.selectFrom('access_rules').select(['id', 'name']).execute()).map(({ id, name }) => [id, name]));
  const opensAt = people.get(personId)?.opensAt ?? (await openingOf(ctx, personId));
  const isOpen = opensAt !== null && Temporal.Instant.compare(opensAt, ctx.now) <= 0;
  const isWaiting = person.status === 'joining' && !isOpen;
  const rows = things.map((thing): PersonAccessRow => {
    const app = apps.get(thing.appId)!;
    const entitlement = thing.entitlementId ? entitlements.get(thing.entitlementId) : undefined;
    return {
      appId: app.id,
      app: app.name,
      writer: app.writer,
      entitlementId: thing.entitlementId,
      entitlement: entitlement?.name ?? null,
      kind: entitlement?.kind ?? null,
      should: thing.should,
      why: thing.ruleIds.map((ruleId) => ({ ruleId, name: rules.get(ruleId) ?? '' })).sort((a, b) => a.name.localeCompare(b.name)),
      is: thing.is,
      asOf: thing.asOf,
      origin: thing.origin,
      decision: thing.decision,
      what: thing.what,
      words: isWaiting && thing.should ? 'Comes when their access opens.' : wordsOf(thing, app.name, thing.way, person.time_zone),
      keptUntil: thing.what === 'kept' && thing.inGrace ? (thing.grace?.until ?? null) : null,
    };
  });
  return {
    rows: rows.sort((a, b) => a.app.localeCompare(b.app) || (a.entitlement ?? '').localeCompare(b.entitlement ?? '')),
    present: !isWaiting && person.status !== 'left',
    opensAt,
  };
}

async function openingOf(ctx: Context, personId: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('access_openings').select('opens_at').where('person_id', '=', personId).executeTakeFirst();
  return row?.opens_at ?? null;
}

/** Everything there is to say about the person: what rules mean for them, what they hold, what was given, and what was decided. */
async function keysOf(
  ctx: Context,
  personId: string,
  targets: readonly { ruleId: string; appId: string; entitlementId: string | null }[],
): Promise<Key[]> {
  const { rows: matched } = await sql<{ rule_id: string }>`select rule_id from access_matches where person_id = ${personId}`.execute(
    ctx.db,
  );
  const rules = new Set(matched.map((row) => row.rule_id));
  const { rows } = await sql<Key>`
    select ${personId} as "personId", a.app_id as "appId", null::uuid as "entitlementId" from apps_accounts a
      where a.person_id = ${personId} and a.kind = 'person' and a.status is distinct from 'gone'
    union select ${personId}, a.app_id, g.entitlement_id from apps_accounts a
      join apps_grants g on g.organization_id = a.organization_id and g.account_id = a.id
      where a.person_id = ${personId} and a.kind = 'person' and a.status is distinct from 'gone'
    union select ${personId}, v.app_id, v.entitlement_id from access_given v where v.person_id = ${personId} and v.taken_at is null
    union select ${personId}, v.app_id, v.entitlement_id from access_decisions v where v.person_id = ${personId} and v.withdrawn_at is null`.execute(
    ctx.db,
  );
  const keys = new Map<string, Key>();
  for (const key of rows) keys.set(keyText(key), key);
  for (const { ruleId, appId, entitlementId } of targets) {
    if (!rules.has(ruleId)) continue;
    for (const id of new Set([null, entitlementId])) {
      const key = { personId, appId, entitlementId: id };
      keys.set(keyText(key), key);
    }
  }
  return [...keys.values()];
}

function wordsOf(thing: Judged, app: string, way: Way, zone: string): string {
  const by = way === 'by-hand' ? ' By hand.' : way === 'outside' ? ` ${app} is run from outside.` : '';
  switch (thing.what) {
    case 'create-account':
    case 'grant':
      return `Is missing.${by}`;
    case 'reopen':
      return `The account is suspended and should be open.${by}`;
    case 'revoke':
    case 'suspend':
      return thing.decision === 'take' ? `Somebody decided that it goes.${by}` : `No rule gives it any more.${by}`;
    case 'under-way':
      return 'Under way.';
    case 'unknown':
      return thing.should === null
        ? 'A fact that a rule needs is not known: nothing is given or taken.'
        : `${app} has not said what the account holds. Nothing is given until it is read.`;
    case 'kept':
      return keptWords(thing, zone);
    case 'nothing':
      return thing.is === 'evidenced'
        ? 'Somebody said that it is done; no reading has shown it yet.'
        : thing.should
          ? 'As it should be.'
          : 'Not there.';
  }
}

function keptWords(thing: Judged, zone: string): string {
  if (thing.should === null) return 'A fact that a rule needs is not known: it stays.';
  if (thing.isPaused) return thing.should ? 'Comes back when their leave is over.' : 'Stays as it is while they are on leave.';
  if (thing.should) return 'The account stays suspended while they are on leave.';
  if (thing.decision === 'keep') return 'Somebody decided that it stays.';
  if (thing.grace) return graceWords(thing.grace, zone);
  if (thing.isAway && thing.given) return 'Stays while they are on leave.';
  if (thing.origin === 'request') return 'It was asked for and approved, so no rule takes it.';
  if (thing.given) return 'The account holds what no rule gave, so it stays.';
  return 'It was there before a rule, and stays until somebody decides.';
}
