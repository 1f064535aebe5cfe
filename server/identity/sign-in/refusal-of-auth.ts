import { Refusal } from '../../platform/errors.ts';

const words: Record<string, [status: number, code: string, message: string, field?: string]> = {
  INVALID_EMAIL_OR_PASSWORD: [401, 'wrong_password', 'The address or the password is wrong. Check both and try again.', 'password'],
  INVALID_PASSWORD: [401, 'wrong_password', 'This is not your password. Nothing was changed.', 'password'],
  PASSWORD_TOO_SHORT: [
    422,
    'password_too_short',
    'A password has at least 12 characters. Four words that do not belong together are a good one.',
    'password',
  ],
  PASSWORD_TOO_LONG: [422, 'password_too_long', 'A password has at most 256 characters.', 'password'],
  INVALID_CODE: [
    401,
    'wrong_code',
    'This code does not match. Codes change every 30 seconds: type the one that your authenticator app shows now.',
    'code',
  ],
  CODE_USED: [401, 'used_code', 'This code was used already. Wait half a minute, and type the next one that your app shows.', 'code'],
  INVALID_BACKUP_CODE: [401, 'wrong_code', 'This recovery code does not match, or it was used before. Each works once.', 'code'],
  INVALID_TWO_FACTOR_COOKIE: [401, 'begin_again', 'Too much time has passed since the password. Sign in again from the start.'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: [429, 'begin_again', 'Five codes were wrong. Sign in again from the start.'],
  ACCOUNT_TEMPORARILY_LOCKED: [429, 'locked', 'Too many codes were wrong. Wait 15 minutes, or sign in with a passkey.'],
  TOTP_ALREADY_ENABLED: [409, 'already_there', 'An authenticator app is set up already. Nothing was changed.'],
  TOTP_NOT_ENABLED: [409, 'not_set_up', 'No authenticator app is set up for you yet.'],
  TWO_FACTOR_NOT_ENABLED: [409, 'not_set_up', 'No authenticator app is set up for you yet.'],
  BACKUP_CODES_NOT_ENABLED: [409, 'not_set_up', 'There are no recovery codes for you yet.'],
  CHALLENGE_NOT_FOUND: [409, 'begin_again', 'Too much time has passed, or this was sent twice. Try the passkey again.'],
  PASSKEY_NOT_FOUND: [401, 'unknown_passkey', 'Groundcrew does not know this passkey. Use another one, or your password.'],
  AUTHENTICATION_FAILED: [401, 'passkey_refused', 'The passkey was not accepted. Try again, or use your password.'],
  FAILED_TO_VERIFY_REGISTRATION: [422, 'passkey_refused', 'The passkey could not be checked. Nothing was stored. Try again.'],
  USER_NOT_VERIFIED: [422, 'passkey_refused', 'The passkey has to ask for your finger, face or PIN. This one did not. Nothing was stored.'],
  SESSION_NOT_FRESH: [409, 'sign_in_anew', 'You signed in more than a day ago. Sign out and in again first.'],
};

/** What the sign-in library refused, in our words. Anything unexpected keeps its text for the log alone. */
export function refusalOfAuth(status: number, answer: { code?: string; message?: string } | null): Refusal {
  const known = words[answer?.code ?? ''];
  if (known) {
    const [ours, code, message, field] = known;
    return new Refusal(ours, code, message, field ? { problems: [{ field, message }] } : {});
  }
  if (status === 429) return new Refusal(429, 'too_often', 'Too many tries. Wait a minute, then try again.');
  if (status === 401) return new Refusal(401, 'not_signed_in', 'Sign in first.');
  const internal = `${status} ${answer?.code ?? ''} ${answer?.message ?? ''}`.trim();
  if (status < 500)
    return new Refusal(422, 'sign_in_refused', 'The sign-in did not accept this. Nothing was changed. Try again from the start.', {
      internal,
    });
  return new Refusal(500, 'sign_in_failed', 'The sign-in does not work at present. Nothing was changed.', { internal });
}
