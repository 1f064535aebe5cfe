import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from '@playwright/test';
import { codeOf } from '../setup/page-caller.ts';
import { isTooWide, openBrowser, openView, tabTo, views, violations } from './browser.ts';
import { peopleList } from './files.ts';
import { type Installation, startInstallation } from './installation.ts';

let installation: Installation;
let browser: Browser;
let page: Page;

const button = (name: string) => page.getByRole('button', { name, exact: true });
const view = (name: string) => page.getByRole('navigation', { name: 'Saved views' }).getByRole('link', { name });

/** Looks at the page as it stands on a wide window in light and on a phone in dark. */
async function look(): Promise<void> {
  for (const each of [views.phoneDark, views.wideLight]) {
    await page.setViewportSize(each.viewport);
    await page.emulateMedia({ colorScheme: each.colorScheme });
    assert.deepEqual(await violations(page), []);
    assert.equal(await isTooWide(page), false);
  }
}

before(async () => {
  installation = await startInstallation({ at: '2026-11-26T08:12:00Z' });
  browser = await openBrowser();
  const context = await openView(browser, 'wideLight');
  await context.clock.setFixedTime(new Date('2026-11-26T08:12:00Z'));
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(installation.setupLink);
  await page.getByLabel('Company').fill('Fernhill Instruments');
  await page.getByLabel('Your name').fill('Ines Halvorsen');
  await page.getByLabel('Your work address').fill('ines@fernhill.example');
  await page.getByRole('radio', { name: /With a password and a code/ }).check();
  await page.locator('input[type=password]').first().fill('correct horse battery staple 7');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Show the key for my app/ }).click();
  const secret = ((await page.locator('code').first().textContent()) ?? '').replaceAll(/\s/g, '');
  await page.getByLabel(/Code that your app shows now/).fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByLabel(/I have kept them/).check();
  await button('Go on').click();
  await page
    .getByText(/Two files, and you know/)
    .first()
    .waitFor();
  await page.goto(`${installation.url}/people/imports`);
  const list = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(peopleList) };
  await page.locator('input[type=file]').first().setInputFiles(list);
  await page.getByRole('button', { name: /^Write \d+ people/ }).click();
  await page
    .getByText(/was taken in/)
    .first()
    .waitFor();
});

after(async () => {
  await browser?.close();
  await installation?.stop();
});

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
  await look();
  await page.getByRole('textbox', { name: 'Name' }).focus();
  await page.keyboard.type('With ro');
  await page.keyboard.press('Enter');
  await view('With ro').waitFor();
  assert.equal(await view('With ro').getAttribute('aria-current'), 'true');
  await look();
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
  await look();
  await page.getByRole('combobox', { name: /Amara Okafor becomes/ }).click();
  await page.getByRole('option', { name: 'amara.okafor', exact: true }).click();
  await page.getByText('zoe.aeroeskoebing-lukasiewicz2@fernhill.example').waitFor();
  await page.getByLabel('Domain').fill('not a domain');
  await page.getByText('"not a domain" is no domain').waitFor();
  await page.getByLabel('Domain').fill('fernhill.example');
  await button('Make addresses like this').click();
  await page.getByText('New work addresses are made as given.family@fernhill.example.').waitFor();
});
