import type { Permissions } from '../platform/http/permissions.ts';

/** `own`: of the apps that somebody owns or deputises. Lists belong to whoever may decide about accounts. */
export const connectionsPermissions = {
  'connections:read': { all: ['owner', 'ops', 'hr', 'auditor'], own: ['app-owner'] },
  'connections:manage': { all: ['owner', 'ops'] },
  'lists:manage': { all: ['owner', 'ops', 'hr'], own: ['app-owner'] },
} as const satisfies Permissions;
