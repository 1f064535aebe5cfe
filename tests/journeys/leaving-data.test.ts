import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { look } from './browser.ts';
import type { Installation } from './installation.ts';
import { givePeople, type Journey, makeOwner, says, startJourney, until } from './journey.ts';

let journey: Journey;
let installation: Installation;
let page: Page;

type Sent = { method: string; path: string; json?: unknown; text?: string };

/** Asks the API with the session of the page. */
const api = (sent: Sent): Promise<any> =>
  page.evaluate(async ({ method, path, json, text }) => {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      headers: { 'x-groundcrew': 'page', 'content-type': text === undefined ? 'application/json' : 'application/octet-stream' },
      body: text ?? (json === undefined ? null : JSON.stringify(json)),
    });
    const words = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${words}`);
    return words === '' ? null : JSON.parse(words);
  }, sent);

before(async () => {
  journey = await startJourney('2026-11-26T08:12:00Z');
  ({ installation, page } = journey);
  await makeOwner(journey);
  await givePeople(journey);
});

after(() => journey?.stop());

test('the manager answers the one question about the data on a phone; the run says what goes to whom; a legal hold is placed and shown', async () => {
  for (const [name, capability] of [
    ['Drive', 'Files'],
    ['Mailbox', 'Mail'],
  ]) {
    const { appId } = await api({ method: 'POST', path: '/apps', json: { name, capability, writer: 'manual' } });
    const list = await api({
      method: 'POST',
      path: `/apps/${appId}/lists?fileName=${name}.csv`,
      text: 'User name,Email,Status,Last login\ncamille,camille@fernhill.example,Active,2026-11-20\n',
    });
    await api({ method: 'POST', path: `/syncs/${list.id}/confirm`, json: { declaredComplete: true } });
  }
  const { rows } = await api({ method: 'GET', path: '/people?search=Camille' });
  const camille = rows[0].id;
  const { runIds } = await api({ method: 'POST', path: '/leaving', json: { personIds: [camille], terms: { at: '2026-12-11T17:00' } } });
  const asked = (await api({ method: 'GET', path: '/tasks?scope=all' })).rows.find((task: { title: string }) =>
    /Who inherits/.test(task.title),
  );
  await page.goto(`${installation.url}/tasks/${asked.id}`);
  await page.getByRole('group', { name: 'What becomes of their files?' }).waitFor();
  await look(page);
  await page.getByRole('radio', { name: /it is forwarded to whoever follows/ }).check();
  await page.getByRole('combobox', { name: 'Who follows them for mail?' }).fill('Noor');
  await page.getByRole('option', { name: /Noor/ }).first().click();
  await page.getByLabel('Until when?').fill('2027-01-15');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.waitForURL(/\/tasks$/);
  type Topic = { topic: string; choice: string | null };
  const decided = async () => {
    const { topics } = (await api({ method: 'GET', path: `/runs/${runIds[0]}` })).data as { topics: Topic[] };
    return topics.some(({ topic, choice }) => topic === 'mail' && choice !== null);
  };
  await until(page, decided, 'what the manager answered stands on the run');
  await page.goto(`${installation.url}/runs/${runIds[0]}`);
  await says(page, /Mail: .*Noor Haddad, until 2027-01-15/);
  await look(page);

  await page.getByRole('button', { name: /^Change… Files/ }).click();
  await page.getByRole('radio', { name: /Nobody gets them/ }).check();
  await look(page);
  await page.getByRole('button', { name: 'Decide it so' }).click();
  await says(page, /Files: nobody gets them/);

  await page.goto(`${installation.url}/people/${camille}`);
  await page.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: /Place a legal hold/ }).click();
  await page.getByLabel('Why?').fill('A customer sues us.');
  await look(page);
  await page.getByRole('button', { name: 'Place it' }).click();
  await says(page, /Legal hold by Ines Halvorsen/);
  await look(page);

  await page.goto(`${installation.url}/settings/days-to-keep`);
  await page.getByLabel('Days after access closes').fill('30');
  await page.getByRole('button', { name: 'Keep them so long', exact: true }).click();
  await page.getByRole('button', { name: 'Another app…' }).click();
  await look(page);
  await page.getByLabel('App', { exact: true }).selectOption('Drive');
  await page.getByRole('button', { name: 'Keep them so long there' }).click();
  await says(page, 'Drive');
  assert.deepEqual((await api({ method: 'GET', path: '/retention' })).days, 30);
});
