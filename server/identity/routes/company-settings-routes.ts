import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { forbidden } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { beginCompanySignIn } from '../company/begin-company-sign-in.ts';
import { mappedRoles, tidied } from '../company/check-settings.ts';
import { findCompanySignIn, kinds, ourAddresses } from '../company/company-sign-in.ts';
import { checkProvider } from '../company/oidc/open-provider.ts';
import { readMetadata } from '../company/saml/read-metadata.ts';
import { removeCompanySignIn, saveCompanySignIn } from '../company/save-company-sign-in.ts';
import {
  countOwnSignIns,
  ownersWithUsers,
  stateOf,
  states,
  switchCompanySignIn,
  withOwnSignIn,
} from '../company/switch-company-sign-in.ts';
import { countCompanyTry, requirePage } from '../sign-in/ask-auth.ts';

const settingsShape = z.object({
  kind: z.enum(kinds),
  issuer: z.string().max(500).describe('OpenID Connect: the issuer’s address. SAML: the entity id of the provider.'),
  clientId: z.string().max(500).nullable().default(null),
  signInAddress: z.string().max(2000).nullable().default(null).describe('SAML: where the browser is sent to sign in.'),
  certificates: z
    .array(z.string().max(10_000))
    .max(5)
    .default([])
    .describe('SAML: with which the provider signs; several while one replaces another.'),
  domains: z.array(z.string().max(253)).max(50).describe('Of work addresses. Only addresses of these come in by address.'),
  groupsClaim: z.string().max(200).nullable().default(null).describe('In which claim or attribute the groups come.'),
  groupRoles: z
    .array(z.object({ group: z.string().max(300), role: z.enum(mappedRoles) }))
    .max(200)
    .default([])
    .describe('Which group gives which role. Owners are named by hand.'),
  withoutGroup: z.enum(['employee', 'refuse']).default('employee').describe('What happens to people none of whose groups gives a role.'),
  outsideRoster: z.enum(['refuse', 'admit']).default('refuse').describe('What happens to people who are not on the people list.'),
  sessionHours: z.int().min(1).max(336).default(24).describe('After how many hours people sign in anew.'),
});

const getSettings = route({
  id: 'getCompanySignIn',
  method: 'get',
  path: '/company-sign-in',
  access: 'organization:manage',
  summary: 'How the company signs in through its own provider, and the addresses to enter there',
  output: z.object({
    settings: settingsShape.extend({ hasSecret: z.boolean() }).nullable(),
    state: z.enum(states),
    since: z.string().nullable(),
    isTried: z.boolean().describe('A sign-in worked as it is set up now.'),
    triedAt: z.string().nullable(),
    triedBy: z.string().nullable(),
    breakGlass: z.array(z.uuid()),
    certificates: z.array(z.object({ subject: z.string(), endsAt: z.string() })),
    owners: z.array(z.object({ id: z.uuid(), name: z.string(), hasOwnSignIn: z.boolean() })),
    members: z
      .object({ own: z.number(), linked: z.number() })
      .describe('How many come in by a passkey or password of their own, and how many of these came in through the company before.'),
    ours: z.object({ redirect: z.string(), answer: z.string(), entityId: z.string(), direct: z.string() }),
  }),
  handleOutside: async (edge) => {
    const { settings, owners, members } = await edge.run(async (ctx) => ({
      settings: await findCompanySignIn(ctx),
      owners: await ownersWithUsers(ctx),
      members: await countOwnSignIns(ctx),
    }));
    const able = await withOwnSignIn(edge.platform, owners);
    return {
      settings,
      state: settings ? stateOf(settings) : ('off' as const),
      since: settings?.enforcedSince ?? settings?.onSince ?? null,
      isTried: settings?.isTried ?? false,
      triedAt: settings?.triedAt ?? null,
      triedBy: settings?.triedBy ?? null,
      breakGlass: settings?.breakGlass ?? [],
      certificates: (settings?.certificates ?? []).map((pem) => {
        const certificate = new X509Certificate(pem);
        return { subject: certificate.subject.replaceAll('\n', ', '), endsAt: certificate.validToDate.toISOString() };
      }),
      owners: owners.map(({ id, name }) => ({ id, name, hasOwnSignIn: able.includes(id) })),
      members,
      ours: ourAddresses(edge.platform.config.publicUrl, edge.organizationId),
    };
  },
});

const saveSettings = route({
  id: 'saveCompanySignIn',
  method: 'put',
  path: '/company-sign-in',
  access: 'organization:manage',
  summary: 'Set up how the company signs in through its own provider. It is switched on apart from this, once it was tried',
  body: settingsShape.extend({
    clientSecret: z.string().max(2000).optional().describe('Kept sealed and never shown. Left out: the stored one stays; empty: none.'),
  }),
  handleOutside: async (edge, { body }) => {
    const input = tidied(body);
    const before = await edge.run(findCompanySignIn);
    if (input.kind !== 'saml' && (before?.issuer !== input.issuer || before.kind !== input.kind)) {
      // Whether there is a provider at all shows at once, and not to whoever signs in first.
      await checkProvider(edge.platform, { ...input, clientId: input.clientId ?? '', clientSecret: null });
    }
    await edge.run((ctx) => saveCompanySignIn(ctx, input));
  },
});

const readTheirs = route({
  id: 'readSamlMetadata',
  method: 'post',
  path: '/company-sign-in/metadata',
  access: 'organization:manage',
  summary: 'What the metadata of a SAML provider says, for the form. Changes nothing',
  harmless: true,
  body: z.object({ metadata: z.string().max(500_000) }),
  output: z.object({ issuer: z.string(), signInAddress: z.string(), certificates: z.array(z.string()) }),
  handle: async (_, { body }) => readMetadata(body.metadata),
});

const removeSettings = route({
  id: 'removeCompanySignIn',
  method: 'delete',
  path: '/company-sign-in',
  access: 'organization:manage',
  summary: 'Remove the company’s sign-in; everybody signs in with a passkey or password. Refused while it is switched on',
  handle: (ctx) => removeCompanySignIn(ctx),
});

const tryIt = route({
  id: 'tryCompanySignIn',
  method: 'post',
  path: '/company-sign-in/try',
  access: 'organization:manage',
  summary: 'Begin a sign-in that signs nobody in and shows what the provider sends: the address to go to',
  output: z.object({ address: z.string() }),
  handleOutside: async (edge) => {
    if (edge.actor.kind !== 'member') throw forbidden('A sign-in is tried on the page, in a browser.');
    requirePage(edge);
    await countCompanyTry(edge);
    return beginCompanySignIn(edge, edge.organizationId, { next: null, triedBy: edge.actor.memberId! });
  },
});

const switchIt = route({
  id: 'switchCompanySignIn',
  method: 'put',
  path: '/company-sign-in/state',
  access: 'organization:manage',
  summary: 'Switch the company’s sign-in off, on, or on for everybody but the owners named for emergencies',
  body: z.object({ state: z.enum(states), breakGlass: z.array(z.uuid()).max(50).default([]) }),
  handleOutside: async (edge, { body }) => {
    const able = await withOwnSignIn(edge.platform, await edge.run(ownersWithUsers));
    await edge.run((ctx) => switchCompanySignIn(ctx, body, able));
  },
});

export const companySettingsRoutes = {
  getCompanySignIn: getSettings,
  saveCompanySignIn: saveSettings,
  readSamlMetadata: readTheirs,
  removeCompanySignIn: removeSettings,
  tryCompanySignIn: tryIt,
  switchCompanySignIn: switchIt,
};
