import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

const about = z.object({ userId: z.string(), organizationId: z.uuid(), memberId: z.uuid(), expiresAt: z.date(), seconds: z.int() });

/**
 * Opens a session for somebody whom their company's provider has proved. It names the one membership that it is good for. Callable from code only; it
 * has no address. The other two do nothing but be counted by the limit on tries, by network address.
 */
export const companySession = {
  id: 'company-session',
  endpoints: {
    openCompanySession: createAuthEndpoint.serverOnly({ method: 'POST', body: about }, async (ctx) => {
      const { userId, expiresAt, seconds, ...membership } = ctx.body;
      const user = await ctx.context.internalAdapter.findUserById(userId);
      if (!user) throw new Error('There is no such user.');
      const session = await ctx.context.internalAdapter.createSession(userId, false, { ...membership, method: 'company', expiresAt }, true);
      await setSessionCookie(ctx, { session, user }, false, { maxAge: seconds });
      return ctx.json({ ok: true });
    }),
    countCompanyTry: createAuthEndpoint('/company/try', { method: 'POST' }, async (ctx) => ctx.json({ ok: true })),
    countCompanyFind: createAuthEndpoint('/company/find', { method: 'POST' }, async (ctx) => ctx.json({ ok: true })),
  },
} satisfies BetterAuthPlugin;
