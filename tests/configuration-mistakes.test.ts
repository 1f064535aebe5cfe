import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preview, pull, push } from './configuration-company.ts';
import { openWorld } from './world.ts';

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

const rule = (when: string) => `apps: [{ name: Chat }]\naccess:\n  - name: R\n    when: ${when}\n    grants: [{ app: Chat }]\n`;
const playbook = (...steps: string[]) =>
  `playbooks:\n  - name: P\n    for: leaver\n    steps:\n${steps.map((each) => `      - { key: a, title: A, kind: wait, at: { anchor: cut-off }${each} }\n`).join('')}`;
const app = (more: string) => `apps:\n  - name: Desk\n    ${more}\n`;

/** A file, the line and key that the first problem names, and its mend. */
const mistakes: [file: string, row: number, field: string | undefined, mend: RegExp][] = [
  // How the text is written.
  ['apps:\n  - name: A\n    owner: a@b.example\n    name: B\n', 4, 'name', /twice.*Leave one out/],
  ['"organization": A\norganization: B\n', 2, 'organization', /twice/],
  ['departments: *nobody\n', 1, 'departments', /\* refers to.*quotes/],
  ['departments: [*]\n', 1, 'departments', /quotes/],
  ['apps:\n  - &base { name: A }\n  - { <<: *base, name: B }\n', 3, 'apps[1].<<', /Write them out/],
  ['apps:\n\t- name: A\n', 2, 'name', /tab.*Indent with spaces/],
  ['organization: A\n---\norganization: B\n', 2, 'organization', /second document.*leave the line with --- out/],
  ['organization: A\r\ndepartments:\r\n  - A\r\n  - a\r\n', 4, 'departments[1]', /twice/],
  ['organization: "Acme\ntimezone: UTC\n', 1, 'organization', /quote is opened here and not closed/],
  ['departments: [A, B\ntimezone: UTC\n', 2, 'timezone', /Close it with \] or \}/],
  ['apps:\n  - name: Chat: the app\n', 2, 'name', /in quotes/],
  ['apps:\n  - name: A\n     owner: x@y.example\n', 2, 'name', /indented too far/],
  ['organization:Acme\n', 1, undefined, /space after a ":"/],
  ['organization:\u00a0Acme\n', 1, undefined, /another character/],
  ['organization: @acme\n', 1, 'organization', /quotes/],
  ['organization: !!js/function "x"\n', 1, 'organization', /tag.*Leave it out/],
  ['%YAML 1.1\n---\ndepartments: [yes]\n', 1, undefined, /YAML 1\.2/],
  ['? [a, b]\n: c\n', 1, undefined, /one word/],
  ['null: 3\n', 1, 'null', /one word/],
  ['organization: "A\\u0000B"\n', 1, 'organization', /cannot be stored/],
  ['timezone: UTC\norganization: "\\ud800"\n', 2, 'organization', /cannot be stored/],
  [`apps: ${'['.repeat(3000)}${']'.repeat(3000)}\n`, 1, 'apps', /too deep/],
  // Keys and types.
  ['оrganization: Acme\n', 1, 'оrganization', /U\+043E.*Did you mean organization\?/],
  ['ｔｉｍｅｚｏｎｅ: UTC\n', 1, 'ｔｉｍｅｚｏｎｅ', /Did you mean timezone\?/],
  ['organi\u200bzation: A\n', 1, 'organi\u200bzation', /U\+200B.*Did you mean organization\?/],
  ['timezone: UTC\n7: x\n', 2, '7', /not known here/],
  ['__proto__: { a: 1 }\n', 1, '__proto__', /not known here/],
  ['departments: [1]\n', 1, 'departments[0]', /in quotes/],
  ['departments:\n  - A\n  - ~\n', 3, 'departments[1]', /leave it out/],
  ['apps:\n', 1, 'apps', /Write \[\] for none/],
  ['address:\n', 1, 'address', /Nothing stands here/],
  ['apps: [{ name: 365 }]\n', 1, 'apps[0].name', /in quotes/],
  [`organization: ${'x'.repeat(5000)}\n`, 1, 'organization', /At most 200 characters/],
  [`departments: [${Array.from({ length: 2001 }, (_, at) => `d${at}`).join(', ')}]\n`, 1, 'departments', /At most 2000/],
  [`# ${'x'.repeat(200_000)}\n`, 1, undefined, /Split it/],
  // Rules and conditions, at the line of the mistake.
  [rule('"true"').replace('app: Chat', 'app: Chta'), 5, 'access[0].grants[0].app', /Did you mean Chat\?/],
  [rule("'person.department == '"), 4, 'access[0].when', /condition/],
  [rule('|\n      person.department == "Sales" &&\n      person.titel == "X"'), 6, 'access[0].when', /person' has: .*title/],
  [rule('>-\n      person.department == "Sales"\n      && persn.title == "X"'), 6, 'access[0].when', /may read: person/],
  [rule('"person.department ==\n      person.nobody"'), 5, 'access[0].when', /person' has/],
  [rule(`'person.department.matches("(a+)+$")'`), 4, 'access[0].when', /contains, startsWith or endsWith/],
  [rule("'[1,2].all(x, [3].exists(y, x == y))'"), 4, 'access[0].when', /write two conditions/],
  [rule(`'${'person.title == "x" || '.repeat(100)}true'`), 4, 'access[0].when', /at most 2000/],
  [rule(`'${'('.repeat(900)}true${')'.repeat(900)}'`), 4, 'access[0].when', /maxDepth/],
  [rule('5'), 4, 'access[0].when', /in quotes/],
  [rule('"person.department"'), 4, 'access[0].when', /yes or no/],
  [`${rule('"true"')}  - name: r\n    when: "true"\n    grants: [{ app: Chat }]\n`, 6, 'access[1].name', /twice/],
  ['milestones: [{ name: A, targetDays: -1 }]\n', 1, 'milestones[0].targetDays', /at least 0/],
  // Playbooks.
  [`${playbook('')}  - name: Q\n    for: leaver\n    steps: []\n`, 7, 'playbooks[1].for', /two playbooks for leaver/],
  [
    playbook(', waitsFor: [b]', ', waitsFor: [a]').replace(
      '{ key: a, title: A, kind: wait, at: { anchor: cut-off }, waitsFor: [a]',
      '{ key: b, title: B, kind: wait, at: { anchor: cut-off }, waitsFor: [a]',
    ),
    5,
    'playbooks[0].steps[0]',
    /wait for each other/,
  ],
  [playbook(', waitsFor: [a]'), 5, 'playbooks[0].steps[0].waitsFor[0]', /wait for itself/],
  [playbook('', ''), 6, 'playbooks[0].steps[1].key', /another key/],
  [playbook('').replace('kind: wait', 'kind: task, who: ops, due: -PT4H'), 5, 'playbooks[0].steps[0].due', /PT4H/],
  [playbook('').replace('anchor: cut-off', 'anchor: cut-off, time: 9:00'), 5, 'playbooks[0].steps[0].at.time', /"09:00", in quotes/],
  // Addresses, apps and secrets.
  ['address: { pattern: "info", domain: acme.example }\n', 1, 'address.pattern', /\{given\}\.\{family\}/],
  ['address: { pattern: {given}.{family}, domain: acme.example }\n', 1, 'address', /in quotes/],
  ['timezone: UTC\naddress: { pattern: "{given}", domain: "no domain" }\n', 2, 'address.domain', /acme\.example/],
  [app('deepLink: "javascript:alert(1)"'), 3, 'apps[0].deepLink', /https:/],
  ['apps:\n  - { name: A, writer: group, group: { app: A, entitlement: x } }\n', 2, 'apps[0].group.app', /Choose another/],
  [
    app('connection: { connector: scim, settings: { baseUrl: "https://x.example" }, secrets: { token: sk-verysecret } }'),
    3,
    'apps[0].connection.secrets.token',
    /environment variable/,
  ],
  [
    app('connection: { connector: scim, settings: { baseUrl: "https://x.example" }, secrets: [sk-verysecret] }'),
    3,
    'apps[0].connection.secrets',
    /env: CHAT_TOKEN/,
  ],
  [
    app('connection: { connector: scim, settings: { baseUrl: "https://me:sk-verysecret@x.example" } }'),
    3,
    'apps[0].connection.settings.baseUrl',
    /without name, password/,
  ],
];

test('a broken or strange file is refused with line, key and mend, by preview and push alike, and nothing of it is applied', async (t) => {
  const world = await openWorld(t);
  const before = await pull(world.owner);
  for (const [yaml, row, field, mend] of mistakes) {
    const label = yaml.slice(0, 160);
    for (const answer of [await preview(world.owner, yaml), await push(world.owner, yaml)]) {
      assert.deepEqual([answer.status, answer.body.code], [422, 'configuration_invalid'], label);
      const [first] = answer.body.problems;
      assert.deepEqual([first.row, first.field], [row, field], `${label}\n${JSON.stringify(answer.body.problems)}`);
      assert.match(first.message, mend, label);
      assert.ok(!JSON.stringify(answer.body).includes('verysecret'), label);
    }
  }
  assert.equal(await pull(world.owner), before);
  assert.equal((await push(world.owner, `# ${'x'.repeat(5_000_000)}\n`)).status, 413);
});

const strange: [file: string, pulled: RegExp][] = [
  ['\uFEFForganization: Marked\n', /^organization: Marked$/m],
  ['organization: Lines\r\ndepartments:\r\n  - A\r\n', /^organization: Lines$/m],
  ['---\norganization: Framed\n...\n', /^organization: Framed$/m],
  ['# nothing\n', /organization/],
  ['departments: [no, yes, on, off]\nlocations: [{ name: Oslo, country: no }]\n', /name: Oslo, country: "no"/],
  ['departments: [2026-11-22, 12:30, 1_000]\n', /"2026-11-22"/],
  ['apps: [{ name: "365" }]\naccess: [{ name: "1", when: true, grants: [{ app: "365" }] }]\n', /name: "1"/],
  [
    'apps: [{ name: Chat }]\naccess:\n  - { name: A, when: &w "true", grants: &g [{ app: Chat }] }\n  - { name: B, when: *w, grants: *g }\n',
    /name: B\n {4}when: "true"/,
  ],
  [rule('"true"').replace('grants: [{ app: Chat', 'grants: [{ app: chAT'), /app: Chat /],
  ['organization: “Acme”\n', /“Acme”/],
  ['organization: !!str 5\n', /"5"/],
  ['departments: ["A\\nB", "\\u202eSales"]\n', /A\n {4}B/],
  [playbook('').replace('anchor: cut-off', 'anchor: cut-off, plus: -PT4H'), /-PT4H/],
  [playbook('').replace('anchor: cut-off', 'anchor: last-working-day, time: 18:00'), /time: "?18:00/],
];

test('a strange file that says something is taken as it says; a second push and a push of what is pulled change nothing', async (t) => {
  const world = await openWorld(t);
  for (const [yaml, pulled] of strange) {
    const done = await push(world.owner, yaml);
    assert.equal(done.status, 200, `${yaml}\n${JSON.stringify(done.body)}`);
    const now = await pull(world.owner);
    assert.match(now, pulled);
    assert.equal((await push(world.owner, yaml)).body.changed, 0, yaml);
    assert.equal((await push(world.owner, now)).body.changed, 0, now);
  }
});
