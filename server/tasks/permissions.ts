import type { Permissions } from '../platform/http/permissions.ts';

export const tasksPermissions = {
  'tasks:read': { all: ['owner', 'ops', 'auditor'], own: ['hr', 'finance', 'manager', 'app-owner', 'employee'] },
  'tasks:work': { all: ['owner', 'ops'], own: ['hr', 'finance', 'manager', 'app-owner', 'employee'] },
  'tasks:manage': { all: ['owner', 'ops'] },
} as const satisfies Permissions;
