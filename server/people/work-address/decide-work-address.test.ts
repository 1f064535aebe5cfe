import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, openCompany } from '../../../tests/leaving-company.ts';
import { openWorld, type World } from '../../../tests/world.ts';
import { addApp, recordReading } from '../../apps/index.ts';
import { type Context, runAs } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { Refusal } from '../../platform/errors.ts';
import { addPerson } from '../add-person.ts';
import { changePerson } from '../change-person.ts';
import { changeAddressPattern } from './change-address-pattern.ts';
import { type AddressTerms, decideWorkAddress, foretellWorkAddress } from './decide-work-address.ts';

const at = { pattern: '{given}.{family}', domain: 'acme.example' };
const anna = { givenName: 'Anna', familyName: 'Silva' };

async function openAcme(t: Parameters<typeof openWorld>[0]): Promise<World> {
  const world = await openWorld(t);
  await world.run((ctx) => changeAddressPattern(ctx, at));
  return world;
}
const decide = (world: World, terms: AddressTerms) => world.run(async (ctx) => (await decideWorkAddress(ctx, terms)).address);
const foretell = (world: World, terms: AddressTerms) => world.run((ctx) => foretellWorkAddress(ctx, terms));
const refusalOf = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => assert.fail('it should have been refused'),
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error)),
  );

test('names of every kind get an address by the pattern, and the same name twice on one day two', async (t) => {
  const world = await openAcme(t);
  const tries: [AddressTerms, string][] = [
    [anna, 'anna.silva@acme.example'],
    [anna, 'anna.silva2@acme.example'],
    [{ ...anna, givenName: 'Anna Maria' }, 'anna.m.silva@acme.example'],
    [{ givenName: 'Ærøskøbing-Łukasiewicz' }, 'aeroeskoebing-lukasiewicz@acme.example'],
    [{ givenName: 'Madonna', familyName: null }, 'madonna@acme.example'],
    [{ givenName: '小明', familyName: '王' }, 'xiaoming.wang@acme.example'],
  ];
  for (const [terms, address] of tries) {
    const foretold = await foretell(world, terms);
    assert.equal(foretold.address, address);
    assert.equal(await decide(world, terms), address, 'as foretold');
  }
  const nothing = await refusalOf(decide(world, { givenName: '…', familyName: '😀' }));
  assert.deepEqual([nothing.status, nothing.problems[0]?.field], [422, 'workAddress']);
  assert.match(nothing.message, /Write the address as the person writes their name in Latin letters/);
  assert.match((await foretell(world, { givenName: '明', familyName: '王' })).words, /turned into Latin letters/);
});

test('twenty hires of one name at the same instant get twenty addresses', async (t) => {
  const world = await openAcme(t);
  const hire = () =>
    world.run(async (ctx) => {
      const { address } = await decideWorkAddress(ctx, anna);
      await addPerson(ctx, { ...anna, workAddress: address });
      return address;
    });
  const addresses = await Promise.all(Array.from({ length: 20 }, hire));
  assert.equal(new Set(addresses).size, 20);
  assert.deepEqual(addresses.toSorted().slice(0, 2), ['anna.silva10@acme.example', 'anna.silva11@acme.example']);
  // A typed address waits for the hire that is taking it, and is then refused with a name.
  let wanted: Promise<Refusal> | undefined;
  await world.run(async (ctx) => {
    const { address } = await decideWorkAddress(ctx, { givenName: 'Bo', familyName: 'Roe' });
    await addPerson(ctx, { givenName: 'Bo', familyName: 'Roe', workAddress: address });
    wanted = refusalOf(
      world.run((other) => addPerson(other, { givenName: 'Bo', familyName: 'Second', workAddress: 'Bo.Roe@acme.example' })),
    );
    await waiting(world, ctx);
  });
  assert.match((await wanted!).message, /That address is Bo Roe's/);
});

/** Until another transaction waits for this one. */
async function waiting(world: World, ctx: Context): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(ctx.db);
  for (;;) {
    const found = await world.platform.jobsPool.query('select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', [
      rows[0]!.pid,
    ]);
    if (found.rowCount !== 0) return;
  }
}

