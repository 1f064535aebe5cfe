import { appendAudit } from '../platform/audit.ts';
import type { OwnershipKind } from '../platform/ownerships.ts';
import { getPerson } from './get-person.ts';

/** Whom a person manages: each report falls to another manager. */
export const reportsOwnership: OwnershipKind = {
  kind: 'report',
  one: 'manager of 1 person',
  many: 'manager of {n} people',
  list: async (ctx, personId) => {
    const rows = await ctx.db
      .selectFrom('people_roster')
      .select(['id', 'name'])
      .where('manager_id', '=', personId)
      .where('status', '!=', 'left')
      .orderBy('name')
      .execute();
    return rows.map((row) => ({ objectId: row.id, label: `Manager of ${row.name}`, deputyPersonId: null }));
  },
  moveTo: async (ctx, objectId, personId) => {
    const [report, manager] = [await getPerson(ctx, objectId), await getPerson(ctx, personId)];
    if (report.id === manager.id) return;
    await ctx.db.updateTable('people_people').set({ manager_id: personId }).where('id', '=', objectId).execute();
    await appendAudit(ctx, {
      action: 'person.changed',
      subject: { kind: 'person', id: objectId, name: report.name },
      before: { managerId: report.manager_id },
      after: { managerId: personId },
      people: [objectId, personId],
    });
  },
  holderOf: async (ctx, objectId) =>
    (await ctx.db.selectFrom('people_people').select('manager_id').where('id', '=', objectId).executeTakeFirst())?.manager_id ?? null,
};
