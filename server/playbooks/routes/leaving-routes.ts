import { z } from 'zod';
import { blastBody } from '../../access/index.ts';
import { route } from '../../platform/http/route.ts';
import { moveLeaving, pauseRun, rescindLeaving, resumeRun } from '../change-run.ts';
import { leavingTerms } from '../leaving-terms.ts';
import { previewLeaving } from '../preview-leaving.ts';
import { startLeaving } from '../start-leaving.ts';
import { momentBody } from './shapes.ts';

const people = z.array(z.uuid()).min(1).max(500);
const runParams = z.object({ runId: z.uuid() });
const reason = z.object({ reason: z.string().min(3, 'Write a sentence.').max(1000) });

const previewBody = z.object({
  person: z.object({ id: z.string(), name: z.string(), zone: z.string(), place: z.string().nullable() }),
  moment: momentBody,
  blast: blastBody,
  ownerships: z.array(z.object({ kind: z.string(), label: z.string(), to: z.string().nullable() })),
  steps: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      kind: z.string(),
      at: z.string().nullable(),
      words: z.string(),
      note: z.string().nullable(),
    }),
  ),
  toldAtOnce: z.array(z.object({ name: z.string(), about: z.array(z.string()) })),
  obstacles: z.array(z.string()),
});

export const previewLeavingRoute = route({
  id: 'previewLeaving',
  method: 'post',
  path: '/leaving/preview',
  access: 'leaving:manage',
  summary: 'The dry run of one or many exits: the moment, what it touches, each step. Changes nothing.',
  harmless: true,
  body: z.object({ personIds: people, terms: leavingTerms }),
  output: z.object({ rows: z.array(previewBody) }),
  handle: async (ctx, { body }) => {
    const rows = [];
    for (const personId of [...new Set(body.personIds)]) rows.push(await previewLeaving(ctx, personId, body.terms));
    return { rows };
  },
});

export const startLeavingRoute = route({
  id: 'startLeaving',
  method: 'post',
  path: '/leaving',
  access: 'leaving:manage',
  summary: 'Confirms that one person or many leave. All are started, or none.',
  body: z.object({ personIds: people, terms: leavingTerms }),
  output: z.object({ runIds: z.array(z.string()) }),
  handle: async (ctx, { body }) => ({ runIds: await startLeaving(ctx, body.personIds, body.terms) }),
});

export const moveLeavingRoute = route({
  id: 'moveLeaving',
  method: 'put',
  path: '/runs/{runId}/dates',
  access: 'leaving:manage',
  summary: 'Moves the dates of an exit; what has not happened moves with them.',
  params: runParams,
  body: leavingTerms,
  output: z.object({ moved: z.number() }),
  handle: (ctx, { params, body }) => moveLeaving(ctx, params.runId, body),
});

export const pauseRunRoute = route({
  id: 'pauseRun',
  method: 'post',
  path: '/runs/{runId}/pause',
  access: 'leaving:manage',
  summary: 'Holds a run. Closing access at the cut-off is not held.',
  params: runParams,
  body: reason,
  handle: (ctx, { params, body }) => pauseRun(ctx, params.runId, body.reason),
});

export const resumeRunRoute = route({
  id: 'resumeRun',
  method: 'post',
  path: '/runs/{runId}/resume',
  access: 'leaving:manage',
  summary: 'Goes on with a run that was held.',
  params: runParams,
  handle: (ctx, { params }) => resumeRun(ctx, params.runId),
});

export const rescindLeavingRoute = route({
  id: 'rescindLeaving',
  method: 'post',
  path: '/runs/{runId}/rescind',
  access: 'leaving:manage',
  summary: 'The leaver stays: what is open ends, and what was taken is given back.',
  params: runParams,
  body: reason,
  output: z.object({ restorePlanId: z.string().nullable() }),
  handle: (ctx, { params, body }) => rescindLeaving(ctx, params.runId, body.reason),
});
