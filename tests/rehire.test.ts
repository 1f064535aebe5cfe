import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { type JoiningCompany, openJoiningCompany } from './joining-company.ts';

const name = 'amara.okafor@acme.example';
const intern = { givenName: 'Amara', title: 'Intern', startDate: '2027-02-08' };

type Role = { entitlementId: string | null; entitlement: string | null; isAdmin: boolean; decision: string | null };
type Held = { appId: string; app: string; opens: boolean; roles: Role[] }[];

/** Amara was made an owner of GitLab there, not by a rule, and has left; everybody gets an account of it by a rule. */
async function openWithLeaver(t: Parameters<typeof openJoiningCompany>[0]) {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-05' });
  await world.at('2026-11-03T09:01:00Z');
  const users = [{ userName: name, address: name, groups: ['Owner', 'Developer'] }];
  const gitlab = await world.scimApp('GitLab', { users, ownerPersonId: world.manager });
  await world.owner('post', '/access-rules', { name: 'GitLab for all', when: 'true', grants: [{ appId: gitlab.appId }] });
  await leave(world, personId, '2026-11-05T08:00:00Z');
  assert.equal(gitlab.server.user(name).active, false);
  await world.at('2027-02-01T09:00:00Z');
  const groups = () =>
    gitlab.server
      .groups()
      .filter(({ members }) => members.some(({ value }) => value === gitlab.server.user(name).id))
      .map(({ displayName }) => displayName);
  return { world, gitlab, personId, groups };
}

async function leave(world: JoiningCompany, personId: string, at: string) {
  await world.at(at);
  assert.equal((await world.owner('post', '/leaving', { personIds: [personId], terms: { at: 'now' } })).status, 200);
  await world.settle();
  await world.at(Temporal.Instant.from(at).add({ minutes: 1 }).toString());
}

const asked = async (world: JoiningCompany) => {
  const { rows } = (await world.owner('get', '/tasks?scope=all&limit=200')).body as { rows: { id: string; title: string }[] };
  return rows.filter(({ title }) => /administrator of GitLab/.test(title));
};

const terms = (personId: string, more: object = {}) => ({
  ...intern,
  familyName: 'Okafor',
  personalAddress: 'a@home.example',
  personId,
  ...more,
});

test('the dry run of a rehire names what each account still holds and no rule gives, administrators first; confirming asks for a decision about them', async (t) => {
  const { world, gitlab, personId, groups } = await openWithLeaver(t);
  const preview = (await world.owner('post', '/joining/preview', terms(personId))).body;
  const held: Held = preview.held;
  const found = held.find(({ appId }) => appId === gitlab.appId)!;
  assert.equal(found.opens, true);
  assert.deepEqual(
    found.roles.map(({ entitlement, isAdmin, decision }) => [entitlement, isAdmin, decision]),
    [
      ['Owner', true, null],
      ['Developer', false, null],
    ],
  );
  // A dry run changes nothing.
  assert.equal((await world.owner('get', `/people/${personId}`)).body.status, 'left');
  const refused = await world.owner('post', '/joining', terms(personId));
  assert.equal(refused.status, 409);
  assert.equal(refused.body.code, 'administrator_undecided');
  assert.match(refused.body.detail ?? refused.body.title, /GitLab: Owner/);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.status, 'left');
  const owner = { appId: gitlab.appId, entitlementId: found.roles[0]!.entitlementId, decision: 'take' };
  const said = (await world.owner('post', '/joining/preview', terms(personId, { fromBefore: [owner] }))).body.held as Held;
  assert.equal(said.find(({ appId }) => appId === gitlab.appId)!.roles[0]!.decision, 'take');

  const hired = await world.owner('post', '/joining', terms(personId, { fromBefore: [owner] }));
  assert.equal(hired.status, 200, JSON.stringify(hired.body));
  await world.settle();
  const tasks = (await world.owner('get', '/tasks?scope=all&limit=200')).body.rows as { id: string; title: string }[];
  const decide = tasks.find(({ title }) => title === 'Decide what Amara Okafor keeps from before')!;
  const { instructions } = (await world.owner('get', `/tasks/${decide.id}`)).body;
  assert.match(instructions, /GitLab: Developer/);
  assert.ok(!instructions.includes('Owner'));

  const before = gitlab.server.requests.length;
  for (const at of ['2027-02-04T09:00:00Z', '2027-02-04T09:00:05Z', '2027-02-04T09:00:10Z', '2027-02-04T09:01:00Z', '2027-02-04T09:05:00Z'])
    await world.at(at);
  assert.equal(gitlab.server.user(name).active, true);
  assert.deepEqual(groups(), ['Developer']);
  // The role goes before the account opens: at no moment is it an open account of an owner.
  const order = gitlab.server.requests
    .slice(before)
    .filter(({ method }) => method !== 'GET')
    .map(({ path }) => path.split('/')[3]);
  assert.deepEqual(order, ['Groups', 'Users']);
  // Postponed, the account closes before anything that was taken is put back, and loses it anew before it opens again.
  const { runId } = hired.body;
  const postponed = gitlab.server.requests.length;
  assert.equal((await world.owner('post', `/joining/${runId}/move`, { startDate: '2027-03-08' })).status, 200);
  await world.settle();
  for (const at of ['2027-02-04T09:06:00Z', '2027-02-04T09:07:00Z', '2027-03-04T09:00:00Z', '2027-03-04T09:00:10Z', '2027-03-04T09:01:00Z'])
    await world.at(at);
  const later = gitlab.server.requests.slice(postponed).filter(({ method }) => method !== 'GET');
  assert.deepEqual(
    later.map(({ path }) => path.split('/')[3]),
    ['Users', 'Groups', 'Groups', 'Users'],
  );
  assert.deepEqual(groups(), ['Developer']);
});

