import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { checkSetup } from '../check-setup.ts';
import { checkSetupLink, createFirstOwner } from '../setup/create-first-owner.ts';
import { enterEnrolment, requirePage } from '../sign-in/ask-auth.ts';

const secret = z.string().min(20).max(100);

export const checkSetupSecret = route({
  id: 'checkSetupSecret',
  method: 'post',
  path: '/setup/check',
  access: 'public',
  summary: 'Whether a set-up link still works. Changes nothing',
  harmless: true,
  body: z.object({ secret }),
  handleOutside: async ({ platform }, { body }) => checkSetupLink(platform, body.secret),
});

export const setUp = route({
  id: 'setUp',
  method: 'post',
  path: '/setup',
  access: 'public',
  summary: 'Make the first organization and its first owner with the link that the server printed; a second factor follows',
  body: z.object({
    secret,
    organization: z.string().trim().min(1).max(200),
    timeZone: z.string().max(100),
    name: z.string().trim().min(1).max(200),
    address: z.string().trim().max(320),
    password: z.string().max(256).nullable().describe('null: a passkey follows instead.'),
  }),
  output: z.object({ organizationId: z.uuid() }),
  handleOutside: async (edge, { body }) => {
    requirePage(edge);
    const { organizationId, userId } = await createFirstOwner(edge.platform, body);
    await enterEnrolment(edge, userId);
    return { organizationId };
  },
});

export const getSetupCheck = route({
  id: 'getSetupCheck',
  method: 'get',
  path: '/setup-check',
  access: 'settings:read',
  summary: 'What this installation lacks to be relied upon',
  output: z.object({
    findings: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        ok: z.boolean().nullable().describe('null: cannot be known.'),
        words: z.string(),
        mend: z.string(),
      }),
    ),
  }),
  handle: async (ctx) => ({ findings: await checkSetup(ctx) }),
});

export const setupRoutes = { checkSetupSecret, setUp, getSetupCheck };
