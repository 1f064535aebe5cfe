import { z } from 'zod';
import { appendAudit } from '../platform/audit.ts';
import { notFound } from '../platform/errors.ts';
import { route } from '../platform/http/route.ts';
import { createSample } from './create-sample.ts';
import { removeSample } from './remove-sample.ts';
import { findOwnSample } from './sample-state.ts';

const addSample = route({
  id: 'addSample',
  method: 'post',
  path: '/sample',
  access: 'organization:manage',
  summary: 'Make a sample company to look around in, in an organization of its own',
  output: z.object({ organizationId: z.string() }),
  handleOutside: (edge) => createSample(edge),
});

const getSample = route({
  id: 'getSample',
  method: 'get',
  path: '/sample',
  access: 'organization:manage',
  summary: 'The sample company, and how far it is',
  output: z.object({
    sample: z
      .object({
        organizationId: z.string(),
        name: z.string(),
        status: z.enum(['making', 'ready', 'failed']),
        done: z.number(),
        total: z.number(),
        words: z.string(),
        problem: z.string().nullable(),
      })
      .nullable(),
  }),
  handleOutside: async (edge) => ({ sample: await findOwnSample(edge) }),
});

const deleteSample = route({
  id: 'deleteSample',
  method: 'delete',
  path: '/sample',
  access: 'organization:manage',
  summary: 'Remove the sample company and everything in it',
  handleOutside: async (edge) => {
    const sample = await findOwnSample(edge);
    if (!sample) throw notFound('sample');
    await removeSample(edge.platform, sample.organizationId);
    if (sample.organizationId === edge.organizationId) return;
    await edge.run((ctx) =>
      appendAudit(ctx, { action: 'sample.removed', subject: { kind: 'organization', id: sample.organizationId, name: sample.name } }),
    );
  },
});

export const sampleRoutes = { addSample, getSample, deleteSample };
