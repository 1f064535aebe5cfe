import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../../tests/database.ts';
import { codeOf, openPage, type Page } from '../../tests/setup/page-caller.ts';
import { softwarePasskey } from '../../tests/setup/software-passkey.ts';
import { openWorld, type World } from '../../tests/world.ts';
import { readConfig } from '../platform/config.ts';
import { openPlatform } from '../platform/platform.ts';
import { makeSetupLink } from './index.ts';
import { createFirstOwner } from './setup/create-first-owner.ts';

const password = 'correct horse battery staple';
const first = { organization: 'Fernhill', timeZone: 'Europe/Berlin', name: 'Ines Halvorsen', address: 'Ines@Fernhill.example', password };

const linkSecret = async (world: World) => (await makeSetupLink(world.platform))!.split('#')[1]!;

/** Sets up the first owner with password and authenticator app. Returns the key of the app and the recovery codes. */
async function setUp(world: World, page: Page): Promise<{ key: string; recoveryCodes: string[]; organizationId: string }> {
  const made = await page.call('POST', '/setup', { ...first, secret: await linkSecret(world) });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const app = await page.call('POST', '/second-factor/app', { password });
  assert.equal(app.status, 200, JSON.stringify(app.body));
  const confirmed = await page.call('POST', '/second-factor/app/confirm', { code: codeOf(app.body.key) });
  assert.equal(confirmed.status, 204, JSON.stringify(confirmed.body));
  return { ...app.body, organizationId: made.body.organizationId };
}

test('the set-up link makes the first owner, whose session opens nothing until the second factor stands', async (t) => {
  const world = await openWorld(t);
  const page = openPage(world.platform);
  const secret = await linkSecret(world);
  assert.equal((await page.call('POST', '/setup/check', { secret })).status, 204);
  const made = await page.call('POST', '/setup', { ...first, secret });
  assert.equal(made.body.organizationId, world.organizationId, 'what the command line made without anybody to sign in is taken over');
  assert.equal((await page.call('GET', '/session')).status, 401);
  assert.equal((await page.call('GET', '/sign-in')).body.state, 'enrol');
  const app = await page.call('POST', '/second-factor/app', { password });
  assert.match(app.body.uri, /^otpauth:\/\/totp\/Groundcrew:ines%40fernhill\.example\?secret=[A-Z2-7]+/);
  assert.equal(app.body.recoveryCodes.length, 10);
  assert.equal((await page.call('GET', '/session')).status, 401, 'shown is not confirmed');
  assert.equal((await page.call('POST', '/second-factor/app/confirm', { code: '000000' })).body.code, 'wrong_code');
  assert.equal((await page.call('POST', '/second-factor/app/confirm', { code: codeOf(app.body.key) })).status, 204);
  const session = await page.call('GET', '/session');
  assert.equal(session.body.name, 'Ines Halvorsen');
  assert.equal(session.body.role, 'Owner');
  assert.equal(session.body.organization.name, 'Fernhill');
  assert.equal(session.body.reach['members:manage'], 'all');
});

test('on an empty installation the set-up link makes the organization too', async (t) => {
  const database = await testDatabase();
  const config = readConfig({ GROUNDCREW_LOG: 'silent' });
  const platform = openPlatform({ config, adminUrl: database.adminUrl, secretKey: database.secretKey });
  t.after(async () => {
    await platform.close();
    await database.drop();
  });
  const page = openPage(platform);
  const secret = (await makeSetupLink(platform))!.split('#')[1]!;
  assert.equal((await page.call('POST', '/setup', { ...first, timeZone: 'Nowhere/Here', secret })).body.problems[0].field, 'timeZone');
  const made = await page.call('POST', '/setup', { ...first, secret });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  assert.notEqual(await makeSetupLink(platform), null, 'until the second factor stands a new start prints a new link');
  const app = await page.call('POST', '/second-factor/app', { password });
  await page.call('POST', '/second-factor/app/confirm', { code: codeOf(app.body.key) });
  assert.equal((await page.call('GET', '/session')).body.organization.id, made.body.organizationId);
  assert.equal(await makeSetupLink(platform), null);
});

test('a set-up link works once, ends with a newer one and after 24 hours, and none is made once somebody can sign in', async (t) => {
  const world = await openWorld(t);
  const page = openPage(world.platform);
  const older = await linkSecret(world);
  const newer = await linkSecret(world);
  assert.equal((await page.call('POST', '/setup/check', { secret: older })).status, 404);
  world.clock.advance({ hours: 25 });
  assert.equal((await page.call('POST', '/setup/check', { secret: newer })).status, 404);
  const again = await linkSecret(world);
  const both = await Promise.all(
    [1, 2].map((n) => openPage(world.platform).call('POST', '/setup', { ...first, address: `n${n}@fernhill.example`, secret: again })),
  );
  assert.deepEqual(both.map((each) => each.status).sort(), [200, 404], 'of two at once one wins');
  assert.notEqual(await makeSetupLink(world.platform), null, 'nobody can sign in yet');
  await setUp(world, page);
  assert.equal(await makeSetupLink(world.platform), null);
  await assert.rejects(createFirstOwner(world.platform, { ...first, secret: again }), { status: 404 });
  assert.equal((await world.run((ctx) => ctx.db.selectFrom('identity_organizations').selectAll().execute())).length, 1);
});

