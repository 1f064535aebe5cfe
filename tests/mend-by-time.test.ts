import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mendByTime } from '../server/access/index.ts';
import { changePerson, setLeavingDates } from '../server/people/index.ts';
import { setLeave } from '../server/people/set-leave.ts';
import { sql } from '../server/platform/database.ts';
import { openAccessCompany } from './access-company.ts';
import type { RunningScimServer } from './fakes/scim-servers/start-scim-server.ts';

const others = (server: RunningScimServer) => server.users().filter(({ userName }) => !userName.startsWith('maya'));

/** A company with an app for Sales by a rule that mends by itself, and one for all by a rule that only shows. */
async function openMending(t: Parameters<typeof openAccessCompany>[0]) {
  const world = await openAccessCompany(t, { at: '2026-11-26T08:00:00Z' });
  const crm = await world.scimApp('CRM', { users: [{ userName: 'maya@acme.example' }] });
  const wiki = await world.scimApp('Wiki', { users: [{ userName: 'maya@acme.example' }] });
  await world.rule({ name: 'CRM', when: 'person.department == "Sales"', grants: [{ appId: crm.appId }], mend: 'by-itself' });
  await world.rule({ name: 'Wiki', when: 'true', grants: [{ appId: wiki.appId }] });
  const turn = mendByTime(world.platform);
  await turn();
  await world.settle();
  const passes = async (at: string) => {
    await world.at(at);
    await turn();
    await world.settle();
    await world.later(2);
  };
  return { world, crm, wiki, turn, passes };
}

test('a first day that merely comes is mended at the beginning of that day where the person is, and by rules that mend by themselves only', async (t) => {
  const { world, crm, wiki, passes } = await openMending(t);
  await world.member('Kofi', 'Sales', { startDate: '2026-11-30', timeZone: 'Pacific/Auckland' });
  await world.member('Lena', 'Sales', { startDate: '2026-11-30', timeZone: 'America/Los_Angeles' });
  await world.settle();
  await passes('2026-11-29T10:59:00Z');
  assert.deepEqual(others(crm.server), []);
  // 30 November begins in Auckland at 11:00 UTC the day before, in Los Angeles 21 hours later.
  await passes('2026-11-29T11:01:00Z');
  assert.deepEqual(
    others(crm.server).map(({ userName }) => userName),
    ['kofi@acme.example'],
  );
  await passes('2026-11-30T07:59:00Z');
  assert.equal(others(crm.server).length, 1);
  await passes('2026-11-30T08:01:00Z');
  assert.equal(others(crm.server).length, 2);
  assert.deepEqual(others(wiki.server), []);
});

test('an opening that merely comes is mended at its instant', async (t) => {
  const { world, crm, passes } = await openMending(t);
  const id = await world.member('Kofi', 'Sales', { startDate: '2026-12-07' });
  await world.run((ctx) => sql`insert into access_openings values (${ctx.organizationId}, ${id}, '2026-12-03T09:00:00Z')`.execute(ctx.db));
  await world.settle();
  await passes('2026-12-03T08:59:00Z');
  assert.equal(others(crm.server).length, 0);
  await passes('2026-12-03T09:00:30Z');
  assert.equal(others(crm.server).length, 1);
});

test('a leave that is over, and the end of somebody’s only report, are mended on the day', async (t) => {
  const { world, crm, turn, passes } = await openMending(t);
  const kofi = await world.member('Kofi', 'Sales');
  await world.settle();
  await world.later(2);
  assert.equal(others(crm.server).length, 1);
  await world.run((ctx) => setLeave(ctx, kofi, { from: '2026-11-26', until: '2026-11-29' }));
  await world.settle();
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'active', value: false }],
  };
  await fetch(`${crm.server.baseUrl}/Users/${others(crm.server)[0]!.id}`, {
    method: 'PATCH',
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  await world.read(crm.appId);
  await passes('2026-11-29T22:00:00Z');
  assert.equal(others(crm.server)[0]!.active, false);
  await passes('2026-11-29T23:01:00Z');
  assert.equal(others(crm.server)[0]!.active, true);

  const lead = await world.scimApp('Lead tools', { users: [{ userName: 'maya@acme.example' }] });
  await world.rule({ name: 'Leads', when: 'person.managesPeople', grants: [{ appId: lead.appId }], mend: 'by-itself' });
  const report = await world.member('Ada', 'Lab', { managerId: kofi });
  await world.settle();
  await world.run((ctx) => changePerson(ctx, kofi, { title: 'Lead' }));
  await world.settle();
  await world.later(2);
  assert.equal(others(lead.server)[0]?.active, true);
  await world.run((ctx) =>
    setLeavingDates(ctx, report, { lastWorkingDay: '2026-12-04', cutOffLocal: null, cutOffZone: null }, { by: 'import' }),
  );
  await world.settle();
  await passes('2026-12-04T22:59:00Z');
  assert.equal(others(lead.server)[0]?.active, true);
  await passes('2026-12-04T23:01:00Z');
  assert.equal(others(lead.server)[0]?.active, false);
  await turn();
});

test('a process that was started anew looks back over the time it stood still, and a turn that finds nothing new plans nothing', async (t) => {
  const { world, crm, turn } = await openMending(t);
  await world.member('Kofi', 'Sales', { startDate: '2026-11-28' });
  await world.settle();
  await world.at('2026-11-30T08:00:00Z');
  await mendByTime(world.platform)();
  await world.settle();
  await world.later(2);
  assert.equal(others(crm.server).length, 1);
  const plans = async () => Number((await world.owner('get', '/plans')).body.total);
  const before = await plans();
  await turn();
  await mendByTime(world.platform)();
  assert.equal(await plans(), before);
});
