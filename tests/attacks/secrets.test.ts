import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { openCompany } from '../leaving-company.ts';
import { tablesOf } from './every-table.ts';
import { ok, scimTest } from './request-and-answer.ts';

test('a secret that is wrong stands in no log, no answer, no audit and no table, also when the app repeats it', async (t) => {
  const lines: string[] = [];
  const world = await openCompany(t);
  world.platform.log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const { appId, server } = await world.scimApp('Chat', { users: 3 });
  server.behave({ echoesSecret: true });
  const secret = 'S3cret-0f-nobody-else';
  const [connection] = ok(await world.owner('get', '/connections')).rows;
  const answers = [
    await world.owner('post', '/connections/test', scimTest(server.baseUrl, secret)),
    await world.owner('PATCH', `/connections/${connection.id}`, { secrets: { token: secret } }),
    await world.owner('post', `/connections/${connection.id}/test`, {}),
    await world.owner('post', `/connections/${connection.id}/test`, { secrets: { token: `${secret}\r\nX-Evil: 1` } }),
    await world.owner('post', '/connections', {
      appName: 'Other',
      connector: 'scim',
      settings: { baseUrl: server.baseUrl, userName: 'sync', authentication: 'basic' },
      secrets: { password: secret, unknown: secret },
    }),
    await world.owner('PATCH', `/connections/${connection.id}`, { settings: { baseUrl: 'nowhere' }, secrets: { token: secret } }),
    await world.anybody('post', '/sign-in/password', { address: 'ines@fernhill.example', password: secret }),
    await world.anybody('post', '/task-link', { secret }),
    await world.anybody('post', '/invitation/check', { secret: `${secret}${secret}` }),
  ];
  await world.read(appId);
  answers.push(
    await world.owner('get', '/connections'),
    await world.owner('get', '/syncs'),
    await world.owner('get', '/audit?limit=200'),
    await world.owner('get', '/today'),
  );
  const told = answers.map((answer) => new TextDecoder().decode(answer.bytes)).filter((text) => text.includes(secret));
  assert.deepEqual(told, []);
  assert.deepEqual(
    lines.filter((line) => line.includes(secret)),
    [],
  );
  const dump = await tablesOf(world);
  assert.deepEqual(
    Object.keys(dump).filter((name) => dump[name]!.includes(secret)),
    [],
  );
});
