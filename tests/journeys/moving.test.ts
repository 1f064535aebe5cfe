import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { picture } from './browser.ts';
import { chatUsers } from './files.ts';
import { givePeople, type Journey, makeOwner, says, startJourney, until } from './journey.ts';

let journey: Journey;
let page: Page;
const ids = new Map<string, string>();

/** Asks the API as whoever is signed in in the window. */
const ask = (method: string, path: string, body?: unknown): Promise<any> =>
  page.evaluate(
    async ([how, where, what]) => {
      const isText = typeof what === 'string';
      const headers = { 'x-groundcrew': 'page', 'content-type': isText ? 'application/octet-stream' : 'application/json' };
      const answer = await fetch(`/api/v1${where}`, {
        method: how as string,
        headers,
        ...(what === undefined ? {} : { body: isText ? what : JSON.stringify(what) }),
      });
      return answer.json();
    },
    [method, path, body] as const,
  );

before(async () => {
  journey = await startJourney('2026-11-26T08:12:00Z');
  page = journey.page;
  await makeOwner(journey);
  await givePeople(journey);
  const { appId } = await ask('POST', '/apps', { name: 'Chat' });
  const list = await ask('POST', `/apps/${appId}/lists?fileName=chat.csv`, chatUsers);
  assert.ok(list.id, JSON.stringify(list));
  await ask('POST', `/syncs/${list.id}/confirm`, { declaredComplete: true });
  for (const { id, name } of (await ask('GET', '/people?limit=50')).rows) ids.set(name, id);
  for (const { id, name } of (await ask('GET', '/departments')).rows) ids.set(name, id);
});

after(() => journey?.stop());

const press = (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }).first().click();

test('a leave of absence shows what it suspends before it is set, and then whom it waits for', async () => {
  await page.goto(`${journey.installation.url}/people/${ids.get('Noor Haddad')}`);
  await press(/More/);
  await page.getByRole('menuitem', { name: 'Leave of absence…' }).click();
  await says(page, /1 account of Noor will be suspended/);
  await says(page, 'Its owner is asked to suspend it, and asked again to open it.');
  await page.getByLabel('First day away').fill('2026-11-26');
  await page.getByLabel('Last day away').fill('2026-12-18');
  await picture(page, 'leave-dialog');
  await press('Set the leave');
  await says(page, 'What is suspended stays so until they are back. No rule takes or gives anything meanwhile.');
  await journey.moveClock('2026-11-26T08:13:00Z');
  await until(
    page,
    async () => (await ask('GET', `/people/${ids.get('Noor Haddad')}/absence`)).absence.lines[0]?.status === 'asked',
    'somebody is asked',
  );
  await page.reload();
  await says(page, /Waits for/);
  await picture(page, 'person-on-leave');
});

test('a move says on the page what it changes, and who is asked what stays', async () => {
  await ask('PATCH', `/people/${ids.get('Camille Desrosiers')}`, { departmentId: ids.get('Support'), title: 'Support lead' });
  await page.goto(`${journey.installation.url}/people/${ids.get('Camille Desrosiers')}`);
  await says(page, 'What the last move changes');
  await says(page, /department Sales → Support/);
  await until(
    page,
    async () => {
      await page.reload();
      await says(page, 'What the last move changes');
      return page.getByText('Waits for Owen Achterberg').first().isVisible();
    },
    'their manager is asked',
  );
  await picture(page, 'person-who-moved');
});
