import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, test } from 'node:test';
import { addApp } from '../server/apps/index.ts';
import { renewDueHooks } from '../server/connections/hooks/renew-hooks.ts';
import { addConnection } from '../server/connections/index.ts';
import { ok } from './access-company.ts';
import { fixture as github } from './fakes/vendors/github.ts';
import { startGoogle } from './fakes/vendors/google.ts';
import { startMicrosoft } from './fakes/vendors/microsoft.ts';
import { fixture as okta } from './fakes/vendors/okta.ts';
import { fixture as slack } from './fakes/vendors/slack.ts';
import type { VendorFixture } from './fakes/vendors/vendor-fixture.ts';
import { type LeavingCompany, openCompany } from './leaving-company.ts';

let world: LeavingCompany;
const connections: Record<string, { appId: string; connectionId: string }> = {};
let google: Awaited<ReturnType<typeof startGoogle>>;
let graph: Awaited<ReturnType<typeof startMicrosoft>>;

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
const syncsOf = async (name: string): Promise<number> =>
  ok(await world.owner('get', `/apps/${connections[name]!.appId}/syncs`)).total as number;
const hookOf = async (name: string) => ok(await world.owner('get', `/connections/${connections[name]!.connectionId}/hook`));
const pathOf = (address: string) => new URL(address).pathname;
const later = (seconds: number) => world.at(world.clock.now().add({ seconds }).toString());

before(async (t) => {
  world = await openCompany(t as never, { at: '2026-11-26T08:00:00Z', env: { GROUNDCREW_URL: 'https://it.acme.example' } });
  const connect = async (
    name: string,
    connector: string,
    started: { settings: unknown; secrets: unknown; server: { stop(): Promise<void> } },
  ) => {
    (t as never as { after(work: () => Promise<void>): void }).after(() => started.server.stop());
    connections[name] = await world.run(async (ctx) => {
      const appId = await addApp(ctx, { name });
      return addConnection(ctx, { appId, connector, settings: started.settings, secrets: started.secrets, syncEveryMinutes: null });
    });
    await world.read(connections[name]!.appId);
  };
  const start = (fixture: VendorFixture) => fixture.start({ accounts: 3 });
  await connect('GitHub', 'github', await start(github));
  await connect('Slack', 'slack', await start(slack));
  graph = await startMicrosoft(3);
  await connect('Microsoft', 'microsoft', graph);
  await connect('Okta', 'okta', await start(okta));
  google = await startGoogle(3);
  google.state.now = world.clock.now().epochMilliseconds;
  await connect('Google', 'google', google);
});

test('what GitHub signs brings the next sync forward, once however often it comes; what it did not sign is refused', async () => {
  const params = `/connections/${connections.GitHub!.connectionId}/hook`;
  assert.equal((await hookOf('GitHub')).address, null);
  const { address, secret } = ok(await world.owner('post', params, {}));
  assert.ok(address.startsWith('https://it.acme.example/hooks/') && secret.length > 30);
  assert.equal(JSON.stringify(await hookOf('GitHub')).includes(secret), false, 'the secret is told once');
  await later(301);
  const before = await syncsOf('GitHub');
  const body = JSON.stringify({ action: 'member_removed', membership: { user: { login: 'nobody-of-ours' } } });
  const send = (signature: string, text = body, path = pathOf(address)) =>
    world.request(path, { method: 'POST', headers: { 'x-hub-signature-256': signature, 'content-type': 'application/json' }, body: text });
  assert.equal((await send('sha256=00')).status, 401);
  assert.equal((await send(`sha256=${hmac('another secret', body)}`)).status, 401);
  assert.equal((await send(`sha256=${hmac(secret, body)}`, `${body} `)).status, 401);
  assert.equal((await send(`sha256=${hmac(secret, body)}`, body, '/hooks/of-nobody')).status, 401);
  assert.equal((await world.request(pathOf(address))).status, 401);
  await world.settle();
  assert.equal(await syncsOf('GitHub'), before, 'what nobody signed starts nothing');
  for (let turn = 0; turn < 3; turn += 1) assert.equal((await send(`sha256=${hmac(secret, body)}`)).status, 200);
  await world.settle();
  assert.equal(await syncsOf('GitHub'), before + 1);
  assert.equal((await send(`sha256=${hmac(secret, body)}`)).status, 200);
  await world.settle();
  assert.equal(await syncsOf('GitHub'), before + 1, 'a repeated one waits until the app was left in peace');
  await later(301);
  assert.equal(await syncsOf('GitHub'), before + 2);
  assert.equal((await hookOf('GitHub')).lastHeardAt, '2026-11-26T08:05:01Z');
  ok(await world.owner('delete', params));
  assert.equal((await send(`sha256=${hmac(secret, body)}`)).status, 401);
});

