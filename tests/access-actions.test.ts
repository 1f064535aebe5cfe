import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdBack, planJoining, undoPlan } from '../server/access/index.ts';
import { recordReading } from '../server/apps/index.ts';
import { address, ok, openAccessCompany } from './access-company.ts';
import { account } from './leaving-company.ts';

const boundaries = [
  'actions.claimed',
  'action.read-before',
  'action.answered',
  'action.answer-recorded',
  'action.outcome',
  'action.recorded',
];

test('a process that dies at any boundary while it makes accounts and gives groups makes none twice', async (t) => {
  for (const boundary of boundaries) {
    const world = await openAccessCompany(t);
    await world.member('Ann', 'Sales');
    const { appId, server } = await world.scimmyApp('CRM', { users: [{ userName: 'robot@acme.example', groups: ['Standard'] }] });
    await world.rule({ name: 'All', when: 'true', grants: [{ appId, entitlement: 'Standard' }] });
    const before = world.platform.boundary;
    let died = 0;
    let dead = false;
    world.platform.boundary = (name) => {
      // Once for the account and once for the group: from there on nothing of that process happens.
      if (name === boundary && died < 2) {
        died += 1;
        dead = true;
      }
      if (dead && (name === boundary || name === 'action.outcome')) {
        dead = name !== 'action.outcome' && boundary !== 'actions.claimed' && boundary !== 'action.recorded';
        throw new Error(`killed at ${boundary}`);
      }
    };
    await world.apply();
    for (let turn = 0; turn < 8; turn += 1) await world.at(world.clock.now().add({ seconds: 150 }).toString());
    world.platform.boundary = before;
    assert.ok(died > 0, boundary);
    const users = server.users().filter(({ userName }) => userName === address('Ann'));
    assert.equal(users.length, 1, boundary);
    assert.equal(server.groups()[0]!.members.filter(({ value }) => value === users[0]!.id).length, 1, boundary);
    assert.equal(
      server.requests.filter(({ method, path, status }) => method === 'POST' && /Users/.test(path) && status < 300).length,
      1,
      boundary,
    );
    const { rows } = ok(await world.owner('get', '/plans'));
    assert.deepEqual([rows[0].status, rows[0].counts.settled], ['applied', 2], boundary);
    const people = ok(await world.owner('get', '/people?search=ann')).rows;
    const access = ok(await world.owner('get', `/people/${people[0].id}/access`)).rows;
    assert.deepEqual(
      access.map((row: any) => [row.entitlement, row.is, row.origin]),
      [
        [null, 'held', 'rule'],
        ['Standard', 'held', 'rule'],
      ],
      boundary,
    );
  }
});

test('an account that is there is taken over and not made again, one of somebody else is asked about, and without a work address nothing is made', async (t) => {
  const world = await openAccessCompany(t);
  const { appId, server } = await world.scimmyApp('CRM', {
    users: [
      { userName: 'ann@acme.example', givenName: 'Somebody' },
      { userName: 'bob@acme.example', active: false },
      { userName: 'cem@acme.example' },
    ],
  });
  const ann = await world.member('Ann', 'Sales');
  const bob = await world.member('Bob', 'Sales');
  const cem = await world.member('Cem', 'Sales');
  const dot = await world.member('Dot', 'Sales', { workAddress: null as never });
  // The account of that name is known as somebody else's.
  const { rows } = ok(await world.owner('get', `/apps/${appId}/accounts`));
  const of = (name: string) => rows.find((row: any) => row.userName === name).id;
  ok(await world.owner('post', `/accounts/${of('cem@acme.example')}/match`, { personId: ann }));
  await world.rule({ name: 'All', when: 'true', grants: [{ appId }] });
  await world.apply();
  await world.later(40);
  assert.equal(server.users().length, 3);
  assert.equal(server.user('bob@acme.example').active, true, 'a suspended one is reopened');
  const [plan] = ok(await world.owner('get', '/plans')).rows;
  const { lines } = ok(await world.owner('get', `/plans/${plan.id}`));
  assert.deepEqual(
    lines.map((line: any) => [line.person, line.status]),
    [
      ['Bob Test', 'verified'],
      ['Cem Test', 'asked'],
    ],
  );
  assert.match(lines[1].words, /known as Ann Test’s.*did not touch it/);
  const gap = await world.gap();
  assert.deepEqual(
    gap.rows.map((row: any) => row.person),
    ['Dot Test'],
  );
  assert.match(gap.rows[0].words, /no work address yet/);
  assert.equal((await world.apply()).status, 'nothing');
  for (const id of [ann, bob, cem, dot]) ok(await world.owner('get', `/people/${id}/access`));
});

