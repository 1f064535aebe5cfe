import { type AccountMapping, appsInReach } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound, type Problem } from '../platform/errors.ts';
import { accountsInRows, type ListPlan } from './lists/list-plan.ts';
import { readRows } from './lists/read-rows.ts';
import { fromJson } from './syncs/record-json.ts';

/** A sync or a list, how it went and what it did. Instants are ISO 8601. */
export type SyncLine = {
  id: string;
  appId: string;
  app: string;
  kind: 'sync' | 'list';
  status: 'preview' | 'queued' | 'running' | 'held' | 'done' | 'failed' | 'discarded';
  fileName: string | null;
  declaredComplete: boolean;
  asOf: string | null;
  counts: Record<string, unknown>;
  notes: string[];
  heldReasons: string[];
  problem: string | null;
  by: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
};

/** How a list is read: its columns and what each holds, with the first rows as they would be taken in. */
export type ListView = {
  headings: string[];
  mapping: AccountMapping;
  dateOrder: string | null;
  remembered: boolean;
  unrecognised: { column: number; heading: string; samples: string[] }[];
  sample: {
    row: number;
    account: string;
    name: string | null;
    status: string | null;
    isAdmin: boolean | null;
    employeeNumber: string | null;
  }[];
};

const selectSyncs = (ctx: Context, where: ReturnType<typeof sql<boolean>>) => sql<SyncLine & { plan: unknown; total: number }>`
  select y.id, y.app_id as "appId", s.name as app, y.kind, y.status, y.file_name as "fileName", y.declared_complete as "declaredComplete", y.as_of as "asOf",
    y.counts, y.notes, y.held_reasons as "heldReasons", y.problem, m.name as by, y.created_at as "createdAt", y.started_at as "startedAt",
    y.finished_at as "finishedAt", y.mapping as plan, count(*) over ()::int as total
  from connections_syncs y
  join apps_apps s on s.organization_id = y.organization_id and s.id = y.app_id and ${appsInReach(ctx, 's')}
  left join identity_members m on m.organization_id = y.organization_id and m.id = y.member_id
  where ${where} order by y.created_at desc, y.id desc`;

const withoutPlan = ({ plan: _, total: __, ...line }: SyncLine & { plan: unknown; total: number }): SyncLine => line;

/** Syncs and lists, the newest first: of one app or of all; all, or those that wait for a person. */
export async function listSyncs(
  ctx: Context,
  input: { appId?: string; waiting?: boolean; limit: number; offset: number },
): Promise<{ rows: SyncLine[]; total: number }> {
  const where = sql<boolean>`s.archived_at is null
    and ${input.appId ? sql`y.app_id = ${input.appId}` : sql`true`} and ${input.waiting ? sql`y.status in ('held', 'preview')` : sql`true`}`;
  const { rows } = await sql<
    SyncLine & { plan: unknown; total: number }
  >`${selectSyncs(ctx, where)} limit ${input.limit} offset ${input.offset}`.execute(ctx.db);
  return { rows: rows.map(withoutPlan), total: rows[0]?.total ?? 0 };
}

const sampleRows = 20;

/** One sync or list. `list` says how a list is read, while it waits for its confirmation. */
export async function getSync(ctx: Context, syncId: string): Promise<SyncLine & { list: ListView | null }> {
  const { rows } = await selectSyncs(ctx, sql<boolean>`y.id = ${syncId}`).execute(ctx.db);
  const row = rows[0];
  if (!row) throw notFound('reading');
  if (row.kind !== 'list' || row.plan === null) return { ...withoutPlan(row), list: null };
  const { headings, mapping, dateOrder, remembered, unrecognised } = row.plan as ListPlan;
  const waits = row.status === 'preview' || row.status === 'held';
  const records = waits ? accountsInRows(await readRows(ctx, syncId, sampleRows), row.plan as ListPlan, row.asOf).accounts : [];
  const sample = records.map((one) => ({
    row: one.row,
    account: one.address ?? one.userName ?? one.externalId,
    name: one.displayName ?? ([one.givenName, one.familyName].filter(Boolean).join(' ') || null),
    status: one.status,
    isAdmin: one.isAdmin,
    employeeNumber: one.employeeNumber,
  }));
  return { ...withoutPlan(row), list: { headings, mapping, dateOrder, remembered, unrecognised, sample } };
}

export type SyncRecordLine = { number: number; cells: string[]; problems: Problem[] };

/** The rows of a list, or what a held sync has read: all, or those that were refused with their reasons. */
export async function listSyncRows(
  ctx: Context,
  syncId: string,
  input: { refused: boolean; limit: number; offset: number },
): Promise<{ rows: SyncRecordLine[]; total: number }> {
  await getSync(ctx, syncId);
  const { rows } = await sql<{ number: number; record: { cells?: string[] } | null; problems: Problem[]; total: number }>`
    select number, record, problems, count(*) over ()::int as total from connections_sync_records
    where sync_id = ${syncId} and ${input.refused ? sql`problems <> '[]'::jsonb` : sql`true`}
    order by number limit ${input.limit} offset ${input.offset}`.execute(ctx.db);
  return { rows: rows.map(({ number, record, problems }) => ({ number, cells: cellsOf(record), problems })), total: rows[0]?.total ?? 0 };
}

function cellsOf(record: { cells?: string[] } | null): string[] {
  if (record === null) return [];
  if (record.cells) return record.cells;
  const { userName, addresses, displayName, status } = fromJson(record);
  return [userName ?? '', addresses[0] ?? '', displayName ?? '', status ?? ''];
}