test('Slack is answered its challenge, and an event of more than five minutes ago is refused, though it is signed', async () => {
  const params = `/connections/${connections.Slack!.connectionId}/hook`;
  assert.equal((await world.owner('post', params, {})).status, 422);
  const secret = '8f742231b10e8888abcd99yyyzzz85a5';
  const { address, secret: told } = ok(await world.owner('post', params, { secret }));
  assert.equal(told, null);
  const before = await syncsOf('Slack');
  const send = (body: object, at = Math.floor(world.clock.now().epochMilliseconds / 1_000), key = secret) => {
    const text = JSON.stringify(body);
    return world.request(pathOf(address), {
      method: 'POST',
      headers: { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${hmac(key, `v0:${at}:${text}`)}` },
      body: text,
    });
  };
  const asked = await send({ type: 'url_verification', challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' });
  assert.equal(await asked.text(), '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P');
  const now = Math.floor(world.clock.now().epochMilliseconds / 1_000);
  assert.equal((await send({ type: 'event_callback' }, now - 301)).status, 401);
  assert.equal((await send({ type: 'event_callback' }, now, 'another secret')).status, 401);
  assert.equal((await send({ type: 'event_callback', event: { type: 'team_join' } })).status, 200);
  await later(301);
  assert.equal(await syncsOf('Slack'), before + 1);
});

test('Microsoft is asked to call, answered its validation, believed only with our word in it, and asked again before it stops', async () => {
  const params = `/connections/${connections.Microsoft!.connectionId}/hook`;
  const { address, secret } = ok(await world.owner('post', params, {}));
  assert.equal(secret, null);
  await renewDueHooks(world.platform, world.organizationId);
  const [users, groups] = [...graph.state.subscriptions.values()];
  assert.equal(users!.notificationUrl, address);
  assert.deepEqual([users!.resource, groups!.resource], ['users', 'groups']);
  const hook = await hookOf('Microsoft');
  assert.deepEqual([hook.problem, hook.endsAt], [null, users!.expirationDateTime]);
  const validated = await world.request(`${pathOf(address)}?validationToken=Validation%3A%20Testing%20%3Cb%3E`, { method: 'POST' });
  assert.equal(await validated.text(), 'Validation: Testing <b>');
  assert.match(validated.headers.get('content-type') ?? '', /^text\/plain/);
  const before = await syncsOf('Microsoft');
  const send = (clientState: string) =>
    world.request(pathOf(address), {
      method: 'POST',
      body: JSON.stringify({ value: [{ subscriptionId: users!.id, clientState, changeType: 'updated', resource: 'users/1' }] }),
    });
  assert.equal((await send('not ours')).status, 401);
  assert.equal((await send(users!.clientState)).status, 202);
  await later(61);
  assert.equal(await syncsOf('Microsoft'), before + 1);
  await world.at(
    world.clock
      .now()
      .add({ hours: 24 * 8 })
      .toString(),
  );
  await renewDueHooks(world.platform, world.organizationId);
  assert.equal(graph.state.subscriptions.size, 2, 'the same two go on');
  assert.equal(users!.expirationDateTime, (await hookOf('Microsoft')).endsAt);
  assert.ok(users!.expirationDateTime > '2026-12-15');
  graph.state.subscriptions.clear();
  await world.at(
    world.clock
      .now()
      .add({ hours: 24 * 8 })
      .toString(),
  );
  await renewDueHooks(world.platform, world.organizationId);
  assert.equal(graph.state.subscriptions.size, 2, 'what Microsoft forgot is asked for anew');
  ok(await world.owner('delete', params));
  assert.equal(graph.state.subscriptions.size, 0, 'it is told that it need not call any more');
  assert.equal((await send(users!.clientState)).status, 401);
});

test('Google opens a channel for each kind of change, is believed only with our word, and gets new ones before they end', async () => {
  const params = `/connections/${connections.Google!.connectionId}/hook`;
  const { address } = ok(await world.owner('post', params, {}));
  google.state.now = world.clock.now().epochMilliseconds;
  await renewDueHooks(world.platform, world.organizationId);
  const [channel] = [...google.state.channels.values()];
  assert.equal(google.state.channels.size, 5);
  assert.equal(channel!.address, address);
  const before = await syncsOf('Google');
  const send = (token: string) =>
    world.request(pathOf(address), { method: 'POST', headers: { 'x-goog-channel-token': token, 'x-goog-resource-state': 'update' } });
  assert.equal((await send('not ours')).status, 401);
  assert.equal((await send(channel!.token)).status, 200);
  await later(301);
  assert.equal(await syncsOf('Google'), before + 1);
  await world.at(world.clock.now().add({ hours: 4 }).toString());
  google.state.now = world.clock.now().epochMilliseconds;
  await renewDueHooks(world.platform, world.organizationId);
  assert.equal(google.state.channels.size, 5, 'new ones stand for the old');
  assert.equal(google.state.channels.has(channel!.id), false);
  ok(await world.owner('delete', params));
  assert.equal(google.state.channels.size, 0);
});

test('Okta is answered its question, and believed only with the secret that was entered there', async () => {
  const params = `/connections/${connections.Okta!.connectionId}/hook`;
  const { address, secret } = ok(await world.owner('post', params, {}));
  const asked = await world.request(pathOf(address), { headers: { 'x-okta-verification-challenge': 'a "challenge"' } });
  assert.deepEqual(await asked.json(), { verification: 'a "challenge"' });
  const before = await syncsOf('Okta');
  const send = (authorization: string) =>
    world.request(pathOf(address), { method: 'POST', headers: { authorization }, body: JSON.stringify({ data: { events: [] } }) });
  assert.equal((await send('not ours')).status, 401);
  assert.equal((await send(secret)).status, 200);
  await later(301);
  assert.equal(await syncsOf('Okta'), before + 1);
});
