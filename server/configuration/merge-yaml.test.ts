import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Refusal } from '../platform/errors.ts';
import { mergeYaml } from './merge-yaml.ts';
import { parseConfiguration } from './parse-configuration.ts';
import { meaningOf } from './same-entries.ts';
import { writeYaml } from './write-yaml.ts';

const merge = (text: string, fresh: string, waiting: string[] = []) =>
  mergeYaml({ text, fresh, isWaiting: async (address) => waiting.includes(address) });
const said = ({ lines }: Awaited<ReturnType<typeof mergeYaml>>) => lines.map(({ change, what, name }) => `${change} ${what} ${name}`);

const value = (more: object = {}) => ({
  organization: 'Acme',
  timezone: 'UTC',
  locations: [{ name: 'Berlin', timezone: 'Europe/Berlin', country: 'DE' }],
  departments: ['Sales', 'Support'],
  apps: [
    {
      name: 'Chat',
      owner: 'maya@acme.example',
      writer: 'connection',
      connection: {
        connector: 'scim',
        settings: { baseUrl: 'https://chat.example' },
        secrets: { token: { env: 'CHAT_TOKEN' } },
      },
    },
    { name: 'Wiki', writer: 'manual' },
  ],
  access: [
    { name: 'Chat for all', when: 'true', grants: [{ app: 'Chat' }] },
    { name: 'Sales', when: 'person.department == "Sales"', grants: [{ app: 'Wiki' }, { app: 'Chat', entitlement: 'Sales' }] },
  ],
  milestones: [
    { name: 'First', targetDays: 10 },
    { name: 'Second', targetDays: 20 },
  ],
  playbooks: [],
  ...more,
});
const fresh = (more: object = {}) => writeYaml(value(more));

/** The same configuration as a person writes it: other order, defaults said or left out, comments, quotes, their own variable. */
const byHand = `# Ours. Ask Maya before you change it.
timezone: 'UTC'   # everything in UTC
organization: "Acme"

# who gets what
access:
# sales first
- {name: Sales, when: person.department == "Sales", grants: [{app: chat, entitlement: sales}, {app: Wiki}]} # agreed with Sam
# and all
- name: Chat for all
  when: true   # everybody
  mend: shown
  grants:
    - app: Chat # an account

departments:
  - support   # the desk
  - Sales
locations:
    - name: Berlin
      country: DE
      timezone: Europe/Berlin
apps:
  - name: Wiki
    deputy: null
    connection: { removed: true } # by hand since May

  - name: Chat
    owner: Maya@acme.example
    # the token is in the vault
    connection:
      connector: scim
      settings: { baseUrl: "https://chat.example", pageSize: 100 }
      secrets: { token: { env: OUR_CHAT } }
      syncEveryMinutes: 60
milestones: [{ name: First, when: true, targetDays: 10 }, { name: Second, targetDays: 20 }]
# the end
`;

test('a file that says what is there stays byte for byte, however it is written', async () => {
  const blueprint = readFileSync(path.join(import.meta.dirname, '..', '..', 'blueprints', 'company.yaml'), 'utf8');
  assert.deepEqual(await merge(blueprint, blueprint), { text: blueprint, lines: [] });
  for (const text of [fresh(), byHand, byHand.replaceAll('\n', '\r\n'), `\uFEFF${byHand}`, byHand.trimEnd(), JSON.stringify(value())])
    assert.deepEqual(await merge(text, fresh()), { text, lines: [] });
});

test('what changed is written, what is new added, what is gone dropped; everything else stays as it was written', async () => {
  const now = fresh({
    departments: ['Legal', 'Sales', 'Support'],
    locations: [],
    apps: [
      { name: 'Badges', writer: 'manual' },
      { ...value().apps[0], owner: 'sam@acme.example', connection: { ...value().apps[0]!.connection, syncEveryMinutes: null } },
      { name: 'Wiki', writer: 'manual', signIn: true },
    ],
    access: [{ name: 'Sales', when: 'person.department == "Sales"', grants: [{ app: 'Badges' }, { app: 'Chat', entitlement: 'Sales' }] }],
    milestones: [...value().milestones].reverse(),
  });
  const merged = await merge(byHand, now);
  assert.deepEqual(said(merged), [
    'gone locations Berlin',
    'new departments Legal',
    'new apps Badges',
    'changed apps Chat',
    'changed apps Wiki',
    'changed access Sales',
    'gone access Chat for all',
    'changed milestones their order',
  ]);
  for (const kept of [
    '# Ours. Ask Maya before you change it.\ntimezone: \'UTC\'   # everything in UTC\norganization: "Acme"\n\n# who gets what\naccess:\n# sales first\n',
    '# agreed with Sam\n',
    '  - support   # the desk\n  - Sales\n',
    '    # the token is in the vault\n',
    'secrets: { token: { env: OUR_CHAT } }',
    'owner: sam@acme.example',
    'syncEveryMinutes: null',
    '# the end\n',
  ])
    assert.ok(merged.text.includes(kept), `${kept}\n---\n${merged.text}`);
  assert.ok(!merged.text.includes('# and all'), 'the comment of what is gone goes with it');
  assert.deepEqual(await merge(merged.text, now), { text: merged.text, lines: [] });
});

