import type { Context } from '../../platform/context.ts';
import { unseal } from '../../platform/secrets.ts';

/** What the secret of a hook is sealed to: moved to another place it does not open. */
export const hookBinding = (organizationId: string, connectionId: string) => `${organizationId}/hook/${connectionId}`;

/** The secret of a hook; null where it has none yet. */
export function hookSecret(ctx: Context, hook: { connection_id: string; secret_sealed: Uint8Array | null }): string | null {
  if (hook.secret_sealed === null) return null;
  return unseal(ctx.platform.secretKey, hookBinding(ctx.organizationId, hook.connection_id), hook.secret_sealed);
}

/** The address that a vendor calls. */
export const hookAddress = (ctx: Pick<Context, 'platform'>, key: string) =>
  `${ctx.platform.config.publicUrl.replace(/\/+$/, '')}/hooks/${key}`;
