import type { Permissions } from '../platform/http/permissions.ts';

export const hygienePermissions = {
  'hygiene:read': { all: ['owner', 'ops', 'auditor'] },
  'hygiene:manage': { all: ['owner', 'ops'] },
} as const satisfies Permissions;
