import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comeIn, companyWithOidc, oidcSettings, onRoster, password, tryIt } from '../../../tests/company-world.ts';
import type { Account } from '../../../tests/fakes/company-providers/start-oidc-provider.ts';
import { codeOf, openPage, type Page } from '../../../tests/setup/page-caller.ts';
import type { World } from '../../../tests/world.ts';

const owen: Account = { email: 'owen@fernhill.example', email_verified: true, name: 'Owen Bright', groups: [] };
const groupRoles = [
  { group: 'Finance-Team', role: 'finance' },
  { group: 'hr-team', role: 'hr' },
];
const withGroups = { groupsClaim: 'groups', groupRoles };
const owenOnRoster = (world: World) => onRoster(world, { givenName: 'Owen', familyName: 'Bright', workAddress: 'owen@fernhill.example' });
const sessionOf = async (page: Page) => (await page.call('GET', '/session')).body;
const memberOf = async (world: World, address: string) =>
  (await world.owner('GET', '/members')).body.rows.find((row: { address: string }) => row.address === address);

test('roles follow the groups at each sign-in; what was given by hand stays; every change is on record', async (t) => {
  const world = await companyWithOidc(t, { accounts: { owen }, settings: withGroups });
  await owenOnRoster(world);
  world.provider.signedInAs = 'owen';
  const rolesWith = async (groups: string[]) => {
    world.provider.accounts.owen = { ...owen, groups };
    const page = openPage(world.platform);
    const came = await comeIn(page, world.organizationId);
    assert.equal(came.status, 200, JSON.stringify(came.body));
    return (await sessionOf(page)).roles.sort();
  };
  assert.deepEqual(await rolesWith(['finance-team']), ['finance']);
  assert.deepEqual(await rolesWith(['finance-team', 'hr-team', 'other']), ['finance', 'hr']);
  assert.deepEqual(await rolesWith([]), ['employee']);
  assert.deepEqual(await rolesWith(['hr-team']), ['hr'], 'employee was given for want of a group, and goes');
  const { id } = await memberOf(world, 'owen@fernhill.example');
  await world.owner('PUT', `/members/${id}/roles`, { roles: ['hr', 'auditor'] });
  assert.deepEqual(await rolesWith([]), ['auditor'], 'only the role of the group is taken');
  assert.deepEqual(await rolesWith(['finance-team']), ['auditor', 'finance']);
  const { rows } = (await world.owner('GET', '/audit?action=member.roles-changed')).body;
  const byGroups = rows.filter((row: { reason: string | null }) => row.reason === 'Groups at the company’s provider');
  assert.equal(byGroups.length, 5);
  assert.equal(byGroups[0].actorName, 'Company sign-in');
  const told = await world.run((ctx) =>
    ctx.db.selectFrom('platform_mail').select('subject').where('subject', 'like', '%the role HR').execute(),
  );
  assert.ok(told.length >= 1, 'the owners are told of a role that sees much');
});

test('whom no group gives a role is refused where the settings say so, and what the groups gave is gone at once', async (t) => {
  const world = await companyWithOidc(t, { accounts: { owen }, settings: { ...withGroups, withoutGroup: 'refuse' } });
  await owenOnRoster(world);
  world.provider.signedInAs = 'owen';
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).body.code, 'no_role');
  assert.equal(await memberOf(world, 'owen@fernhill.example'), undefined, 'nobody was made');
  world.provider.accounts.owen = { ...owen, groups: ['hr-team'] };
  const earlier = openPage(world.platform);
  await comeIn(earlier, world.organizationId);
  assert.equal((await earlier.call('GET', '/members')).status, 200);
  world.provider.accounts.owen = owen;
  const refused = await comeIn(openPage(world.platform), world.organizationId);
  assert.match(refused.body.detail, /None of your groups at the provider gives you a role/);
  assert.equal((await earlier.call('GET', '/members')).status, 403, 'the session from before has no role any more');
});

