import type { Permissions } from '../platform/http/permissions.ts';

export const outboxPermissions = {
  'outbox:read': { all: ['owner', 'ops', 'auditor'] },
  'outbox:send': { all: ['owner', 'ops'] },
} as const satisfies Permissions;
