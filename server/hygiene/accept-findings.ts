import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { accountsWithState, appsWithOwners, type FindingKind, hasOneOwner, holds, isAccountKind } from './kinds.ts';
import { widePrograms } from './list-app-grants.ts';

const mostDays = 366;

type Standing = { subject: string; app_id: string; name: string; person_id: string | null };

/** Leaves things on a list as they are until a day, with a reason. They come back to the list when it has passed. `until`: instant, ISO 8601. */
export async function acceptFindings(
  ctx: Context,
  input: { kind: FindingKind; subjects: readonly string[]; reason: string; until: string },
): Promise<void> {
  const until = Temporal.Instant.from(input.until);
  const message =
    Temporal.Instant.compare(until, ctx.now) <= 0
      ? 'Choose a day to come. Nothing was changed.'
      : until.since(ctx.now).total('hours') > mostDays * 24
        ? 'An exception lasts a year at most; then somebody looks again. Nothing was changed.'
        : null;
  if (message !== null) throw invalid('exception_until', message, [{ field: 'until', message }]);
  const subjects = [...new Set(input.subjects)];
  const standing = await findStanding(ctx, input.kind, subjects);
  if (standing.length < subjects.length) throw notFound('finding');
  await withdraw(ctx, input.kind, subjects);
  for (const { subject, app_id: appId, name, person_id: personId } of standing) {
    await ctx.db
      .insertInto('hygiene_exceptions')
      .values({
        organization_id: ctx.organizationId,
        kind: input.kind,
        subject,
        app_id: appId,
        reason: input.reason,
        until: until.toString(),
        decided_by: ctx.actor.name,
        decided_at: ctx.now.toString(),
      })
      .execute();
    await appendAudit(ctx, {
      action: 'finding.accepted',
      subject: { kind: 'finding', id: null, name },
      after: { list: input.kind, until: until.toString() },
      reason: input.reason,
      people: personId ? [personId] : [],
    });
  }
}

/** Ends exceptions before their day: the things stand on the list again. Those that are none are left out. */
export async function withdrawExceptions(ctx: Context, input: { kind: FindingKind; subjects: readonly string[] }): Promise<void> {
  const withdrawn = await withdraw(ctx, input.kind, input.subjects);
  for (const { subject, reason } of withdrawn)
    await appendAudit(ctx, {
      action: 'finding.exception-ended',
      subject: { kind: 'finding', id: null, name: subject },
      before: { list: input.kind, reason },
    });
}

async function withdraw(ctx: Context, kind: FindingKind, subjects: readonly string[]): Promise<{ subject: string; reason: string }[]> {
  return ctx.db
    .updateTable('hygiene_exceptions')
    .set({ withdrawn_at: ctx.now.toString() })
    .where('kind', '=', kind)
    .where('subject', 'in', [...subjects])
    .where('withdrawn_at', 'is', null)
    .returning(['subject', 'reason'])
    .execute();
}

/** Those of the subjects that stand on the list now, accepted or not. */
async function findStanding(ctx: Context, kind: FindingKind, subjects: string[]): Promise<Standing[]> {
  if (kind === 'app-grant')
    return (await widePrograms(ctx))
      .filter(({ subject }) => subjects.includes(subject))
      .map(({ subject, appId, app, name }) => ({ subject, app_id: appId, name: `${name} in ${app}`, person_id: null }));
  const query = isAccountKind(kind)
    ? sql<Standing>`select a.id::text as subject, a.app_id, coalesce(p.name, a.user_name, a.address, a.external_id) || ' in ' || s.name as name, a.person_id
        from ${accountsWithState} where ${holds[kind]} and a.id::text = any (${subjects}::text[])`
    : sql<Standing>`select s.id::text as subject, s.id as app_id, s.name, null::uuid as person_id
        from ${appsWithOwners} where ${hasOneOwner} and s.id::text = any (${subjects}::text[])`;
  return (await query.execute(ctx.db)).rows;
}