test('an existing member is linked by an address of the company’s domain; afterwards by who they are, whatever their address', async (t) => {
  const world = await companyWithOidc(t, { accounts: { owen, other: owen } });
  const { memberId } = (await world.owner('POST', '/members', { name: 'Owen', address: 'owen@fernhill.example', roles: ['ops'] })).body;
  world.provider.signedInAs = 'owen';
  const page = openPage(world.platform);
  assert.equal((await comeIn(page, world.organizationId)).status, 200);
  assert.deepEqual([(await sessionOf(page)).memberId, (await sessionOf(page)).roles], [memberId, ['ops']]);
  world.provider.accounts.owen = { ...owen, email: 'owen.married@fernhill.example' };
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).status, 200);
  world.provider.signedInAs = 'other';
  assert.equal(
    (await comeIn(openPage(world.platform), world.organizationId)).body.code,
    'address_taken',
    'an address that somebody else has now',
  );
  assert.equal((await world.owner('DELETE', `/members/${memberId}/company-identity`)).status, 204);
  assert.equal((await page.call('GET', '/session')).status, 200);
  await world.drain();
  assert.equal((await page.call('GET', '/session')).status, 401, 'sessions of the earlier one end');
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).status, 200, 'made again at the provider, linked anew');
  await world.owner('POST', `/members/${memberId}/disable`, {});
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).body.code, 'access_ended');
});

test('an owner is not linked by an address that the provider does not confirm, but by trying it while signed in', async (t) => {
  const unconfirmed: Account = { email: 'ines@fernhill.example', name: 'Somebody' };
  const world = await companyWithOidc(t, { accounts: { attacker: unconfirmed } });
  await world.run((ctx) => ctx.db.deleteFrom('identity_company_identities').execute());
  world.provider.signedInAs = 'attacker';
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).body.code, 'owner_unverified');
  world.provider.signedInAs = 'ines';
  assert.equal((await tryIt(world.page, world.organizationId)).body.trial.linked, true);
  const page = openPage(world.platform);
  assert.equal((await comeIn(page, world.organizationId)).status, 200);
  assert.deepEqual((await sessionOf(page)).roles, ['owner']);
});

test('a session by the company opens that one organization and changes nobody’s own sign-in', async (t) => {
  const world = await companyWithOidc(t);
  const second = (await world.page.call('POST', '/organizations', { name: 'Second', timeZone: 'UTC' })).body.organizationId;
  const page = openPage(world.platform);
  assert.equal((await comeIn(page, world.organizationId)).status, 200);
  const session = await sessionOf(page);
  assert.deepEqual(
    session.organizations.map((each: { name: string }) => each.name),
    ['Fernhill'],
    'Ines owns the second too, by the same address',
  );
  assert.equal((await page.call('GET', '/session', undefined, { 'x-organization': second })).status, 404);
  const refused = [
    ['GET', '/second-factor', undefined],
    ['POST', '/second-factor/app', { password }],
    ['POST', '/second-factor/passkey/options', undefined],
    ['POST', '/sign-in/password/change', { current: password, next: 'another long password' }],
    ['POST', '/second-factor/recovery-codes', { password }],
  ] as const;
  for (const [method, path, body] of refused) assert.equal((await page.call(method, path, body)).status, 403, path);
  assert.equal((await page.call('POST', '/organizations', { name: 'Third', timeZone: 'UTC' })).body.code, 'signed_in_by_company');
  const other = await world.as(['owner'], { organizationId: second });
  const audit = (await other('GET', '/audit?action=member.signed-in')).body.rows;
  assert.equal(audit.filter((row: { after: { method: string } }) => row.after.method === 'company').length, 0);
});

