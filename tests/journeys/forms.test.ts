import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { look } from './browser.ts';
import type { Installation } from './installation.ts';
import { givePeople, type Journey, makeOwner, says, startJourney } from './journey.ts';

let journey: Journey;
let installation: Installation;
let page: Page;

before(async () => {
  journey = await startJourney('2026-11-26T08:12:00Z');
  ({ installation, page } = journey);
  await makeOwner(journey);
  await givePeople(journey);
});

after(() => journey?.stop());

test('a person is named by a few letters and the keyboard; that nobody fits is said; an emptied field is nobody', async () => {
  await page.goto(`${installation.url}/people/new`);
  const manager = page.getByRole('combobox', { name: 'Manager' });
  await manager.focus();
  await page.keyboard.type('havel');
  await page.getByRole('option', { name: /Tomáš Havel · Engineering lead, Engineering/ }).waitFor();
  await look(page);
  await page.keyboard.press('Enter');
  assert.equal(await manager.inputValue(), 'Tomáš Havel');
  await manager.fill('nobody at all');
  await says(page, 'Nobody here is called that.');
  await look(page);
  await manager.blur();
  await page.waitForFunction((field) => (field as HTMLInputElement).value === 'Tomáš Havel', await manager.elementHandle());
  await manager.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await manager.blur();
  assert.equal(await manager.inputValue(), '');
  // One character is a whole name in some scripts.
  await manager.fill('明');
  await page.locator('[role=option]').first().waitFor();
});

test('of two windows that change one rule the second is refused in words, keeps what was typed, and can go on with it', async () => {
  const rule = await page.evaluate(async () => {
    const ask = async (path: string, body: unknown) => {
      const headers = { 'x-groundcrew': 'page', 'content-type': 'application/json' };
      return (await fetch(`/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const { appId } = await ask('/apps', { name: 'Badges' });
    return (await ask('/access-rules', { name: 'Everybody', when: 'true', grants: [{ appId }] })).id as string;
  });
  const other = await journey.context.newPage();
  const name = (window: Page) => window.getByLabel('Name of the rule');
  const save = (window: Page) => window.getByRole('button', { name: 'Save the change' });
  for (const window of [page, other]) {
    await window.goto(`${installation.url}/access-rules/${rule}/change`);
    await name(window).waitFor();
  }
  await name(page).fill('Everybody has a badge');
  await name(other).fill('Badges for all');
  await save(page).click();
  await page.waitForURL(/access-rules\/[0-9a-f-]{36}$/);
  await save(other).click();
  await says(other, 'Ines Halvorsen changed this rule while you were at it.');
  await says(other, /Called “Everybody has a badge”, was “Everybody”/);
  assert.equal(await name(other).inputValue(), 'Badges for all');
  await look(other);
  await other.getByRole('button', { name: 'Go on with mine' }).click();
  await save(other).click();
  await other.getByRole('heading', { level: 1, name: 'Badges for all' }).waitFor();
  await other.close();
});
