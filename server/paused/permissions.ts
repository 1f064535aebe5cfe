import type { Permissions } from '../platform/http/permissions.ts';

export const pausedPermissions = {
  'paused:read': { all: ['owner', 'ops', 'auditor'] },
  'paused:continue': { all: ['owner'] },
} as const satisfies Permissions;
