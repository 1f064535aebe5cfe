import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { commandLine, folderFor, initOf } from '../tests/configuration-command-line.ts';
import { testDatabase } from '../tests/database.ts';
import { startScimServer } from '../tests/fakes/scim-servers/start-scim-server.ts';
import { resolveSecrets } from './cli/push-command.ts';

const company = (baseUrl: string) => `organization: Acme
apps:
  - name: Chat
    owner: maya@acme.example
    connection:
      connector: scim
      settings: { baseUrl: "${baseUrl}" }
      secrets: { token: { env: MY_CHAT_TOKEN } }
      syncEveryMinutes: null
  - { name: Badges, owner: maya@acme.example, writer: manual }
access:
  - { name: Everyone gets chat, when: "true", grants: [{ app: Chat }] }
  - { name: Sales has badges, when: 'person.department == "Sales"', grants: [{ app: Badges }] }
`;

test('push, plan, apply and undo from a file: the app, asked directly, holds what the rules say, and a second plan is empty', async (t) => {
  const database = await testDatabase(t);
  const folder = folderFor(t);
  const run = commandLine(database, path.join(folder, 'data'));
  const chat = await startScimServer({ users: [{ userName: 'maya@acme.example' }] });
  t.after(() => chat.stop());
  await run(initOf('Acme'));
  const staff = path.join(folder, 'staff.csv');
  writeFileSync(
    staff,
    'Given name,Family name,Email,Department,Start date\nMaya,Ito,maya@acme.example,IT,2020-01-31\nSam,Oduya,sam@acme.example,Sales,2021-02-28\n',
  );
  assert.equal((await run(['import', 'people', staff, '--yes'])).status, 0);
  const file = path.join(folder, 'company.yaml');
  writeFileSync(file, company(chat.baseUrl));

  const unset = await run(['push', file]);
  assert.equal(unset.status, 2);
  assert.match(unset.problem, /not set: MY_CHAT_TOKEN\. Nothing was sent/);
  const token = { MY_CHAT_TOKEN: 'test-token' };
  const dry = await run(['push', file, '--dry-run']);
  assert.equal(dry.status, 0, dry.problem);
  assert.match(
    dry.out,
    /\+ app Chat: owner: maya@acme\.example.*\+ rule Everyone gets chat: Chat when true.*Not set here: MY_CHAT_TOKEN.*dry run/s,
  );
  const pushed = await run(['push', file], token);
  assert.equal(pushed.status, 0, pushed.problem);
  assert.match(pushed.out, /Applied: 5 new\./);
  assert.ok(!pushed.out.includes('test-token'));
  const again = await run(['push', file], token);
  assert.equal(again.status, 0);
  assert.equal(again.out, 'Nothing to change.\n');

  writeFileSync(file, company(chat.baseUrl).replace('owner: maya', 'ownr: maya').replace('app: Chat }', 'app: Chap }'));
  const wrong = await run(['push', file], token);
  assert.equal(wrong.status, 2);
  assert.match(
    wrong.problem,
    /2 things are wrong.*\n {2}Line 4, apps\[0\]\.ownr: .*owner.*\n {2}Line 12, access\[0\]\.grants\[0\]\.app: .*Did you mean Chat\?/s,
  );
  assert.equal((await run(['push', path.join(folder, 'nowhere.yaml')])).status, 2);

  assert.equal((await run(['pull', file])).status, 0);
  const pulled = readFileSync(file, 'utf8');
  assert.match(
    pulled,
    /owner: maya@acme\.example[\s\S]*token: { env: MY_CHAT_TOKEN }/,
    'what was mistaken is mended, what was chosen stays',
  );
  assert.match((await run(['pull'])).out, /token: { env: CHAT_TOKEN }/);
  assert.match((await run(['push', file], token)).out, /Nothing to change/);

  assert.equal((await run(['sync', 'Chat'])).status, 0);
  const plan = await run(['plan']);
  assert.equal(plan.status, 2, plan.problem);
  assert.match(plan.out, /Chat:\n {2}1 get an account: Sam Oduya\. Everyone gets chat\./);
  assert.match(plan.out, /Badges:\n {2}1 get an account, by hand: Sam Oduya/);
  assert.equal((await run(['plan', '--person', 'Maya', '--app', 'Chat'])).status, 0);
  const asked = await run(['apply', '--app', 'Chat']);
  assert.equal(asked.status, 1);
  assert.match(asked.out, /Do it with --yes/);
  assert.equal(chat.users().length, 1);
  const applied = await run(['apply', '--app', 'Chat', '--yes', '--json']);
  assert.equal(applied.status, 0, applied.out + applied.problem);
  assert.deepEqual(
    chat.users().map(({ userName, active }) => [userName, active]),
    [
      ['maya@acme.example', true],
      ['sam@acme.example', true],
    ],
  );
  assert.equal((await run(['plan', '--app', 'Chat'])).status, 0);
  const byHand = await run(['apply', '--yes']);
  assert.equal(byHand.status, 0, byHand.out + byHand.problem);
  assert.match(byHand.out, /1 asked of people/);
  assert.equal((await run(['plan'])).status, 0);

  const { id } = JSON.parse(applied.out) as { id: string };
  assert.equal((await run(['apply', '--undo', id])).status, 2, 'a reason is needed');
  const undone = await run(['apply', '--undo', id, '--reason', 'It was a trial']);
  assert.equal(undone.status, 0, undone.out + undone.problem);
  assert.equal(chat.user('sam@acme.example').active, false);
});

