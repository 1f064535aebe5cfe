// What is erased with a person, one line per kind; the audit last, because the others are audited too.
import { eraseAuditValues } from './audit/erase-audit-values.ts';
import { type ErasureKind, erasureKind } from './platform/erasure.ts';

const auditErasure = erasureKind({
  kind: 'audit',
  erase: async (ctx, { personId }) => {
    const { events, messages } = await eraseAuditValues(ctx, personId);
    return events + messages;
  },
});

export const erasure: ErasureKind[] = [auditErasure];
