import { z } from 'zod';
import { route } from '../platform/http/route.ts';
import { proposeAccessRules } from './propose/propose-access-rules.ts';

const grant = z.object({ appId: z.string(), app: z.string(), entitlement: z.string().nullable(), kind: z.string().nullable() });
const person = z.object({ personId: z.string(), name: z.string() });

export const proposeAccessRulesRoute = route({
  id: 'proposeAccessRules',
  method: 'post',
  path: '/access-rules/propose',
  access: 'access:read',
  summary: 'Rules proposed from what people already have, each with its exceptions by name. Changes nothing.',
  harmless: true,
  output: z.object({
    rules: z.array(
      z.object({
        name: z.string(),
        when: z.string(),
        grants: z.array(grant.extend({ held: z.number(), of: z.number() })),
        people: z.number(),
        exceptions: z.object({
          without: z.array(person.extend({ app: z.string(), entitlement: z.string().nullable() })),
          total: z.number(),
        }),
        words: z.string(),
      }),
    ),
    explained: z.object({
      grants: z.number(),
      total: z.number(),
      share: z.number(),
      byRulesInForce: z.number(),
      accounts: z.object({ explained: z.number(), total: z.number() }),
    }),
    leftOver: z.array(
      z.object({
        app: z.string(),
        entitlement: z.string().nullable(),
        holders: z.number(),
        people: z.array(person),
        note: z.string().nullable(),
      }),
    ),
    words: z.string(),
  }),
  handle: (ctx) => proposeAccessRules(ctx),
});