test('an address of somebody who left or was erased is never given again, whatever way it came in', async (t) => {
  const company = await openCompany(t);
  await company.run((ctx) => changeAddressPattern(ctx, at));
  const person = (givenName: string) =>
    company.person({ givenName, familyName: 'Roe', workAddress: `${givenName.toLowerCase()}.roe@acme.example` });
  const next = async (givenName: string) => (await foretell(company, { givenName, familyName: 'Roe' })).address;
  const [left, renamed] = [await person('Left'), await person('Named')];
  await company.owner('PATCH', `/people/${left}`, { lastWorkingDay: '2026-11-01' });
  await company.owner('PATCH', `/people/${renamed}`, { workAddress: 'named.doe@acme.example', lastWorkingDay: '2026-11-01' });
  assert.equal(await next('Left'), 'left.roe2@acme.example');
  const list = new TextEncoder().encode('First name,Last name,Work email,Start date\nImported,Roe,imported.roe@acme.example,2024-01-01\n');
  const preview = await company.owner('post', '/people/imports?fileName=people.csv', list);
  assert.equal((await company.owner('post', `/people/imports/${preview.body.id}/confirm`, {})).status, 200);
  const { body } = await company.owner('get', '/people?search=imported');
  const imported = body.rows[0].id as string;
  await company.owner('PATCH', `/people/${imported}`, { lastWorkingDay: '2026-11-01' });
  // As somebody who was in the roster before addresses were written down.
  const early = await person('Early');
  await company.owner('PATCH', `/people/${early}`, { lastWorkingDay: '2026-11-01' });
  await company.run((ctx) => sql`delete from people_used_addresses`.execute(ctx.db));
  for (const id of [left, renamed, imported, early]) {
    const erased = await company.owner('post', `/people/${id}/erasure`, { evenThough: true });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
  }
  for (const [name, address] of [
    ['Left', 'left.roe2'],
    ['Named', 'named.roe2'],
    ['Imported', 'imported.roe2'],
    ['Early', 'early.roe2'],
  ] as const)
    assert.equal(await next(name), `${address}@acme.example`);
  assert.equal((await foretell(company, { givenName: 'Named', familyName: 'Doe' })).address, 'named.doe2@acme.example');
  const wanted = await refusalOf(decide(company, { ...anna, wanted: 'left.roe@acme.example' }));
  assert.match(wanted.message, /was somebody’s before, and an address is never given twice. anna.silva@acme.example is free/);
});

test('imports and changes write down each address as used, the former ones too', async (t) => {
  const world = await openAcme(t);
  const bytes = (text: string) => new TextEncoder().encode(text);
  const head = 'Employee ID,First name,Last name,Work email,Start date\n';
  const used = async () =>
    Number(
      (await world.run((ctx) => sql<{ count: number }>`select count(*) as count from people_used_addresses`.execute(ctx.db))).rows[0]!
        .count,
    );
  const takeIn = async (text: string) => {
    const preview = await world.owner('post', '/people/imports?fileName=people.csv', bytes(text));
    assert.equal((await world.owner('post', `/people/imports/${preview.body.id}/confirm`, { evenThough: true })).status, 200);
  };
  await takeIn(`${head}1,A,One,a@x.example,2024-01-01\n2,B,Two,b@x.example,2024-01-01\n`);
  assert.equal(await used(), 2);
  await world.run((ctx) => sql`delete from people_used_addresses`.execute(ctx.db));
  await takeIn(`${head}1,A,One,a2@x.example,2024-01-01\n2,B,Too,b@x.example,2024-01-01\n`);
  assert.equal(await used(), 2, 'the new and the former one; nothing of who keeps theirs');
  const { body } = await world.owner('get', '/people?search=too');
  await world.run((ctx) => changePerson(ctx, body.rows[0].id, { workAddress: 'b2@x.example', aliases: ['b3@x.example'] }));
  assert.equal(await used(), 5, 'b2, b3 and b');
});

test('an address is taken by every person, member, account and user name in any app', async (t) => {
  const world = await openAcme(t);
  await world.run(async (ctx) => {
    await addPerson(ctx, { givenName: 'Pat', personalAddress: 'Anna.Silva@acme.example', aliases: ['anna.silva2@Acme.example'] });
    await sql`insert into identity_members (organization_id, name, address, roles, created_at)
      values (${ctx.organizationId}, 'M', 'Anna.Silva3@acme.example', '{employee}', ${ctx.now.toString()})`.execute(ctx.db);
    const appId = await addApp(ctx, { name: 'Chat' });
    await recordReading(ctx, {
      appId,
      source: 'list',
      label: 'users.csv',
      asOf: ctx.now.toString(),
      complete: true,
      records: [
        account({ externalId: '4', addresses: ['Anna.Silva4@acme.example'] }),
        account({ externalId: '5', addresses: ['x@acme.example', 'Anna.Silva5@acme.example'] }),
        account({ externalId: '6', userName: 'ANNA.SILVA6@acme.example' }),
        account({ externalId: '7', userName: 'Anna.Silva7' }),
      ],
    });
  });
  assert.equal((await foretell(world, anna)).address, 'anna.silva8@acme.example');
  assert.match((await foretell(world, anna)).words, /^anna\.silva@acme\.example is Pat’s, so it is the next one\.$/);
});

