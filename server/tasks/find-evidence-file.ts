import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import type { FileAnswer } from '../platform/http/route.ts';

// What browsers show as a picture, a document or plain words, never as a page that runs. Everything else is called a mere row of bytes.
const harmlessTypes = ['image/png', 'image/jpeg', 'image/webp', 'application/pdf', 'text/plain'];

/** The file of one piece of evidence, to be sent as an attachment. Refuses (404) what is no file or belongs to another task. */
export async function findEvidenceFile(ctx: Context, taskId: string, evidenceId: string): Promise<FileAnswer> {
  const row = await ctx.db
    .selectFrom('tasks_evidence')
    .select(['file_name', 'content_type', 'bytes'])
    .where('id', '=', evidenceId)
    .where('task_id', '=', taskId)
    .executeTakeFirst();
  if (!row?.bytes) throw notFound('file');
  const type = (row.content_type ?? '').replace(/;.*/s, '').trim().toLowerCase();
  return {
    file: {
      name: row.file_name ?? 'file',
      contentType: harmlessTypes.includes(type) ? type : 'application/octet-stream',
      bytes: row.bytes,
    },
  };
}
