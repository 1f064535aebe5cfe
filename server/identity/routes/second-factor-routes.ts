import { z } from 'zod';
import { conflict } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { askAuth, requirePage } from '../sign-in/ask-auth.ts';
import { endOtherSessions, listFactors, removePasskey } from '../sign-in/factors.ts';
import { requireComplete, requireEnrolling } from '../sign-in/require-session.ts';
import { hasSecondFactor } from '../sign-in/users.ts';
import { webAuthnJson } from './sign-in-routes.ts';

const password = z.object({ password: z.string().max(256) });

export const beginAuthenticator = route({
  id: 'beginAuthenticator',
  method: 'post',
  path: '/second-factor/app',
  access: 'public',
  summary: 'Begin to set up an authenticator app: its key, and recovery codes that are shown this once',
  body: password,
  output: z.object({
    uri: z.string().describe('otpauth:// address, to be drawn as a QR code.'),
    key: z.string(),
    recoveryCodes: z.array(z.string()),
  }),
  handleOutside: async (edge, { body }) => {
    requirePage(edge);
    await requireEnrolling(edge);
    const { totpURI, backupCodes } = await askAuth<{ totpURI: string; backupCodes: string[] }>(edge, 'POST', '/two-factor/enable', {
      password: body.password,
    });
    return { uri: totpURI, key: new URL(totpURI).searchParams.get('secret') ?? '', recoveryCodes: backupCodes };
  },
});

export const confirmAuthenticator = route({
  id: 'confirmAuthenticator',
  method: 'post',
  path: '/second-factor/app/confirm',
  access: 'public',
  summary: 'Finish setting up an authenticator app with a code that it shows',
  body: z.object({ code: z.string().trim().min(1).max(40) }),
  handleOutside: async (edge, { body }) => {
    requirePage(edge);
    await requireEnrolling(edge);
    await askAuth(edge, 'POST', '/two-factor/verify-totp', { code: body.code.replaceAll(' ', '') });
  },
});

export const beginPasskey = route({
  id: 'beginPasskey',
  method: 'post',
  path: '/second-factor/passkey/options',
  access: 'public',
  summary: 'What the browser needs to make a passkey',
  output: z.object({ options: webAuthnJson }),
  handleOutside: async (edge) => {
    requirePage(edge);
    await requireEnrolling(edge);
    return { options: await askAuth<Record<string, unknown>>(edge, 'GET', '/passkey/generate-register-options') };
  },
});

export const addPasskey = route({
  id: 'addPasskey',
  method: 'post',
  path: '/second-factor/passkey',
  access: 'public',
  summary: 'Keep a passkey that the browser made. The first one signs in at once',
  body: z.object({ name: z.string().trim().max(80).default(''), response: webAuthnJson }),
  handleOutside: async (edge, { body }) => {
    requirePage(edge);
    const session = await requireEnrolling(edge);
    await askAuth(edge, 'POST', '/passkey/verify-registration', {
      response: body.response,
      ...(body.name ? { name: body.name } : {}),
      ...(session.complete ? {} : { createSession: true }),
    });
  },
});

export const listSecondFactors = route({
  id: 'listSecondFactors',
  method: 'get',
  path: '/second-factor',
  access: 'session',
  summary: 'How I sign in: my passkeys, my authenticator app, whether I have a password',
  output: z.object({
    password: z.boolean(),
    app: z.boolean(),
    passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.string().nullable() })),
  }),
  handleOutside: async (edge) => listFactors(edge.platform, (await requireComplete(edge)).userId),
});

export const deletePasskey = route({
  id: 'deletePasskey',
  method: 'delete',
  path: '/second-factor/passkeys/{passkeyId}',
  access: 'session',
  summary: 'Remove one of my passkeys; the last way to sign in stays',
  params: z.object({ passkeyId: z.string().max(64) }),
  handleOutside: async (edge, { params }) => removePasskey(edge.platform, (await requireComplete(edge)).userId, params.passkeyId),
});

export const makeRecoveryCodes = route({
  id: 'makeRecoveryCodes',
  method: 'post',
  path: '/second-factor/recovery-codes',
  access: 'session',
  summary: 'Make new recovery codes; the old ones end',
  body: password,
  output: z.object({ recoveryCodes: z.array(z.string()) }),
  handleOutside: async (edge, { body }) => {
    await requireComplete(edge);
    const { backupCodes } = await askAuth<{ backupCodes: string[] }>(edge, 'POST', '/two-factor/generate-backup-codes', {
      password: body.password,
    });
    return { recoveryCodes: backupCodes };
  },
});

export const changePassword = route({
  id: 'changePassword',
  method: 'post',
  path: '/sign-in/password/change',
  access: 'session',
  summary: 'Change my password; my sessions elsewhere end',
  body: z.object({ current: z.string().max(256), next: z.string().max(256) }),
  handleOutside: async (edge, { body }) => {
    const session = await requireComplete(edge);
    if (!(await hasSecondFactor(edge.platform, session.userId))) throw conflict('no_second_factor', 'Set up a second factor first.');
    await askAuth(edge, 'POST', '/change-password', { currentPassword: body.current, newPassword: body.next });
    await endOtherSessions(edge.platform, session);
  },
});

export const secondFactorRoutes = {
  beginAuthenticator,
  confirmAuthenticator,
  beginPasskey,
  addPasskey,
  listSecondFactors,
  deletePasskey,
  makeRecoveryCodes,
  changePassword,
};
