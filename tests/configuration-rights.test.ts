import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPerson } from '../server/people/index.ts';
import { sql } from '../server/platform/database.ts';
import { preview, pull, push } from './configuration-company.ts';
import { openWorld } from './world.ts';

test('a rule whose end would take something from many is held with the names, and goes when somebody releases it', async (t) => {
  const world = await openWorld(t);
  const ids = await world.run(async (ctx) => {
    const made: string[] = [];
    for (let at = 0; at < 20; at += 1)
      made.push(
        await addPerson(ctx, { givenName: `Person${at}`, familyName: 'Test', workAddress: `p${at}@acme.example`, startDate: '2024-01-01' }),
      );
    return made;
  });
  const rules = 'apps: [{ name: Badges, writer: manual }, { name: Keys, writer: manual }]\naccess:\n';
  const rule = '  - { name: Everyone, when: "true", grants: [{ app: Badges }] }\n';
  assert.equal((await push(world.owner, rules + rule)).status, 200);
  // Everybody has had it by hand, as an owner's evidence says.
  await world.run(async (ctx) => {
    await sql`insert into access_given (organization_id, person_id, app_id, origin, rule_id, evidenced, given_at)
      select a.organization_id, p.id, a.id, 'rule', r.id, true, ${ctx.now.toString()} from apps_apps a, access_rules r, people_people p
      where a.name = 'Badges' and p.id = any (${ids}::uuid[])`.execute(ctx.db);
  });
  const without = `${rules}  - { name: Keys for all, when: "true", grants: [{ app: Keys }] }\n`;
  const seen = await preview(world.owner, without);
  assert.equal(seen.body.brake?.people, 20, JSON.stringify(seen.body));
  assert.equal(seen.body.losses.length, 20);
  const held = await push(world.owner, without);
  assert.deepEqual([held.status, held.body.code], [409, 'brake']);
  assert.match(held.body.problems[0].message, /Person0 Test would lose something in Badges/);
  assert.equal((await push(world.owner, without, { brake: { people: 19, reason: 'we move' } })).status, 409);
  assert.match(await pull(world.owner), /Everyone/);
  // Another rule that gives the same takes nothing from anybody.
  const renamed = `${rules}  - { name: All of us, when: "true", grants: [{ app: Badges }] }\n`;
  assert.deepEqual([(await preview(world.owner, renamed)).body.losses, (await push(world.owner, renamed)).status], [[], 200]);
  const done = await push(world.owner, without, { brake: { people: 20, reason: 'we move to keys' } });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  assert.doesNotMatch(await pull(world.owner), /All of us/);
});

test('a push needs what each change needs by itself: role and scope', async (t) => {
  const world = await openWorld(t);
  const ops = await world.as(['ops']);
  const renamed = await push(ops, 'organization: Another\n');
  assert.equal(renamed.status, 403);
  assert.match(renamed.body.detail, /organization/);
  assert.equal((await push(ops, 'departments: [Sales]\n')).status, 200);
  const narrow = await world.as(['owner'], { scopes: ['configuration:*'] });
  const app = await push(narrow, 'apps: [{ name: Chat }]\n');
  assert.equal(app.status, 403);
  assert.match(app.body.detail, /apps:manage/);
  assert.equal((await push(await world.as(['hr']), 'departments: [Legal]\n')).status, 403);
});
