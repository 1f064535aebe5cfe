import { z } from 'zod';
import { invalid } from '../../platform/errors.ts';
import { route } from '../../platform/http/route.ts';
import { attachEvidence, largestEvidence } from '../attach-evidence.ts';
import { enterByLink, openLink, reachByLink } from '../enter-by-link.ts';
import { finishTask } from '../finish-task.ts';
import { suggestPeople } from '../suggest-people.ts';
import { finishing, place, suggestedPeople, taskDetail } from '../task-shapes.ts';

// The secret always travels in the body: what stands in an address lands in logs. There is no GET, so nothing that merely opens a link acts.
const secret = z.string().min(1).max(200);

const openTaskLink = route({
  id: 'openTaskLink',
  method: 'post',
  path: '/task-link',
  access: 'public',
  summary: 'What a signed link opens: the open tasks of its person. Changes nothing',
  harmless: true,
  body: z.object({ secret }),
  output: z.object({
    organization: z.string(),
    name: z.string(),
    place,
    tasks: z.array(taskDetail.omit({ aboutKind: true, aboutId: true, aboutMe: true, escalateAt: true })),
    settled: z.array(z.object({ title: z.string(), words: z.string() })),
  }),
  handleOutside: (edge, { body }) => enterByLink(edge, body.secret, openLink),
});

const finishTaskByLink = route({
  id: 'finishTaskByLink',
  method: 'post',
  path: '/task-link/finish',
  access: 'public',
  summary: 'Finishes a task by a signed link',
  body: z.object({ secret, taskId: z.uuid(), ...finishing }),
  handleOutside: (edge, { body }) =>
    enterByLink(edge, body.secret, async (ctx, link) => {
      await reachByLink(ctx, link, body.taskId);
      await finishTask(ctx, body.taskId, body);
    }),
});

const listPeopleByLink = route({
  id: 'listPeopleByLink',
  method: 'post',
  path: '/task-link/people',
  access: 'public',
  summary: 'People who may be named as the answer of a question, by a signed link',
  harmless: true,
  body: z.object({ secret, taskId: z.uuid(), find: z.string().max(100) }),
  output: suggestedPeople,
  handleOutside: (edge, { body }) =>
    enterByLink(edge, body.secret, async (ctx, link) => {
      await reachByLink(ctx, link, body.taskId);
      const rows = await suggestPeople(ctx, body.taskId, body.find, 'answer');
      return { rows, total: rows.length };
    }),
});

const form = z.object({
  secret,
  taskId: z.uuid(),
  file: z.file().optional(),
  url: z.string().max(2_000).optional(),
  note: z.string().max(10_000).optional(),
});

const mostParts = 10;

/** Whether a form has more parts than any of ours: a body of a million empty ones is not taken apart for somebody nobody knows. */
function hasTooManyParts(bytes: Uint8Array, contentType: string | null): boolean {
  const boundary = /boundary="?([^";]+)/i.exec(contentType ?? '')?.[1];
  if (!boundary) return true;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts = 0;
  for (let at = body.indexOf(`--${boundary}`); at >= 0 && parts <= mostParts; at = body.indexOf(`--${boundary}`, at + boundary.length))
    parts += 1;
  return parts > mostParts;
}

async function readForm(bytes: Uint8Array, contentType: string | null): Promise<z.output<typeof form>> {
  try {
    if (hasTooManyParts(bytes, contentType)) throw new Error('too many parts');
    const data = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType ?? '' } }).formData();
    return form.parse(Object.fromEntries(data));
  } catch {
    throw invalid('bad_form', 'This form could not be read. Nothing was kept.', [
      { field: 'file', message: 'Send it as multipart/form-data with secret, taskId and file, url or note.' },
    ]);
  }
}

const attachEvidenceByLink = route({
  id: 'attachEvidenceByLink',
  method: 'post',
  path: '/task-link/evidence',
  access: 'public',
  summary: 'Attaches evidence by a signed link (multipart/form-data with secret, taskId and file, url or note; at most 10 MB)',
  upload: largestEvidence + 32 * 1024,
  output: z.object({ id: z.string() }),
  handleOutside: async (edge, { file }) => {
    const sent = await readForm(file, edge.request.headers.get('content-type'));
    return enterByLink(edge, sent.secret, async (ctx, link) => {
      await reachByLink(ctx, link, sent.taskId);
      const evidence = sent.file
        ? { fileName: sent.file.name, contentType: sent.file.type, bytes: new Uint8Array(await sent.file.arrayBuffer()) }
        : { url: sent.url, note: sent.note };
      return { id: await attachEvidence(ctx, sent.taskId, evidence) };
    });
  },
});

export const linkRoutes = { openTaskLink, finishTaskByLink, listPeopleByLink, attachEvidenceByLink };
