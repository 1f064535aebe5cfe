import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scim } from '../../../connectors/scim.ts';
import { readAll, scimSession } from './scim-session.ts';

/** Starts the server as a process of its own, waits for its address, and lets the test end only after it. */
async function run(t: TestContext, ...options: string[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./run.ts', import.meta.url)), ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
  };
  t.after(kill);
  for await (const line of child.stdout.setEncoding('utf8')) {
    const baseUrl = /listening (\S+)/.exec(String(line))?.[1];
    if (baseUrl) return { kill, baseUrl };
  }
  throw new Error('the server did not start');
}

test('a SCIM server in a process of its own keeps its state and its log over a kill', { timeout: 30_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scim-'));
  const options = ['--users', '3', '--state-file', join(folder, 'state.json'), '--log-file', join(folder, 'log')];
  const first = await run(t, ...options);
  const session = scimSession(first.baseUrl);
  const { accounts } = await readAll(session);
  await scim.suspendAccount?.run(session, { externalId: accounts[0]!.externalId });
  session.close();
  await first.kill();
  const second = await run(t, ...options);
  const again = scimSession(second.baseUrl);
  assert.equal((await scim.readAccount?.(again, accounts[0]!.externalId))?.status, 'suspended');
  again.close();
  await second.kill();
  const log = readFileSync(join(folder, 'log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { method: string });
  assert.equal(log.filter(({ method }) => method === 'PATCH').length, 1);
  rmSync(folder, { recursive: true });
});

test('the real server runs as a process of its own too', { timeout: 30_000 }, async (t) => {
  const { baseUrl } = await run(t, '--server', 'scimmy', '--users', '4', '--token', 'other');
  const session = scimSession(baseUrl, {}, { secrets: { token: 'other' } });
  t.after(() => session.close());
  assert.equal((await readAll(session)).reading.words, 'Read 4 of 4 accounts.');
});