test('a password alone gives no session; with the code of the authenticator app, or a recovery code once, it does', async (t) => {
  const world = await openWorld(t);
  const { key, recoveryCodes } = await setUp(world, openPage(world.platform));
  const page = openPage(world.platform);
  assert.equal((await page.call('POST', '/sign-in/password', { address: first.address, password: 'wrong' })).body.code, 'wrong_password');
  assert.equal((await page.call('POST', '/sign-in/password', { address: 'nobody@x.example', password })).body.code, 'wrong_password');
  assert.equal((await page.call('POST', '/sign-in/password', { address: first.address, password })).body.next, 'code');
  assert.equal((await page.call('GET', '/session')).status, 401);
  assert.equal((await page.call('POST', '/second-factor/app', { password })).status, 401, 'no other second factor can be set up with it');
  assert.equal((await page.call('POST', '/sign-in/code', { code: '123456' })).body.code, 'wrong_code');
  const next = codeOf(key, Date.now() + 30_000);
  assert.equal((await page.call('POST', '/sign-in/code', { code: next })).status, 204);
  assert.equal((await page.call('GET', '/session')).status, 200);
  const thief = openPage(world.platform);
  await thief.call('POST', '/sign-in/password', { address: first.address, password });
  assert.equal((await thief.call('POST', '/sign-in/code', { code: next })).body.code, 'used_code', 'a code opens one session');
  assert.equal((await thief.call('GET', '/session')).status, 401);
  const { rows } = (await world.owner('GET', '/audit?action=member.signed-in')).body;
  assert.deepEqual(
    rows.map((row: { actorName: string; after: { method: string } }) => [row.actorName, row.after.method]),
    [
      [first.name, 'two-factor'],
      [first.name, 'two-factor'],
    ],
    'setting up and signing in are on record, the refused one is not',
  );
  assert.equal((await page.call('POST', '/session/end')).status, 204);
  assert.equal((await page.call('GET', '/session')).status, 401);
  for (const [expected, which] of [
    [204, recoveryCodes[0]],
    [401, recoveryCodes[0]],
  ] as const) {
    const other = openPage(world.platform);
    await other.call('POST', '/sign-in/password', { address: first.address, password });
    assert.equal((await other.call('POST', '/sign-in/recovery-code', { code: which })).status, expected);
  }
});

test('guessing passwords for one address is stopped, wherever it comes from, and goes on after 15 minutes', async (t) => {
  const world = await openWorld(t);
  await setUp(world, openPage(world.platform));
  let stopped = 0;
  for (let n = 0; n < 12; n += 1) {
    const answer = await openPage(world.platform).call(
      'POST',
      '/sign-in/password',
      { address: first.address, password: `wrong ${n}` },
      { 'x-forwarded-for': `192.0.2.${n}` },
    );
    if (answer.status === 429) stopped += 1;
  }
  assert.equal(stopped, 2);
  const right = { address: first.address, password };
  assert.equal((await openPage(world.platform).call('POST', '/sign-in/password', right)).status, 429);
  world.clock.advance({ minutes: 16 });
  assert.equal((await openPage(world.platform).call('POST', '/sign-in/password', right)).body.next, 'code');
});

test('one address on the network gets 20 tries in a minute', async (t) => {
  const world = await openWorld(t);
  await setUp(world, openPage(world.platform));
  const answers = [];
  for (let n = 0; n < 21; n += 1)
    answers.push(await openPage(world.platform).call('POST', '/sign-in/password', { address: `a${n}@x.example`, password: 'wrong' }));
  assert.equal(answers[19]!.status, 401);
  assert.equal(answers[20]!.body.code, 'too_often');
});

