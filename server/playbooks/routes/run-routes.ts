import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { currentPlaybook } from '../current-playbook.ts';
import { dataTopics } from '../data/data-topics.ts';
import { decideTopic } from '../data/decide-topic.ts';
import { chooseHeir, confirmHandover, overrideHandover } from '../decide-handover.ts';
import { overrideStep, retryStep } from '../decide-step.ts';
import { getRunDetail, listRuns } from '../queries.ts';
import { momentWords } from '../schedule/step-instant.ts';
import { actionRow, attemptRow, dataBody, handoverRow, runRow, sectionBody, stepRow } from './shapes.ts';

const stepParams = z.object({ stepId: z.uuid() });
const handoverParams = z.object({ handoverId: z.uuid() });
const reason = z.object({ reason: z.string().min(3, 'Write a sentence.').max(1000) });

export const listRunsRoute = route({
  id: 'listRuns',
  method: 'get',
  path: '/runs',
  access: 'leaving:read',
  summary: 'The exits, newest cut-off first.',
  query: z.object({
    status: z.enum(['open', 'over', 'all']).default('all'),
    personId: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  output: z.object({ rows: z.array(runRow), total: z.number() }),
  handle: (ctx, { query }) => listRuns(ctx, query),
});

export const getRunRoute = route({
  id: 'getRun',
  method: 'get',
  path: '/runs/{runId}',
  access: 'leaving:read',
  summary: 'One exit: its steps in time, each app, what is handed over, the proof as it stands.',
  params: z.object({ runId: z.uuid() }),
  output: z.object({
    run: z.object({
      id: z.string(),
      person_id: z.string(),
      person: z.string(),
      person_title: z.string().nullable(),
      person_department: z.string().nullable(),
      given_name: z.string().nullable(),
      employee_number: z.string().nullable(),
      place: z.string().nullable(),
      playbook: z.string(),
      version: z.number(),
      status: z.string(),
      zone: z.string(),
      last_working_day: z.string().nullable(),
      cut_off_local: z.string().nullable(),
      cut_off_at: z.string(),
      cut_off_note: z.string().nullable(),
      told_at: z.string(),
      legal_end: z.string().nullable(),
      sensitive: z.boolean(),
      reason: z.string().nullable(),
      plan_id: z.string().nullable(),
      confirmed_by: z.string(),
      confirmed_at: z.string(),
      attempted_at: z.string().nullable(),
      paused_at: z.string().nullable(),
      ended_at: z.string().nullable(),
    }),
    steps: z.array(stepRow),
    actions: z.array(actionRow),
    attempts: z.array(attemptRow),
    handovers: z.array(handoverRow),
    sections: z.array(sectionBody),
    proofStatus: z.enum(['open', 'closed']),
    restore: z.array(actionRow),
    data: dataBody,
  }),
  handle: async (ctx, { params }) => getRunDetail(ctx, params.runId) as never,
});

export const decideDataRoute = route({
  id: 'decideData',
  method: 'put',
  path: '/runs/{runId}/data',
  access: 'leaving:manage',
  summary: 'Decides what becomes of one part of the data of a leaver, and who inherits it.',
  params: z.object({ runId: z.uuid() }),
  body: z.object({
    topic: z.enum(dataTopics),
    choice: z.string().max(40),
    personId: z.uuid().nullable().default(null),
    text: z.string().max(2000).nullable().default(null),
    until: z.iso.date().nullable().default(null),
  }),
  handle: (ctx, { params, body }) => decideTopic(ctx, params.runId, body),
});

export const retryStepRoute = route({
  id: 'retryStep',
  method: 'post',
  path: '/steps/{stepId}/retry',
  access: 'leaving:manage',
  summary: 'Tries a step again, or decides that a condition nobody could know holds.',
  params: stepParams,
  handle: (ctx, { params }) => retryStep(ctx, params.stepId),
});

export const overrideStepRoute = route({
  id: 'overrideStep',
  method: 'post',
  path: '/steps/{stepId}/override',
  access: 'leaving:manage',
  summary: 'Settles a step without doing it, with a reason.',
  params: stepParams,
  body: reason,
  handle: (ctx, { params, body }) => overrideStep(ctx, params.stepId, body.reason),
});

export const chooseHeirRoute = route({
  id: 'chooseHeir',
  method: 'put',
  path: '/handovers/{handoverId}/heir',
  access: 'leaving:manage',
  summary: 'Chooses who takes over one thing that the leaver is responsible for.',
  params: handoverParams,
  body: z.object({ personId: z.uuid() }),
  handle: (ctx, { params, body }) => chooseHeir(ctx, { handoverId: params.handoverId, personId: body.personId }),
});

export const confirmHandoverRoute = route({
  id: 'confirmHandover',
  method: 'post',
  path: '/handovers/{handoverId}/confirm',
  access: 'leaving:manage',
  summary: 'Confirms that what fell provisionally stays where it fell.',
  params: handoverParams,
  handle: (ctx, { params }) => confirmHandover(ctx, params.handoverId),
});

export const overrideHandoverRoute = route({
  id: 'overrideHandover',
  method: 'post',
  path: '/handovers/{handoverId}/override',
  access: 'leaving:manage',
  summary: 'Settles an ownership without an heir, with a reason that the proof shows.',
  params: handoverParams,
  body: reason,
  handle: (ctx, { params, body }) => overrideHandover(ctx, params.handoverId, body.reason),
});

export const getLeaverPlaybook = route({
  id: 'getLeaverPlaybook',
  method: 'get',
  path: '/playbooks/leaver',
  access: 'playbooks:read',
  summary: 'The leaver playbook in force, step by step in plain words.',
  output: z.object({
    name: z.string(),
    version: z.number(),
    steps: z.array(z.object({ key: z.string(), title: z.string(), kind: z.string(), moment: z.string(), when: z.string().nullable() })),
  }),
  handle: async (ctx) => {
    const { name, version, definition } = await currentPlaybook(ctx, 'leaver');
    return {
      name,
      version,
      steps: definition.steps.map((step) => ({
        key: step.key,
        title: step.title,
        kind: step.kind,
        moment: momentWords(step.at),
        when: step.when ?? null,
      })),
    };
  },
});
