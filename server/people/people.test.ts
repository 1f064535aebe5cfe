import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorld, type World } from '../../tests/world.ts';
import { recordReading } from '../apps/index.ts';
import { addPerson, type NewPerson } from './add-person.ts';
import { setLeavingDates } from './leaving-dates.ts';

const person = (world: World, input: Partial<NewPerson> & { givenName: string }) =>
  world.run((ctx) =>
    addPerson(ctx, { familyName: 'Test', startDate: '2024-01-01', workAddress: `${input.givenName.toLowerCase()}@x.example`, ...input }),
  );
const names = async (caller: World['owner'], query = '') => {
  const { body } = await caller('get', `/people${query}`);
  return body.rows.map((row: { name: string }) => row.name.split(' ')[0]);
};

test('who reaches only their own sees themselves, and a manager their reports through all levels', async (t) => {
  const world = await openWorld(t);
  const boss = await person(world, { givenName: 'Boss' });
  const lead = await person(world, { givenName: 'Lead', managerId: boss });
  const maker = await person(world, { givenName: 'Maker', managerId: lead });
  const other = await person(world, { givenName: 'Other' });
  const manager = await world.as(['manager'], { personId: boss });
  const employee = await world.as(['employee'], { personId: lead });
  const nobody = await world.as(['app-owner']);
  assert.deepEqual((await names(manager)).sort(), ['Boss', 'Lead', 'Maker']);
  assert.deepEqual(await names(employee), ['Lead']);
  assert.deepEqual(await names(nobody), []);
  assert.equal((await manager('get', `/people/${maker}`)).status, 200);
  assert.equal((await manager('get', `/people/${maker}/timeline`)).body.rows[0].after, null, 'no values of others');
  for (const caller of [manager, employee, nobody]) assert.equal((await caller('get', `/people/${other}`)).status, 404);
  assert.equal((await employee('get', `/people/${maker}`)).status, 404);
  assert.equal((await employee('get', '/people/counts')).body.all, 1);
  assert.deepEqual((await names(manager, '?search=oth')).length, 0, 'search stays within reach');
  assert.equal((await manager('PATCH', `/people/${maker}`, { title: 'x' })).status, 403);
});

