import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openJoiningCompany } from './joining-company.ts';

test('an invitation shows the new colleague their first days and nothing of others; what they say is kept; on the first morning one tap answers', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const { runId, personId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  await world.at('2026-11-16T08:00:00Z');
  const secret = await world.link('amara@home.example');
  const opened = (await world.anybody('post', '/welcome', { secret })).body;
  assert.equal(opened.name, 'Amara Okafor');
  assert.equal(opened.workAddress, 'amara.okafor@acme.example');
  assert.equal(opened.manager, 'Maya Brandt');
  assert.equal(opened.signIn, null);
  assert.ok(!JSON.stringify(opened).includes('contract is signed'));
  assert.equal(opened.timeline.filter((each: { title: string }) => each.title === 'Your accounts are opened').length, 1);
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret, everything: true })).status, 409);
  const said = { preferredName: 'Mara', deliveryAddress: 'Rua do Sol 4, Lisbon', keyboard: 'Portuguese' };
  assert.equal((await world.anybody('post', '/welcome/save', { secret, ...said })).status, 204);
  assert.deepEqual((await world.joining(runId)).welcome.given, said);
  assert.equal((await world.owner('get', `/people/${personId}`)).body.name, 'Mara Okafor');
  await world.at('2026-11-30T08:00:00Z');
  await world.at('2026-11-30T09:10:00Z');
  const morning = (await world.anybody('post', '/welcome', { secret })).body;
  assert.equal(morning.isDayOne, true);
  const missing = [
    { key: morning.things.find((thing: { what: string }) => thing.what === 'Badges').key, what: 'Badges', cause: 'account' },
  ];
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret, everything: false, missing })).status, 204);
  await world.at('2026-11-30T12:00:00Z');
  const lost = (await world.joining(runId)).lost.find((each: { what: string }) => each.what === 'Badges');
  assert.equal(lost.cause, 'account');
  assert.equal(lost.days, 0.5);
  const today = (await world.owner('get', '/today')).body;
  assert.ok(JSON.stringify(today).includes('Missing for Mara Okafor'));
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret, everything: true })).status, 204);
  const after = await world.joining(runId);
  assert.equal(after.firstMorning, 'everything');
  assert.ok(after.lost.every((each: { until: string | null }) => each.until !== null));
  // What is said weeks later has not lacked since the first morning.
  await world.at('2026-12-16T09:00:00Z');
  const late = [{ key: null, what: 'Second screen', cause: 'device' }];
  assert.equal((await world.anybody('post', '/welcome/first-morning', { secret, everything: false, missing: late })).status, 204);
  await world.at('2026-12-16T13:00:00Z');
  assert.equal((await world.joining(runId)).lost.find((each: { what: string }) => each.what === 'Second screen').days, 0.5);
});

test('an invitation opens only for who holds its newest link, and not after a hire is called off', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-16T09:00:00Z' });
  const { runId } = await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  const old = await world.link('amara@home.example');
  assert.equal((await world.anybody('post', '/welcome', { secret: old })).status, 200);
  world.clock.set('2026-11-16T09:05:00Z');
  assert.equal((await world.owner('post', `/joining/${runId}/welcome`, { to: 'manager' })).status, 200);
  assert.equal((await world.anybody('post', '/welcome', { secret: old })).status, 404);
  const fresh = await world.link('maya@acme.example');
  assert.equal((await world.anybody('post', '/welcome', { secret: fresh })).status, 200);
  for (const wrong of ['x', `${fresh.slice(0, -4)}AAAA`, fresh.slice(1)])
    assert.equal((await world.anybody('post', '/welcome', { secret: wrong })).status, 404);
  await world.owner('post', `/joining/${runId}/no-show`, { reason: 'Withdrew.' });
  assert.equal((await world.anybody('post', '/welcome', { secret: fresh })).status, 404);
});

test('a first password is chosen once with the invitation, handed to the directory, and stands in no mail, log or table', async (t) => {
  const world = await openJoiningCompany(t, { at: '2026-11-02T09:00:00Z' });
  const connection = (await world.owner('get', '/connections')).body.rows.find((row: { app: string }) =>
    JSON.stringify(row).includes('Directory'),
  );
  const changed = await world.owner('PATCH', `/connections/${connection.id}`, {
    settings: { baseUrl: world.directory.server.baseUrl, firstPassword: 'invitation' },
  });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  await world.hire({ givenName: 'Amara', startDate: '2026-11-30' });
  await world.at('2026-11-26T09:00:00Z');
  await world.at('2026-11-26T09:00:05Z');
  const secret = await world.link('amara@home.example');
  assert.equal((await world.anybody('post', '/welcome', { secret })).body.signIn.password, 'choose');
  assert.equal((await world.anybody('post', '/welcome/password', { secret, password: 'short' })).status, 422);
  const password = 'correct horse battery staple';
  assert.equal((await world.anybody('post', '/welcome/password', { secret, password })).status, 200);
  assert.equal(world.directory.server.user('amara.okafor@acme.example').password, password);
  assert.equal((await world.anybody('post', '/welcome/password', { secret, password: 'another long password' })).status, 409);
  assert.equal((await world.anybody('post', '/welcome', { secret })).body.signIn.password, 'chosen');
  const traces = await world.run(async (ctx) => [
    ...(await ctx.db.selectFrom('platform_mail').selectAll().execute()),
    ...(await ctx.db.selectFrom('platform_audit_values').selectAll().execute()),
    ...(await ctx.db.selectFrom('playbooks_runs').selectAll().execute()),
  ]);
  assert.ok(!JSON.stringify(traces).includes(password));
});
