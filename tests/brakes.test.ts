import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LeavingCompany, openCompany } from './leaving-company.ts';
import type { Answer } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const bytes = (text: string) => new TextEncoder().encode(text);
const names = Array.from({ length: 50 }, (_, at) => `p${at + 1}`);
const peopleList = (some: string[]) => bytes(`Name,Work email\n${some.map((name) => `${name} Test,${name}@acme.example`).join('\n')}\n`);
const userList = (some: string[], more = '') =>
  bytes(`User name,Email,Status,Last login\n${some.map((name) => `${name},${name}@acme.example,Active,2026-11-20`).join('\n')}\n${more}`);

async function companyOfFifty(t: Parameters<typeof openCompany>[0]): Promise<LeavingCompany> {
  const world = await openCompany(t);
  const made = ok(await world.owner('post', '/people/imports?fileName=people.csv', peopleList(names)));
  ok(await world.owner('post', `/people/imports/${made.id}/confirm`, { evenThough: true }));
  await world.settle();
  return world;
}

type Touched = { people: string; accounts: string };

/** Everybody and every account, as a reader sees them. */
async function everybody(world: LeavingCompany): Promise<Touched> {
  const people = ok(await world.owner('get', '/people?limit=200&sort=name')).rows;
  const accounts = ok(await world.owner('get', '/accounts?limit=200')).rows;
  return {
    people: JSON.stringify(people.map((person: Record<string, unknown>) => [person.id, person.name, person.status, person.leftAt])),
    accounts: JSON.stringify(
      accounts.map((account: Record<string, unknown>) => [account.id, account.status, account.state, account.personId]),
    ),
  };
}

const needs = async (world: LeavingCompany): Promise<{ title: string; text: string; link: string; verb: string }[]> =>
  ok(await world.owner('get', '/today')).needs;

test('a sync whose pages end early touches nobody, is asked about on Today, and counts once it is read whole or confirmed', async (t) => {
  const world = await companyOfFifty(t);
  const users = names.map((name) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example` }));
  const { appId, server } = await world.scimApp('Chat', { users });
  const before = await everybody(world);
  server.behave({ truncateAfter: 20 });
  await world.read(appId);
  const [held] = ok(await world.owner('get', `/apps/${appId}/syncs`)).rows;
  assert.deepEqual([held.status, held.finishedAt], ['held', null]);
  assert.match(held.heldReasons.join(' '), /20 of 50/);
  assert.deepEqual(await everybody(world), before);
  const need = (await needs(world)).find((each) => /Chat is held/.test(each.title));
  assert.match(need?.text ?? '', /Nothing was changed\.$/);
  assert.equal(need?.link, `/apps/${appId}`);
  // Confirmed as not complete: what was read counts, nobody is gone.
  ok(await world.owner('post', `/syncs/${held.id}/confirm`, { declaredComplete: false }));
  assert.deepEqual((await everybody(world)).people, before.people);
  assert.equal(ok(await world.owner('get', `/apps/${appId}/accounts?show=gone`)).total, 0);
  assert.ok(!(await needs(world)).some((each) => /Chat is held/.test(each.title)));
  // Read whole again.
  server.behave({});
  await world.read(appId);
  const [whole] = ok(await world.owner('get', `/apps/${appId}/syncs`)).rows;
  assert.equal(whole.status, 'done');
  assert.deepEqual((await everybody(world)).accounts, before.accounts);
});

test('a sync that shows nobody at all, or without a total hardly anybody, is held or ends nobody', async (t) => {
  const world = await companyOfFifty(t);
  const users = names.map((name) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example` }));
  const { appId, server } = await world.scimApp('Chat', { users });
  const before = await everybody(world);
  for (const behaviour of [{ truncateAfter: 0 }, { truncateAfter: 5, noTotal: true }]) {
    server.behave(behaviour);
    await world.read(appId);
    assert.deepEqual(await everybody(world), before, JSON.stringify(behaviour));
    assert.equal(ok(await world.owner('get', `/apps/${appId}/accounts?show=gone`)).total, 0);
  }
});