test('a provider of one organization signs nobody in to another, also where the same address is a member of both', async (t) => {
  const world = await companyWithOidc(t, { accounts: { owen } });
  const second = (await world.page.call('POST', '/organizations', { name: 'Second', timeZone: 'UTC' })).body.organizationId;
  world.provider.signedInAs = 'owen';
  const page = openPage(world.platform);
  const begun = await page.call('POST', `/sign-in/company/${second}/begin`, {});
  assert.equal(begun.body.code, 'not_offered');
  const first = await page.call('POST', `/sign-in/company/${world.organizationId}/begin`, {});
  const state = new URL(first.body.address).searchParams.get('state')!;
  const crossed = await page.call('POST', `/sign-in/company/${second}/finish`, { answer: { state, code: 'x' } });
  assert.equal(crossed.status, 404);
  const header = { 'x-organization': second };
  const theirs = { ...oidcSettings(world.provider), domains: ['fernhill.example'] };
  assert.equal((await world.page.call('PUT', '/company-sign-in', theirs, header)).status, 204);
  assert.equal((await page.call('POST', `/sign-in/company/${second}/finish`, { answer: { state, code: 'x' } })).body.code, 'begin_again');
});

test('a domain is known once it is on in one organization, never told apart by person, and of nobody where two name it', async (t) => {
  const world = await companyWithOidc(t);
  const find = async (address: string) =>
    (await openPage(world.platform).call('POST', '/sign-in/company/find', { address })).body.organizationId;
  assert.equal(await find('ines@fernhill.example'), world.organizationId);
  assert.equal(await find('nobody.at.all@FERNHILL.example'), world.organizationId);
  assert.equal(await find('ines@elsewhere.example'), null);
  assert.equal(await find('nonsense'), null);
  const second = (await world.page.call('POST', '/organizations', { name: 'Second', timeZone: 'UTC' })).body.organizationId;
  const header = { 'x-organization': second };
  await world.page.call('PUT', '/company-sign-in', oidcSettings(world.provider), header);
  await world.run((ctx) => ctx.db.updateTable('identity_company_sign_in').set({ on_since: ctx.now.toString() }).execute(), second);
  assert.equal(await find('ines@fernhill.example'), null);
});

test('settings that cannot work or would let strangers in are refused beside their field, and the secret is never told', async (t) => {
  const world = await companyWithOidc(t);
  const refusals: [object, string, RegExp][] = [
    [{ domains: [] }, 'domains', /at least one domain/],
    [{ domains: ['gmail.com'] }, 'domains', /Anybody in the world/],
    [{ domains: ['victim.example'] }, 'domains', /nothing shows that it is yours/],
    [{ domains: ['%.example'] }, 'domains', /no domain/],
    [{ groupRoles }, 'groupsClaim', /in which claim/],
    [{ kind: 'google' }, 'issuer', /accounts\.google\.com/],
    [{ clientId: ' ' }, 'clientId', /client id/],
    [{ kind: 'saml', certificates: ['hello'], signInAddress: 'x' }, 'signInAddress', /sign-in address/],
    [{ kind: 'saml', certificates: ['hello'], signInAddress: 'https://x.example' }, 'certificates', /no certificate/],
    [{ groupRoles: [{ group: 'admins', role: 'owner' }], groupsClaim: 'groups' }, 'groupRoles.0.role', /./],
  ];
  for (const [more, field, words] of refusals) {
    const answer = await world.page.call('PUT', '/company-sign-in', oidcSettings(world.provider, more));
    const problem = answer.body.problems?.find((each: { field: string }) => each.field === field);
    assert.equal(answer.status, 422, JSON.stringify([more, answer.body]));
    assert.match(problem?.message ?? '', words, JSON.stringify([more, answer.body]));
  }
  const entra = await world.page.call(
    'PUT',
    '/company-sign-in',
    oidcSettings({ issuer: 'https://login.microsoftonline.com/common/v2.0' }, { kind: 'entra' }),
  );
  assert.notEqual(entra.status, 204);
  assert.equal((await world.page.call('PUT', '/company-sign-in', oidcSettings({ issuer: 'http://127.0.0.1:1' }))).status, 422);
  const shown =
    JSON.stringify((await world.page.call('GET', '/company-sign-in')).body) +
    JSON.stringify((await world.owner('GET', '/audit?limit=200')).body);
  assert.equal(shown.includes('a secret between the two'), false);
  const kept = await world.page.call('PUT', '/company-sign-in', { ...oidcSettings(world.provider), clientSecret: undefined });
  assert.equal(kept.status, 204);
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).status, 200, 'a secret that is left out stays');
});

