import { APIError } from 'better-auth/api';
import type { Platform } from '../../platform/platform.ts';

/** Longer than any code is accepted: a code of the same digits that comes later is another one. */
const remembered = '5 minutes';

/** Marks a code of an authenticator app as used; throws where it opened a session already (RFC 6238 section 5.2). By the machine's clock, as codes are. */
export async function spendCode(platform: Platform, userId: string, code: string): Promise<void> {
  await platform.authPool.query(`delete from auth.used_codes where user_id = $1 and at < now() - interval '${remembered}'`, [userId]);
  const { rowCount } = await platform.authPool.query(
    'insert into auth.used_codes (user_id, code, at) values ($1, $2, now()) on conflict do nothing',
    [userId, code],
  );
  if (rowCount === 0) throw new APIError('UNAUTHORIZED', { code: 'CODE_USED', message: 'This code was used already.' });
}