test('a list declared complete with 60 % of the people missing is held, changes nobody, is asked about on Today, and asks one by one once confirmed', async (t) => {
  const world = await companyOfFifty(t);
  const before = await everybody(world);
  const some = names.slice(0, 20);
  const made = ok(await world.owner('post', '/people/imports?fileName=part.csv&declaredComplete=true', peopleList(some)));
  assert.equal(made.counts.missing, 30);
  assert.ok(made.heldReasons.length > 0);
  const refused = await world.owner('post', `/people/imports/${made.id}/confirm`, {});
  assert.deepEqual([refused.status, refused.body.code], [409, 'import_held']);
  assert.match(refused.body.detail, /20 of 50 people.*Nobody was changed/s);
  assert.deepEqual(await everybody(world), before);
  const need = (await needs(world)).find((each) => /part\.csv is held/.test(each.title));
  assert.equal(need?.link, `/people/imports/${made.id}`);
  assert.match(need?.text ?? '', /Nobody was changed/);
  // Taken in even though: still nobody is ended, each is asked about.
  ok(await world.owner('post', `/people/imports/${made.id}/confirm`, { evenThough: true }));
  await world.settle();
  assert.deepEqual((await everybody(world)).people, before.people);
  const asked = (await needs(world)).find((each) => /on your list no more/.test(each.title));
  assert.match(asked?.title ?? '', /^30 people/);
  const { rows } = ok(await world.owner('get', `/people/imports/${made.id}/rows?change=missing&limit=200`));
  const [first, ...rest] = rows as { personId: string }[];
  ok(
    await world.owner('post', `/people/imports/${made.id}/missing`, {
      decisions: [{ personId: first!.personId, decision: 'left', on: '2026-11-20' }],
    }),
  );
  assert.equal(ok(await world.owner('get', `/people/${first!.personId}`)).status, 'left');
  ok(await world.owner('post', `/people/imports/${made.id}/missing`, { all: 'stays' }));
  for (const { personId } of rest.slice(0, 3)) assert.equal(ok(await world.owner('get', `/people/${personId}`)).status, 'working');
  assert.ok(!(await needs(world)).some((each) => /on your list no more/.test(each.title)));
});

test('small lists one after another add up: what would be braked at once is braked in parts', async (t) => {
  const world = await companyOfFifty(t);
  const ending = (some: string[]) =>
    bytes(`Name,Work email,Last working day\n${some.map((name) => `${name} Test,${name}@acme.example,2026-11-20`).join('\n')}\n`);
  let held = false;
  for (const name of names.slice(0, 6)) {
    const made = ok(await world.owner('post', `/people/imports?fileName=${name}.csv`, ending([name])));
    const answer = await world.owner('post', `/people/imports/${made.id}/confirm`, {});
    if (answer.status === 409) {
      held = true;
      assert.match(answer.body.detail, /more ended by the same source in the last 24 hours/);
      break;
    }
  }
  assert.ok(held);
  assert.ok(ok(await world.owner('get', '/people?view=left')).total <= 3);
});

