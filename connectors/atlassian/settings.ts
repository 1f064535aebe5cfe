import { z } from 'zod';
import { type FormMeta, plainAddress, type Session, vendorAddress } from '../kit/index.ts';

export const atlassianSettings = z.object({
  site: plainAddress.meta({
    title: 'Address of your site',
    description: 'As it stands in the browser: https://acme.atlassian.net',
  } satisfies FormMeta),
  email: z
    .string()
    .trim()
    .regex(/^[^\s@:]+@[^\s@]+$/, 'a mail address')
    .meta({
      title: 'Mail address of the token’s account',
      description: 'Of the site administrator who made the API token.',
    } satisfies FormMeta),
  organization: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]*$/, 'the ID as it stands in the address: admin.atlassian.com/o/ID')
    .default('')
    .meta({
      title: 'Organization ID',
      description: 'Needed to suspend and restore: the part after /o/ in the address of admin.atlassian.com.',
    } satisfies FormMeta),
  baseUrl: vendorAddress('https://api.atlassian.com'),
});

export const atlassianSecrets = z.object({
  token: z
    .string()
    .trim()
    .min(1)
    .meta({ title: 'API token', description: 'Of a site administrator.' } satisfies FormMeta),
  organizationKey: z
    .string()
    .trim()
    .default('')
    .meta({
      title: 'Organization API key',
      description: 'Needed to suspend and restore. Leave it empty where there is none.',
    } satisfies FormMeta),
});

export type AtlassianSettings = z.infer<typeof atlassianSettings>;
export type AtlassianSecrets = z.infer<typeof atlassianSecrets>;
export type AtlassianSession = Session<AtlassianSettings>;

/** What credentials need, by Atlassian's names. */
export const rights = {
  browse: 'Browse users and groups',
  administer: 'Administer Jira',
  site: 'Site administration',
  organization: 'Organization admin',
};
