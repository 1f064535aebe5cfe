import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { testDatabase } from '../database.ts';

// Writes server/platform/database-types.gen.ts from a freshly migrated database (npm run types).
// PostgreSQL does not tell which columns of a view can be null; these cannot.
const certain = [
  ...['organization_id', 'id', 'given_name', 'name', 'time_zone', 'source', 'created_at'].map((name) => [name, 'string'] as const),
  ['aliases', 'string[]'] as const,
  ['status', '"working" | "away" | "leaving" | "left" | "joining"'] as const,
];
const database = await testDatabase();
const root = path.join(import.meta.dirname, '..', '..');
execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
    '--dialect',
    'postgres',
    '--url',
    database.adminUrl,
    '--default-schema',
    'public',
    '--include-pattern',
    'public.*',
    '--exclude-pattern',
    'public.groundcrew_migrations',
    '--date-parser',
    'string',
    '--type-mapping',
    JSON.stringify({ timestamptz: 'string', timestamp: 'string', int8: 'number', jsonb: 'unknown' }),
    '--overrides',
    JSON.stringify({ columns: Object.fromEntries(certain.map(([name, type]) => [`people_roster.${name}`, type])) }),
    '--out-file',
    path.join(root, 'server/platform/database-types.gen.ts'),
  ],
  { stdio: 'inherit' },
);
await database.drop();