test('a list of an app’s users given as the list of people, and the other way round, is asked about and changes nobody', async (t) => {
  const world = await companyOfFifty(t);
  const app = ok(await world.owner('post', '/apps', { name: 'Wiki' }));
  const list = ok(await world.owner('post', `/apps/${app.appId}/lists?fileName=wiki.csv`, userList(names)));
  ok(await world.owner('post', `/syncs/${list.id}/confirm`, { declaredComplete: true }));
  const before = await everybody(world);

  const asPeople = await world.owner(
    'post',
    '/people/imports?fileName=wiki-users.csv&declaredComplete=true',
    userList(['admin', 'deploy', 'svc-backup', ...names.slice(0, 10)]),
  );
  assert.match(ok(asPeople).heldReasons.join(' '), /look like the user list of an app/);
  assert.equal((await world.owner('post', `/people/imports/${asPeople.body.id}/confirm`, {})).status, 409);
  assert.ok((await needs(world)).some((each) => /wiki-users\.csv is held/.test(each.title)));
  assert.deepEqual(await everybody(world), before);

  // The accounts of another app, or the staff of another company, given as the list of this one.
  const others = names.map((name) => `x${name}`);
  const foreign = ok(await world.owner('post', `/apps/${app.appId}/lists?fileName=other.csv`, userList(others)));
  ok(await world.owner('post', `/syncs/${foreign.id}/confirm`, { declaredComplete: true }));
  const held = ok(await world.owner('get', `/syncs/${foreign.id}`));
  assert.equal(held.status, 'held');
  assert.match(held.heldReasons.join(' '), /another app/);
  assert.deepEqual(await everybody(world), before);
  assert.ok((await needs(world)).some((each) => /Wiki is held/.test(each.title)));
  ok(await world.owner('post', `/syncs/${foreign.id}/discard`));
  assert.ok(!(await needs(world)).some((each) => /Wiki is held/.test(each.title)));

  const heads = 'Name,Work email,Department,Start date,Manager';
  const staff = bytes(`${heads}\n${names.map((name) => `${name} Test,${name}@acme.example,Sales,2024-01-01,`).join('\n')}\n`);
  const asUsers = ok(await world.owner('post', `/apps/${app.appId}/lists?fileName=people.csv`, staff));
  assert.match(asUsers.heldReasons.join(' '), /look like a people list \(Start date, Manager, Department\)/);
  assert.equal(ok(await world.owner('post', `/syncs/${asUsers.id}/confirm`, { declaredComplete: true })).status, 'held');
  assert.deepEqual(await everybody(world), before);
  assert.ok((await needs(world)).some((each) => /Wiki is held/.test(each.title)));
  // Confirmed once more it is taken in: whoever looked knows better.
  assert.equal(ok(await world.owner('post', `/syncs/${asUsers.id}/confirm`, { declaredComplete: false })).status, 'done');

  const numbers = bytes(
    `Employee number,First name,Last name,Start date\n${names.map((name, at) => `${1000 + at},${name},Test,2024-01-01`).join('\n')}\n`,
  );
  const nobody = ok(await world.owner('post', `/apps/${app.appId}/lists?fileName=numbers.csv`, numbers));
  assert.match(nobody.heldReasons.join(' '), /Hardly any of the accounts is one we know: 0 of 50.*Is it the list of another app\?/);
  assert.deepEqual(await everybody(world), before);
});

test('an empty file, a picture and a file of headings alone change nobody and say what was found', async (t) => {
  const world = await companyOfFifty(t);
  const app = ok(await world.owner('post', '/apps', { name: 'Wiki' }));
  const before = await everybody(world);
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  for (const file of [
    new Uint8Array(),
    png,
    bytes('Name,Work email\n'),
    bytes('\n\n\n'),
    bytes('<html><body>Sign in</body></html>'),
    bytes('{"error":"unauthorized"}'),
  ]) {
    for (const address of ['/people/imports?fileName=x.csv&declaredComplete=true', `/apps/${app.appId}/lists?fileName=x.csv`]) {
      const answer = await world.owner('post', address, file);
      assert.equal(answer.status, 422, `${address}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`);
      assert.ok(answer.body.detail.length > 20);
    }
  }
  assert.deepEqual(await everybody(world), before);
});

test('a lay-off of 40 people that somebody confirmed is not braked, and the lists that follow are not held for it', async (t) => {
  const world = await companyOfFifty(t);
  const users = names.map((name) => ({ userName: `${name}@acme.example`, address: `${name}@acme.example` }));
  const { appId, server } = await world.scimApp('Chat', { users });
  const { rows } = ok(await world.owner('get', '/people?limit=200'));
  const leaving = names
    .slice(0, 40)
    .map((name) => rows.find((person: { workAddress: string }) => person.workAddress === `${name}@acme.example`).id);
  const { runIds } = ok(await world.owner('post', '/leaving', { personIds: leaving, terms: { at: 'now' } }));
  assert.equal(runIds.length, 40);
  await world.settle();
  for (let seconds = 2; seconds < 20; seconds += 3)
    await world.at(Temporal.Instant.from('2026-11-26T08:12:00Z').add({ seconds }).toString());
  assert.equal(server.users().filter((user) => user.active === false).length, 40);
  const made = ok(await world.owner('post', '/people/imports?fileName=after.csv&declaredComplete=true', peopleList(names.slice(40))));
  assert.deepEqual([made.counts.missing, made.heldReasons], [0, []]);
  ok(await world.owner('post', `/people/imports/${made.id}/confirm`, {}));
  await world.read(appId);
  assert.equal(ok(await world.owner('get', `/apps/${appId}/syncs`)).rows[0].status, 'done');
});
