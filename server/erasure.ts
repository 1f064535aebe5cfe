// What is erased with a person, one line per kind; the audit last, because the others are audited too.
import { accessErasure } from './access/erasure.ts';
import { accountErasure } from './apps/erasure.ts';
import { auditErasure } from './audit/erasure.ts';
import { syncErasure } from './connections/erasure.ts';
import { directoryErasure } from './directory/erasure.ts';
import { hygieneErasure } from './hygiene/erasure.ts';
import { memberErasure } from './identity/erasure.ts';
import { importErasure } from './people/erasure.ts';
import { type ErasureKind, mailErasure } from './platform/erasure.ts';
import { exitErasure } from './playbooks/erasure.ts';
import { taskErasure } from './tasks/erasure.ts';

export const erasure: ErasureKind[] = [
  importErasure,
  accountErasure,
  syncErasure,
  accessErasure,
  exitErasure,
  directoryErasure,
  hygieneErasure,
  taskErasure,
  memberErasure,
  mailErasure,
  auditErasure,
];
