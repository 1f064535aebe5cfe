import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { auditCount, changesOf, company, elsewhere, people, preview, pull, push, secrets } from './configuration-company.ts';
import { openWorld } from './world.ts';

test('a push applies the file, a second one changes nothing and leaves no audit event', async (t) => {
  const world = await openWorld(t);
  await people(world);
  const first = await push(world.owner, company, { secrets });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(
    first.body.lines.filter(({ change }: { change: string }) => change === 'waits'),
    [],
  );
  assert.ok(first.body.changed > 10);
  const events = await auditCount(world);
  const second = await push(world.owner, company, { secrets });
  assert.equal(second.status, 200);
  assert.deepEqual([second.body.changed, changesOf(second.body)], [0, []]);
  assert.equal(await auditCount(world), events);
});

test('what is pulled, pushed into an empty organization, is pulled there byte for byte, and holds no secret', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const yaml = await pull(world.owner);
  assert.ok(!yaml.includes('very-secret'));
  assert.match(yaml, /token: { env: DIRECTORY_TOKEN }/);
  assert.equal((await push(world.owner, yaml, { secrets })).body.changed, 0, 'what was pulled is what is there');
  const copy = await elsewhere(world);
  await people(world, copy.organizationId);
  const pushed = await push(copy.owner, yaml, { secrets });
  assert.equal(pushed.status, 200, JSON.stringify(pushed.body));
  assert.equal(await pull(copy.owner), yaml);
  assert.equal((await push(copy.owner, yaml, { secrets })).body.changed, 0);
});

test('owners who are not on the people list yet wait, and are set by the push after the import', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const yaml = await pull(world.owner);
  const copy = await elsewhere(world);
  const early = await push(copy.owner, yaml, { secrets });
  assert.equal(early.status, 200);
  assert.equal(early.body.lines.filter(({ change }: { change: string }) => change === 'waits').length, 3);
  const again = await push(copy.owner, yaml, { secrets });
  assert.deepEqual([again.body.changed, changesOf(again.body).length], [0, 3]);
  await people(world, copy.organizationId);
  assert.deepEqual(changesOf((await push(copy.owner, yaml, { secrets })).body), ['changed app Badges', 'changed app Directory']);
  assert.equal(await pull(copy.owner), yaml);
});

test('a preview shows the difference and changes nothing, also where secrets are not at hand', async (t) => {
  const world = await openWorld(t);
  const auditor = await world.as(['auditor']);
  const before = [await pull(world.owner), await auditCount(world)];
  const seen = await preview(auditor, company);
  assert.equal(seen.status, 200, JSON.stringify(seen.body));
  assert.ok(seen.body.changed > 10);
  assert.match(seen.body.lines.find(({ what }: { what: string }) => what === 'connection').words, /needs DIRECTORY_TOKEN/);
  assert.equal((await push(auditor, company, { secrets })).status, 403);
  assert.deepEqual([await pull(world.owner), await auditCount(world)], before);
});

test('what a file does not mention stays; rules, milestones and playbooks that a section leaves out are taken away', async (t) => {
  const world = await openWorld(t);
  await people(world);
  await push(world.owner, company, { secrets });
  const yaml = await pull(world.owner);
  assert.equal((await push(world.owner, 'organization: Acme\n')).body.changed, 0);
  assert.equal(await pull(world.owner), yaml);
  const fewer = await push(
    world.owner,
    'locations: []\ndepartments: []\napps: [{ name: Badges }]\naccess: []\nmilestones: []\nplaybooks: []\n',
  );
  assert.deepEqual(changesOf(fewer.body).sort(), [
    'gone milestone First ticket answered',
    'gone milestone Knows everybody',
    'gone playbook Short goodbye',
    'gone rule Everyone signs in',
    'gone rule Sales reads the wiki',
    'stays app Directory',
    'stays app Wiki',
    'stays department Sales',
    'stays department Support',
    'stays location Berlin',
    'stays location Lisbon',
  ]);
  assert.match(await pull(world.owner), /access: \[\]\n\nmilestones: \[\]\n\nplaybooks: \[\]\n$/);
});

test('the example in blueprints is a file that push accepts', async (t) => {
  const world = await openWorld(t);
  const yaml = readFileSync(path.join(import.meta.dirname, '..', 'blueprints', 'company.yaml'), 'utf8');
  const seen = await preview(world.owner, yaml);
  assert.equal(seen.status, 200, JSON.stringify(seen.body));
});
