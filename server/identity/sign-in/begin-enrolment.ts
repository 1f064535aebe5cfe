import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/**
 * Lets the server sign somebody in who has just been made and has no second factor yet: the session opens nothing but setting one up.
 * Callable from code only; it has no address.
 */
export const beginEnrolment = {
  id: 'begin-enrolment',
  endpoints: {
    beginEnrolment: createAuthEndpoint.serverOnly({ method: 'POST', body: z.object({ userId: z.string() }) }, async (ctx) => {
      const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId);
      if (!user) throw new Error('There is no such user.');
      const session = await ctx.context.internalAdapter.createSession(user.id, false);
      await setSessionCookie(ctx, { session, user });
      return ctx.json({ ok: true });
    }),
  },
} satisfies BetterAuthPlugin;
