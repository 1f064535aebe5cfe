import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { fixture as microsoft } from '../fakes/vendors/microsoft.ts';
import type { RunningVendor } from '../fakes/vendors/vendor-fixture.ts';
import { picture } from './browser.ts';
import { chatUsers } from './files.ts';
import { giveFile, givePeople, type Journey, makeOwner, says, startJourney, until } from './journey.ts';

let journey: Journey;
let page: Page;
let vendor: RunningVendor;
let connectionId = '';

before(async () => {
  journey = await startJourney('2026-12-01T09:00:00Z');
  page = journey.page;
  vendor = await microsoft.start({ accounts: 12 });
  await makeOwner(journey);
  await givePeople(journey);
});

after(async () => {
  await vendor?.server.stop();
  await journey?.stop();
});

const at = (address: string) => journey.installation.url + address;
const press = (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }).first().click();

/** Asks the API with the session of the page. */
const ask = (method: string, path: string, body?: object): Promise<any> =>
  page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(`/api/v1${where}`, {
        method: how!,
        headers: { 'content-type': 'application/json', 'x-groundcrew': '1' },
        ...(what === undefined ? {} : { body: what }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${answer.status} ${text}`);
      return JSON.parse(text);
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );

test('before any app is read the page says what it will be good for', async () => {
  await page.goto(at('/hygiene'));
  await says(page, 'No app was read yet.');
  await picture(page, 'hygiene-empty');
});

test('the lists say what drifted, what nobody knows and what was not read whole', async () => {
  await page.goto(at('/apps/new'));
  await giveFile(page, 'chat-users.csv', chatUsers);
  await page.getByLabel('Name of the app').fill('Chat');
  await page.keyboard.press('Enter');
  await says(page, /has 7 accounts/);
  await page.getByRole('radio', { name: /^No/ }).first().check();
  await press(/^Take in|^Take it in|^Write/);
  await says(page, /“chat-users.csv” was taken in/);
  const made = await ask('POST', '/connections', {
    appName: 'Microsoft 365',
    connector: 'microsoft',
    settings: vendor.settings,
    secrets: vendor.secrets,
  });
  connectionId = made.connectionId;
  await ask('POST', `/apps/${made.appId}/sync`);
  await until(page, async () => (await ask('GET', '/hygiene/findings?kind=app-grant')).total > 0, 'the app grants are read');
  await page.goto(at('/hygiene'));
  await says(page, 'To look at');
  await says(page, /it is not known whether they have a second factor/);
  await says(page, 'Chat was never read whole. Accounts may be missing.');
  await picture(page, 'hygiene');
});

test('an account of nobody stays for now by an exception, and a program loses what it may do by a plan that is read back', async () => {
  await page.getByRole('link', { name: 'Accounts of nobody' }).click();
  await page.getByRole('checkbox', { name: /j\.smith2/ }).check();
  await press('Leave as it is…');
  await page.getByLabel('Why').fill('Smith is with the agency until spring.');
  await picture(page, 'hygiene-accept');
  await page.getByRole('dialog').getByRole('button', { name: 'Leave as it is' }).click();
  await page.getByRole('link', { name: /Stays for now/ }).click();
  await says(page, /Smith is with the agency until spring/);
  await picture(page, 'hygiene-list');
  await page.goto(at('/hygiene/app-grant'));
  await press(/^See and take…/);
  await says(page, /Who lets Notes for all act/);
  await picture(page, 'hygiene-program');
  await press(/^Take it from 1 account…/);
  await says(page, /lets it act no more/);
  await picture(page, 'hygiene-take');
  await press('Take it away');
  await says(page, /Notes for all may act for it no more/);
  await journey.moveClock('2026-12-01T09:02:00Z');
  await until(page, async () => (await ask('GET', '/hygiene/findings?kind=app-grant')).total === 0, 'the program may act no more');
  await page.reload();
  await says(page, 'Verified');
  await picture(page, 'hygiene-plan');
});

test('the connection says how the vendor can tell it of changes, and why it cannot here', async () => {
  await page.goto(at(`/connections/${connectionId}`));
  await says(page, 'Hear of changes at once');
  await press(/^Listen to Microsoft/);
  await says(page, /calls only an address that begins with https/);
  await picture(page, 'connection-hook');
  assert.ok(connectionId);
});
