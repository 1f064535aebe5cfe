import { hashSecret } from '../../identity/index.ts';
import { runAsSystem } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Push } from '../push.ts';

const useIsNotedEverySeconds = 60;

type Row = {
  organization_id: string;
  connection_id: string;
  token_id: string;
  name: string;
  system: Push['system'];
  last_used_at: string | null;
};

/** Which connection sends a request, by its bearer token; null for none that is in force. Its last contact is noted once a minute. */
export async function findPush(platform: Platform, request: Request): Promise<Push | null> {
  const token = request.headers.get('authorization')?.match(/^Bearer\s+(gc_scim_[\w-]+)$/i)?.[1];
  if (!token) return null;
  const { rows } = await sql<Row>`select * from connection_of_push_token(${hashSecret(token)})`.execute(platform.database);
  const found = rows[0];
  if (!found) return null;
  const now = platform.clock.now();
  if (!found.last_used_at || now.since(found.last_used_at).total('seconds') > useIsNotedEverySeconds) {
    await runAsSystem(platform, found.organization_id, async (ctx) => {
      await ctx.db.updateTable('directory_tokens').set({ last_used_at: now.toString() }).where('id', '=', found.token_id).execute();
      await ctx.db
        .updateTable('directory_connections')
        .set({ last_contact_at: now.toString() })
        .where('id', '=', found.connection_id)
        .execute();
    });
  }
  return { platform, organizationId: found.organization_id, connectionId: found.connection_id, name: found.name, system: found.system };
}
