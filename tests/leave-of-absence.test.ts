import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followAbsences, mendByTime } from '../server/access/index.ts';
import { address, ok, openAccessCompany } from './access-company.ts';

const headers = { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' };
const operations = (Operations: object[]) => JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });

type Server = { baseUrl: string; users(): any[]; groups(): any[] };
const user = (server: Server, name: string) => server.users().find(({ userName }) => userName === address(name));
const groupsOf = (server: Server, name: string): string[] =>
  server
    .groups()
    .filter(({ members }) => (members ?? []).some(({ value }: any) => value === user(server, name)?.id))
    .map(({ displayName }) => displayName)
    .sort();
const patch = (url: string, ...Operations: object[]) => fetch(url, { method: 'PATCH', headers, body: operations(Operations) });

/**
 * Ann works in Auckland. CRM gives her Archive from before and Deals by a rule, Chat is open, Wiki was suspended before, Mail stays usable, badges are
 * worked by hand.
 */
async function company(t: Parameters<typeof openAccessCompany>[0]) {
  const world = await openAccessCompany(t, { at: '2026-11-20T08:00:00Z' });
  const maya = await world.member('Maya', 'Office');
  const ann = await world.member('Ann', 'Sales', { timeZone: 'Pacific/Auckland' });
  const others = [{ userName: 'robot@acme.example' }];
  const crm = await world.scimmyApp('CRM', {
    users: [
      { userName: address('Ann'), address: address('Ann'), groups: ['Archive'] },
      { userName: 'robot@acme.example', groups: ['Deals', 'Other'] },
    ],
  });
  const chat = await world.scimApp('Chat', { users: [{ userName: address('Ann') }, ...others] });
  const wiki = await world.scimApp('Wiki', { users: [{ userName: address('Ann'), active: false }, ...others] });
  const mail = await world.scimApp('Mail', { users: [{ userName: address('Ann') }, ...others], signIn: true });
  const badges = await world.manualApp('Badges', {
    ownerPersonId: maya,
    accounts: [{ addresses: [address('Ann')], userName: address('Ann') }],
  });
  await world.rule({
    name: 'Sales',
    when: 'person.department == "Sales"',
    grants: [{ appId: crm.appId, entitlement: 'Deals' }, { appId: chat.appId }],
    mend: 'by-itself',
  });
  await world.apply();
  await world.later(2);
  assert.deepEqual(groupsOf(crm.server, 'Ann'), ['Archive', 'Deals']);
  const follow = followAbsences(world.platform);
  const mend = mendByTime(world.platform);
  const passes = async (at: string) => {
    await world.at(at);
    await follow();
    await mend();
    await world.settle();
    await world.later(5);
    await follow();
    await world.settle();
  };
  const set = async (body: object) => {
    const answer = ok(
      await world.owner('put', `/people/${ann}/absence`, { from: null, until: null, suspends: true, keepAppIds: [mail.appId], ...body }),
    );
    await world.settle();
    await world.later(4);
    return answer;
  };
  const absence = async () => ok(await world.owner('get', `/people/${ann}/absence`));
  const open = () => ({
    crm: user(crm.server, 'Ann').active,
    chat: user(chat.server, 'Ann').active,
    wiki: user(wiki.server, 'Ann').active,
    mail: user(mail.server, 'Ann').active,
  });
  const tasks = async () =>
    (
      await world.run((ctx) => ctx.db.selectFrom('tasks_tasks').select(['id', 'title', 'status']).where('status', '=', 'open').execute())
    ).map(({ title }) => title);
  return { world, ann, maya, crm, chat, wiki, mail, badges, passes, set, absence, open, tasks };
}

const asBefore = { crm: true, chat: true, wiki: false, mail: true };
const away = { crm: false, chat: false, wiki: false, mail: true };

