import type { Context } from '../platform/context.ts';
import { sql } from '../platform/database.ts';

/**
 * Runs `work` with nothing hidden, then hides again what the actor may not know. A list is compared with the whole truth whoever gives it;
 * what of it they are shown goes through row-level security as ever. When `work` fails the transaction ends, and the settings with it.
 * `work` hears whose leaving is hidden from the actor, so that no count or sentence made for them tells of it.
 */
export async function seeingAll<T>(ctx: Context, work: (hidden: ReadonlySet<string>) => Promise<T>): Promise<T> {
  const { rows } = await sql<{ concealments: string | null; people: string | null }>`
    select current_setting('groundcrew.hidden_concealments', true) as concealments, current_setting('groundcrew.hidden_people', true) as people`.execute(
    ctx.db,
  );
  await hide(ctx, '{}', '{}');
  const hidden = (rows[0]?.people ?? '').match(/[0-9a-f-]{36}/g) ?? [];
  const result = await work(new Set(hidden));
  await hide(ctx, rows[0]?.concealments ?? '', rows[0]?.people ?? '');
  return result;
}

async function hide(ctx: Context, concealments: string, people: string): Promise<void> {
  await sql`select set_config('groundcrew.hidden_concealments', ${concealments}, true), set_config('groundcrew.hidden_people', ${people}, true)`.execute(
    ctx.db,
  );
}
