import type { Permissions } from '../platform/http/permissions.ts';

/** `own`: the apps that somebody owns or deputises; of accounts also their own and those of their reports. */
export const appsPermissions = {
  'apps:read': { all: ['owner', 'ops', 'hr', 'finance', 'auditor'], own: ['app-owner', 'manager'] },
  'apps:manage': { all: ['owner', 'ops'] },
  'accounts:read': { all: ['owner', 'ops', 'hr', 'auditor'], own: ['app-owner', 'manager', 'employee'] },
  'accounts:manage': { all: ['owner', 'ops'], own: ['app-owner'] },
  'finding:read': { all: ['owner', 'ops', 'hr', 'auditor'], own: ['app-owner'] },
} as const satisfies Permissions;
