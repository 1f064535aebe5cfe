import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { hireTerms } from '../joining/hire-terms.ts';
import { getJoining, listJoining } from '../joining/joining-queries.ts';
import { joiningReport, reportSpans } from '../joining/joining-report.ts';
import { endLostDay } from '../joining/lost-days.ts';
import { listMilestones, reachMilestone, saveMilestones } from '../joining/milestones.ts';
import { moveStart } from '../joining/move-start.ts';
import { noShow } from '../joining/no-show.ts';
import { previewHire } from '../joining/preview-hire.ts';
import { startHire } from '../joining/start-hire.ts';
import { sendWelcomeAgain } from '../joining/welcome/send-welcome.ts';
import { joiningReportBody } from './joining-report-shapes.ts';
import { hirePreview, joiningDetail, joiningRow } from './joining-shapes.ts';

const params = z.object({ runId: z.uuid() });
const reason = z.object({ reason: z.string().min(3, 'Write a sentence.').max(1000) });

const previewHireRoute = route({
  id: 'previewHire',
  method: 'post',
  path: '/joining/preview',
  access: 'joining:manage',
  summary: 'The dry run of a hire: the address, the first morning, what they get by which rule, each step. Changes nothing.',
  harmless: true,
  body: hireTerms,
  output: hirePreview,
  handle: (ctx, { body }) => previewHire(ctx, body),
});

const startHireRoute = route({
  id: 'startHire',
  method: 'post',
  path: '/joining',
  access: 'joining:manage',
  summary: 'Hires somebody: their record, an address that is theirs for good, and the run of the joiner playbook.',
  body: hireTerms,
  output: z.object({ personId: z.string(), runId: z.string(), workAddress: z.string() }),
  handle: (ctx, { body }) => startHire(ctx, body),
});

const listJoiningRoute = route({
  id: 'listJoining',
  method: 'get',
  path: '/joining',
  access: 'joining:read',
  summary: 'Who joins, the next first day first, and how ready each is.',
  query: z.object({
    status: z.enum(['open', 'over', 'all']).default('open'),
    personId: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  output: z.object({ rows: z.array(joiningRow), total: z.number() }),
  handle: (ctx, { query }) => listJoining(ctx, query),
});

const joiningReportRoute = route({
  id: 'joiningReport',
  method: 'get',
  path: '/joining/report',
  access: 'joining:read',
  summary: 'What the hires of a time waited for, by cause and by app, and how long they took to their milestones.',
  query: z.object({ over: z.enum(reportSpans).default('90-days') }),
  output: joiningReportBody,
  handle: (ctx, { query }) => joiningReport(ctx, query.over),
});

const getJoiningRoute = route({
  id: 'getJoining',
  method: 'get',
  path: '/joining/{runId}',
  access: 'joining:read',
  summary: 'One hire: steps in time, what is ready, what is missing and who can mend it, lost days, milestones.',
  params,
  output: joiningDetail,
  handle: (ctx, { params }) => getJoining(ctx, params.runId),
});

const moveStartRoute = route({
  id: 'moveStart',
  method: 'post',
  path: '/joining/{runId}/move',
  access: 'joining:manage',
  summary: 'Moves the first day. What was opened too early by the new date closes again.',
  params,
  body: hireTerms
    .pick({ startDate: true, endDate: true })
    .extend({ startTime: z.string().optional(), reason: z.string().max(500).optional() }),
  output: z.object({ moved: z.number(), closedAgain: z.boolean() }),
  handle: (ctx, { params, body }) => moveStart(ctx, params.runId, body),
});

const noShowRoute = route({
  id: 'noShow',
  method: 'post',
  path: '/joining/{runId}/no-show',
  access: 'joining:manage',
  summary: 'They do not come: everything that was given is closed now, with proof.',
  params,
  body: reason,
  output: z.object({ runId: z.string() }),
  handle: (ctx, { params, body }) => noShow(ctx, params.runId, body.reason),
});

const sendWelcomeRoute = route({
  id: 'sendWelcome',
  method: 'post',
  path: '/joining/{runId}/welcome',
  access: 'joining:manage',
  summary: 'Sends the invitation once more, to the colleague or to their manager.',
  params,
  body: z.object({ to: z.enum(['personal', 'manager']).optional() }),
  output: z.object({ words: z.string() }),
  handle: (ctx, { params, body }) => sendWelcomeAgain(ctx, params.runId, body.to),
});

const endLostDayRoute = route({
  id: 'endLostDay',
  method: 'post',
  path: '/joining/{runId}/lost-days/{lostDayId}/end',
  access: 'joining:manage',
  summary: 'Says that what was missing is there now.',
  params: params.extend({ lostDayId: z.uuid() }),
  handle: (ctx, { params }) => endLostDay(ctx, params),
});

const reachMilestoneRoute = route({
  id: 'reachMilestone',
  method: 'post',
  path: '/joining/{runId}/milestones/{milestoneId}',
  access: 'joining:confirm',
  summary: 'Says on which day somebody reached a milestone; null takes it back.',
  params: params.extend({ milestoneId: z.uuid() }),
  body: z.object({ reachedOn: z.iso.date().nullable() }),
  handle: (ctx, { params, body }) => reachMilestone(ctx, { ...params, reachedOn: body.reachedOn }),
});

const milestone = z.object({ id: z.string(), name: z.string(), when: z.string(), targetDays: z.number() });

const listMilestonesRoute = route({
  id: 'listMilestones',
  method: 'get',
  path: '/milestones',
  access: 'joining:read',
  summary: 'What shows that somebody has arrived in their role, and its target day.',
  output: z.object({ rows: z.array(milestone), total: z.number() }),
  handle: async (ctx) => {
    const rows = await listMilestones(ctx);
    return { rows, total: rows.length };
  },
});

const saveMilestonesRoute = route({
  id: 'saveMilestones',
  method: 'put',
  path: '/milestones',
  access: 'joining:manage',
  summary: 'Makes the milestones be exactly these, in this order.',
  body: z.object({
    rows: z
      .array(
        z.object({
          id: z.uuid().nullable().optional(),
          name: z.string().trim().min(1, 'Write a name.').max(160),
          when: z.string().max(2000).default('true'),
          targetDays: z.int().min(0).max(365),
        }),
      )
      .max(100),
  }),
  handle: async (ctx, { body }) => void (await saveMilestones(ctx, body.rows)),
});

export const joiningRoutes = {
  previewHire: previewHireRoute,
  startHire: startHireRoute,
  listJoining: listJoiningRoute,
  joiningReport: joiningReportRoute,
  getJoining: getJoiningRoute,
  moveStart: moveStartRoute,
  noShow: noShowRoute,
  sendWelcome: sendWelcomeRoute,
  endLostDay: endLostDayRoute,
  reachMilestone: reachMilestoneRoute,
  listMilestones: listMilestonesRoute,
  saveMilestones: saveMilestonesRoute,
};
