import { createHash } from 'node:crypto';
import type { Kept } from '../../connectors/kit/index.ts';
import { type Context, runAsSystem } from '../platform/context.ts';
import type { Platform } from '../platform/platform.ts';
import { seal, unseal } from '../platform/secrets.ts';
import { type ConnectionRow, secretsBinding } from './connection-row.ts';

const bindingOf = (organizationId: string, connectionId: string) => `${secretsBinding(organizationId, connectionId)}/kept`;

/** What was kept for a stored connection when its last credential was handed out. */
export const keptOf = (ctx: Context, row: ConnectionRow): Kept =>
  row.kept_sealed === null ? {} : JSON.parse(unseal(ctx.platform.secretKey, bindingOf(ctx.organizationId, row.id), row.kept_sealed));

/** What is kept, as it is stored with a connection; null for nothing. */
export const sealKept = (ctx: Pick<Context, 'platform' | 'organizationId'>, connectionId: string, kept: Kept | null): Buffer | null =>
  kept === null ? null : seal(ctx.platform.secretKey, bindingOf(ctx.organizationId, connectionId), JSON.stringify(kept));

/**
 * Keeps what a vendor handed out, in a transaction of its own that ends before the credential is used: a crash in between leaves the last one, which the vendor
 * takes until the new one was used. Where the connection has other secrets by now, nothing is kept.
 */
export const keepFor =
  (platform: Platform, row: Pick<ConnectionRow, 'id' | 'organization_id' | 'secrets_sealed'>) =>
  async (kept: Kept): Promise<void> => {
    await runAsSystem(platform, row.organization_id, (ctx) =>
      ctx.db
        .updateTable('connections_connections')
        .set({ kept_sealed: sealKept(ctx, row.id, kept) })
        .where('id', '=', row.id)
        .where((eb) => (row.secrets_sealed === null ? eb('secrets_sealed', 'is', null) : eb('secrets_sealed', '=', row.secrets_sealed)))
        .execute(),
    );
  };

// What a test of secrets that nobody saved yet was handed out: a code that is used up there would be worth nothing when it is saved.
const untilSaved = new WeakMap<Platform, Map<string, Kept>>();
const mostUnsaved = 100;
const keyOf = (connector: string, secrets: unknown) =>
  createHash('sha256')
    .update(JSON.stringify([connector, secrets]))
    .digest('hex');

/** Remembers, in memory, what was handed out for secrets that are not saved. */
export function rememberUnsaved(platform: Platform, connector: string, secrets: unknown, kept: Kept): void {
  const known = untilSaved.get(platform) ?? new Map<string, Kept>();
  untilSaved.set(platform, known);
  known.set(keyOf(connector, secrets), kept);
  for (const oldest of known.keys()) if (known.size > mostUnsaved) known.delete(oldest);
}

/** What was handed out for these secrets before they were saved, or null. */
export const unsavedFor = (platform: Platform, connector: string, secrets: unknown): Kept | null =>
  untilSaved.get(platform)?.get(keyOf(connector, secrets)) ?? null;
