// What a SCIM server may answer, by error or by intent: a line never vanishes, nothing false is said, and nobody else waits for it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOrganization } from '../../server/identity/index.ts';
import { jobs } from '../../server/jobs.ts';
import { openCompany } from '../leaving-company.ts';
import { ok } from './request-and-answer.ts';
import { connectScim, nothing, oneUser, scimList, scimUser, scriptedScim } from './scripted-scim.ts';

type Company = Awaited<ReturnType<typeof openCompany>>;

const lastSync = async (company: Company, appId: string) => ok(await company.owner('get', `/apps/${appId}/syncs`)).rows[0];

const leaveNow = async (company: Company, personId: string) =>
  ok(await company.owner('post', '/leaving', { personIds: [personId], terms: { at: 'now' } })).runIds[0] as string;

const later = async (company: Company, minutes: number) => {
  for (let minute = 0; minute < minutes; minute += 1) {
    company.clock.advance({ minutes: 1 });
    await company.settle();
  }
};

test('whatever text an app refuses with, the line stays, says why, and a person is asked', async (t) => {
  for (const detail of ['no \\ud800 way', `${'x'.repeat(299)}😀 and more`, 'a\\u0000b', 'y'.repeat(5_000)]) {
    const company = await openCompany(t);
    const noor = await company.person({ givenName: 'Noor' });
    const ada = await company.person({ givenName: 'Ada', managerId: noor });
    const { baseUrl } = await scriptedScim(t, (method, url) =>
      method === 'GET' ? oneUser(url, scimUser('ada')) : { status: 400, body: `{"detail":"${detail}"}` },
    );
    await connectScim(company, 'Chat', baseUrl);
    await company.settle();
    const runId = await leaveNow(company, ada);
    await company.settle();
    await later(company, 8);
    const [action] = ok(await company.owner('get', `/runs/${runId}`)).actions;
    assert.equal(action.status, 'retrying', detail.slice(0, 20));
    assert.match(action.problem, /did not take the request \(400\)\. It said: "/);
    assert.ok(action.problem.isWellFormed());
    assert.ok(action.task_id, 'somebody is asked');
  }
});

test('an action that fails in Groundcrew itself keeps its line, says so, and a person is asked', async (t) => {
  const company = await openCompany(t);
  const ada = await company.person({ givenName: 'Ada' });
  await company.person({ givenName: 'Noor' });
  const { baseUrl } = await scriptedScim(t, (_method, url) => oneUser(url, scimUser('ada')));
  await connectScim(company, 'Chat', baseUrl);
  await company.settle();
  const runId = await leaveNow(company, ada);
  await company.run((ctx) =>
    ctx.db
      .updateTable('connections_connections')
      .set({ secrets_sealed: Buffer.from('not sealed at all') })
      .execute(),
  );
  await company.settle();
  await later(company, 8);
  const [action] = ok(await company.owner('get', `/runs/${runId}`)).actions;
  assert.equal(action.status, 'retrying');
  assert.match(action.problem, /^Groundcrew itself failed while it worked on Chat\./);
  assert.ok(action.task_id, 'somebody is asked');
});

test('a suspension is sent and verified without waiting for the groups of the app', async (t) => {
  const company = await openCompany(t);
  const ada = await company.person({ givenName: 'Ada' });
  await company.person({ givenName: 'Noor' });
  let active = true;
  const groups = Array.from({ length: 60 }, (_, index) => `{"id":"g${index}","displayName":"g${index}"}`);
  const { baseUrl, seen } = await scriptedScim(t, (method, url) => {
    if (method !== 'GET') active = false;
    if (url.pathname.includes('/Groups/')) return { body: '{"id":"x","members":[{"value":"ada"}]}' };
    if (url.pathname.endsWith('/Groups')) return url.searchParams.has('filter') ? { status: 400, body: '{}' } : scimList(groups);
    return oneUser(url, scimUser('ada', '', active));
  });
  await connectScim(company, 'Chat', baseUrl);
  await company.settle();
  const runId = await leaveNow(company, ada);
  // The whole app is read afresh for an exit; the suspension follows a second later and reads no group.
  await company.settle();
  assert.equal(active, true);
  seen.length = 0;
  await later(company, 1);
  assert.equal(active, false);
  assert.equal(ok(await company.owner('get', `/runs/${runId}`)).actions[0].status, 'verified');
  assert.deepEqual(
    seen.filter((call) => call.includes('/Groups')),
    [],
  );
});

test('an account that the app renumbers before the cut-off is not said to be gone, by the line or by a later reading', async (t) => {
  const company = await openCompany(t);
  const ada = await company.person({ givenName: 'Ada' });
  await company.person({ givenName: 'Noor' });
  let id = 'one';
  const { baseUrl, seen } = await scriptedScim(t, (_method, url) => {
    const user = `{"id":"${id}","userName":"ada","active":true,"groups":[],"emails":[{"value":"ada@acme.example"}]}`;
    if (url.pathname.includes('/Users/') && !url.pathname.endsWith(`/Users/${id}`)) return nothing;
    return oneUser(url, user);
  });
  const appId = await connectScim(company, 'Chat', baseUrl);
  await company.settle();
  const terms = { at: '2026-11-27T17:00' };
  const [runId] = ok(await company.owner('post', '/leaving', { personIds: [ada], terms })).runIds;
  await company.settle();
  await company.at('2026-11-27T15:59:50Z');
  id = 'two';
  await company.at('2026-11-27T16:00:10Z');
  await later(company, 2);
  const line = async () =>
    ok(await company.owner('get', `/runs/${runId}`)).actions.find(({ task_id: taskId }: { task_id: string | null }) => taskId);
  const action = await line();
  assert.deepEqual([action.status, action.observed], ['asked', 'another account of that name, active']);
  assert.match(action.problem, /shows another one named ada \(active\)/);
  assert.deepEqual(
    seen.filter((call) => !call.startsWith('GET')),
    [],
  );
  await company.read(appId);
  const { actions } = ok(await company.owner('get', `/runs/${runId}`));
  assert.ok(actions.every(({ observed }: { observed: string }) => observed !== 'no such account'));
});

const long = (length: number) => Array.from({ length }, (_, index) => ((index * 7919) % 36).toString(36)).join('');
const odd: Record<string, { rows: string[]; accounts: number; refused: number; words?: RegExp }> = {
  'NUL in a name': { rows: [scimUser('ada', ',"displayName":"a\\u0000b"')], accounts: 1, refused: 0 },
  'half a character in a name': { rows: [scimUser('ada', ',"displayName":"a\\ud800b"')], accounts: 1, refused: 0 },
  'NUL in an id': { rows: [scimUser('bo'), scimUser('a\\u0000b')], accounts: 1, refused: 1, words: /1 account was refused/ },
  'half a character in an id': { rows: [scimUser('bo'), scimUser('a\\ud800b')], accounts: 1, refused: 1 },
  'an id of 12 kB': { rows: [scimUser('bo'), scimUser(long(12_000))], accounts: 1, refused: 1 },
  'an address of 12 kB': {
    rows: [`{"id":"q","userName":"q","active":true,"emails":[{"value":"${long(12_000)}@acme.example"}]}`],
    accounts: 1,
    refused: 0,
    words: /1 address or group was left out/,
  },
  'a group id of 12 kB': { rows: [scimUser('bo', `,"groups":[{"value":"${long(12_000)}","display":"x"}]`)], accounts: 1, refused: 0 },
  'a name of 5 MB': { rows: [scimUser('ada', `,"displayName":"${'y'.repeat(5_000_000)}"`)], accounts: 1, refused: 0 },
};

test('one odd record of an account stops no reading: it is kept as far as it can be, or refused and counted', async (t) => {
  for (const [name, { rows, accounts, refused, words }] of Object.entries(odd)) {
    const company = await openCompany(t);
    const { baseUrl } = await scriptedScim(t, (_method, url) => {
      if (url.pathname.endsWith('/Users')) return scimList(rows);
      return url.pathname.endsWith('/Groups') ? scimList([]) : nothing;
    });
    const appId = await connectScim(company, 'Odd', baseUrl);
    await company.settle();
    const sync = await lastSync(company, appId);
    assert.deepEqual([sync.status, sync.counts.refused, sync.counts.added], ['done', refused, accounts], `${name}: ${sync.problem}`);
    const reading = ok(await company.owner('get', `/syncs/${sync.id}`));
    // What refused a record is not shown as whole.
    assert.equal(reading.declaredComplete ?? reading.declared_complete ?? sync.declaredComplete, refused === 0, name);
    if (words) assert.match(reading.notes.join(' '), words, name);
    const kept = JSON.stringify(ok(await company.owner('get', `/apps/${appId}/accounts`)).rows);
    assert.ok(kept.isWellFormed() && kept.length < 10_000, name);
  }
});

test('accounts of more text than can be taken in end the reading in words', async (t) => {
  const company = await openCompany(t);
  let page = 0;
  const group = (user: number) => (_: unknown, index: number) => `{"value":"${user}-${index}","display":"${'z'.repeat(300)}"}`;
  const { baseUrl } = await scriptedScim(t, (_method, url) => {
    if (!url.pathname.endsWith('/Users')) return url.pathname.endsWith('/Groups') ? scimList([]) : nothing;
    const users = Array.from({ length: 10 }, () =>
      scimUser(`u${page++}`, `,"groups":[${Array.from({ length: 4_900 }, group(page)).join()}]`),
    );
    return scimList(users, 10_000);
  });
  const appId = await connectScim(company, 'Fat', baseUrl);
  await company.settle();
  const sync = await lastSync(company, appId);
  assert.deepEqual([sync.status, sync.problem], ['failed', 'Its accounts hold more text than can be taken in. Nothing was changed.']);
});

test('what fails in Groundcrew while a reading is taken in ends that reading in words', async (t) => {
  const company = await openCompany(t);
  const { baseUrl } = await scriptedScim(t, (_method, url) => oneUser(url, scimUser('ada')));
  const appId = await connectScim(company, 'Chat', baseUrl);
  await company.run((ctx) =>
    ctx.db
      .updateTable('connections_connections')
      .set({ secrets_sealed: Buffer.from('not sealed at all') })
      .execute(),
  );
  await company.settle();
  const sync = await lastSync(company, appId);
  assert.deepEqual([sync.status, sync.problem], ['failed', 'Groundcrew could not take in what was given to it. Nothing was changed.']);
});

test('a list that never ends is given up after a quarter of an hour, in words, and not asked again at once', async (t) => {
  const company = await openCompany(t);
  let page = 0;
  const { baseUrl } = await scriptedScim(t, (_method, url) => {
    if (!url.pathname.endsWith('/Users')) return url.pathname.endsWith('/Groups') ? scimList([]) : nothing;
    company.clock.advance({ minutes: 1 });
    return { body: `{"Resources":[${scimUser(`u${page++}`, ',"groups":[]')}]}` };
  });
  const appId = await connectScim(company, 'Endless', baseUrl);
  await company.settle();
  const sync = await lastSync(company, appId);
  assert.deepEqual([sync.status, sync.problem], ['failed', 'Its accounts could not be read within 15 minutes. Nothing was changed.']);
  assert.ok(page <= 16, `${page} pages`);
  assert.equal(ok(await company.owner('get', `/apps/${appId}`)).accounts, 0);
});

test('an organization whose apps answer slowly keeps no other organization waiting, and its own readings take turns', async (t) => {
  const company = await openCompany(t);
  const other = await createOrganization(company.platform, { name: 'Other', timeZone: 'UTC' });
  const released = Promise.withResolvers<void>();
  t.after(() => released.resolve());
  const slow = await scriptedScim(t, async (_method, url) => {
    await released.promise;
    return oneUser(url, scimUser('ada', ',"groups":[]'));
  });
  const good = await scriptedScim(t, (_method, url) => oneUser(url, scimUser('ada', ',"groups":[]')));
  for (const name of ['Slow 1', 'Slow 2', 'Slow 3']) await connectScim(company, name, slow.baseUrl);
  await company.platform.jobs.start(company.platform, jobs);
  const statuses = async (organizationId?: string) =>
    (await company.run((ctx) => ctx.db.selectFrom('connections_syncs').select('status').execute(), organizationId)).map(
      ({ status }) => status,
    );
  const until = async (what: string, isSo: () => Promise<boolean>) => {
    const end = performance.now() + 25_000;
    while (!(await isSo())) {
      assert.ok(performance.now() < end, what);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await until('a slow one begins', async () => (await statuses()).includes('running'));
  await connectScim(company, 'Good', good.baseUrl, other);
  await until('the other organization is read', async () => (await statuses(other)).join() === 'done');
  assert.equal((await statuses()).filter((status) => status === 'running').length, 1);
  released.resolve();
  await until('all three have had their turn', async () => (await statuses()).every((status) => status === 'done'));
});