test('enforced, passkeys and passwords open nothing but for owners named for emergencies, whose use is told to the others', async (t) => {
  const world = await companyWithOidc(t, { accounts: { owen } });
  await owenOnRoster(world);
  const state = (to: string, breakGlass: string[] = []) => world.page.call('PUT', '/company-sign-in/state', { state: to, breakGlass });
  const { owners } = (await world.page.call('GET', '/company-sign-in')).body;
  const ines = owners.find((each: { name: string }) => each.name === 'Ines Halvorsen').id;
  const second = await world.as(['owner'], { name: 'Second owner' });
  assert.equal((await state('enforced')).body.code, 'no_way_in');
  assert.equal((await state('enforced', [second.memberId])).body.code, 'no_way_in', 'who has no sign-in of their own does not count');
  assert.equal((await state('enforced', [ines])).status, 204);
  const signIn = async () => {
    const page = openPage(world.platform);
    await page.call('POST', '/sign-in/password', { address: 'ines@fernhill.example', password });
    await world.platform.authPool.query('delete from auth.used_codes');
    assert.equal((await page.call('POST', '/sign-in/code', { code: codeOf(world.key) })).status, 204);
    return page;
  };
  const emergency = await signIn();
  assert.equal((await emergency.call('GET', '/session')).status, 200);
  const mails = await world.run((ctx) =>
    ctx.db.selectFrom('platform_mail').select('body').where('subject', 'like', '%past the company%').execute(),
  );
  assert.equal(mails.length, owners.length, 'each other owner is told');
  const [entry] = (await world.owner('GET', '/audit?action=member.signed-in')).body.rows;
  assert.equal(entry.after.breakGlass, true);
  await world.run((ctx) =>
    ctx.db
      .updateTable('identity_company_sign_in')
      .set({ break_glass: [second.memberId] })
      .execute(),
  );
  const shut = await emergency.call('GET', '/session');
  assert.deepEqual([shut.status, shut.body.code], [403, 'company_sign_in_only'], 'a session from before ends, too');
  assert.equal((await emergency.call('POST', '/session/end')).status, 204, 'and can be left');
  assert.equal((await comeIn(emergency, world.organizationId)).status, 200);
  assert.equal((await emergency.call('GET', '/session')).status, 200);
  await world.owner('POST', `/members/${second.memberId}/disable`, {});
  assert.equal((await (await signIn()).call('GET', '/session')).status, 200, 'with the last of them gone nobody is locked out');
});

test('another provider has to be tried again, and is not put in place of one that is switched on', async (t) => {
  const world = await companyWithOidc(t);
  const save = (more: object) => world.page.call('PUT', '/company-sign-in', oidcSettings(world.provider, more));
  assert.equal((await save({ clientId: 'another' })).body.code, 'switched_on');
  assert.equal((await world.page.call('DELETE', '/company-sign-in')).body.code, 'switched_on');
  assert.equal((await save({ sessionHours: 8 })).status, 204);
  await world.page.call('PUT', '/company-sign-in/state', { state: 'off' });
  assert.equal((await save({ clientId: 'another' })).status, 204);
  assert.equal((await world.page.call('PUT', '/company-sign-in/state', { state: 'on' })).body.code, 'not_tried');
  assert.equal((await save({})).status, 204);
  assert.equal(
    (await world.page.call('PUT', '/company-sign-in/state', { state: 'on' })).status,
    204,
    'the one that was tried needs no second try',
  );
  const page = openPage(world.platform);
  await comeIn(page, world.organizationId);
  assert.equal((await page.call('GET', '/session')).status, 200);
  await world.page.call('PUT', '/company-sign-in/state', { state: 'off' });
  assert.equal((await page.call('GET', '/session')).status, 401, 'switched off, its sessions open nothing');
});
