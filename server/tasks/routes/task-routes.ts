import { z } from 'zod';
import { notFound } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { attachEvidence, largestEvidence } from '../attach-evidence.ts';
import { withdrawTask } from '../cancel-task.ts';
import { describeTasks } from '../describe-tasks.ts';
import { askDeputy } from '../escalate-task.ts';
import { findEvidenceFile } from '../find-evidence-file.ts';
import { finishTask } from '../finish-task.ts';
import { listTasks as listTasksQuery } from '../list-tasks.ts';
import { reachTask } from '../own-tasks.ts';
import { reassignTask as reassign } from '../reassign-task.ts';
import { remindAssignee } from '../remind-assignee.ts';
import { suggestPeople } from '../suggest-people.ts';
import { finishing, suggestedPeople, taskDetail, taskRow, words } from '../task-shapes.ts';

const params = z.object({ taskId: z.uuid() });

const listTasks = route({
  id: 'listTasks',
  method: 'get',
  path: '/tasks',
  access: 'tasks:read',
  summary: 'Tasks in bundles by the person they concern; mine, or all for those who run operations and auditors',
  query: z.object({
    scope: z.enum(['mine', 'all']).default('mine'),
    status: z.enum(['open', 'closed']).default('open'),
    limit: z.coerce.number().int().min(1).max(200).default(100),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  output: z.object({ rows: z.array(taskRow), total: z.number(), nextOffset: z.number().nullable() }),
  handle: async (ctx, { query }) => {
    const { rows, total } = await listTasksQuery(ctx, query);
    const until = query.offset + rows.length;
    return { rows, total, nextOffset: rows.length > 0 && until < total ? until : null };
  },
});

const getTask = route({
  id: 'getTask',
  method: 'get',
  path: '/tasks/{taskId}',
  access: 'tasks:read',
  summary: 'One task with its instructions and evidence',
  params,
  output: taskDetail,
  handle: async (ctx, { params: { taskId } }) => {
    await reachTask(ctx, taskId);
    const [task] = await describeTasks(ctx, [taskId]);
    if (!task) throw notFound('task');
    return task;
  },
});

const finishTaskRoute = route({
  id: 'finishTask',
  method: 'post',
  path: '/tasks/{taskId}/finish',
  access: 'tasks:work',
  summary: 'Finishes a task, with an answer where one is asked and evidence where it is required',
  params,
  body: z.object(finishing),
  handle: async (ctx, { params: { taskId }, body }) => {
    await reachTask(ctx, taskId);
    await finishTask(ctx, taskId, body);
  },
});

const attachEvidenceFile = route({
  id: 'attachEvidenceFile',
  method: 'post',
  path: '/tasks/{taskId}/evidence/file',
  access: 'tasks:work',
  summary: 'Attaches a file that shows that a task was done (the bytes as the body, at most 10 MB)',
  params,
  query: z.object({ fileName: z.string().max(300).default('file'), contentType: z.string().max(100).optional() }),
  upload: largestEvidence + 1024,
  output: z.object({ id: z.string() }),
  handle: async (ctx, { params: { taskId }, query, file }) => {
    await reachTask(ctx, taskId);
    return { id: await attachEvidence(ctx, taskId, { ...query, bytes: file }) };
  },
});

const attachEvidenceWords = route({
  id: 'attachEvidence',
  method: 'post',
  path: '/tasks/{taskId}/evidence',
  access: 'tasks:work',
  summary: 'Attaches a link (http or https) or a note that shows that a task was done',
  params,
  body: z.object({ url: z.string().max(2_000).optional(), note: z.string().max(10_000).optional() }),
  output: z.object({ id: z.string() }),
  handle: async (ctx, { params: { taskId }, body }) => {
    await reachTask(ctx, taskId);
    return { id: await attachEvidence(ctx, taskId, body) };
  },
});

const getEvidence = route({
  id: 'getEvidence',
  method: 'get',
  path: '/tasks/{taskId}/evidence/{evidenceId}',
  access: 'tasks:read',
  summary: 'A file of evidence, always as an attachment',
  params: params.extend({ evidenceId: z.uuid() }),
  output: 'file',
  handle: async (ctx, { params: { taskId, evidenceId } }) => {
    await reachTask(ctx, taskId);
    return findEvidenceFile(ctx, taskId, evidenceId);
  },
});

const listTaskPeople = route({
  id: 'listTaskPeople',
  method: 'get',
  path: '/tasks/{taskId}/people',
  access: 'tasks:work',
  summary: 'People who may be named as the answer of a question, or to whom a task may be given',
  params,
  query: z.object({ find: z.string().max(100).default(''), purpose: z.enum(['answer', 'assignee']).default('answer') }),
  output: suggestedPeople,
  handle: async (ctx, { params: { taskId }, query }) => {
    await reachTask(ctx, taskId);
    const rows = await suggestPeople(ctx, taskId, query.find, query.purpose);
    return { rows, total: rows.length };
  },
});

const reassignTask = route({
  id: 'reassignTask',
  method: 'post',
  path: '/tasks/{taskId}/reassign',
  access: 'tasks:work',
  summary: 'Gives a task to another person, who is told by mail',
  params,
  body: z.object({ personId: z.uuid(), reason: words(3) }),
  handle: async (ctx, { params: { taskId }, body }) => {
    await reachTask(ctx, taskId);
    await reassign(ctx, taskId, body);
  },
});

const askDeputyNow = route({
  id: 'askDeputy',
  method: 'post',
  path: '/tasks/{taskId}/ask-deputy',
  access: 'tasks:work',
  summary: 'Asks the deputy (then the owners) at once instead of at the due time',
  params,
  body: z.object({ reason: words(3) }),
  handle: async (ctx, { params: { taskId }, body }) => {
    await reachTask(ctx, taskId);
    await askDeputy(ctx, taskId, body.reason);
  },
});

const remindTask = route({
  id: 'remindTask',
  method: 'post',
  path: '/tasks/{taskId}/remind',
  access: 'tasks:manage',
  summary: 'Writes to whoever has a task once more, with a fresh link',
  params,
  handle: async (ctx, { params: { taskId } }) => {
    await reachTask(ctx, taskId);
    await remindAssignee(ctx, taskId);
  },
});

const cancelTask = route({
  id: 'cancelTask',
  method: 'post',
  path: '/tasks/{taskId}/cancel',
  access: 'tasks:manage',
  summary: 'Ends a task that nobody needs to do any more',
  params,
  body: z.object({ reason: words(3) }),
  handle: async (ctx, { params: { taskId }, body }) => {
    await reachTask(ctx, taskId);
    await withdrawTask(ctx, taskId, body.reason);
  },
});

export const taskRoutes = {
  listTasks,
  getTask,
  finishTask: finishTaskRoute,
  attachEvidenceFile,
  attachEvidence: attachEvidenceWords,
  getEvidence,
  listTaskPeople,
  reassignTask,
  askDeputy: askDeputyNow,
  remindTask,
  cancelTask,
};
