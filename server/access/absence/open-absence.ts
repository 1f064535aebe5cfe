import { appendAudit } from '../../platform/audit.ts';
import type { Context } from '../../platform/context.ts';

/** The absence that is planned, under way or coming to its end; undefined where there is none. Held until the transaction ends. */
export const openAbsence = (ctx: Context, personId: string) =>
  ctx.db
    .selectFrom('access_absences')
    .selectAll()
    .where('person_id', '=', personId)
    .where('status', 'in', ['planned', 'away', 'returning'])
    .forUpdate()
    .executeTakeFirst();

export type OpenAbsence = NonNullable<Awaited<ReturnType<typeof openAbsence>>>;

/** Writes on record what became of a leave. */
export const note = (ctx: Context, action: string, person: { id: string; name: string }, after: Record<string, unknown> | null) =>
  appendAudit(ctx, {
    action,
    subject: { kind: 'person', id: person.id, name: person.name },
    ...(after ? { after } : {}),
    people: [person.id],
  });