test('pull, push into an empty installation and pull there gives the same file, also while owners wait', async (t) => {
  const folder = folderFor(t);
  const run = commandLine(await testDatabase(t), path.join(folder, 'data'));
  const there = commandLine(await testDatabase(t), path.join(folder, 'other'));
  const file = path.join(folder, 'company.yaml');
  writeFileSync(file, company('http://127.0.0.1:9001/scim/v2').replaceAll(/ {4}owner: .*\n|, owner: [^,]+/g, ''));
  await run(initOf('Acme'));
  assert.equal((await run(['push', file], { MY_CHAT_TOKEN: 'a' })).status, 0);
  const pulled = (await run(['pull'])).out;
  writeFileSync(file, pulled);
  await there(initOf('Empty'));
  assert.equal((await there(['push', file], { CHAT_TOKEN: 'b' })).status, 0);
  assert.equal((await there(['pull'])).out, pulled);
  writeFileSync(file, pulled.replace('name: Badges', 'name: Badges\n    owner: maya@acme.example'));
  const waiting = await there(['push', file], { CHAT_TOKEN: 'b' });
  assert.equal(waiting.status, 0, waiting.problem);
  assert.match(waiting.out, /! app Badges: The owner maya@acme\.example is not on the people list yet\..*\nNothing to change\./);
});

test('hire shows what it would bring about, and begins with --yes', async (t) => {
  const database = await testDatabase(t);
  const folder = folderFor(t);
  const run = commandLine(database, path.join(folder, 'data'));
  await run(initOf('Acme'));
  const file = path.join(folder, 'company.yaml');
  writeFileSync(
    file,
    'departments: [Sales]\naddress: { pattern: "{given}.{family}", domain: acme.example }\napps: [{ name: Badges, writer: manual }]\naccess:\n  - { name: Sales has badges, when: \'person.department == "Sales"\', grants: [{ app: Badges }] }\n',
  );
  assert.equal((await run(['push', file])).status, 0);
  const words = ['hire', 'Amara', 'Łukasiewicz', '--start', '2026-12-07', '--personal', 'amara@home.example', '--department', 'sales'];
  const shown = await run(words);
  assert.equal(shown.status, 1, shown.problem);
  assert.match(shown.out, /amara\.lukasiewicz@acme\.example.*Badges \(Sales has badges; its owner is asked\).*Do it with --yes/s);
  assert.equal((await run([...words, '--dry-run'])).status, 0);
  assert.equal((await run([...words, '--department', 'Nowhere'])).status, 2);
  const begun = await run([...words, '--yes', '--json']);
  assert.equal(begun.status, 0, begun.out + begun.problem);
  assert.equal(JSON.parse(begun.out).workAddress, 'amara.lukasiewicz@acme.example');
});

test('variables are looked up by app and name, and those that are not set are named once', () => {
  const yaml = company('http://x').replace(
    '  - { name: Badges',
    '  - { name: Other, connection: { secrets: { a: { env: ONE }, b: { env: TWO }, c: { env: TWO } } } }\n  - { name: Badges',
  );
  assert.deepEqual(
    resolveSecrets(yaml, (name) => ({ MY_CHAT_TOKEN: 'x', ONE: '1' })[name]),
    { secrets: { Chat: { token: 'x' }, Other: { a: '1' } }, missing: ['TWO'] },
  );
  assert.deepEqual(resolveSecrets('a: ['), { secrets: {}, missing: [] });
});