test('line ends, byte order mark and flow style stay when something changes', async () => {
  const now = fresh({ organization: 'Acme Two', departments: ['Sales'] });
  const windows = await merge(`\uFEFF${byHand.replaceAll('\n', '\r\n')}`, now);
  assert.match(windows.text, /^\uFEFF# Ours\./);
  assert.equal(windows.text.replaceAll('\r\n', '').includes('\n'), false);
  assert.match(windows.text, /organization: "Acme Two"\r\n/);
  const json = await merge(JSON.stringify(value()), now);
  assert.match(json.text, /"?organization"?: "Acme Two"/);
});

test('what only the file knows stays: variables of secrets, owners who are not on the people list yet, a blueprint written out', async () => {
  const joiner = readFileSync(path.join(import.meta.dirname, '..', '..', 'blueprints', 'joiner.yaml'), 'utf8');
  const indented = joiner
    .replaceAll(/^(?=[^\n])/gm, '    ')
    .replace(/^( *#.*\n|\n)*/, '')
    .replace('    name', '  - name');
  const text = `${fresh().replace('playbooks: []\n', `playbooks:\n${indented}`).replace('name: Wiki\n', 'name: Wiki\n    owner: new@acme.example\n').replace('CHAT_TOKEN', 'VAULT_7')}`;
  assert.deepEqual(said(await merge(text, fresh(), ['new@acme.example'])), []);
  assert.deepEqual(said(await merge(text, fresh())), ['changed apps Wiki']);
});

test('a secret of a new connection never gets the variable that the file uses for another', async () => {
  const text = fresh().replace('CHAT_TOKEN', 'DESK_TOKEN');
  const desk = {
    name: 'Desk',
    writer: 'manual',
    connection: { connector: 'scim', settings: { baseUrl: 'https://desk.example' }, secrets: { token: { env: 'DESK_TOKEN' } } },
  };
  const merged = await merge(text, fresh({ apps: [value().apps[0], desk, value().apps[1]] }));
  assert.deepEqual(said(merged), ['new apps Desk']);
  assert.match(merged.text, /name: Chat[\s\S]*env: DESK_TOKEN }[\s\S]*name: Desk[\s\S]*env: DESK_TOKEN_2 }/);
});

test('a playbook keeps its comments where a step changes, goes or comes', async () => {
  const step = (key: string, title: string) => ({ key, title, kind: 'wait', at: { anchor: 'cut-off' } });
  const of = (...steps: object[]) => fresh({ playbooks: [{ name: 'Short', for: 'leaver', steps }] });
  const text = of(step('one', 'One'), step('two', 'Two'), step('three', 'Three'))
    .replace('  - name: Short', '  # ours\n  - name: Short # agreed')
    .replace('title: Two', 'title: Two # the second')
    .replace(/( *- \{? ?key: three)/, '      # and the last\n$1');
  const merged = await merge(text, of(step('zero', 'Zero'), step('two', 'Second'), step('three', 'Three')));
  assert.deepEqual(said(merged), ['changed playbooks Short']);
  for (const kept of ['# ours', '# agreed', '# the second', '# and the last'])
    assert.ok(merged.text.includes(kept), `${kept}\n${merged.text}`);
});

test('anchors and aliases stay while nothing changes, and are written out where one of several changes', async () => {
  const text = `organization: Acme\ntimezone: UTC\napps:\n  - { name: A, writer: manual, instructions: &how { grant: Ask., revoke: Ask. } }\n  - { name: B, writer: manual, instructions: *how }\n`;
  const apps = (revoke: string) => [
    { name: 'A', writer: 'manual', instructions: { grant: 'Ask.', revoke } },
    { name: 'B', writer: 'manual', instructions: { grant: 'Ask.', revoke: 'Ask.' } },
  ];
  const some = { organization: 'Acme', timezone: 'UTC' };
  assert.equal((await merge(text, writeYaml({ ...some, apps: apps('Ask.') }))).text, text);
  const changed = await merge(text, writeYaml({ ...some, apps: apps('Call.') }));
  assert.deepEqual(said(changed), ['changed apps A']);
  assert.match(changed.text, /Call\..*\n.*name: B.*Ask\..*Ask\./);
});

test('an empty file is filled, one with comments alone keeps them, and sections that are missing come in', async () => {
  assert.equal((await merge('', fresh())).text, fresh());
  assert.equal((await merge('# mine\n', fresh())).text, `# mine\n\n${fresh()}`);
  const some = await merge('# only rules here\naccess: [] # none\n', fresh());
  assert.match(some.text, /^organization: Acme[\s\S]*# only rules here\naccess:\n {2}- name: Chat for all/);
});

test('what is wrong inside an entry is put right, and the rest of the entry stays', async () => {
  for (const [right, wrong] of [
    ['    owner: maya', '    ownr: maya'],
    ['  - name: Wiki\n', '  - Wiki\n  - 5\n  - name: Wiki\n'],
    ['  - name: Wiki\n', '  - name: chat\n  - name: Wiki\n'],
    ['  - name: Wiki\n    writer: manual\n', '  - ~\n'],
    ['env: CHAT_TOKEN', 'evn: CHAT_TOKEN'],
    ['when: "true"', 'when: 5'],
    ['app: Wiki', 'ap: Wiki'],
    ['targetDays: 10', 'targetDays: "10"'],
    ['country: DE', 'country: 7, zone: x'],
    ['- Support', '- [Support]'],
    ['playbooks: []', 'playbooks:\n  - name: P\n    for: ../company\n    steps: 5'],
  ] as const) {
    const broken = `# ours\n${fresh()}`.replace(right, wrong);
    assert.notEqual(broken, `# ours\n${fresh()}`, right);
    const merged = await merge(broken, fresh());
    assert.ok(merged.lines.length > 0, wrong);
    assert.deepEqual(meaning(merged.text), meaning(fresh()), merged.text);
    assert.match(merged.text, /^# ours/);
  }
  const typo = fresh().replace('CHAT_TOKEN', 'OURS').replace('    owner: maya', '    ownr: maya');
  assert.match((await merge(typo, fresh())).text, /owner: maya@acme\.example[\s\S]*env: OURS/);
});

test('a file that is no configuration is refused with lines, and nothing is returned', async () => {
  for (const [text, row] of [
    ['organization: Acme\napps: [\n', 3],
    ['services:\n  web: { image: nginx }\n', 1],
    ['organization: A\norganization: B\n', 2],
    ['- a\n- b\n', 1],
    ['organization: 5\n', 1],
    ['timezone: UTC\naccess:\n', 2],
    ['organization: A\n---\norganization: B\n', 2],
  ] as const)
    await assert.rejects(merge(text, fresh()), (error: Refusal) => {
      assert.equal(error.code, 'configuration_invalid');
      assert.equal(error.problems[0]!.row, row, JSON.stringify(error.problems));
      return true;
    });
});

const word = fc.constantFrom('Alpha', 'beta', 'Gamma x', 'no', '7', 'Ünï', '- d', '# e', 'f: g', '"h"');
const named = <T extends object>(more: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(word, more), { selector: ([name]) => name.toLowerCase(), maxLength: 5 })
    .map((list) =>
      list.map(([name, rest]) => ({ name, ...rest })).sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1)),
    );
const configuration = fc.record({
  organization: word,
  timezone: fc.constantFrom('UTC', 'Asia/Tokyo'),
  locations: named(fc.record({ timezone: fc.constantFrom('UTC', 'Asia/Tokyo') })),
  departments: fc.uniqueArray(word, { selector: (each) => each.toLowerCase(), maxLength: 4 }).map((list) => list.sort()),
  apps: named(
    fc.record({
      writer: fc.constantFrom('manual', 'outside'),
      deepLink: fc.constantFrom('https://a.example', 'https://b.example'),
      instructions: fc.record({ grant: fc.constantFrom('One', 'One\n  two\n# three'), revoke: word }),
    }),
  ),
  access: named(
    fc.record({
      when: fc.constantFrom('true', 'person.title == "x"'),
      grants: fc.uniqueArray(word, { minLength: 1, maxLength: 3 }).map((apps) => apps.map((app) => ({ app }))),
    }),
  ),
  milestones: named(fc.record({ targetDays: fc.integer({ min: 0, max: 365 }) })),
});

const meaning = (yaml: string) => {
  const parsed = parseConfiguration(yaml);
  assert.ok('wanted' in parsed && parsed.problems.length === 0, yaml);
  return Object.fromEntries(
    Object.entries(parsed.wanted).map(([section, entries]) => [
      section,
      (Array.isArray(entries) ? entries : [entries]).map((each) => JSON.stringify(meaningOf(section as 'apps', each.value))).sort(),
    ]),
  );
};

test('whatever stood in the file, afterwards it says what is there; without comments, as it would be written freshly', async () => {
  await fc.assert(
    fc.asyncProperty(configuration, configuration, fc.array(fc.nat(60)), async (one, other, places) => {
      const [before, after] = [writeYaml(one), writeYaml(other)];
      assert.deepEqual(meaning((await merge(before, after)).text), meaning(after));
      const lines = before.split('\n');
      for (const place of places) {
        const line = lines[place];
        // Not inside a text of several lines.
        if (line === undefined || /^ {6}/.test(line)) continue;
        lines[place] = `${/^ *(?=-|\w)/.exec(line)?.[0] ?? ''}# note ${place}\n${line}`;
      }
      const commented = lines.join('\n');
      assert.equal((await merge(commented, before)).text, commented);
      const merged = await merge(commented, after);
      assert.deepEqual(meaning(merged.text), meaning(after), `${commented}\n-----\n${merged.text}`);
      assert.equal((await merge(merged.text, after)).text, merged.text);
    }),
    { numRuns: 60 },
  );
});
