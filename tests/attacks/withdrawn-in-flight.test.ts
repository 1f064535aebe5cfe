// What a person decides about an action while an attempt of it is under way at the other system.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openCompany } from '../leaving-company.ts';
import { ok } from './request-and-answer.ts';
import { connectScim, oneUser, type Reply, scimUser, scriptedScim } from './scripted-scim.ts';

/** One app with Ada's account, whose exit has begun; `hold` keeps the first such request back until `release`. */
async function exitUnderWay(t: TestContext, hold: 'read' | 'write', options: { settlesAfterSeconds?: number; refuses?: boolean } = {}) {
  const company = await openCompany(t);
  const ada = await company.person({ givenName: 'Ada' });
  await company.person({ givenName: 'Noor' });
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const app = { active: true, shown: true, writes: 0, holding: false };
  let settles: Temporal.Instant | null = null;
  const { baseUrl } = await scriptedScim(t, async (method, url, body): Promise<Reply> => {
    const isHeld = hold === 'read' ? method === 'GET' && url.pathname.includes('/Users/') : method !== 'GET';
    if (app.holding && isHeld) {
      app.holding = false;
      arrived.resolve();
      await released.promise;
    }
    if (method !== 'GET') {
      app.writes++;
      if (options.refuses) return { status: 403, body: '{}' };
      app.active = body.includes('true');
      settles = company.clock.now().add({ seconds: options.settlesAfterSeconds ?? 0 });
    }
    if (settles === null || Temporal.Instant.compare(company.clock.now(), settles) >= 0) app.shown = app.active;
    return method === 'GET' ? oneUser(url, scimUser('ada', ',"groups":[]', app.shown)) : { status: 204, body: '' };
  });
  const appId = await connectScim(company, 'Chat', baseUrl);
  await company.settle();
  const [runId] = ok(await company.owner('post', '/leaving', { personIds: [ada], terms: { at: 'now' } })).runIds;
  company.clock.advance({ seconds: 5 });
  app.holding = true;
  const settling = (async () => {
    await company.settle();
    company.clock.advance({ seconds: 5 });
    await company.settle();
  })();
  await arrived.promise;
  return {
    company,
    app,
    appId,
    ada,
    run: async () => ok(await company.owner('get', `/runs/${runId}`)),
    rescind: async () => ok(await company.owner('post', `/runs/${runId}/rescind`, { reason: 'She stays after all.' })),
    release: async () => {
      released.resolve();
      await settling;
    },
    later: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        company.clock.advance({ minutes: 1 });
        await company.settle();
      }
    },
  };
}

test('an exit that is called off while the suspension is under way leaves the account open in the end, and says so', async (t) => {
  const { app, rescind, release, run, later } = await exitUnderWay(t, 'write');
  const { restorePlanId } = await rescind();
  assert.ok(restorePlanId);
  await release();
  await later(3);
  assert.equal(app.active, true);
  const after = await run();
  assert.deepEqual([after.run.status, after.actions.map(({ status }: { status: string }) => status)], ['rescinded', ['withdrawn']]);
  assert.deepEqual(
    after.restore.map(({ status, observed }: { status: string; observed: string }) => [status, observed]),
    [['verified', 'active']],
  );
});

test('an account that still shows open, because the suspension takes a while to show, is not taken for given back', async (t) => {
  const { app, rescind, release, run, later } = await exitUnderWay(t, 'write', { settlesAfterSeconds: 20 });
  await rescind();
  await release();
  await later(4);
  assert.deepEqual([app.active, app.shown], [true, true]);
  const after = await run();
  assert.equal(after.restore[0].status, 'verified');
});

test('an exit that is called off before anything was sent sends nothing', async (t) => {
  const { app, rescind, release, run, later } = await exitUnderWay(t, 'read');
  await rescind();
  await release();
  await later(3);
  assert.deepEqual([app.active, app.writes], [true, 0]);
  assert.equal((await run()).actions[0].status, 'withdrawn');
});

test('what a person overrides while an attempt is under way stays overridden, and nothing more is sent', async (t) => {
  for (const refuses of [true, false]) {
    const { company, app, run, release, later } = await exitUnderWay(t, 'write', { refuses });
    const [action] = (await run()).actions;
    const decided = await company.owner('post', `/actions/${action.id}/override`, { reason: 'They keep it as a contractor.' });
    assert.ok(decided.status < 300);
    await release();
    const sent = app.writes;
    await later(30);
    const [after] = (await run()).actions;
    assert.deepEqual([after.status, after.decided_reason, app.writes], ['overridden', 'They keep it as a contractor.', sent]);
    assert.equal(after.task_id, null);
  }
});
