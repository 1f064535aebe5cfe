import { erasureKind } from '../platform/erasure.ts';
import { eraseAuditValues } from './erase-audit-values.ts';

/** The values of every audit event about the person, or that names them; the chain of events stays whole. */
export const auditErasure = erasureKind({
  kind: 'audit',
  erase: async (ctx, { personId, names }) => {
    const { events, messages } = await eraseAuditValues(ctx, personId, names);
    return events + messages;
  },
});
