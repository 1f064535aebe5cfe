import { type Context, runAsSystem } from '../platform/context.ts';
import { sql } from '../platform/database.ts';
import type { Edge } from '../platform/http/route.ts';
import type { Platform } from '../platform/platform.ts';

/** How far a sample organization is. `done` of `total` events of its story have happened; `words` says what the last one was. */
export type SampleState = { status: 'making' | 'ready' | 'failed'; done: number; total: number; words: string; problem: string | null };

export type Sample = { organizationId: string; name: string } & SampleState;

type Settings = { sample?: SampleState; sampleOrganizationId?: string };

const beginning: SampleState = { status: 'making', done: 0, total: 1, words: 'It begins', problem: null };

/** A sample by its id; null when there is none, or that organization is no sample. */
export function findSample(platform: Platform, organizationId: string): Promise<Sample | null> {
  return runAsSystem(platform, organizationId, async (ctx) => {
    const row = await ctx.db.selectFrom('identity_organizations').select(['name', 'sample', 'settings']).executeTakeFirst();
    return row?.sample ? { organizationId, name: row.name, ...beginning, ...(row.settings as Settings).sample } : null;
  });
}

/** The sample that belongs to who asks: the organization itself, where it is one, else the one that was made from it. */
export async function findOwnSample(edge: Edge): Promise<Sample | null> {
  const here = await edge.run((ctx) =>
    ctx.db.selectFrom('identity_organizations').select(['sample', 'settings']).executeTakeFirstOrThrow(),
  );
  const id = here.sample ? edge.organizationId : (here.settings as Settings).sampleOrganizationId;
  return id ? findSample(edge.platform, id) : null;
}

/** Notes how far the sample is. What is ready stays so. */
export async function noteState(ctx: Context, state: SampleState): Promise<void> {
  await sql`
    update identity_organizations set settings = settings || ${JSON.stringify({ sample: state })}::jsonb
    where sample and coalesce(settings->'sample'->>'status', '') <> 'ready'`.execute(ctx.db);
}

/** Remembers which sample was made from an organization. Returns false when another one was a moment earlier. */
export async function linkSample(ctx: Context, link: { sampleId: string; insteadOf: string | null }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update identity_organizations set settings = settings || jsonb_build_object('sampleOrganizationId', ${link.sampleId}::text)
    where settings->>'sampleOrganizationId' is not distinct from ${link.insteadOf}`.execute(ctx.db);
  return Number(numAffectedRows) === 1;
}
