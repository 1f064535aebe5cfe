import type { Permissions } from '../platform/http/permissions.ts';

const everybody = ['owner', 'ops', 'hr', 'finance', 'manager', 'app-owner', 'employee', 'auditor'] as const;

export const todayPermissions = {
  'today:read': { all: ['owner', 'ops', 'auditor'], own: everybody },
  'search:read': { all: ['owner', 'ops', 'hr', 'finance', 'auditor'], own: ['manager', 'app-owner', 'employee'] },
} as const satisfies Permissions;
