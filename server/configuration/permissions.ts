import type { Permissions } from '../platform/http/permissions.ts';

/** Applying needs beside it what each change alone would need: who may not change rules on the page may not change them by a file. */
export const configurationPermissions = {
  'configuration:read': { all: ['owner', 'ops', 'auditor'] },
  'configuration:apply': { all: ['owner', 'ops'] },
} as const satisfies Permissions;