test('a passkey signs in without a password, and one that does not check its holder is refused', async (t) => {
  const world = await openWorld(t);
  const origin = world.platform.config.publicUrl;
  const page = openPage(world.platform);
  await page.call('POST', '/setup', { ...first, password: null, secret: await linkSecret(world) });
  const careless = softwarePasskey(origin, { verified: false });
  const begin = async () => (await page.call('POST', '/second-factor/passkey/options')).body.options;
  assert.equal((await begin()).authenticatorSelection.userVerification, 'required');
  assert.equal(
    (await page.call('POST', '/second-factor/passkey', { response: careless.make(await begin()) })).body.code,
    'passkey_refused',
  );
  const passkey = softwarePasskey(origin);
  const added = await page.call('POST', '/second-factor/passkey', { name: 'Laptop', response: passkey.make(await begin()) });
  assert.equal(added.status, 204, JSON.stringify(added.body));
  assert.equal((await page.call('GET', '/session')).status, 200);
  const other = openPage(world.platform);
  const { options } = (await other.call('POST', '/sign-in/passkey/options')).body;
  const elsewhere = { ...options, challenge: options.challenge.replace(/^./, (letter: string) => (letter === 'A' ? 'B' : 'A')) };
  assert.equal((await other.call('POST', '/sign-in/passkey', { response: passkey.use(elsewhere) })).body.code, 'passkey_refused');
  assert.equal((await other.call('GET', '/session')).status, 401);
  const { options: fresh } = (await other.call('POST', '/sign-in/passkey/options')).body;
  assert.equal(fresh.userVerification, 'required');
  const response = passkey.use(fresh);
  assert.equal((await other.call('POST', '/sign-in/passkey', { response })).status, 204);
  assert.equal((await other.call('GET', '/session')).status, 200);
  assert.notEqual(
    (await openPage(world.platform).call('POST', '/sign-in/passkey', { response })).status,
    204,
    'an answer is no use to somebody else',
  );
});

test('whoever knows the password of somebody with a passkey gets nowhere', async (t) => {
  const world = await openWorld(t);
  const page = openPage(world.platform);
  await page.call('POST', '/setup', { ...first, secret: await linkSecret(world) });
  const { options } = (await page.call('POST', '/second-factor/passkey/options')).body;
  const passkey = softwarePasskey(world.platform.config.publicUrl);
  await page.call('POST', '/second-factor/passkey', { response: passkey.make(options) });
  const thief = openPage(world.platform);
  assert.equal((await thief.call('POST', '/sign-in/password', { address: first.address, password })).body.next, 'passkey');
  assert.equal((await thief.call('GET', '/session')).status, 401);
  assert.equal((await thief.call('POST', '/second-factor/app', { password })).status, 403);
  assert.equal((await thief.call('POST', '/second-factor/passkey/options')).status, 403);
  assert.equal((await thief.call('POST', '/sign-in/password/change', { current: password, next: 'another long password' })).status, 401);
  const [{ id }] = (await page.call('GET', '/second-factor')).body.passkeys;
  assert.equal((await page.call('DELETE', `/second-factor/passkeys/${id}`)).body.code, 'last_factor');
});

test('sign-in takes nothing from another site, and a session changes nothing without the header of the page', async (t) => {
  const world = await openWorld(t);
  const page = openPage(world.platform);
  await setUp(world, page);
  const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const { createApp } = await import('../platform/http/create-app.ts');
  const { permissions, routes } = await import('../routes.ts');
  const { findVisitor } = await import('./index.ts');
  const app = createApp(world.platform, { routes: Object.values(routes), permissions, findVisitor });
  for (const [path, body] of [
    ['/sign-in/password', { address: first.address, password }],
    ['/organization', { name: 'Stolen' }],
  ] as const) {
    const method = path === '/organization' ? 'PATCH' : 'POST';
    const answer = await app.request(`/api/v1${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 403, path);
  }
  assert.equal(
    (await app.request('/api/auth/sign-up/email', { method: 'POST', body: '{}' })).status,
    404,
    'the library has no address of its own',
  );
  assert.equal(
    (await page.call('POST', '/sign-in/password/change', { current: password, next: 'four other unrelated words' })).status,
    204,
  );
  assert.equal((await page.call('GET', '/session')).status, 200);
});

test('cookies are HttpOnly and SameSite, and Secure where the public address is https', async (t) => {
  const world = await openWorld(t, { env: { GROUNDCREW_URL: 'https://ops.fernhill.example' } });
  const { createApp } = await import('../platform/http/create-app.ts');
  const { permissions, routes } = await import('../routes.ts');
  const { findVisitor } = await import('./index.ts');
  const app = createApp(world.platform, { routes: Object.values(routes), permissions, findVisitor });
  const answer = await app.request('/api/v1/setup', {
    method: 'POST',
    headers: { 'x-groundcrew': 'page', 'content-type': 'application/json' },
    body: JSON.stringify({ ...first, secret: await linkSecret(world) }),
  });
  const [cookie = ''] = answer.headers.getSetCookie();
  assert.match(cookie, /^__Secure-groundcrew\.session_token=/);
  for (const attribute of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i, /; Path=\//i]) assert.match(cookie, attribute);
});
