import { type SqlBool, sql } from 'kysely';
import type { Context } from '../platform/context.ts';

export type AuditFilter = {
  /** An action such as `person.changed`, or the beginning of one such as `person`. */
  action?: string;
  subjectId?: string;
  personId?: string;
  actorId?: string;
  from?: string;
  until?: string;
  /** Words that occur in who, whom, what or why. */
  words?: string;
  /** The id of the last event of the page before. */
  before?: string;
  limit: number;
};

export type AuditEvent = {
  id: string;
  at: string;
  sealed: boolean;
  action: string;
  actorKind: string;
  actorName: string | null;
  subjectKind: string;
  subjectId: string | null;
  subjectName: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  erasedAt: string | null;
};

const escaped = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Audit events with their values, newest first. `total` counts all that match the filter, not only this page. Concealed ones are absent. */
export async function listAuditEvents(ctx: Context, filter: AuditFilter): Promise<{ rows: AuditEvent[]; total: number }> {
  let matching = ctx.db
    .selectFrom('platform_audit_events as e')
    .innerJoin('platform_audit_values as v', (join) =>
      join.onRef('v.organization_id', '=', 'e.organization_id').onRef('v.event_id', '=', 'e.id'),
    );
  if (filter.action)
    matching = matching.where(sql<SqlBool>`(e.action = ${filter.action} or starts_with(e.action, ${`${filter.action}.`}))`);
  if (filter.subjectId) matching = matching.where('e.subject_id', '=', filter.subjectId);
  if (filter.personId)
    matching = matching.where(sql<SqlBool>`(v.person_ids @> array[${filter.personId}]::uuid[] or e.subject_id = ${filter.personId})`);
  if (filter.actorId) matching = matching.where('e.actor_id', '=', filter.actorId);
  if (filter.from) matching = matching.where('e.at', '>=', filter.from);
  if (filter.until) matching = matching.where('e.at', '<', filter.until);
  if (filter.words) {
    const like = escaped(filter.words);
    matching = matching.where(
      sql<SqlBool>`(v.subject_name ilike ${like} or v.actor_name ilike ${like} or e.action ilike ${like} or v.reason ilike ${like} or v.before::text ilike ${like} or v.after::text ilike ${like})`,
    );
  }
  const { total } = await matching.select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
  const page = filter.before ? matching.where('e.id', '<', filter.before) : matching;
  const rows = await page
    .select([
      'e.id',
      'e.at',
      sql<boolean>`e.sequence is not null`.as('sealed'),
      'e.action',
      'e.actor_kind as actorKind',
      'v.actor_name as actorName',
      'e.subject_kind as subjectKind',
      'e.subject_id as subjectId',
      'v.subject_name as subjectName',
      'v.before',
      'v.after',
      'v.reason',
      'v.erased_at as erasedAt',
    ])
    .orderBy('e.id', 'desc')
    .limit(filter.limit)
    .execute();
  return { rows, total };
}

/** The actions that occur in this organization, for the filter of the page. */
export async function listAuditActions(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.selectFrom('platform_audit_events').select('action').distinct().orderBy('action').limit(200).execute();
  return rows.map((row) => row.action);
}
