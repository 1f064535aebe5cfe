import { z } from 'zod';
import { connectors } from '../../connectors/index.ts';
import { actionNames, type Connector, type FormMeta, type Profile } from '../../connectors/kit/index.ts';
import { appsInReach } from '../apps/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { chooseConnector } from './choose-connector.ts';
import { setUpSteps } from './set-up-steps.ts';

/** A field of a form, from the schema of a connector's settings or secrets. */
export type FormField = {
  name: string;
  title: string;
  description: string | null;
  kind: 'text' | 'long' | 'number' | 'choice' | 'list' | 'switch';
  choices: { value: string; title: string }[];
  default: unknown;
  required: boolean;
  least: number | null;
  most: number | null;
  /** It counts only where this setting has this value. */
  onlyFor: { setting: string; value: string } | null;
  /** Most connections leave it as it is. */
  rare: boolean;
};

/** The fields of a schema, as JSON Schema (2020-12) tells them. Secrets are texts that are never shown again. */
export function formOf(schema: z.ZodType): FormField[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<
      string,
      Partial<FormMeta> & { type?: string; enum?: string[]; default?: unknown; minimum?: number; maximum?: number }
    >;
    required?: string[];
  };
  return Object.entries(json.properties ?? {}).map(([name, field]) => ({
    name,
    title: field.title ?? name,
    description: field.description ?? null,
    kind: kindOf(field),
    choices: (field.enum ?? []).map((value) => ({ value, title: field.choiceTitles?.[value] ?? value })),
    default: field.default ?? null,
    required: json.required?.includes(name) ?? false,
    least: field.minimum ?? null,
    most: field.maximum ?? null,
    onlyFor: field.onlyFor ?? null,
    rare: field.rare === true,
  }));
}

function kindOf(field: Partial<FormMeta> & { type?: string; enum?: string[] }): FormField['kind'] {
  if (field.enum) return 'choice';
  if (field.type === 'integer' || field.type === 'number') return 'number';
  if (field.type === 'boolean') return 'switch';
  if (field.type === 'array') return 'list';
  return field.long ? 'long' : 'text';
}

/** The kinds of systems that this organization can connect. */
export async function listConnectors(ctx: Context) {
  const organization = await ctx.db.selectFrom('identity_organizations').select('sample').executeTakeFirst();
  const all: Connector[] = [...connectors];
  if (organization?.sample) all.push(await chooseConnector(ctx, 'simulated', '00000000-0000-0000-0000-000000000000'));
  return all.map((connector) => ({
    id: connector.id,
    name: connector.name,
    sentence: connector.sentence,
    reads: connector.reads,
    actions: actionNames.filter((name) => connector[name] !== undefined) as string[],
    isTriedByStep: connector.trial !== undefined,
    tellsPeople: connector.listPeople !== undefined,
    readsAccounts: connector.listAccounts !== undefined || connector.withSettings !== undefined,
    followsChanges: connector.listChanges !== undefined,
    profile: connector.profile ? profileOf(connector, connector.profile) : null,
    settings: formOf(connector.settings),
    secrets: formOf(connector.secrets),
  }));
}

function profileOf(connector: Connector, { rights, plan, inbound, cannotKnow, verifiedLive }: Profile) {
  return { rights, plan, inbound, cannotKnow, verifiedLive, setUp: setUpSteps(connector, {}) };
}

export type ConnectionLine = {
  id: string;
  appId: string;
  app: string;
  connector: string;
  connectorName: string;
  settings: Record<string, unknown>;
  hasSecrets: boolean;
  status: 'new' | 'healthy' | 'failing' | 'paused';
  syncEveryMinutes: number | null;
  takesPeople: boolean;
  nextSyncAt: string | null;
  lastChecks: { name: string; ok: boolean | null; words: string }[] | null;
  lastOkAt: string | null;
  lastProblem: string | null;
  failingSince: string | null;
  createdAt: string;
  lastSync: {
    id: string;
    status: string;
    counts: Record<string, unknown>;
    heldReasons: string[];
    problem: string | null;
    at: string;
  } | null;
};

type SelectedLine = Omit<ConnectionLine, 'connectorName'> & { total: number };

const lineOf = ({ total: _, ...row }: SelectedLine): ConnectionLine => ({
  ...row,
  connectorName: connectors.find(({ id }) => id === row.connector)?.name ?? 'Simulated',
});

const selectConnections = (ctx: Context, where: ReturnType<typeof sql<boolean>>) => sql<SelectedLine>`
  select c.id, c.app_id as "appId", s.name as app, c.connector, c.settings, c.secrets_sealed is not null as "hasSecrets", c.status,
    c.sync_every_minutes as "syncEveryMinutes", c.takes_people as "takesPeople", c.next_sync_at as "nextSyncAt", c.last_checks as "lastChecks", c.last_ok_at as "lastOkAt",
    c.last_problem as "lastProblem", c.failing_since as "failingSince", c.created_at as "createdAt",
    case when y.id is null then null else jsonb_build_object('id', y.id, 'status', y.status, 'counts', y.counts, 'heldReasons', to_jsonb(y.held_reasons),
      'problem', y.problem, 'at', to_char(coalesce(y.finished_at, y.started_at, y.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end as "lastSync",
    count(*) over ()::int as total
  from connections_connections c
  join apps_apps s on s.organization_id = c.organization_id and s.id = c.app_id and s.archived_at is null and ${appsInReach(ctx, 's')}
  left join lateral (select * from connections_syncs y where y.organization_id = c.organization_id and y.connection_id = c.id order by y.created_at desc limit 1) y on true
  where c.removed_at is null and ${where}
  order by array_position(array['failing', 'new', 'paused', 'healthy'], c.status), lower(s.name)`;

/** The connections, those that fail first. */
export async function listConnections(ctx: Context, input: { limit: number; offset: number }) {
  const { rows } =
    await sql<SelectedLine>`${selectConnections(ctx, sql<boolean>`true`)} limit ${input.limit} offset ${input.offset}`.execute(ctx.db);
  return { rows: rows.map(lineOf), total: rows[0]?.total ?? 0 };
}

/** One connection, or 404. Secrets are never part of it. */
export async function getConnection(ctx: Context, connectionId: string): Promise<ConnectionLine> {
  const { rows } = await selectConnections(ctx, sql<boolean>`c.id = ${connectionId}`).execute(ctx.db);
  if (!rows[0]) throw notFound('connection');
  return lineOf(rows[0]);
}
