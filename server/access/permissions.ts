import type { Permissions } from '../platform/http/permissions.ts';

export const accessPermissions = {
  'access:read': { all: ['owner', 'ops', 'hr', 'auditor'] },
  'access:decide': { all: ['owner', 'ops'] },
  'access:manage': { all: ['owner', 'ops'] },
} as const satisfies Permissions;
