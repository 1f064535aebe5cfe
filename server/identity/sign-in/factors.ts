import { conflict, notFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

export type Factors = { password: boolean; app: boolean; passkeys: { id: string; name: string; createdAt: string | null }[] };

/** How a user can sign in. */
export async function listFactors(platform: Platform, userId: string): Promise<Factors> {
  const { rows } = await platform.authPool.query<{ password: boolean; app: boolean }>(
    `select exists (select from auth."account" where "userId" = $1 and "password" is not null) as password, coalesce("twoFactorEnabled", false) as app from auth."user" where id = $1`,
    [userId],
  );
  const passkeys = await platform.authPool.query<{ id: string; name: string; createdAt: string | null }>(
    `select id, coalesce(nullif(name, ''), 'Passkey') as name, "createdAt" from auth."passkey" where "userId" = $1 order by "createdAt", id`,
    [userId],
  );
  return { password: rows[0]?.password ?? false, app: rows[0]?.app ?? false, passkeys: passkeys.rows };
}

/** Removes a passkey of the user. Throws 404 for any other, and a conflict for the last way to sign in. */
export async function removePasskey(platform: Platform, userId: string, passkeyId: string): Promise<void> {
  const client = await platform.authPool.connect();
  try {
    await client.query('begin');
    const user = await client.query<{ app: boolean }>(
      `select coalesce("twoFactorEnabled", false) as app from auth."user" where id = $1 for update`,
      [userId],
    );
    const { rows } = await client.query<{ id: string }>('select id from auth."passkey" where "userId" = $1', [userId]);
    if (!rows.some((row) => row.id === passkeyId)) throw notFound('passkey');
    if (rows.length === 1 && !user.rows[0]?.app) {
      throw conflict('last_factor', 'This is your only way to sign in. Add another passkey first; nothing was removed.');
    }
    await client.query('delete from auth."passkey" where id = $1', [passkeyId]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Ends all sessions of a user except this one. */
export async function endOtherSessions(platform: Platform, session: { userId: string; sessionId: string }): Promise<void> {
  await platform.authPool.query('delete from auth."session" where "userId" = $1 and id <> $2', [session.userId, session.sessionId]);
}