test('what an earlier time here had decided is asked anew, and a role that is to stay stays', async (t) => {
  const { world, gitlab, personId, groups } = await openWithLeaver(t);
  const held = async (more = {}) =>
    ((await world.owner('post', '/joining/preview', terms(personId, more))).body.held as Held).find(({ appId }) => appId === gitlab.appId)!
      .roles;
  const keep = { appId: gitlab.appId, entitlementId: (await held())[0]!.entitlementId, decision: 'keep' };
  assert.equal((await world.owner('post', '/joining', terms(personId, { fromBefore: [keep] }))).status, 200);
  await world.settle();
  for (const at of ['2027-02-04T09:00:00Z', '2027-02-04T09:00:10Z', '2027-02-04T09:01:00Z']) await world.at(at);
  assert.equal(gitlab.server.user(name).active, true);
  assert.deepEqual(groups().sort(), ['Developer', 'Owner']);
  await leave(world, personId, '2027-02-10T08:00:00Z');
  await world.at('2027-05-03T09:00:00Z');
  assert.deepEqual(
    (await held({ startDate: '2027-05-10' })).map(({ decision }) => decision),
    [null, null],
  );
  assert.equal((await world.owner('post', '/joining', terms(personId, { startDate: '2027-05-10' }))).status, 409);
});

test('who may hire and not decide about access cannot let an administrator stay one', async (t) => {
  const { world, gitlab, personId } = await openWithLeaver(t);
  const hr = await world.as(['hr']);
  const [owner] = ((await hr('post', '/joining/preview', terms(personId))).body.held as Held).find(
    ({ appId }) => appId === gitlab.appId,
  )!.roles;
  const say = (decision: string, appId = gitlab.appId) =>
    hr('post', '/joining', terms(personId, { fromBefore: [{ appId, entitlementId: owner!.entitlementId, decision }] }));
  assert.equal((await say('keep')).status, 403);
  assert.equal((await say('take', world.crm.appId)).body.code, 'held_changed');
  assert.equal((await say('take')).status, 200);
});

test('an account that is an administrator’s by no role that is known stays closed until its owner has made it a usual one', async (t) => {
  const { world, gitlab, personId, groups } = await openWithLeaver(t);
  await world.run(async (ctx) => {
    await ctx.db.deleteFrom('apps_grants').execute();
    await ctx.db.updateTable('apps_accounts').set({ is_admin: true }).where('app_id', '=', gitlab.appId).execute();
  });
  const found = ((await world.owner('post', '/joining/preview', terms(personId))).body.held as Held).find(
    ({ appId }) => appId === gitlab.appId,
  )!;
  assert.deepEqual(found.roles, [{ entitlementId: null, entitlement: null, isAdmin: true, decision: null }]);
  const fromBefore = [{ appId: gitlab.appId, entitlementId: null, decision: 'take' }];
  assert.equal((await world.owner('post', '/joining', terms(personId, { fromBefore }))).status, 200);
  await world.settle();
  for (const at of ['2027-02-04T09:00:00Z', '2027-02-04T09:00:10Z', '2027-02-04T09:01:00Z']) await world.at(at);
  assert.equal(world.directory.server.user(name).active, true);
  assert.equal(gitlab.server.user(name).active, false);
  const tasks = await asked(world);
  assert.equal(tasks.length, 1);
  const done = await world.owner('post', `/tasks/${tasks[0]!.id}/finish`, { note: 'Now a usual account.' });
  assert.equal(done.status, 204, JSON.stringify(done.body));
  for (const at of ['2027-02-04T09:02:00Z', '2027-02-04T09:02:10Z', '2027-02-04T09:03:00Z']) await world.at(at);
  assert.equal(gitlab.server.user(name).active, true);
  assert.ok(groups().length > 0);
});

