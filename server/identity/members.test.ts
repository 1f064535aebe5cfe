import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, openPage } from '../../tests/setup/page-caller.ts';
import { openWorld, type World } from '../../tests/world.ts';
import { addMember, createOrganization } from './index.ts';
import { isSoleOwner } from './members/owners.ts';

const password = 'correct horse battery staple';

const linkOf = async (world: World, address: string, organizationId?: string) => {
  const mail = await world.run(
    (ctx) =>
      ctx.db
        .selectFrom('platform_mail')
        .select('body')
        .where('to_address', '=', address)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow(),
    organizationId,
  );
  return mail.body.match(/\/invitation#([\w-]+)/)![1]!;
};
const enrol = async (page: ReturnType<typeof openPage>) => {
  const app = await page.call('POST', '/second-factor/app', { password });
  assert.equal(app.status, 200, JSON.stringify(app.body));
  assert.equal((await page.call('POST', '/second-factor/app/confirm', { code: codeOf(app.body.key) })).status, 204);
};

test('an invitation acts only when its button is pressed, works once, and gives the roles it names', async (t) => {
  const world = await openWorld(t);
  const invited = await world.owner('POST', '/members', { name: 'Owen Bright', address: 'owen@fernhill.example', roles: ['hr'] });
  assert.equal(invited.status, 200, JSON.stringify(invited.body));
  const secret = await linkOf(world, 'owen@fernhill.example');
  const page = openPage(world.platform);
  for (const _ of [1, 2]) {
    const seen = await page.call('POST', '/invitation/check', { secret });
    assert.deepEqual(
      [seen.body.organization, seen.body.name, seen.body.purpose, seen.body.hasSignIn],
      ['Fernhill Instruments', 'Owen Bright', 'join', false],
    );
  }
  assert.equal((await page.call('POST', '/invitation/accept', { secret, as: 'new', password: 'short' })).body.code, 'bad_password');
  assert.equal((await page.call('POST', '/invitation/accept', { secret, as: 'new', password })).body.next, 'enrol');
  assert.equal((await page.call('GET', '/session')).status, 401);
  await enrol(page);
  const session = await page.call('GET', '/session');
  assert.deepEqual(session.body.roles, ['hr']);
  assert.equal((await openPage(world.platform).call('POST', '/invitation/accept', { secret, as: 'new', password })).status, 404);
  assert.equal((await page.call('POST', '/members', { name: 'X', address: 'x@x.example', roles: ['owner'] })).status, 403);
});

test('the other owners hear at once who was given a role that sees exits, and from whom', async (t) => {
  const world = await openWorld(t);
  await world.run((ctx) => addMember(ctx, { name: 'Lena Brandt', address: 'lena@fernhill.example', roles: ['owner'] }));
  const told = () =>
    world.run((ctx) =>
      ctx.db
        .selectFrom('platform_mail')
        .select(['to_address', 'subject', 'body'])
        .where('subject', 'like', '%the role%')
        .orderBy('id')
        .execute(),
    );
  const invite = (address: string, roles: string[]) => world.owner('POST', '/members', { name: 'Owen Bright', address, roles });
  const { memberId } = (await invite('owen@elsewhere.example', ['employee'])).body;
  assert.equal((await told()).length, 0);
  await world.owner('PUT', `/members/${memberId}/roles`, { roles: ['employee', 'ops'] });
  await invite('second.self@elsewhere.example', ['owner', 'hr']);
  const mails = await told();
  assert.deepEqual(
    mails.map((mail) => [mail.to_address, mail.subject.replace(/^.* gave/, 'Somebody gave')]),
    [
      ['lena@fernhill.example', 'Somebody gave Owen Bright the role Operations'],
      ['lena@fernhill.example', 'Somebody gave Owen Bright the role Owner, HR'],
    ],
  );
  assert.match(
    mails[1]!.body,
    /second\.self@elsewhere\.example.*\n\nIf you did not expect this, take the role away: .*\/settings\/members/s,
  );
});

test('an invitation ends with a newer one, after seven days and with the membership', async (t) => {
  const world = await openWorld(t);
  const { memberId } = (await world.owner('POST', '/members', { name: 'Owen', address: 'owen@fernhill.example', roles: ['hr'] })).body;
  const older = await linkOf(world, 'owen@fernhill.example');
  assert.equal((await world.owner('POST', `/members/${memberId}/invitation`)).status, 200);
  const newer = await linkOf(world, 'owen@fernhill.example');
  const check = async (secret: string) => (await openPage(world.platform).call('POST', '/invitation/check', { secret })).status;
  assert.deepEqual([await check(older), await check(newer)], [404, 200]);
  assert.equal((await world.owner('POST', `/members/${memberId}/disable`, {})).status, 204);
  assert.equal(await check(newer), 404);
  assert.equal((await world.owner('POST', `/members/${memberId}/enable`)).status, 204);
  await world.owner('POST', `/members/${memberId}/invitation`);
  const last = await linkOf(world, 'owen@fernhill.example');
  world.clock.advance({ hours: 24 * 7 + 1 });
  assert.equal(await check(last), 404);
});

test('one sign-in opens several organizations; the header chooses, and none but their own', async (t) => {
  const world = await openWorld(t);
  const second = await createOrganization(world.platform, { name: 'Second', timeZone: 'UTC' });
  const foreign = await createOrganization(world.platform, { name: 'Foreign', timeZone: 'UTC' });
  const page = openPage(world.platform);
  await world.owner('POST', '/members', { name: 'Owen', address: 'owen@fernhill.example', roles: ['ops'] });
  await page.call('POST', '/invitation/accept', { secret: await linkOf(world, 'owen@fernhill.example'), as: 'new', password });
  await enrol(page);
  const otherOwner = await world.as(['owner'], { organizationId: second });
  await otherOwner('POST', '/members', { name: 'Owen B.', address: 'Owen@Fernhill.example', roles: ['auditor'] });
  const secret = await linkOf(world, 'Owen@Fernhill.example', second);
  const stranger = await openPage(world.platform).call('POST', '/invitation/accept', {
    secret,
    as: 'new',
    password: 'a password of an attacker',
  });
  assert.equal(stranger.body.code, 'has_sign_in', 'an invitation never replaces the password of somebody who signs in already');
  assert.equal((await page.call('POST', '/invitation/accept', { secret, as: 'signed-in' })).body.next, 'done');
  const at = async (organization?: string) =>
    page.call('GET', '/session', undefined, organization ? { 'x-organization': organization } : {});
  assert.equal((await at()).body.organization.name, 'Fernhill Instruments');
  assert.deepEqual((await at(second)).body.roles, ['auditor']);
  assert.deepEqual(
    (await at()).body.organizations.map((each: { name: string }) => each.name),
    ['Fernhill Instruments', 'Second'],
  );
  assert.equal((await at(foreign)).status, 404);
  assert.equal((await at('nonsense')).status, 404);
  assert.equal((await page.call('PATCH', '/organization', { name: 'X' }, { 'x-organization': second })).status, 403);
});

test('without a mail server no owner gets the link that replaces somebody’s sign-in; a narrow token neither makes owners nor gets a link', async (t) => {
  const world = await openWorld(t);
  const page = openPage(world.platform);
  const { memberId } = (await world.owner('POST', '/members', { name: 'Owen', address: 'owen@fernhill.example', roles: ['ops'] })).body;
  await page.call('POST', '/invitation/accept', { secret: await linkOf(world, 'owen@fernhill.example'), as: 'new', password });
  await enrol(page);
  assert.equal((await world.owner('POST', `/members/${memberId}/invitation`)).body.code, 'no_mail_server');
  const narrow = await world.as(['owner'], { scopes: ['members:manage'] });
  const wanted = { name: 'Second Self', address: 'self@elsewhere.example' };
  for (const role of ['owner', 'ops', 'hr', 'auditor']) {
    assert.equal((await narrow('POST', '/members', { ...wanted, roles: [role] })).status, 403, role);
    assert.equal(
      (await narrow('PUT', `/members/${narrow.memberId}/roles`, { roles: ['owner', role] })).status,
      role === 'owner' ? 204 : 403,
    );
  }
  assert.equal((await narrow('POST', '/members', { ...wanted, roles: ['employee'] })).body.link, null);
});

test('an owner lets somebody set up their sign-in anew, but not when it opens another organization too', async (t) => {
  const world = await openWorld(t, { env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  const page = openPage(world.platform);
  const { memberId } = (await world.owner('POST', '/members', { name: 'Owen', address: 'owen@fernhill.example', roles: ['ops'] })).body;
  await page.call('POST', '/invitation/accept', { secret: await linkOf(world, 'owen@fernhill.example'), as: 'new', password });
  await enrol(page);
  assert.equal((await world.owner('POST', `/members/${memberId}/invitation`)).status, 200);
  const secret = await linkOf(world, 'owen@fernhill.example');
  assert.equal((await page.call('GET', '/session')).status, 200, 'sent is not used');
  const anew = openPage(world.platform);
  assert.equal((await anew.call('POST', '/invitation/check', { secret })).body.purpose, 'reset');
  assert.equal(
    (await anew.call('POST', '/invitation/accept', { secret, as: 'new', password: 'another long password' })).body.next,
    'enrol',
  );
  assert.equal((await page.call('GET', '/session')).status, 401, 'sessions from before have ended');
  assert.equal(
    (await openPage(world.platform).call('POST', '/sign-in/password', { address: 'owen@fernhill.example', password })).body.code,
    'wrong_password',
  );
  const user = await world.run((ctx) =>
    ctx.db.selectFrom('identity_members').select('user_id').where('id', '=', memberId).executeTakeFirstOrThrow(),
  );
  const second = await createOrganization(world.platform, { name: 'Second', timeZone: 'UTC' });
  await world.run(
    (ctx) => addMember(ctx, { name: 'Owen', address: 'owen@fernhill.example', roles: ['owner'], userId: user.user_id }),
    second,
  );
  assert.equal((await world.owner('POST', `/members/${memberId}/invitation`)).body.code, 'belongs_elsewhere');
});

test('the last owner cannot be removed or demoted, also not when two go at once', async (t) => {
  const world = await openWorld(t);
  const roles = (id: string, to: string[]) => world.owner('PUT', `/members/${id}/roles`, { roles: to });
  assert.equal((await roles(world.ownerMemberId, ['ops'])).body.code, 'last_owner');
  assert.equal((await world.owner('POST', `/members/${world.ownerMemberId}/disable`, {})).body.code, 'last_owner');
  assert.equal(await world.run((ctx) => isSoleOwner(ctx, world.ownerMemberId)), true);
  const other = await world.as(['owner', 'hr']);
  assert.equal(await world.run((ctx) => isSoleOwner(ctx, world.ownerMemberId)), false);
  const both = await Promise.all([roles(world.ownerMemberId, ['ops']), other('POST', `/members/${other.memberId}/disable`, {})]);
  assert.deepEqual(both.map((each) => each.status).sort(), [204, 409]);
});

test('whoever is disabled is out at once, with session and tokens', async (t) => {
  const world = await openWorld(t);
  const hr = await world.as(['hr']);
  assert.equal((await hr('GET', '/session')).status, 200);
  assert.equal((await world.owner('POST', `/members/${hr.memberId}/disable`, { reason: 'Left' })).status, 204);
  assert.equal((await hr('GET', '/session')).status, 401);
  assert.equal((await world.owner('POST', `/members/${hr.memberId}/enable`)).status, 204);
  assert.equal((await hr('GET', '/session')).status, 200);
});

test('a member’s changes are in the audit with before and after', async (t) => {
  const world = await openWorld(t);
  const hr = await world.as(['hr']);
  await world.owner('PUT', `/members/${hr.memberId}/roles`, { roles: ['hr', 'ops'] });
  const [entry] = await world.run((ctx) =>
    ctx.db
      .selectFrom('platform_audit_events as e')
      .innerJoin('platform_audit_values as v', 'v.event_id', 'e.id')
      .select(['v.before', 'v.after', 'v.actor_name'])
      .where('e.action', '=', 'member.roles-changed')
      .execute(),
  );
  assert.deepEqual(entry, { before: { roles: ['hr'] }, after: { roles: ['hr', 'ops'] }, actor_name: 'Ines Halvorsen' });
});

test('the link of an invitation is shown to whoever invites only where no mail can carry it', async (t) => {
  for (const [env, expected] of [
    [{}, true],
    [{ SMTP_URL: 'smtp://mail.fernhill.example' }, false],
  ] as const) {
    const world = await openWorld(t, { env });
    const invited = await world.owner('POST', '/members', { name: 'Owen', address: 'owen@fernhill.example', roles: ['hr'] });
    assert.equal(/\/invitation#[\w-]{43}$/.test(invited.body.link ?? ''), expected);
  }
});