test('accounts are suspended from the first day where the person is, nothing is taken meanwhile, and the return restores exactly', async (t) => {
  const { world, ann, crm, passes, set, absence, open, tasks } = await company(t);
  const planned = await set({ from: '2026-12-01', until: '2026-12-14' });
  assert.deepEqual(
    planned.accounts.map(({ app, how }: any) => [app, how]),
    [
      ['Mail', 'kept'],
      ['Badges', 'by-hand'],
      ['Chat', 'machine'],
      ['CRM', 'machine'],
      ['Wiki', 'suspended'],
    ],
  );
  assert.equal(planned.absence.status, 'planned');
  // 1 December begins in Auckland at 11:00 UTC the day before.
  await passes('2026-11-30T10:59:00Z');
  assert.deepEqual(open(), asBefore);
  await passes('2026-11-30T11:00:00Z');
  assert.deepEqual(open(), away);
  assert.deepEqual(await tasks(), ['Suspend Badges for Ann Test while they are away']);
  assert.deepEqual(
    (await absence()).absence.lines.map(({ app, status }: any) => [app, status]),
    [
      ['Badges', 'asked'],
      ['CRM', 'verified'],
      ['Chat', 'verified'],
    ],
  );
  // The app takes the group away with the suspension; the rule gives neither that nor the account back while she is away.
  const deals = crm.server.groups().find(({ displayName }: any) => displayName === 'Deals') as any;
  await patch(`${crm.server.baseUrl}/Groups/${deals.id}`, { op: 'remove', path: `members[value eq "${user(crm.server, 'Ann').id}"]` });
  await world.read(crm.appId);
  await world.later(3);
  assert.deepEqual(groupsOf(crm.server, 'Ann'), ['Archive']);
  const departments = ok(await world.owner('get', '/departments')).rows;
  const move = (name: string) =>
    world.owner('PATCH', `/people/${ann}`, { departmentId: departments.find((each: any) => each.name === name).id });
  ok(await move('Office'));
  await world.settle();
  assert.equal((await world.gap(`&personId=${ann}`)).total, 0);
  ok(await move('Sales'));
  await world.settle();
  await passes('2026-12-14T10:59:00Z');
  assert.deepEqual(open(), away);
  await passes('2026-12-14T11:00:00Z');
  assert.deepEqual(open(), asBefore);
  assert.deepEqual(groupsOf(crm.server, 'Ann'), ['Archive', 'Deals']);
  assert.deepEqual(await tasks(), [], 'nobody had suspended the badge, so nobody is asked to open it');
  assert.equal((await absence()).absence, null);
  const [row] = await world.run((ctx) => ctx.db.selectFrom('access_absences').select(['status']).execute());
  assert.equal(row?.status, 'over');
  assert.equal((await world.gap(`&personId=${ann}`)).total, 0);
});

test('an open leave ends when somebody says so; one that is called off before it begins touches nothing; what somebody did by hand is asked back', async (t) => {
  const { world, ann, passes, set, absence, open, tasks } = await company(t);
  await set({ from: '2026-12-01' });
  await set({ from: null });
  await passes('2026-12-02T08:00:00Z');
  assert.deepEqual(open(), asBefore);
  assert.equal((await absence()).absence, null);
  await set({ from: '2026-12-02' });
  await passes('2026-12-02T09:00:00Z');
  assert.deepEqual(open(), away);
  const [{ id }] = (await world.run((ctx) => ctx.db.selectFrom('tasks_tasks').select('id').where('status', '=', 'open').execute())) as [
    { id: string },
  ];
  ok(await world.owner('post', `/tasks/${id}/finish`, { note: 'Suspended in the console.' }));
  await world.settle();
  const changed = await world.owner('put', `/people/${ann}/absence`, { from: '2026-12-02', until: null, suspends: true, keepAppIds: [] });
  assert.deepEqual([changed.status, changed.body.code], [409, 'leave_began']);
  await passes('2027-03-01T09:00:00Z');
  assert.deepEqual(open(), away);
  await set({ from: null });
  await passes('2027-03-01T09:10:00Z');
  assert.deepEqual(open(), asBefore);
  assert.deepEqual(await tasks(), ['Reopen Badges for Ann Test']);
});

test('dates that change move what has not happened; a leave that goes on after all while it was given back is suspended and restored whole', async (t) => {
  const { set, passes, open, absence } = await company(t);
  await set({ from: '2026-12-01', until: '2026-12-03' });
  await set({ from: '2026-12-05', until: '2026-12-08' });
  await passes('2026-12-02T08:00:00Z');
  assert.deepEqual(open(), asBefore);
  await passes('2026-12-05T08:00:00Z');
  assert.deepEqual(open(), away);
  await set({ from: '2026-12-01', until: '2026-12-04' });
  await passes('2026-12-05T09:00:00Z');
  assert.equal(open().crm, true, 'given back early');
  await set({ from: '2026-12-01', until: '2026-12-20' });
  await passes('2026-12-06T09:00:00Z');
  assert.deepEqual(open(), away);
  assert.equal((await absence()).absence.status, 'away');
  await passes('2026-12-21T09:00:00Z');
  assert.deepEqual(open(), asBefore);
});

test('a leave that turns into leaving is closed by the exit, which the return does not undo; an exit that is taken back gives the leave its due', async (t) => {
  const { world, ann, set, passes, open, absence } = await company(t);
  await set({ from: '2026-11-25', until: '2026-12-10' });
  await passes('2026-11-26T08:00:00Z');
  assert.deepEqual(open(), away);
  const left = ok(await world.owner('post', '/leaving', { personIds: [ann], terms: { at: 'now' } }));
  await world.settle();
  await world.later(5);
  assert.deepEqual(open(), { ...away, mail: false });
  await passes('2026-12-12T08:00:00Z');
  assert.deepEqual(open(), { ...away, mail: false });
  const runId = left.runs?.[0]?.id ?? left.rows?.[0]?.runId ?? ok(await world.owner('get', `/runs?personId=${ann}`)).rows[0].id;
  ok(await world.owner('post', `/runs/${runId}/rescind`, { reason: 'She stays after all.' }));
  await world.settle();
  await world.later(5);
  await passes('2026-12-12T09:00:00Z');
  assert.deepEqual(open(), asBefore);
  assert.equal((await absence()).absence, null);
});
