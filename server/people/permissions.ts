import type { Permissions } from '../platform/http/permissions.ts';

export const peoplePermissions = {
  'people:read': { all: ['owner', 'ops', 'hr', 'finance', 'auditor'], own: ['manager', 'employee', 'app-owner'] },
  'people:manage': { all: ['owner', 'ops', 'hr'] },
  'people:import': { all: ['owner', 'ops', 'hr'] },
  'people:hold': { all: ['owner', 'ops', 'hr'] },
  'people:erase': { all: ['owner'] },
} as const satisfies Permissions;
