import { createHash } from 'node:crypto';
import { Refusal } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

const most = 10;
const windowMinutes = 15;
const hashOf = (address: string) => createHash('sha256').update(address.trim().toLowerCase()).digest();

/** Throws 429 once 10 passwords for an address were wrong within 15 minutes, wherever they came from. Passkeys go on working. */
export async function refuseGuessing(platform: Platform, address: string): Promise<void> {
  const since = platform.clock.now().subtract({ minutes: windowMinutes });
  const { rows } = await platform.authPool.query('select from auth.password_tries where address_hash = $1 and since > $2 and count >= $3', [
    hashOf(address),
    since.toString(),
    most,
  ]);
  if (rows.length > 0)
    throw new Refusal(429, 'locked', 'Too many passwords for this address were wrong. Wait 15 minutes, or sign in with a passkey.');
}

/** Counts a wrong password; the count begins anew after the window. */
export async function noteWrongPassword(platform: Platform, address: string): Promise<void> {
  const now = platform.clock.now();
  await platform.authPool.query(
    `insert into auth.password_tries as t (address_hash, count, since) values ($1, 1, $2)
     on conflict (address_hash) do update set
       count = case when t.since > $3 then t.count + 1 else 1 end,
       since = case when t.since > $3 then t.since else excluded.since end`,
    [hashOf(address), now.toString(), now.subtract({ minutes: windowMinutes }).toString()],
  );
}

/** Forgets the wrong passwords after a right one. */
export async function forgetWrongPasswords(platform: Platform, address: string): Promise<void> {
  await platform.authPool.query('delete from auth.password_tries where address_hash = $1', [hashOf(address)]);
}
