import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { createOrganization } from '../server/identity/index.ts';
import { addPerson } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import { type Caller, openWorld, type World } from './world.ts';

const company = `
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
const secrets = { Directory: { token: 'very-secret-token' } };

const push = (as: Caller, yaml: string, more: object = {}) => as('PUT', '/configuration', { yaml, ...more });
const preview = (as: Caller, yaml: string, more: object = {}) => as('POST', '/configuration/preview', { yaml, ...more });
const pull = async (as: Caller): Promise<string> => (await as('GET', '/configuration')).body.yaml;
const changesOf = (body: { lines: { change: string; what: string; name: string }[] }) =>
  body.lines.filter(({ change }) => change !== 'same').map(({ change, what, name }) => `${change} ${what} ${name}`);

const people = (world: World, organizationId = world.organizationId) =>
  world.run(async (ctx) => {
    for (const [givenName, address] of [
      ['Maya', 'maya@acme.example'],
      ['Sam', 'sam@acme.example'],
    ] as const)
      await addPerson(ctx, { givenName, familyName: 'Test', workAddress: address, startDate: '2024-01-01' });
  }, organizationId);

const elsewhere = async (world: World): Promise<{ owner: Caller; organizationId: string }> => {
  const organizationId = await createOrganization(world.platform, { name: 'Empty', timeZone: 'UTC' });
  return { owner: await world.as(['owner'], { organizationId }), organizationId };
};

const auditCount = async (world: World, organizationId = world.organizationId): Promise<number> =>
  world.run(async (ctx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from platform_audit_events`.execute(ctx.db);
    return rows[0]!.count;
  }, organizationId);

test('a push applies the file, a second one changes nothing and leaves no audit event', async (t) => {
  const world = await openWorld(t);
  await people(world);
  const first = await push(world.owner, company, { secrets });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(
    first.body.lines.filter(({ change }: { change: string }) => change === 'waits'),
    [],
  );
  assert.ok(first.body.changed > 10);
  const events = await auditCount(world);
  const second = await push(world.owner, company, { secrets });
  assert.equal(second.status, 200);
  assert.deepEqual([second.body.changed, changesOf(second.body)], [0, []]);
  assert.equal(await auditCount(world), events);
});

test('what is pulled, pushed into an empty organization, is pulled there byte for byte, and holds no secret', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const yaml = await pull(world.owner);
  assert.ok(!yaml.includes('very-secret'));
  assert.match(yaml, /token: { env: DIRECTORY_TOKEN }/);
  assert.equal((await push(world.owner, yaml, { secrets })).body.changed, 0, 'what was pulled is what is there');
  const copy = await elsewhere(world);
  await people(world, copy.organizationId);
  const pushed = await push(copy.owner, yaml, { secrets });
  assert.equal(pushed.status, 200, JSON.stringify(pushed.body));
  assert.equal(await pull(copy.owner), yaml);
  assert.equal((await push(copy.owner, yaml, { secrets })).body.changed, 0);
});

test('owners who are not on the people list yet wait, and are set by the push after the import', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const yaml = await pull(world.owner);
  const copy = await elsewhere(world);
  const early = await push(copy.owner, yaml, { secrets });
  assert.equal(early.status, 200);
  assert.equal(early.body.lines.filter(({ change }: { change: string }) => change === 'waits').length, 3);
  const again = await push(copy.owner, yaml, { secrets });
  assert.deepEqual([again.body.changed, changesOf(again.body).length], [0, 3]);
  await people(world, copy.organizationId);
  assert.deepEqual(changesOf((await push(copy.owner, yaml, { secrets })).body), ['changed app Badges', 'changed app Directory']);
  assert.equal(await pull(copy.owner), yaml);
});

test('a preview shows the difference and changes nothing, also where secrets are not at hand', async (t) => {
  const world = await openWorld(t);
  const auditor = await world.as(['auditor']);
  const before = [await pull(world.owner), await auditCount(world)];
  const seen = await preview(auditor, company);
  assert.equal(seen.status, 200, JSON.stringify(seen.body));
  assert.ok(seen.body.changed > 10);
  assert.match(seen.body.lines.find(({ what }: { what: string }) => what === 'connection').words, /needs DIRECTORY_TOKEN/);
  assert.equal((await push(auditor, company, { secrets })).status, 403);
  assert.deepEqual([await pull(world.owner), await auditCount(world)], before);
});

