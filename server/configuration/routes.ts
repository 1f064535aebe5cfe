// configuration: what an organization is, as one readable file. Export writes it without secrets; a push shows the difference and applies
// it whole or not at all, by the operations of the domains. People are not configuration.
import { z } from 'zod';
import { route } from '../platform/http/route.ts';
import { applyConfiguration, previewConfiguration } from './apply-configuration.ts';
import { exportConfiguration as exportAll } from './export-configuration.ts';
import { changes, kindsOfLine } from './push.ts';
import { MAX_LENGTH } from './read-yaml.ts';

// Longer files are read and refused with words of their own.
const yaml = z.string().max(MAX_LENGTH * 4);
const secrets = z
  .record(z.string().max(200), z.record(z.string().max(100), z.string().min(1).max(20_000)))
  .optional()
  .describe('By app and name, as the command line resolved them from its own environment.');
const values = z.record(z.string(), z.unknown()).nullable();
const loser = z.object({ id: z.string(), name: z.string(), apps: z.array(z.string()) });
const diff = z.object({
  lines: z.array(
    z.object({
      what: z.enum(kindsOfLine),
      name: z.string(),
      change: z.enum(changes),
      words: z.string(),
      before: values,
      after: values,
    }),
  ),
  changed: z.number().describe('How many lines change something.'),
  losses: z.array(loser).describe('Who loses something by the rules of this push together.'),
  brake: z.object({ people: z.number(), limit: z.number(), names: z.array(loser) }).nullable(),
});

const exportConfiguration = route({
  id: 'exportConfiguration',
  method: 'get',
  path: '/configuration',
  access: 'configuration:read',
  summary: 'The configuration as one file, without secrets',
  output: z.object({
    yaml: z.string(),
    value: z.record(z.string(), z.unknown()),
    notes: z.array(z.string()).describe('What could not be written, and why.'),
  }),
  handle: (ctx) => exportAll(ctx),
});

const previewOne = route({
  id: 'previewConfiguration',
  method: 'post',
  path: '/configuration/preview',
  access: 'configuration:read',
  summary: 'What a file would change, line by line; every mistake with its line; nothing is changed',
  harmless: true,
  body: z.object({ yaml, secrets }),
  output: diff,
  handle: (ctx, { body }) => previewConfiguration(ctx, body),
});

const applyOne = route({
  id: 'applyConfiguration',
  method: 'put',
  path: '/configuration',
  access: 'configuration:apply',
  summary: 'Applies a file, all of it or nothing; the same file a second time changes nothing',
  body: z.object({
    yaml,
    secrets,
    brake: z
      .object({ people: z.number().int().min(1), reason: z.string().trim().min(1).max(2000) })
      .optional()
      .describe('Releases what the brake holds: for how many people, as the preview said, and why.'),
  }),
  output: diff,
  handle: (ctx, { body }) => applyConfiguration(ctx, body),
});

export const configurationRoutes = { exportConfiguration, previewConfiguration: previewOne, applyConfiguration: applyOne };
