import { sql } from '../platform/database.ts';
import { eraseNames, erasureKind } from '../platform/erasure.ts';

/** Tasks and evidence that name the person; what was attached to tasks about them goes, its hash stays. Links that they were sent end. */
export const taskErasure = erasureKind({
  kind: 'tasks',
  erase: async (ctx, person) => {
    const evidence = await sql`
      update tasks_evidence e set bytes = null, file_name = null, url = null, note = null
      from tasks_tasks t where t.organization_id = e.organization_id and t.id = e.task_id and t.subject_person_id = ${person.personId}`.execute(
      ctx.db,
    );
    const links = await sql`
      update tasks_links set expires_at = ${ctx.now.toString()} where person_id = ${person.personId} and expires_at > ${ctx.now.toString()}`.execute(
      ctx.db,
    );
    const named =
      (await eraseNames(ctx, person, 'tasks_tasks', {
        text: ['title', 'instructions', 'link_url', 'bundle', 'fallback', 'answer', 'note', 'done_by'],
        json: ['options'],
      })) + (await eraseNames(ctx, person, 'tasks_evidence', { text: ['file_name', 'url', 'note', 'attached_by'] }));
    return Number(evidence.numAffectedRows ?? 0) + Number(links.numAffectedRows ?? 0) + named;
  },
});