test('a wanted address is used when it is free; else it is said whose it is, as far as the reader may know, with a free one', async (t) => {
  const world = await openAcme(t);
  await world.run(async (ctx) => {
    await addPerson(ctx, { ...anna, workAddress: 'anna.silva@acme.example' });
    const appId = await addApp(ctx, { name: 'Secret lab' });
    await recordReading(ctx, {
      appId,
      source: 'list',
      label: 'users.csv',
      asOf: ctx.now.toString(),
      complete: true,
      records: [account({ externalId: '4', userName: 'silva', addresses: ['s@acme.example'] })],
    });
  });
  assert.equal(await decide(world, { ...anna, wanted: ' A.Silva@acme.example ' }), 'a.silva@acme.example');
  assert.equal(await decide(world, { ...anna, wanted: 'ann' }), 'ann@acme.example');
  for (const [wanted, words] of [
    ['a silva@acme.example', /holds a space/],
    ['a@b', /no whole domain/],
    ['postmaster@acme.example', /kept for an office/],
  ] as const) {
    const wrong = await refusalOf(decide(world, { ...anna, wanted }));
    assert.deepEqual([wrong.status, wrong.problems[0]?.field], [422, 'workAddress']);
    assert.match(wrong.problems[0]?.message ?? '', words);
  }
  const tell = async (roles: string[], wanted: string) => {
    const member = await world.as(roles);
    return refusalOf(
      runAs(
        world.platform,
        {
          organizationId: world.organizationId,
          actor: { kind: 'member', id: member.memberId, name: 'x', memberId: member.memberId, personId: null, roles, scopes: null },
        },
        (ctx) => decideWorkAddress(ctx, { ...anna, wanted }),
      ),
    );
  };
  const known = await tell(['hr'], 'ANNA.silva@acme.example');
  assert.deepEqual([known.status, known.problems[0]?.field], [409, 'workAddress']);
  assert.match(known.message, /^anna\.silva@acme\.example is Anna Silva’s\. anna\.silva2@acme\.example is free\./);
  assert.match((await tell(['hr'], 'silva@acme.example')).message, /is an account’s user name in Secret lab/);
  for (const wanted of ['anna.silva@acme.example', 's@acme.example'])
    assert.match((await tell(['employee'], wanted)).message, new RegExp(`^${wanted} is taken\\. anna\\.silva2@acme\\.example is free`));
});

test('who is in the roster keeps their address, and what is theirs is not taken by themselves', async (t) => {
  const world = await openAcme(t);
  const personId = await world.run((ctx) =>
    addPerson(ctx, { ...anna, workAddress: 'anna@acme.example', aliases: ['anna.silva@acme.example'] }),
  );
  assert.equal(await decide(world, { ...anna, personId }), 'anna@acme.example');
  assert.equal(await decide(world, { ...anna, personId, wanted: 'anna.silva@acme.example' }), 'anna.silva@acme.example');
  const other = await world.run((ctx) => addPerson(ctx, { ...anna, personalAddress: 'anna.home@acme.example' }));
  assert.equal(await decide(world, { ...anna, personId: other }), 'anna.silva2@acme.example');
});

test('the pattern is proposed from what is there until somebody sets it, and can be tried without changing anything', async (t) => {
  const world = await openWorld(t);
  const none = (await world.owner('get', '/address-pattern')).body;
  assert.deepEqual([none.pattern, none.domain, none.isSet], ['{given}.{family}', 'example.com', false]);
  await world.run(async (ctx) => {
    for (const name of ['Ann', 'Bob', 'Cleo'])
      await addPerson(ctx, { givenName: name, familyName: 'Roe', workAddress: `${name[0]}Roe@x.example` });
    await addPerson(ctx, { givenName: 'Di', familyName: 'Odd', workAddress: 'wuff@x.example' });
  });
  const proposed = (await world.owner('get', '/address-pattern')).body;
  assert.deepEqual([proposed.pattern, proposed.domain, proposed.isSet], ['{g}{family}', 'x.example', false]);
  assert.match(proposed.words, /^3 of 4 addresses are gfamily@x\.example/);
  const tried = await world.owner('post', '/address-pattern/try', {
    pattern: '{given}',
    domain: 'y.example',
    names: [{ givenName: 'Ærøskøbing-Łukasiewicz' }, { givenName: 'Ann' }, { givenName: 'Ann' }, { givenName: '…' }],
  });
  assert.deepEqual(
    tried.body.rows.map((row: { address: string | null }) => row.address),
    ['aeroeskoebing-lukasiewicz@y.example', 'ann@y.example', 'ann2@y.example', null],
  );
  const bad = await world.owner('put', '/address-pattern', { pattern: '{nick}', domain: 'y.example' });
  assert.deepEqual([bad.status, bad.body.problems[0].field], [422, 'pattern']);
  assert.equal((await world.owner('put', '/address-pattern', { pattern: '{given}', domain: 'Y.example' })).status, 200);
  const set = (await world.owner('get', '/address-pattern')).body;
  assert.deepEqual([set.pattern, set.domain, set.isSet], ['{given}', 'y.example', true]);
  const audited = await world.owner('get', '/audit?limit=20');
  assert.equal(audited.body.rows.filter((row: { action: string }) => row.action === 'address-pattern.changed').length, 1);
  const employee = await world.as(['employee']);
  for (const [method, path] of [
    ['get', '/address-pattern'],
    ['put', '/address-pattern'],
  ] as const)
    assert.equal((await employee(method, path, method === 'put' ? at : undefined)).status, 403);
});
