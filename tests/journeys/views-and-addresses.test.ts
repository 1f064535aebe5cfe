import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { isTooWide, look, tabTo } from './browser.ts';
import type { Installation } from './installation.ts';
import { givePeople, type Journey, makeOwner, startJourney } from './journey.ts';

let journey: Journey;
let installation: Installation;
let page: Page;

const button = (name: string) => page.getByRole('button', { name, exact: true });
const view = (name: string) => page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name });

before(async () => {
  journey = await startJourney('2026-11-26T08:12:00Z');
  ({ installation, page } = journey);
  await makeOwner(journey);
  await givePeople(journey);
});

after(() => journey?.stop());

test('a list is kept under a name, shown again, renamed for everybody and removed, by keyboard alone', async () => {
  await page.goto(`${installation.url}/people`);
  await view('Now and soon').waitFor();
  assert.equal(await button('Keep this view').count(), 0, 'nothing is changed yet');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('ro');
  await button('Keep this view').waitFor();
  await tabTo(page, 'Keep this view');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await look(page);
  await page.getByRole('textbox', { name: 'Name' }).focus();
  await page.keyboard.type('With ro');
  await page.keyboard.press('Enter');
  await view('With ro').waitFor();
  assert.equal(await view('With ro').getAttribute('aria-current'), 'true');
  await look(page);
  await view('Leaving').click();
  await view('With ro').click();
  assert.equal(await page.getByRole('searchbox').inputValue(), 'ro');
  await tabTo(page, 'Change this view');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).fill('Everybody with ro');
  await page.getByRole('checkbox', { name: 'For everybody' }).check();
  await page.keyboard.press('Enter');
  await view('Everybody with ro').waitFor();
  assert.equal(await view('With ro').filter({ hasNotText: 'Everybody' }).count(), 0);
  await button('Change this view').click();
  await button('Remove this view').click();
  await button('Keep this view').waitFor();
  assert.equal(await view('Everybody with ro').count(), 0);
});

test('a view that names what is gone opens, says so, and leads back', async () => {
  await page.goto(`${installation.url}/people?department=019ad000-0000-7000-8000-00000000dead&employment=juggler&sort=shoe-size`);
  await page.getByText('Nobody fits. Clear a filter to see more.').waitFor();
  await button('Clear Department').click();
  await page.getByRole('table').waitFor();
  assert.equal(await button('Keep this view').count(), 1);
});

test('how work addresses are made is tried on names before it is kept', async () => {
  await page.goto(`${installation.url}/settings/work-addresses`);
  await page.getByLabel('Given names').fill('Zoë');
  await page.getByLabel('Family name').fill('Ærøskøbing-Łukasiewicz');
  // Those who are there have their given name, so that is proposed; a second one of the name is told apart by an initial.
  await page.getByText('zoea@fernhill.example').waitFor();
  await look(page);
  await page.getByRole('combobox', { name: /Amara Okafor becomes/ }).click();
  await page.getByRole('option', { name: 'amara.okafor', exact: true }).click();
  await page.getByText('zoe.aeroeskoebing-lukasiewicz2@fernhill.example').waitFor();
  await page.getByLabel('Domain').fill('not a domain');
  await page.getByText('"not a domain" is no domain').waitFor();
  await page.getByLabel('Domain').fill('fernhill.example');
  await button('Make addresses like this').click();
  await page.getByText('New work addresses are made as given.family@fernhill.example.').waitFor();
});

test('a message with a long address and a long subject scrolls nothing sideways, also on a narrow phone', async () => {
  const long = 'donaudampfschifffahrtsgesellschaftskapitaensmuetzen';
  const status = await page.evaluate(async (word) => {
    const body = JSON.stringify({ name: word, address: `${word}@${word}.example`, roles: ['auditor'] });
    const headers = { 'x-groundcrew': 'page', 'content-type': 'application/json' };
    return (await fetch('/api/v1/members', { method: 'POST', headers, body })).status;
  }, long);
  assert.ok(status < 300, `${status}`);
  await page.goto(`${installation.url}/outbox`);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await page.getByText(`${long}@${long}.example`).filter({ visible: true }).first().waitFor();
    assert.equal(await isTooWide(page), false, `the list at ${width}`);
    await page.getByRole('main').getByRole('listitem').getByRole('button').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    assert.equal(await isTooWide(page), false, `the message at ${width}`);
    assert.ok(await dialog.evaluate((each) => each.scrollWidth <= each.clientWidth + 1), `in the message at ${width}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
});
