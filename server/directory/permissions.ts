import type { Permissions } from '../platform/http/permissions.ts';

export const directoryPermissions = {
  'directory:read': { all: ['owner', 'ops', 'hr', 'auditor'] },
  'directory:manage': { all: ['owner', 'ops'] },
  'directory:decide': { all: ['owner', 'ops', 'hr'] },
} as const satisfies Permissions;
