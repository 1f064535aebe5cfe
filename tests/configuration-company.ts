import { createOrganization } from '../server/identity/index.ts';
import { addPerson } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import type { Caller, World } from './world.ts';

/** A company as one file: two places, three apps, two rules, two milestones and a playbook of its own. */
export const company = `
organization: Acme
timezone: Europe/Lisbon
locations:
  - { name: Berlin, timezone: Europe/Berlin, country: DE }
  - { name: Lisbon, timezone: Europe/Lisbon, country: PT }
departments: [Sales, Support]
address: { pattern: "{given}.{family}", domain: acme.example }
apps:
  - name: Badges
    owner: sam@acme.example
    writer: manual
    instructions: { grant: "Open the console, People, Add.", revoke: "Open the console, People, Disable." }
  - name: Wiki
    writer: group
    group: { app: Directory, entitlement: wiki-readers }
  - name: Directory
    capability: sign-in
    owner: maya@acme.example
    deputy: sam@acme.example
    signIn: true
    deepLink: https://directory.example
    connection:
      connector: scim
      settings: { baseUrl: "http://127.0.0.1:9001/scim/v2", pageSize: 50 }
      secrets: { token: { env: DIRECTORY_TOKEN } }
      syncEveryMinutes: 30
access:
  - { name: Everyone signs in, when: "true", grants: [{ app: Directory }] }
  - { name: Sales reads the wiki, when: 'person.department == "Sales"', grants: [{ app: Wiki }, { app: Badges, entitlement: Office }], mend: by-itself }
milestones:
  - { name: First ticket answered, when: 'person.department == "Support"', targetDays: 10 }
  - { name: Knows everybody, targetDays: 30 }
playbooks:
  - name: Short goodbye
    for: leaver
    steps:
      - { key: close, title: Close everything, kind: revoke-access, at: { anchor: cut-off }, accounts: sign-in-first }
`;
/** The secrets that the file names. */
export const secrets = { Directory: { token: 'very-secret-token' } };

/** What the command line calls. */
export const push = (as: Caller, yaml: string, more: object = {}) => as('PUT', '/configuration', { yaml, ...more });
export const preview = (as: Caller, yaml: string, more: object = {}) => as('POST', '/configuration/preview', { yaml, ...more });
export const pull = async (as: Caller): Promise<string> => (await as('GET', '/configuration')).body.yaml;
/** What differs, as "new app Chat". */
export const changesOf = (body: { lines: { change: string; what: string; name: string }[] }) =>
  body.lines.filter(({ change }) => change !== 'same').map(({ change, what, name }) => `${change} ${what} ${name}`);

/** The two people whom the file names. */
export const people = (world: World, organizationId = world.organizationId) =>
  world.run(async (ctx) => {
    for (const [givenName, address] of [
      ['Maya', 'maya@acme.example'],
      ['Sam', 'sam@acme.example'],
    ] as const)
      await addPerson(ctx, { givenName, familyName: 'Test', workAddress: address, startDate: '2024-01-01' });
  }, organizationId);

/** An empty organization. */
export const elsewhere = async (world: World): Promise<{ owner: Caller; organizationId: string }> => {
  const organizationId = await createOrganization(world.platform, { name: 'Empty', timeZone: 'UTC' });
  return { owner: await world.as(['owner'], { organizationId }), organizationId };
};

/** How many audit events there are. */
export const auditCount = async (world: World, organizationId = world.organizationId): Promise<number> =>
  world.run(async (ctx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from platform_audit_events`.execute(ctx.db);
    return rows[0]!.count;
  }, organizationId);
