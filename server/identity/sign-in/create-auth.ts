import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import { Kysely, PostgresDialect } from 'kysely';
import type { Platform } from '../../platform/platform.ts';
import { deriveKey } from '../../platform/secrets.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { companySession } from './company-session.ts';
import { datesAsDates } from './dates-as-dates.ts';
import { noteSignIn } from './note-sign-in.ts';
import { spendCode } from './spend-code.ts';

/** Where the sign-in library believes to be mounted. It is reached through our own routes only. */
export const authPath = '/api/auth';

/**
 * How a session began. The first two open every membership of their user, 'company' the one that it names (the company's provider vouched);
 * 'enrolment' leads to setting up a second factor and nowhere else.
 */
export type SessionMethod = 'passkey' | 'two-factor' | 'company' | 'enrolment';

const methodOf = (path: string | undefined): SessionMethod => {
  if (path === '/passkey/verify-authentication' || path === '/passkey/verify-registration') return 'passkey';
  if (path === '/two-factor/verify-totp' || path === '/two-factor/verify-backup-code') return 'two-factor';
  return 'enrolment';
};

const needsVerification = async ({ verified }: { verified: boolean | undefined }) => {
  if (!verified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'The passkey did not check who holds it.' });
};

function createAuth(platform: Platform) {
  const { publicUrl } = platform.config;
  const origin = new URL(publicUrl).origin;
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: platform.authPool }) })
    .withSchema('auth')
    .withPlugin(datesAsDates);
  return betterAuth({
    appName: 'Groundcrew',
    baseURL: origin,
    basePath: authPath,
    trustedOrigins: [origin],
    secret: deriveKey(platform.secretKey, 'sign-in').toString('base64url'),
    database: { db: database, type: 'postgres' },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => platform.log[level === 'error' ? 'warn' : 'debug']({ from: 'sign-in' }, message),
    },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 256 },
    session: {
      expiresIn: 14 * 24 * 3600,
      disableSessionRefresh: true,
      additionalFields: {
        method: { type: 'string', required: false, input: false },
        organizationId: { type: 'string', required: false, input: false },
        memberId: { type: 'string', required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            if (context?.path === '/two-factor/verify-totp') await spendCode(platform, session.userId, String(context.body?.code));
            // A session by the company is opened by code of ours alone, which says so itself.
            return { data: { ...session, method: session.method === 'company' ? 'company' : methodOf(context?.path) } };
          },
          after: async (session, context) => {
            const method = methodOf(context?.path);
            if (method !== 'enrolment') await noteSignIn(platform, session.userId, method);
          },
        },
      },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 60,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/two-factor/*': { window: 60, max: 20 },
        '/change-password': { window: 60, max: 10 },
        // Whole offices share one address; what is asked for here cannot be guessed. Which domains are known could be tried out.
        '/company/try': { window: 60, max: 300 },
        '/company/find': { window: 60, max: 60 },
      },
    },
    advanced: {
      cookiePrefix: 'groundcrew',
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: ['x-groundcrew-peer'] },
    },
    plugins: [
      twoFactor({ issuer: 'Groundcrew' }),
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: 'Groundcrew',
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification }) => needsVerification({ verified: verification.registrationInfo?.userVerified }),
        },
        authentication: {
          afterVerification: async ({ verification }) => needsVerification({ verified: verification.authenticationInfo?.userVerified }),
        },
        advanced: { webAuthnChallengeCookie: 'passkey-challenge' },
      }),
      beginEnrolment,
      companySession,
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;
const made = new WeakMap<Platform, Auth>();

/** The sign-in library (Better Auth) on its own schema and database role, made once for an installation. */
export function authOf(platform: Platform): Auth {
  let auth = made.get(platform);
  if (!auth) {
    auth = createAuth(platform);
    made.set(platform, auth);
  }
  return auth;
}
