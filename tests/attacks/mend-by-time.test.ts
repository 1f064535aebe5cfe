import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { mendByTime } from '../../server/access/index.ts';
import { openAccessCompany } from '../access-company.ts';

test('somebody whose access cannot be mended keeps nobody else waiting, and is tried again with the next turn', async (t) => {
  const world = await openAccessCompany(t, { at: '2026-11-26T08:00:00Z' });
  const crm = await world.scimApp('CRM', { users: [{ userName: 'maya@acme.example' }] });
  await world.rule({ name: 'CRM', when: 'person.department == "Sales"', grants: [{ appId: crm.appId }], mend: 'by-itself' });
  const turn = mendByTime(world.platform);
  await turn();
  const ids: string[] = [];
  for (const name of ['Ada', 'Ben', 'Cem']) ids.push(await world.member(name, 'Sales', { startDate: '2026-11-30' }));
  await world.settle();
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  t.after(() => admin.end());
  const broken = ids.toSorted()[0]!;
  await admin.query(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
    create trigger refuse before insert on access_actions for each row when (new.person_id = '${broken}') execute function refuse()`);
  const passes = async (at: string) => {
    await world.at(at);
    await turn();
    await world.settle();
    await world.later(2);
    return crm.server.users().length - 1;
  };
  assert.equal(await passes('2026-11-30T00:01:00Z'), 2);
  await admin.query('drop trigger refuse on access_actions');
  assert.equal(await passes('2026-11-30T00:03:00Z'), 3);
});
