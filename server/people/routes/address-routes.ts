import { z } from 'zod';
import { Refusal } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { checkAddressPattern } from '../work-address/address-pattern.ts';
import { changeAddressPattern } from '../work-address/change-address-pattern.ts';
import { foretellWorkAddress } from '../work-address/decide-work-address.ts';
import { getAddressPattern } from '../work-address/get-address-pattern.ts';
import { changed, nullable } from './shapes.ts';

const pattern = z
  .string()
  .max(100)
  .describe('Of {given}, {family}, {g}, {f} (first letters) and text between them, such as {given}.{family}.');
const domain = z.string().max(253).describe('Such as acme.example.');
const name = z.string().max(200);

const getPattern = route({
  id: 'getAddressPattern',
  method: 'get',
  path: '/address-pattern',
  access: 'people:manage',
  summary: 'How new work addresses are made: as set, or as the addresses that are there suggest',
  output: z.object({ pattern: z.string(), domain: nullable, isSet: z.boolean(), words: z.string() }),
  handle: (ctx) => getAddressPattern(ctx),
});

const changePattern = route({
  id: 'changeAddressPattern',
  method: 'put',
  path: '/address-pattern',
  access: 'people:manage',
  summary: 'Sets how new work addresses are made; those that people have stay',
  body: z.object({ pattern, domain }),
  output: changed,
  handle: async (ctx, { body }) => {
    await changeAddressPattern(ctx, body);
    return { ok: true as const };
  },
});

const tryPattern = route({
  id: 'tryAddressPattern',
  method: 'post',
  path: '/address-pattern/try',
  access: 'people:manage',
  harmless: true,
  summary: 'Which addresses a pattern would give these names, one after the other',
  body: z.object({
    pattern,
    domain,
    names: z
      .array(z.object({ givenName: name, familyName: name.nullable().optional(), preferredName: name.nullable().optional() }))
      .max(20),
  }),
  output: z.object({
    rows: z.array(z.object({ givenName: z.string(), familyName: nullable, address: nullable, words: z.string() })),
  }),
  handle: async (ctx, { body }) => {
    const as = checkAddressPattern(body);
    const given = new Set<string>();
    const rows = [];
    for (const each of body.names) {
      const row = { givenName: each.givenName, familyName: each.familyName ?? null };
      try {
        const { address, words } = await foretellWorkAddress(ctx, each, { as, without: given });
        given.add(address);
        rows.push({ ...row, address, words });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        rows.push({ ...row, address: null, words: error.problems[0]?.message ?? error.message });
      }
    }
    return { rows };
  },
});

export const addressRoutes = { getAddressPattern: getPattern, changeAddressPattern: changePattern, tryAddressPattern: tryPattern };