test('somebody whose leaving begins gets nothing more: what rules had open is withdrawn, and an account made meanwhile is closed with the others', async (t) => {
  const world = await openAccessCompany(t);
  const ann = await world.member('Ann', 'Sales');
  await world.member('Bob', 'Sales');
  const { appId, server } = await world.scimmyApp('CRM', { users: [{ userName: 'robot@acme.example' }] });
  const badges = await world.manualApp('Badges', {});
  ok(await world.owner('post', '/leaving', { personIds: [ann], terms: { at: '2026-11-27T17:00' } }));
  await world.rule({ name: 'All', when: 'true', grants: [{ appId }, { appId: badges }] });
  const { planId } = await world.apply();
  assert.equal(server.user(address('Ann')).active, true);
  await world.at('2026-11-27T16:00:00Z');
  await world.at('2026-11-27T16:00:10Z');
  assert.equal(server.user(address('Ann')).active, false);
  assert.equal(server.user(address('Bob')).active, true);
  const { lines } = ok(await world.owner('get', `/plans/${planId}`));
  assert.deepEqual(
    lines.map((line: any) => [line.person, line.app, line.status]),
    [
      ['Ann Test', 'Badges', 'withdrawn'],
      ['Ann Test', 'CRM', 'verified'],
      ['Bob Test', 'Badges', 'asked'],
      ['Bob Test', 'CRM', 'verified'],
    ],
  );
  const tasks = ok(await world.owner('get', '/tasks?scope=all')).rows.filter((task: any) => /Give/.test(task.title));
  assert.equal(tasks.length, 1, 'the task stays, because it asks for Bob too');
  assert.equal((await world.gap()).total, 0, 'rules do nothing for who has left');
});

test('a hire gets everything from the moment access opens, the sign-in system first; postponed, what was opened closes and opens again later', async (t) => {
  const world = await openAccessCompany(t);
  const { appId: directory, server } = await world.scimmyApp(
    'Directory',
    { users: [{ userName: 'robot@acme.example', groups: ['Wiki users'] }] },
    { signIn: true },
  );
  const wiki = ok(
    await world.owner('post', '/apps', { name: 'Wiki', writer: 'group', writerAppId: directory, writerEntitlement: 'Wiki users' }),
  ).appId;
  await world.rule({ name: 'All', when: 'true', grants: [{ appId: wiki }] });
  const ann = await world.member('Ann', 'Sales', { startDate: '2026-12-01' });
  assert.equal((await world.gap()).total, 0);
  const before = ok(await world.owner('get', `/people/${ann}/access`));
  assert.deepEqual(
    [before.present, before.rows.map((row: any) => [row.app, row.should, row.what])],
    [
      false,
      [
        ['Directory', true, 'nothing'],
        ['Wiki', true, 'nothing'],
      ],
    ],
  );
  const { planId, actions } = await world.run((ctx) => planJoining(ctx, { personId: ann, dueAt: ctx.now.toString() }));
  assert.equal(actions, 2);
  await world.settle();
  await world.later(3);
  const isMember = () => server.groups()[0]!.members.some(({ value }) => value === server.user(address('Ann')).id);
  assert.deepEqual([server.user(address('Ann')).active, isMember()], [true, true]);
  assert.equal((await world.gap()).total, 0);
  const order = server.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/')[3]}`);
  assert.deepEqual(order, ['POST Users', 'PATCH Groups']);

  await world.run(async (ctx) => {
    await holdBack(ctx, ann, '2026-12-10T08:00:00Z');
    await undoPlan(ctx, { planId: planId!, reason: 'The start was postponed.' });
  });
  await world.settle();
  await world.later(3);
  assert.deepEqual([server.user(address('Ann')).active, isMember()], [false, false]);
  await world.later(1);
  assert.equal((await world.gap()).total, 0);
  const again = await world.run((ctx) => planJoining(ctx, { personId: ann, dueAt: ctx.now.toString() }));
  assert.equal(again.actions, 2);
  await world.settle();
  await world.later(3);
  assert.deepEqual([server.user(address('Ann')).active, isMember()], [true, true]);
  assert.equal(server.users().length, 2);
});

