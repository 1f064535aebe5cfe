import type { Permissions } from '../platform/http/permissions.ts';

export const identityPermissions = {
  'members:read': { all: ['owner', 'ops', 'hr', 'auditor'] },
  'members:manage': { all: ['owner'] },
  'tokens:manage': { all: ['owner', 'ops'] },
  'organization:read': { all: ['owner', 'ops', 'hr', 'finance', 'manager', 'app-owner', 'employee', 'auditor'] },
  'organization:manage': { all: ['owner'] },
  'settings:read': { all: ['owner', 'ops', 'auditor'] },
  'views:read': { all: ['owner', 'ops', 'hr', 'finance', 'manager', 'app-owner', 'employee', 'auditor'] },
  'views:keep': { all: ['owner', 'ops', 'hr', 'finance', 'manager', 'app-owner', 'employee'] },
  'views:share': { all: ['owner', 'ops'] },
  'audit:read': { all: ['owner', 'auditor'] },
} as const satisfies Permissions;
