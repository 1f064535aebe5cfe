import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { graceWords } from '../rules/grace.ts';
import { readsOf } from '../rules/rule-conditions.ts';
import { missingFacts, type RuleFacts, readFacts } from '../rules/rule-facts.ts';
import type { Gap } from './compute-gap.ts';
import { readEntitlements } from './gap-rows.ts';
import type { Judged } from './judge-things.ts';
import { findUnresolved, type Unresolved } from './unresolved.ts';

/** One thing that a plan leaves as it is: of whom, what, and why, in words. */
export type SetAside = { personId: string; person: string; appId: string; app: string; entitlement: string | null; words: string };

/** What a gap leaves alone, by name: what nobody can judge, what an open plan is about already, and what somebody who moved keeps for now; at most `most` of each, with how many there are. */
export async function describeSetAside(
  ctx: Context,
  gap: Gap,
  most: number,
): Promise<{
  unknown: { total: number; rows: SetAside[] };
  underWay: { total: number; rows: SetAside[] };
  keptForNow: { total: number; rows: SetAside[] };
}> {
  const { unsaid, underWay, keptForNow, targets, scope } = gap.setAside;
  const notKnown = await findUnresolved(ctx, { targets, scope, most, unnamed: false });
  const notShown = await findUnresolved(ctx, { targets, scope, most, unnamed: true });
  const shown = { unsaid: unsaid.slice(0, most), underWay: underWay.slice(0, most), kept: keptForNow.slice(0, most) };
  const entitlements = await readEntitlements(
    ctx,
    [...shown.unsaid, ...shown.underWay, ...shown.kept].flatMap(({ entitlementId }) => entitlementId ?? []),
  );
  const names = await namesOf(
    ctx,
    gap,
    [...notKnown.rows, ...notShown.rows].map(({ personId }) => personId),
  );
  const rules = await rulesOf(
    ctx,
    [...notKnown.rows, ...notShown.rows].map(({ ruleId }) => ruleId),
  );
  const facts = await factsOf(ctx, new Set(notKnown.rows.map(({ personId }) => personId)));
  const zones = await zonesOf(
    ctx,
    shown.kept.map(({ personId }) => personId),
  );
  const appName = (appId: string) => gap.apps.get(appId)?.name ?? '';
  const judged = ({ personId, appId, entitlementId }: Judged, words: string): SetAside => ({
    personId,
    person: names.get(personId) ?? '',
    appId,
    app: appName(appId),
    entitlement: entitlementId ? (entitlements.get(entitlementId)?.name ?? null) : null,
    words,
  });
  const unresolved = ({ personId, appId, entitlement }: Unresolved, words: string): SetAside => ({
    personId,
    person: names.get(personId) ?? '',
    appId,
    app: appName(appId),
    entitlement,
    words,
  });
  const unknown = [
    ...notKnown.rows.map((each) => {
      const { name, when } = rules.get(each.ruleId)!;
      return unresolved(each, `“${name}” may mean them. Not known of them: ${missingFacts(readsOf(when), facts.get(each.personId)!)}.`);
    }),
    ...notShown.rows.map((each) =>
      unresolved(
        each,
        `No reading of ${appName(each.appId)} has shown “${each.entitlement}”, which “${rules.get(each.ruleId)!.name}” gives.`,
      ),
    ),
    ...shown.unsaid.map((thing) =>
      judged(
        thing,
        thing.entitlementId === null
          ? `${appName(thing.appId)} has not been read yet.`
          : `${appName(thing.appId)} has not told what their account has. The next reading that tells it decides.`,
      ),
    ),
  ];
  return {
    unknown: { total: unsaid.length + notKnown.total + notShown.total, rows: unknown.slice(0, most).sort(byPerson) },
    underWay: { total: underWay.length, rows: shown.underWay.map((thing) => judged(thing, 'A plan is about it already.')).sort(byPerson) },
    keptForNow: {
      total: keptForNow.length,
      rows: shown.kept.map((thing) => judged(thing, graceWords(thing.grace!, zones.get(thing.personId) ?? 'UTC'))).sort(byPerson),
    },
  };
}

const byPerson = (a: SetAside, b: SetAside) => a.person.localeCompare(b.person) || a.app.localeCompare(b.app);

async function namesOf(ctx: Context, gap: Gap, others: readonly string[]): Promise<Map<string, string>> {
  const names = new Map([...gap.people.values()].map(({ id, name }) => [id, name]));
  const missing = others.filter((id) => !names.has(id));
  if (missing.length === 0) return names;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people_roster where id = any (${missing}::uuid[])`.execute(ctx.db);
  for (const { id, name } of rows) names.set(id, name);
  return names;
}

async function zonesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; zone: string }>`
    select id, time_zone as zone from people_roster where id = any (${ids as string[]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, zone }) => [id, zone]));
}

async function rulesOf(ctx: Context, ids: readonly string[]): Promise<Map<string, { name: string; when: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom('access_rules')
    .select(['id', 'name', 'condition_text'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name, condition_text: when }) => [id, { name, when }]));
}

/** The facts of these people. */
async function factsOf(ctx: Context, people: ReadonlySet<string>): Promise<Map<string, RuleFacts>> {
  if (people.size === 0) return new Map();
  const rows = await readFacts(ctx, people.size === 1 ? [...people][0] : undefined);
  return new Map(rows.filter(({ id }) => people.has(id)).map((row) => [row.id, row]));
}