test('what a file does not mention stays; rules, milestones and playbooks that a section leaves out are taken away', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const yaml = await pull(world.owner);
  assert.equal((await push(world.owner, 'organization: Acme\n')).body.changed, 0);
  assert.equal(await pull(world.owner), yaml);
  const fewer = await push(
    world.owner,
    'locations: []\ndepartments: []\napps: [{ name: Badges }]\naccess: []\nmilestones: []\nplaybooks: []\n',
  );
  assert.deepEqual(changesOf(fewer.body).sort(), [
    'gone milestone First ticket answered',
    'gone milestone Knows everybody',
    'gone playbook Short goodbye',
    'gone rule Everyone signs in',
    'gone rule Sales reads the wiki',
    'stays app Directory',
    'stays app Wiki',
    'stays department Sales',
    'stays department Support',
    'stays location Berlin',
    'stays location Lisbon',
  ]);
  assert.match(await pull(world.owner), /access: \[\]\n\nmilestones: \[\]\n\nplaybooks: \[\]\n$/);
});

test('a connection keeps its secrets when none are sent, never takes them to another host, and says which were replaced', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  assert.equal((await push(world.owner, company)).body.changed, 0);
  const moved = company.replace('127.0.0.1:9001', '127.0.0.1:9002');
  const refused = await push(world.owner, moved);
  assert.equal(refused.status, 422);
  assert.match(refused.body.problems[0].message, /another host/);
  assert.equal(refused.body.problems[0].field, 'apps[2].connection.secrets');
  assert.equal((await push(world.owner, moved, { secrets })).body.changed, 1);
  const other = await push(world.owner, moved, { secrets: { Directory: { token: 'next-token' } } });
  const line = other.body.lines.find(({ change }: { change: string }) => change === 'changed');
  assert.equal(line.words, 'secrets: replaced (token)');
  assert.ok(!JSON.stringify(other.body).includes('next-token'));
  const guess = await preview(await world.as(['auditor']), moved, { secrets: { Directory: { token: 'a-guess' } } });
  assert.equal(guess.body.changed, 0, 'an auditor cannot try out what the secret is');
});

const lineOf = (yaml: string, words: string) => yaml.split('\n').findIndex((line) => line.includes(words)) + 1;

test('every mistake of a file is told at once, with its line, key and mend, and nothing is applied', async (t) => {
  const world = await openWorld(t);
  const wrong = `organisation: Acme
people: []
timezone: Mars/Olympus
locations:
  - { name: Berlin, zone: Europe/Berlin }
  - { name: Oslo }
  - { name: oslo }
address: { pattern: "{given}.{nick}", domain: acme.example }
apps:
  - name: Chat
    ownr: maya@acme.example
  - name: Directory
    writer: conection
  - name: CRM
    connection:
      connector: scmi
  - name: Desk
    connection:
      connector: scim
      settings:
        baseUrl: ftp://desk
        tokn: x
        token: abc
      secrets:
        token: plain-secret
  - name: Tickets
    connection:
      connector: scim
      settings: { baseUrl: "ftp://tickets" }
  - name: Wiki
    writer: group
    group: { app: Directori, entitlement: readers }
access:
  - { name: Sales, when: 'person.department = "Sales"', grants: [{ app: Chat }] }
  - { name: Everyone, when: "true", grants: [{ app: Chad }] }
  - name: Nobody
    when: "true"
milestones:
  - { name: Late, targetDays: 900 }
playbooks:
  - name: Leaver
    for: leaver
    steps:
      - { key: close, title: Close, kind: revoke-access, onlyTold: true, at: { anchor: cut_off } }
  - name: Other
    for: leavers
`;
  const answer = await preview(world.owner, wrong);
  assert.equal(answer.status, 422);
  const told = answer.body.problems as { row: number; field: string; message: string }[];
  const has = (line: string, field: string, words: RegExp) =>
    assert.ok(
      told.some((each) => each.row === lineOf(wrong, line) && each.field === field && words.test(each.message)),
      `${field} at line ${lineOf(wrong, line)}: ${words}\n${told.map((each) => `${each.row} ${each.field}: ${each.message}`).join('\n')}`,
    );
  has('organisation', 'organisation', /not known here\. Did you mean organization\?/);
  has('people:', 'people', /groundcrew import people/);
  has('Mars', 'timezone', /Europe\/Berlin/);
  has('zone: Europe', 'locations[0].zone', /Did you mean timezone|Possible here: name, timezone, country/);
  has('name: oslo', 'locations[2].name', /twice/);
  has('nick', 'address.pattern', /\{given\}/);
  has('ownr', 'apps[0].ownr', /Did you mean owner\?/);
  has('conection', 'apps[1].writer', /one of: connection, group, manual, outside\. Did you mean connection\?/);
  has('scmi', 'apps[2].connection.connector', /Did you mean scim\?/);
  has('tokn', 'apps[3].connection.settings.tokn', /not known here/);
  has('token: abc', 'apps[3].connection.settings.token', /is a secret/);
  has('ftp://desk', 'apps[3].connection.settings.baseUrl', /must be an address/);
  has('token: plain', 'apps[3].connection.secrets.token', /environment variable/);
  has('ftp://tickets', 'apps[4].connection.settings.baseUrl', /address/);
  has('Directori,', 'apps[5].group.app', /Did you mean Directory\?/);
  has('= "Sales"', 'access[0].when', /condition/);
  has('Chad', 'access[1].grants[0].app', /There is no app 'Chad' here\. Did you mean Chat\?/);
  has('name: Nobody', 'access[2].grants', /missing/);
  has('900', 'milestones[0].targetDays', /at most 365/);
  has('cut_off', 'playbooks[0].steps[0].at.anchor', /Did you mean cut-off\?/);
  has('onlyTold', 'playbooks[0].steps[0].onlyTold', /Possible here: key, title/);
  has('for: leavers', 'playbooks[1].for', /Did you mean leaver\?/);
  assert.ok(!JSON.stringify(answer.body).includes('plain-secret'));
  const before = await pull(world.owner);
  assert.equal((await push(world.owner, wrong)).status, 422);
  assert.equal(await pull(world.owner), before);
});

