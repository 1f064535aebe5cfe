import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok, openAccessCompany } from '../access-company.ts';
import { openWorld } from '../world.ts';

const keys = (count: number) => Array.from({ length: count }, (_, at) => at.toString(36));

test('a file of tens of thousands of keys is refused at once: it holds nobody up', async (t) => {
  const world = await openWorld(t);
  const auditor = await world.as(['auditor']);
  for (const yaml of [`{${keys(45_000).join(',')}}`, keys(33_000).join(':\n'), `name: x\nsteps: {${keys(40_000).join(',')}}`]) {
    for (const path of ['/configuration/preview', '/playbooks/check']) {
      const began = performance.now();
      const answer = await auditor('post', path, { yaml });
      assert.ok([200, 422].includes(answer.status), `${answer.status}`);
      assert.ok(performance.now() - began < 4_000, `${path} took ${Math.round(performance.now() - began)} ms`);
    }
  }
});

test('a key that is there twice is refused with its line', async (t) => {
  const world = await openWorld(t);
  const { status, body } = await world.owner('post', '/configuration/preview', {
    yaml: 'organization: A\ndepartments: []\norganization: B\n',
  });
  assert.equal(status, 422);
  assert.deepEqual(
    body.problems.map(({ row, message }: { row: number; message: string }) => [row, /twice/.test(message)]),
    [[3, true]],
  );
});

test('a token for configuration alone is not told who would lose something', async (t) => {
  const company = await openAccessCompany(t);
  await company.member('Maya', 'Sales');
  const { appId } = await company.scimApp('Wiki', { users: [{ userName: 'robot@acme.example' }] });
  await company.rule({ name: 'Wiki', when: 'true', grants: [{ appId }] });
  await company.apply();
  await company.later(5);
  const narrow = await company.as(['ops'], { scopes: ['configuration:read'] });
  const ops = await company.as(['ops']);
  const yaml = 'access: []\n';
  assert.deepEqual(
    ok(await ops('post', '/configuration/preview', { yaml })).losses.map(({ name }: { name: string }) => name),
    ['Maya Test'],
  );
  const told = ok(await narrow('post', '/configuration/preview', { yaml }));
  assert.ok(!JSON.stringify(told).includes('Maya'), JSON.stringify(told));
});
