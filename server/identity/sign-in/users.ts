import { conflict, invalid } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { membershipsOf } from '../memberships-of.ts';
import { authOf } from './create-auth.ts';

export type User = { id: string; name: string; address: string };

/** The user with this address (any letter case), or null. */
export async function findUser(platform: Platform, address: string): Promise<User | null> {
  const { rows } = await platform.authPool.query<User>('select id, name, email as address from auth."user" where email = $1', [
    address.trim().toLowerCase(),
  ]);
  return rows[0] ?? null;
}

/** Whether the user has a passkey, or an authenticator app that was confirmed with a code. */
export async function hasSecondFactor(platform: Platform, userId: string): Promise<boolean> {
  const { rows } = await platform.authPool.query<{ has: boolean }>(
    `select exists (select from auth."user" where id = $1 and "twoFactorEnabled") or exists (select from auth."passkey" where "userId" = $1) as has`,
    [userId],
  );
  return rows[0]!.has;
}

/** Whether anybody at all has finished setting up their sign-in. */
export async function anybodyCanSignIn(platform: Platform): Promise<boolean> {
  const { rows } = await platform.authPool.query<{ can: boolean }>(
    `select exists (select from auth."user" where "twoFactorEnabled") or exists (select from auth."passkey") as can`,
  );
  return rows[0]!.can;
}

/** Throws when a password does not meet the rules (12 to 256 characters; no composition rules, NIST SP 800-63B section 3.1.1.2). */
export function checkPassword(password: string): void {
  const message =
    password.length < 12
      ? 'A password has at least 12 characters. Four words that do not belong together are a good one.'
      : password.length > 256
        ? 'A password has at most 256 characters.'
        : null;
  if (message) throw invalid('bad_password', message, [{ field: 'password', message }]);
}

/**
 * Makes a user, with a password or (for a passkey) without. An earlier try that was never finished (no second factor, member of nothing) is taken over.
 * Throws a conflict when somebody signs in with this address already.
 */
export async function makeUser(platform: Platform, input: { name: string; address: string; password: string | null }): Promise<string> {
  if (input.password !== null) checkPassword(input.password);
  const address = input.address.trim().toLowerCase();
  const { internalAdapter } = await authOf(platform).$context;
  const found = await findUser(platform, address);
  if (found && ((await hasSecondFactor(platform, found.id)) || (await membershipsOf(platform, found.id)).length > 0)) {
    throw conflict('has_sign_in', `There is a sign-in for ${address} already. Sign in with it first, then open this link again.`);
  }
  if (found) {
    await internalAdapter.updateUser(found.id, { name: input.name });
    await setCredentials(platform, found.id, input.password);
    return found.id;
  }
  const user = await internalAdapter.createUser({ email: address, name: input.name, emailVerified: true }, { method: 'invitation' });
  await setCredentials(platform, user.id, input.password);
  return user.id;
}

/** Takes every password, passkey, authenticator app and session from a user, and sets a password where one is given. */
export async function setCredentials(platform: Platform, userId: string, password: string | null): Promise<void> {
  if (password !== null) checkPassword(password);
  const context = await authOf(platform).$context;
  const hash = password === null ? null : await context.password.hash(password);
  const client = await platform.authPool.connect();
  try {
    await client.query('begin');
    for (const table of ['session', 'account', 'twoFactor', 'passkey'])
      await client.query(`delete from auth."${table}" where "userId" = $1`, [userId]);
    await client.query('update auth."user" set "twoFactorEnabled" = false where id = $1', [userId]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
  if (hash !== null) await context.internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
}
