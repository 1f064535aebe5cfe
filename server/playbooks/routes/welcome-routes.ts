import { z } from 'zod';
import { route } from '../../platform/http/route.ts';
import { finishTask } from '../../tasks/index.ts';
import { reachMilestone } from '../joining/milestones.ts';
import { answerFirstMorning } from '../joining/welcome/answer-first-morning.ts';
import { choosePassword } from '../joining/welcome/choose-password.ts';
import { enterWelcome } from '../joining/welcome/enter-welcome.ts';
import { openWelcome } from '../joining/welcome/open-welcome.ts';
import { reachOwnTask } from '../joining/welcome/reach-own-task.ts';
import { saveWelcome } from '../joining/welcome/save-welcome.ts';
import { cause, given, welcomeBody } from './joining-shapes.ts';

// The secret always travels in the body: what stands in an address lands in logs. There is no GET, so nothing that merely opens a link acts.
const secret = z.string().min(1).max(200);

const openWelcomeRoute = route({
  id: 'openWelcome',
  method: 'post',
  path: '/welcome',
  access: 'public',
  summary: 'What a new colleague’s link opens: their first days, their address, what is asked of them',
  harmless: true,
  body: z.object({ secret }),
  output: welcomeBody,
  handleOutside: (edge, { body }) => enterWelcome(edge, body.secret, openWelcome),
});

const saveWelcomeRoute = route({
  id: 'saveWelcome',
  method: 'post',
  path: '/welcome/save',
  access: 'public',
  summary: 'Keeps what a new colleague says about themselves, by their link',
  body: given.extend({ secret }),
  handleOutside: (edge, { body: { secret: link, ...said } }) => enterWelcome(edge, link, (ctx, run) => saveWelcome(ctx, run, said)),
});

const answerFirstMorningRoute = route({
  id: 'answerFirstMorning',
  method: 'post',
  path: '/welcome/first-morning',
  access: 'public',
  summary: 'Takes the answer to “do you have everything?”, by the new colleague’s link',
  body: z.object({
    secret,
    everything: z.boolean(),
    missing: z
      .array(z.object({ key: z.string().max(300).nullish(), what: z.string().trim().min(1).max(200), cause }))
      .max(50)
      .default([]),
  }),
  handleOutside: (edge, { body }) => enterWelcome(edge, body.secret, (ctx, run) => answerFirstMorning(ctx, run, body)),
});

const chooseFirstPassword = route({
  id: 'chooseFirstPassword',
  method: 'post',
  path: '/welcome/password',
  access: 'public',
  summary: 'Sets the first password of the sign-in system as the new colleague chose it, once, by their link',
  body: z.object({ secret, password: z.string().min(1).max(200) }),
  output: z.object({ words: z.string() }),
  handleOutside: (edge, { body }) => choosePassword(edge, body),
});

const finishWelcomeTask = route({
  id: 'finishWelcomeTask',
  method: 'post',
  path: '/welcome/finish-task',
  access: 'public',
  summary: 'Finishes a task of the new colleague, by their link',
  body: z.object({ secret, taskId: z.uuid(), answer: z.string().max(4_000).nullish(), note: z.string().max(10_000).nullish() }),
  handleOutside: (edge, { body }) =>
    enterWelcome(edge, body.secret, async (ctx, run) => {
      await reachOwnTask(ctx, run, body.taskId);
      await finishTask(ctx, body.taskId, body);
    }),
});

const reachOwnMilestone = route({
  id: 'reachOwnMilestone',
  method: 'post',
  path: '/welcome/milestone',
  access: 'public',
  summary: 'The new colleague says on which day they reached a milestone, by their link',
  body: z.object({ secret, milestoneId: z.uuid(), reachedOn: z.iso.date() }),
  handleOutside: (edge, { body }) =>
    enterWelcome(edge, body.secret, (ctx, run) =>
      reachMilestone(ctx, { runId: run.id, milestoneId: body.milestoneId, reachedOn: body.reachedOn }),
    ),
});

export const welcomeRoutes = {
  openWelcome: openWelcomeRoute,
  saveWelcome: saveWelcomeRoute,
  answerFirstMorning: answerFirstMorningRoute,
  chooseFirstPassword,
  finishWelcomeTask,
  reachOwnMilestone,
};