test('what cannot be is refused beside its field, and nothing is changed', async (t) => {
  const world = await openWorld(t);
  const ann = await person(world, { givenName: 'Ann', employeeNumber: 'E1', aliases: ['old.ann@x.example'] });
  const bob = await person(world, { givenName: 'Bob', managerId: ann });
  const cara = await person(world, { givenName: 'Cara', managerId: bob });
  const tries: [Record<string, unknown>, number, string, RegExp][] = [
    [{ timeZone: 'Mars/Olympus' }, 422, 'timeZone', /Europe\/Berlin/],
    [{ workAddress: 'no address' }, 422, 'workAddress', /no mail address/],
    [{ managerId: cara }, 422, 'managerId', /circle: Cara Test reports to Bob Test reports to Ann Test/],
    [{ managerId: ann }, 422, 'managerId', /themselves/],
    [{ departmentId: ann }, 422, 'departmentId', /no such department/],
    [{ workAddress: 'BOB@x.example' }, 409, 'workAddress', /Bob Test's/],
    [{ lastWorkingDay: '2023-01-01', title: 'never' }, 422, 'cutOffLocal', /later day/],
  ];
  for (const [body, status, field, words] of tries) {
    const answer = await world.owner('PATCH', `/people/${ann}`, body);
    assert.equal(answer.status, status, JSON.stringify(answer.body));
    assert.equal(answer.body.problems[0].field, field);
    assert.match(answer.body.problems[0].message, words);
  }
  const added = await world.owner('post', '/people', { givenName: 'Dan', workAddress: 'old.ann@x.example' });
  assert.match(added.body.detail, /That address is Ann Test's/);
  assert.match((await world.owner('post', '/people', { givenName: 'Dan', employeeNumber: 'e1' })).body.detail, /number e1 is Ann Test's/);
  const { body } = await world.owner('get', `/people/${ann}`);
  assert.deepEqual([body.title, body.manager, body.workAddress], [null, null, 'ann@x.example']);
});

test('a changed address stays as another address, and a start after the end is a return with its own employment', async (t) => {
  const world = await openWorld(t);
  const ann = await person(world, { givenName: 'Ann' });
  await world.owner('PATCH', `/people/${ann}`, { workAddress: 'ann.roe@x.example', lastWorkingDay: '2026-11-20' });
  const left = (await world.owner('get', `/people/${ann}`)).body;
  assert.deepEqual(
    [left.status, left.aliases, left.departureWords],
    ['left', ['ann@x.example'], 'Left on Fri 20 Nov 2026 (end of the day in Berlin)'],
  );
  const back = await world.owner('PATCH', `/people/${ann}`, { startDate: '2026-12-01' });
  assert.deepEqual([back.body.status, back.body.lastWorkingDay, back.body.former.length], ['joining', null, 1]);
});

test('a leaving that is taken back before it was told stays hidden from the person, and they can leave again later', async (t) => {
  const world = await openWorld(t);
  const ann = await person(world, { givenName: 'Ann' });
  const self = await world.as(['hr', 'owner'], { personId: ann });
  const told = async () =>
    JSON.stringify([(await self('get', `/people/${ann}`)).body, (await self('get', `/people/${ann}/timeline`)).body]);
  await world.owner('PATCH', `/people/${ann}`, { lastWorkingDay: '2026-12-18' });
  assert.doesNotMatch(await told(), /2026-12-1/);
  assert.equal((await world.owner('PATCH', `/people/${ann}`, { lastWorkingDay: null })).body.status, 'working');
  world.clock.set('2027-01-05T08:00:00Z');
  assert.doesNotMatch(await told(), /2026-12-1[89]/);
  await world.owner('PATCH', `/people/${ann}`, { lastWorkingDay: '2027-01-20' });
  assert.doesNotMatch(await told(), /2027-01-2/);
  world.clock.set('2027-01-21T08:00:00Z');
  assert.match(await told(), /2027-01-20/);
  assert.doesNotMatch(await told(), /2026-12-1[89]/);
});

test('a new zone of a location moves the end of a last working day, and never a cut-off that was confirmed', async (t) => {
  const world = await openWorld(t);
  const { locationId } = (await world.owner('post', '/locations', { name: 'Office', timeZone: 'Europe/Berlin' })).body;
  const ann = await person(world, { givenName: 'Ann', locationId });
  const bob = await person(world, { givenName: 'Bob', locationId });
  await world.owner('PATCH', `/people/${ann}`, { lastWorkingDay: '2026-12-18' });
  await world.run((ctx) =>
    setLeavingDates(ctx, bob, { lastWorkingDay: '2026-12-18', cutOffLocal: '2026-12-18T17:00:00', cutOffZone: 'Europe/Berlin' }),
  );
  assert.equal((await world.owner('get', `/people/${ann}`)).body.leftAt, '2026-12-18T23:00:00Z');
  assert.equal((await world.owner('PATCH', `/locations/${locationId}`, { timeZone: 'America/Toronto' })).status, 200);
  assert.equal((await world.owner('get', `/people/${ann}`)).body.leftAt, '2026-12-19T05:00:00Z');
  const exit = (await world.owner('get', `/people/${bob}`)).body;
  assert.deepEqual([exit.cutOffAt, exit.cutOffLocal, exit.cutOffZone], ['2026-12-18T16:00:00Z', '2026-12-18T17:00:00', 'Europe/Berlin']);
  assert.equal((await world.owner('PATCH', `/people/${bob}`, { lastWorkingDay: '2027-01-01' })).body.code, 'exit_decides');
  assert.equal((await world.owner('PATCH', `/locations/${locationId}`, { timeZone: 'Nowhere/Else' })).status, 422);
});

test('a leave of absence shows as away between its days, in the person’s own zone', async (t) => {
  const world = await openWorld(t, { at: '2026-11-26T23:30:00Z' });
  const ann = await person(world, { givenName: 'Ann', timeZone: 'Asia/Kolkata' });
  const bob = await person(world, { givenName: 'Bob', timeZone: 'America/Toronto' });
  for (const id of [ann, bob]) await world.owner('put', `/people/${id}/leave-of-absence`, { from: '2026-11-27', until: '2026-11-30' });
  assert.deepEqual(await names(world.owner, '?view=away'), ['Ann'], 'it is 27 November in Kolkata and not yet in Toronto');
  assert.equal((await world.owner('put', `/people/${ann}/leave-of-absence`, { from: '2026-11-27', until: '2026-11-01' })).status, 422);
  await world.owner('put', `/people/${ann}/leave-of-absence`, { from: null, until: null });
  assert.deepEqual(await names(world.owner, '?view=away'), []);
});

test('the list finds, filters, sorts and counts; who has left and can still sign in comes first', async (t) => {
  const world = await openWorld(t);
  const { departmentId } = (await world.owner('post', '/departments', { name: 'Lab' })).body;
  const zoe = await person(world, { givenName: 'Zoe', familyName: 'Adler', departmentId, title: '100% engineer' });
  const ann = await person(world, { givenName: 'Ann', familyName: 'Zorn', managerId: zoe });
  const left = await person(world, { givenName: 'Lea', familyName: 'Zeder', aliases: [] });
  await world.owner('PATCH', `/people/${left}`, { lastWorkingDay: '2026-11-20' });
  const appId = (await world.owner('post', '/apps', { name: 'Chat' })).body.appId;
  await world.run((ctx) =>
    recordReading(ctx, {
      appId,
      source: 'list',
      label: 'Chat',
      asOf: ctx.now.toString(),
      complete: true,
      confirmed: true,
      records: ['lea', 'zoe'].map((name) => ({
        externalId: name,
        userName: name,
        addresses: [`${name}@x.example`],
        displayName: null,
        givenName: null,
        familyName: null,
        employeeNumber: null,
        status: 'active',
        isAdmin: null,
        isService: null,
        lastActivityAt: null,
        entitlements: null,
        etag: null,
      })),
    } as never),
  );
  assert.deepEqual(await names(world.owner, '?view=now&sort=need'), ['Lea', 'Zoe', 'Ann']);
  assert.deepEqual(await names(world.owner, '?sort=name&descending=true'), ['Ann', 'Lea', 'Zoe']);
  assert.deepEqual(await names(world.owner, '?view=left-active'), ['Lea']);
  assert.deepEqual(await names(world.owner, `?appId=${appId}&view=here`), ['Zoe']);
  assert.deepEqual(await names(world.owner, `?departmentId=${departmentId}`), ['Zoe']);
  assert.deepEqual(await names(world.owner, `?managerId=${zoe}`), ['Ann']);
  assert.deepEqual(await names(world.owner, '?search=100%25'), ['Zoe']);
  assert.deepEqual(await names(world.owner, '?search=%25'), ['Zoe'], 'a per cent sign is itself');
  assert.deepEqual((await world.owner('get', '/people/counts')).body, {
    now: 3,
    here: 2,
    'left-active': 1,
    leaving: 0,
    joining: 0,
    away: 0,
    'no-manager': 1,
    left: 1,
    all: 3,
  });
  const [first] = (await world.owner('get', '/people?view=left-active')).body.rows;
  assert.deepEqual([first.accounts, first.open, first.canStillSignIn], [1, 1, true]);
  const page = (await world.owner('get', '/people?limit=2')).body;
  assert.deepEqual([page.rows.length, page.total, page.nextOffset], [2, 3, 2]);
  assert.equal(ann.length, 36);
});
