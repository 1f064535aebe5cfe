import type { Permissions } from '../platform/http/permissions.ts';

export const playbooksPermissions = {
  'leaving:read': { all: ['owner', 'ops', 'hr', 'auditor'], own: ['manager'] },
  'leaving:manage': { all: ['owner', 'ops', 'hr'] },
  'joining:read': { all: ['owner', 'ops', 'hr', 'auditor'], own: ['manager'] },
  'joining:confirm': { all: ['owner', 'ops', 'hr'], own: ['manager'] },
  'joining:manage': { all: ['owner', 'ops', 'hr'] },
  'proof:read': { all: ['owner', 'ops', 'hr', 'auditor'] },
  'proof:sign': { all: ['owner', 'ops'] },
  'playbooks:read': { all: ['owner', 'ops', 'hr', 'auditor'] },
  'playbooks:manage': { all: ['owner', 'ops'] },
} as const satisfies Permissions;