test('a rule that mends by itself opens no account as an administrator’s that nobody has decided about', async (t) => {
  const { world, gitlab, personId } = await openWithLeaver(t);
  const rule = ((await world.owner('get', '/access-rules')).body.rows as { id: string; name: string; when: string }[]).find(
    (each) => each.name === 'GitLab for all',
  )!;
  const body = { name: rule.name, when: rule.when, grants: [{ appId: gitlab.appId }], mend: 'by-itself' };
  assert.equal((await world.owner('put', `/access-rules/${rule.id}`, body)).status, 200);
  // Not hired here: somebody only writes into the roster that they work again.
  assert.equal((await world.owner('PATCH', `/people/${personId}`, { startDate: '2027-01-15' })).status, 200);
  await world.settle();
  for (const at of ['2027-02-01T09:00:10Z', '2027-02-01T09:01:00Z']) await world.at(at);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.status, 'working');
  assert.equal(gitlab.server.user(name).active, false);
  type Row = { app: string; change: string; administratorAgain: boolean };
  const rows = (await world.owner('get', `/access-gap?personId=${personId}`)).body.rows as Row[];
  assert.ok(rows.some(({ app, change, administratorAgain }) => app === 'GitLab' && change === 'reopen' && administratorAgain));
  assert.equal((await asked(world)).length, 1);
});

test('what shows only after the hire that somebody would be an administrator again keeps that account closed, and is asked', async (t) => {
  const { world, gitlab, personId, groups } = await openWithLeaver(t);
  const user = gitlab.server.user(name).id;
  const group = gitlab.server.groups().find(({ displayName }) => displayName === 'Owner')!.id;
  const change = async (op: object) => {
    const body = JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [op] });
    const headers = { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' };
    assert.ok((await fetch(`${gitlab.server.baseUrl}/Groups/${group}`, { method: 'PATCH', headers, body })).ok);
    await world.read(gitlab.appId);
  };
  await change({ op: 'remove', path: `members[value eq "${user}"]` });
  assert.equal((await world.owner('post', '/joining', terms(personId))).status, 200);
  await world.settle();
  await change({ op: 'add', path: 'members', value: [{ value: user }] });
  for (const at of ['2027-02-04T09:00:00Z', '2027-02-04T09:00:10Z', '2027-02-04T09:01:00Z']) await world.at(at);
  assert.equal(world.directory.server.user(name).active, true);
  assert.equal(gitlab.server.user(name).active, false);
  assert.equal((await asked(world)).length, 1);
  const access = (await world.owner('get', `/people/${personId}/access`)).body.rows as { entitlement: string; entitlementId: string }[];
  const { entitlementId } = access.find(({ entitlement }) => entitlement === 'Owner')!;
  const decision = { personId, appId: gitlab.appId, entitlementId, decision: 'take' };
  assert.ok((await world.owner('post', '/access-decisions', decision)).status < 300);
  assert.equal((await asked(world)).length, 0);
  const { hash } = (await world.owner('get', `/access-gap?personId=${personId}`)).body;
  assert.equal((await world.owner('post', '/plans', { hash, personId })).status, 200);
  for (const at of ['2027-02-04T09:02:00Z', '2027-02-04T09:02:10Z', '2027-02-04T09:03:00Z']) await world.at(at);
  assert.equal(gitlab.server.user(name).active, true);
  assert.deepEqual(groups(), ['Developer']);
});

test('on the command line, a hire says what is still held and begins only once it is said whether an administrator stays one', async (t) => {
  const { world, personId } = await openWithLeaver(t);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'groundcrew-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const clockFile = path.join(folder, 'clock');
  writeFileSync(clockFile, world.clock.now().toString());
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: world.database.adminUrl,
    GROUNDCREW_SECRET_KEY: world.database.secretKey.toString('hex'),
    GROUNDCREW_DATA: folder,
    GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8',
    GROUNDCREW_CLOCK_FILE: clockFile,
  };
  const hire = (...more: string[]) =>
    new Promise<{ status: number; out: string; problem: string }>((resolve) => {
      const words = [
        'server/cli.ts',
        'hire',
        'Amara',
        'Okafor',
        '--start',
        '2027-02-08',
        '--again',
        personId,
        '--title',
        'Intern',
        ...more,
      ];
      execFile(process.execPath, words, { env: env as NodeJS.ProcessEnv }, (error, out, problem) =>
        resolve({ status: error ? Number(error.code) : 0, out, problem }),
      );
    });
  const first = await hire('--yes');
  assert.notEqual(first.status, 0);
  assert.match(first.out, /GitLab\/Owner \(administrator\): say --keep or --take/, first.problem);
  assert.match(first.out, /GitLab\/Developer: it stays until somebody decides/);
  assert.match(first.out, /Nothing was changed\./);
  assert.match((await hire('--take', 'GitLab/Nothing', '--yes')).problem, /They hold: .*GitLab\/Owner/);
  const second = await hire('--take', 'gitlab/owner', '--keep', 'GitLab/Developer', '--yes');
  assert.equal(second.status, 0, second.problem);
  assert.match(second.out, /GitLab\/Owner \(administrator\): it is taken away/);
  assert.match(second.out, /GitLab\/Developer: it stays\n/);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.status, 'joining');
});
