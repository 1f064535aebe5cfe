import { createHash } from 'node:crypto';
import { appendAudit } from '../platform/audit.ts';
import type { Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';

/** Something that shows that a task was done. Files are kept as they came and only ever served as attachments. */
export type Evidence = { fileName?: string; contentType?: string; bytes?: Uint8Array; url?: string; note?: string };

export const largestEvidence = 10 * 1024 * 1024;
const mostPieces = 50;

function checkEvidence(evidence: Evidence): void {
  if (evidence.bytes && evidence.bytes.length > largestEvidence) {
    throw invalid('evidence_too_large', 'A file of evidence may have 10 MB. Nothing was kept.', [
      { field: 'file', message: 'Attach a smaller picture or a link.' },
    ]);
  }
  if (evidence.bytes && evidence.bytes.length === 0) {
    throw invalid('evidence_empty', 'This file is empty. Nothing was kept.', [
      { field: 'file', message: 'Choose the file again, or attach another one.' },
    ]);
  }
  if (evidence.url !== undefined && !isWebAddress(evidence.url)) {
    throw invalid('bad_link', 'A link begins with http:// or https://.', [{ field: 'url', message: 'Copy the address from the browser.' }]);
  }
  if (!evidence.bytes && evidence.url === undefined && !evidence.note?.trim()) {
    throw invalid('evidence_missing', 'There is nothing in it. Nothing was kept.', [
      { field: 'note', message: 'Attach a picture or a link, or write what you saw.' },
    ]);
  }
}

/** Whether a text is an address on the web: http or https, with a host, without blanks. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text);
}

/** A file's name without folders, control characters and marks that turn the direction of writing, which could show another ending. */
function plainName(name: string): string {
  const last = name.toWellFormed().split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(-200) || 'file'
  );
}

/** Keeps one piece of evidence with a task. */
export async function attachEvidence(ctx: Context, taskId: string, evidence: Evidence): Promise<string> {
  const task = await ctx.db
    .selectFrom('tasks_tasks')
    .select(['id', 'title', 'concealment_id', 'status', 'subject_person_id'])
    .where('id', '=', taskId)
    .forUpdate()
    .executeTakeFirst();
  if (!task) throw notFound('task');
  if (task.status === 'cancelled') throw conflict('no_longer_needed', 'This is not needed any more. Nothing was kept.');
  checkEvidence(evidence);
  const { count } = await ctx.db
    .selectFrom('tasks_evidence')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('task_id', '=', taskId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= mostPieces)
    throw conflict('too_much_evidence', `A task holds ${mostPieces} pieces of evidence. Nothing more was kept.`);
  const bytes = evidence.bytes ? Buffer.from(evidence.bytes) : null;
  const sha256 = bytes ? createHash('sha256').update(bytes).digest() : null;
  const fileName = bytes ? plainName(evidence.fileName ?? 'file') : null;
  const row = await ctx.db
    .insertInto('tasks_evidence')
    .values({
      organization_id: ctx.organizationId,
      task_id: taskId,
      file_name: fileName,
      content_type: bytes ? (evidence.contentType?.slice(0, 100) ?? null) : null,
      bytes,
      sha256,
      url: evidence.url ?? null,
      note: evidence.note?.trim().slice(0, 10_000) || null,
      attached_by: ctx.actor.name,
      attached_at: ctx.now.toString(),
      concealment_id: task.concealment_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await appendAudit(ctx, {
    action: 'evidence.attached',
    subject: { kind: 'task', id: taskId, name: task.title },
    after: { file: fileName, sha256: sha256?.toString('hex') ?? null, url: evidence.url ?? null, note: evidence.note?.trim() || null },
    people: task.subject_person_id ? [task.subject_person_id] : [],
    concealmentId: task.concealment_id,
  });
  return row.id;
}

/** What was attached to tasks, without the bytes. */
export const evidenceOf = (ctx: Context, taskIds: string[]) =>
  taskIds.length === 0
    ? Promise.resolve([])
    : ctx.db
        .selectFrom('tasks_evidence')
        .select(['id', 'task_id', 'file_name', 'content_type', 'sha256', 'url', 'note', 'attached_by', 'attached_at'])
        .where('task_id', 'in', taskIds)
        .orderBy('attached_at')
        .orderBy('id')
        .execute();
