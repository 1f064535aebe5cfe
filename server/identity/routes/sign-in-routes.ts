import { z } from 'zod';
import { Refusal } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { askAuth } from '../sign-in/ask-auth.ts';
import { forgetWrongPasswords, noteWrongPassword, refuseGuessing } from '../sign-in/password-tries.ts';
import { findUser, hasSecondFactor } from '../sign-in/users.ts';

/** What `PublicKeyCredential.parseRequestOptionsFromJSON` and its sibling take (WebAuthn Level 3, section 5.1.8), passed on unread. */
export const webAuthnJson = z.record(z.string(), z.unknown());

export const signInWithPassword = route({
  id: 'signInWithPassword',
  method: 'post',
  path: '/sign-in/password',
  access: 'public',
  summary: 'Begin signing in: address and password. A password alone opens nothing',
  body: z.object({ address: z.string().trim().max(320), password: z.string().max(256) }),
  output: z.object({
    next: z
      .enum(['code', 'passkey', 'enrol'])
      .describe(
        'code: from the authenticator app; passkey: the second factor is a passkey, which needs no password; enrol: set up a second factor.',
      ),
  }),
  handleOutside: async (edge, { body }) => {
    await refuseGuessing(edge.platform, body.address);
    try {
      const answer = await askAuth<{ twoFactorRedirect?: boolean }>(
        edge,
        'POST',
        '/sign-in/email',
        { email: body.address.toLowerCase(), password: body.password },
        { asNobody: true },
      );
      await forgetWrongPasswords(edge.platform, body.address);
      if (answer.twoFactorRedirect) return { next: 'code' as const };
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) await noteWrongPassword(edge.platform, body.address);
      throw error instanceof Refusal && error.code === 'sign_in_refused' ? wrong() : error;
    }
    const user = await findUser(edge.platform, body.address);
    if (!user) throw wrong();
    return { next: (await hasSecondFactor(edge.platform, user.id)) ? ('passkey' as const) : ('enrol' as const) };
  },
});

const wrong = () => new Refusal(401, 'wrong_password', 'The address or the password is wrong. Check both and try again.');

const code = z.object({ code: z.string().trim().min(1).max(40) });

export const signInWithCode = route({
  id: 'signInWithCode',
  method: 'post',
  path: '/sign-in/code',
  access: 'public',
  summary: 'Finish signing in with the code of the authenticator app',
  body: code,
  handleOutside: async (edge, { body }) => {
    await askAuth(edge, 'POST', '/two-factor/verify-totp', { code: body.code.replaceAll(' ', '') }, { asNobody: true });
  },
});

export const signInWithRecoveryCode = route({
  id: 'signInWithRecoveryCode',
  method: 'post',
  path: '/sign-in/recovery-code',
  access: 'public',
  summary: 'Finish signing in with a recovery code, which works once',
  body: code,
  handleOutside: async (edge, { body }) => {
    await askAuth(edge, 'POST', '/two-factor/verify-backup-code', { code: body.code }, { asNobody: true });
  },
});

export const beginPasskeySignIn = route({
  id: 'beginPasskeySignIn',
  method: 'post',
  path: '/sign-in/passkey/options',
  access: 'public',
  summary: 'What the browser needs to ask for a passkey',
  output: z.object({ options: webAuthnJson }),
  handleOutside: async (edge) => {
    const options = await askAuth<Record<string, unknown>>(edge, 'GET', '/passkey/generate-authenticate-options', undefined, {
      asNobody: true,
    });
    return { options: { ...options, userVerification: 'required' } };
  },
});

export const signInWithPasskey = route({
  id: 'signInWithPasskey',
  method: 'post',
  path: '/sign-in/passkey',
  access: 'public',
  summary: 'Sign in with a passkey',
  body: z.object({ response: webAuthnJson }),
  handleOutside: async (edge, { body }) => {
    await askAuth(edge, 'POST', '/passkey/verify-authentication', { response: body.response }, { asNobody: true });
  },
});

export const signInRoutes = { signInWithPassword, signInWithCode, signInWithRecoveryCode, beginPasskeySignIn, signInWithPasskey };