test('a file that is no configuration, too long, or refers to itself without end is refused in words', async (t) => {
  const world = await openWorld(t);
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join()}]`)
    .join('\n')}\n`;
  for (const yaml of ['- a list', 'a: [', 'x'.repeat(200_001), bomb, '['.repeat(50_000), 'organization: A\norganization: B\n', '']) {
    const { status, body } = await push(world.owner, yaml);
    if (yaml === '') assert.deepEqual([status, body.changed], [200, 0]);
    else assert.deepEqual([status, body.code], [422, 'configuration_invalid'], yaml.slice(0, 40));
  }
});

test('a rule whose end would take something from many is held with the names, and goes when somebody releases it', async (t) => {
  const world = await openWorld(t);
  const ids = await world.run(async (ctx) => {
    const made: string[] = [];
    for (let at = 0; at < 20; at += 1)
      made.push(
        await addPerson(ctx, { givenName: `Person${at}`, familyName: 'Test', workAddress: `p${at}@acme.example`, startDate: '2024-01-01' }),
      );
    return made;
  });
  const rules = 'apps: [{ name: Badges, writer: manual }, { name: Keys, writer: manual }]\naccess:\n';
  const rule = '  - { name: Everyone, when: "true", grants: [{ app: Badges }] }\n';
  assert.equal((await push(world.owner, rules + rule)).status, 200);
  // Everybody has had it by hand, as an owner's evidence says.
  await world.run(async (ctx) => {
    await sql`insert into access_given (organization_id, person_id, app_id, origin, rule_id, evidenced, given_at)
      select a.organization_id, p.id, a.id, 'rule', r.id, true, ${ctx.now.toString()} from apps_apps a, access_rules r, people_people p
      where a.name = 'Badges' and p.id = any (${ids}::uuid[])`.execute(ctx.db);
  });
  const without = `${rules}  - { name: Keys for all, when: "true", grants: [{ app: Keys }] }\n`;
  const seen = await preview(world.owner, without);
  assert.equal(seen.body.brake?.people, 20, JSON.stringify(seen.body));
  assert.equal(seen.body.losses.length, 20);
  const held = await push(world.owner, without);
  assert.deepEqual([held.status, held.body.code], [409, 'brake']);
  assert.match(held.body.problems[0].message, /Person0 Test would lose something in Badges/);
  assert.equal((await push(world.owner, without, { brake: { people: 19, reason: 'we move' } })).status, 409);
  assert.match(await pull(world.owner), /Everyone/);
  // Another rule that gives the same takes nothing from anybody.
  const renamed = `${rules}  - { name: All of us, when: "true", grants: [{ app: Badges }] }\n`;
  assert.deepEqual([(await preview(world.owner, renamed)).body.losses, (await push(world.owner, renamed)).status], [[], 200]);
  const done = await push(world.owner, without, { brake: { people: 20, reason: 'we move to keys' } });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.doesNotMatch(await pull(world.owner), /All of us/);
});

test('a push needs what each change needs by itself: role and scope', async (t) => {
  const world = await openWorld(t);
  const ops = await world.as(['ops']);
  const renamed = await push(ops, 'organization: Another\n');
  assert.equal(renamed.status, 403);
  assert.match(renamed.body.detail, /organization/);
  assert.equal((await push(ops, 'departments: [Sales]\n')).status, 200);
  const narrow = await world.as(['owner'], { scopes: ['configuration:*'] });
  const app = await push(narrow, 'apps: [{ name: Chat }]\n');
  assert.equal(app.status, 403);
  assert.match(app.body.detail, /apps:manage/);
  assert.equal((await push(await world.as(['hr']), 'departments: [Legal]\n')).status, 403);
});

test('the example in blueprints is a file that push accepts', async (t) => {
  const world = await openWorld(t);
  const yaml = readFileSync(path.join(import.meta.dirname, '..', 'blueprints', 'company.yaml'), 'utf8');
  const seen = await preview(world.owner, yaml);
  assert.equal(seen.status, 200, JSON.stringify(seen.body));
});