test('whoever is asked for a role that an app does not give reads which, and is asked no more once the app gives it', async (t) => {
  const world = await openAccessCompany(t);
  await world.member('Ann', 'Support');
  const desk = await world.scimApp('Desk', { users: [{ userName: address('Ann') }, { userName: 'robot@acme.example', roles: ['agent'] }] });
  await world.rule({ name: 'All', when: 'true', grants: [{ appId: desk.appId, entitlement: 'agent' }] });
  desk.server.behave({ readOnly: true });
  const { planId } = await world.apply();
  for (let minute = 0; minute < 12; minute += 1) await world.at(world.clock.now().add({ minutes: 1 }).toString());
  const asked = ok(await world.owner('get', '/tasks?scope=all')).rows;
  assert.equal(asked.length, 1);
  const { instructions } = ok(await world.owner('get', `/tasks/${asked[0].id}`));
  assert.match(instructions, /look for the person among the users, and give them agent\./);
  desk.server.behave({});
  for (let minute = 0; minute < 60; minute += 5) await world.at(world.clock.now().add({ minutes: 5 }).toString());
  assert.deepEqual(desk.server.user(address('Ann')).roles, [{ value: 'agent' }]);
  assert.equal(ok(await world.owner('get', `/plans/${planId}`)).status, 'applied');
  assert.equal(ok(await world.owner('get', '/tasks?scope=all')).total, 0);
});

test('what is done by hand is verified by the next list that shows it, and evidence counts until a complete list lacks it', async (t) => {
  const world = await openAccessCompany(t);
  await world.member('Ann', 'Sales');
  await world.member('Bob', 'Sales');
  const badges = await world.manualApp('Badges', { accounts: [{ addresses: ['robot@acme.example'] }] });
  await world.rule({ name: 'All', when: 'true', grants: [{ appId: badges, entitlement: 'Front door' }] });
  const { planId } = await world.apply();
  const list = async (asOf: string, records: Parameters<typeof account>[0][]) => {
    await world.run((ctx) =>
      recordReading(ctx, {
        appId: badges,
        source: 'list',
        label: 'List of Badges',
        asOf,
        complete: true,
        confirmed: true,
        records: records.map(account),
      }),
    );
    await world.settle();
  };
  const frontDoor = [{ externalId: 'Front door', kind: 'role', name: 'Front door' }];
  await world.at('2026-11-26T10:00:00Z');
  await list('2026-11-26T09:30:00Z', [{ addresses: ['robot@acme.example'] }, { addresses: [address('Ann')], entitlements: frontDoor }]);
  const states = async () =>
    ok(await world.owner('get', `/plans/${planId}`)).lines.map(
      (line: any) => `${line.person} ${line.entitlement ?? 'account'} ${line.status}`,
    );
  assert.deepEqual(await states(), [
    'Ann Test account verified',
    'Ann Test Front door verified',
    'Bob Test account asked',
    'Bob Test Front door asked',
  ]);
  const { rows } = ok(await world.owner('get', '/tasks?scope=all'));
  assert.equal(rows.length, 1);
  ok(await world.owner('post', `/tasks/${rows[0].id}/finish`, { note: 'Both printed.' }));
  await world.settle();
  assert.equal((await world.gap()).total, 0);
  await world.at('2026-11-27T10:00:00Z');
  await list('2026-11-27T09:30:00Z', [{ addresses: ['robot@acme.example'] }, { addresses: [address('Ann')], entitlements: frontDoor }]);
  const gap = await world.gap();
  assert.deepEqual(
    gap.rows.map((row: any) => [row.person, row.entitlement, row.change, row.how]),
    [
      ['Bob Test', null, 'create-account', 'by-hand'],
      ['Bob Test', 'Front door', 'grant', 'by-hand'],
    ],
  );
});
