import { sql } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { makeLinkSecret } from '../make-link-secret.ts';
import { setupState } from './setup-state.ts';

const validHours = 24;

/**
 * The address at which the first owner is made, or null once somebody can sign in. It works once and for 24 hours; a new one ends those before.
 * The secret stands behind `#`, which browsers do not send: no proxy logs it.
 */
export async function makeSetupLink(platform: Platform): Promise<string | null> {
  if (!(await setupState(platform)).open) return null;
  const { secret, hash } = makeLinkSecret();
  const now = platform.clock.now();
  await sql`select add_setup_link(${hash}, ${now.toString()}, ${now.add({ hours: validHours }).toString()})`.execute(platform.database);
  return `${platform.config.publicUrl}/setup#${secret}`;
}
