import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { fileClock } from '../../server/platform/clock.ts';
import { type RunningScimServer, startScimServer } from '../fakes/scim-servers/start-scim-server.ts';
import { isTooWide, openView, tabTo, violations } from './browser.ts';
import { chatUsers, directoryUsers, olderPeopleList, peopleList } from './files.ts';
import type { Installation } from './installation.ts';
import { giveFile, type Journey, password, says, shownCode, startJourney, until } from './journey.ts';

const root = path.join(import.meta.dirname, '..', '..');
const morning = '2026-11-26T08:12:00Z';

let journey: Journey;
let installation: Installation;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let moveClock: Journey['moveClock'];
let directory: RunningScimServer;
let personPath = '';
let runPath = '';

/** Presses a button or follows a link with the keyboard alone. */
async function press(name: RegExp | string): Promise<void> {
  const target = page.locator('button, a, [role=button], summary').filter({ hasText: name }).filter({ visible: true }).first();
  await target.waitFor();
  await until(page, () => target.isEnabled(), `${name} can be pressed`);
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

/** Types into the field with this label, reached by the keyboard. */
async function type(label: RegExp | string, text: string): Promise<void> {
  await page.getByLabel(label).first().waitFor();
  await tabTo(page, label instanceof RegExp ? label : new RegExp(`^${label}`));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Chooses one of several cards or radio buttons with the keyboard. */
async function choose(label: RegExp): Promise<void> {
  const radio = page.getByRole('radio', { name: label }).first();
  await radio.waitFor();
  await radio.focus();
  await page.keyboard.press('Space');
}

before(async () => {
  journey = await startJourney(morning);
  ({ installation, browser, context, page, moveClock } = journey);
  directory = await startScimServer({ clock: fileClock(installation.clockFile), users: directoryUsers });
});

after(async () => {
  await directory?.stop();
  await journey?.stop();
});

test('the printed link makes the first owner, with a second factor, by keyboard alone', async () => {
  await page.goto(installation.setupLink);
  await type('Company', 'Fernhill Instruments');
  await type('Your name', 'Ines Halvorsen');
  await type('Your work address', 'ines@fernhill.example');
  await choose(/With a password and a code/);
  await page.locator('input[type=password]').first().focus();
  await page.keyboard.type(password);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await press(/Show the key for my app/);
  await type(/Code that your app shows now/, await shownCode(page));
  await page.keyboard.press('Enter');
  await page.getByLabel(/I have kept them/).focus();
  await page.keyboard.press('Space');
  await press('Go on');
  await says(page, /Two files, and you know who has left/);
  assert.deepEqual(await violations(page), []);
});

test('two files show who has left and still has an account, also when the people list omits leavers', async () => {
  await press('Give the people list');
  await giveFile(page, 'people-2025.csv', olderPeopleList);
  await choose(/Yes, it is complete/);
  await press(/^Write 7 people/);
  await says(page, /“people-2025.csv” was taken in/);
  await page.goto(`${installation.url}/people/imports`);
  await giveFile(page, 'people-2026.csv', peopleList);
  await choose(/Yes, it is complete/);
  await says(page, /person is here and not on the list/);
  await press(/^Take it in/);
  await says(page, /On your list no more: left\?/);
  await page.goto(`${installation.url}/apps/new`);
  await giveFile(page, 'chat-users.csv', chatUsers);
  await type('Name of the app', 'Chat');
  await page.keyboard.press('Enter');
  await says(page, /has 7 accounts/);
  await choose(/Yes, it is complete/);
  await press(/^Take in|^Take it in|^Write/);
  await says(page, /“chat-users.csv” was taken in/);
  await page.goto(`${installation.url}/finding`);
  await says(page, /Rohan Devaraj is on your list no more/);
  await says(page, /Nobody on your list matches j\.smith2@fernhill\.example/);
  assert.deepEqual(await violations(page), []);
  await page.goto(`${installation.url}/`);
  await press('Look at them');
  await press(/has left…|Has left…/);
  assert.deepEqual(await violations(page), []);
  await page.getByRole('dialog').getByRole('button').last().focus();
  await page.keyboard.press('Enter');
  await until(page, async () => (await page.getByText(/Has left…/).count()) === 0, 'the decision is taken');
  await page.goto(`${installation.url}/finding`);
  await says(page, /1 person has left and can still sign in|Rohan Devaraj in Chat/);
});

test('an app that speaks SCIM is connected, tested in plain words and read', async () => {
  await page.goto(`${installation.url}/connections/new`);
  await page.getByRole('combobox', { name: 'It is, or it speaks' }).fill('SCIM');
  await page.getByRole('option', { name: 'SCIM', exact: true }).click();
  await type('Its name', 'Directory');
  await type('Address', directory.baseUrl);
  await type('Token', 'test-token');
  await press('Test it');
  await says(page, 'The app accepts it.');
  await says(page, 'Accounts can be read: 6.');
  assert.deepEqual(await violations(page), []);
  await press('Save it and read its accounts');
  await says(page, /Directory was taken in/);
});

test('somebody leaves at an exact instant in their own zone: suspended then, not before, and read back', async () => {
  await page.goto(`${installation.url}/people`);
  await page.getByRole('link', { name: 'Camille Desrosiers', exact: true }).focus();
  await page.keyboard.press('Enter');
  await says(page, 'Montréal');
  personPath = new URL(page.url()).pathname;
  await press('Let leave…');
  await choose(/^Later/);
  await press('Next');
  await page.getByLabel('Date', { exact: true }).first().fill('2026-11-27');
  await page.getByLabel('Time', { exact: true }).first().fill('17:00');
  await says(page, /23:00 in Berlin/);
  assert.deepEqual(await violations(page), []);
  await press('Show what happens');
  await says(page, /Close access on Fri 27 Nov/);
  assert.deepEqual(await violations(page), []);
  await press(/Close access on Fri 27 Nov/);
  await page.waitForURL(/\/runs\//);
  runPath = new URL(page.url()).pathname;
  const camille = () => directory.user('camille@fernhill.example');
  await moveClock('2026-11-27T21:59:58Z');
  await page.waitForTimeout(2500);
  assert.equal(camille().active, true);
  await moveClock('2026-11-27T22:00:06Z');
  await until(page, () => camille().active === false, 'the directory shows her suspended');
  assert.equal(directory.user('owen@fernhill.example').active, true);
  await page.goto(installation.url + runPath);
  await until(
    page,
    async () => {
      await page.reload();
      await page.locator('h1').waitFor();
      return (await page.getByText('Verified').filter({ visible: true }).count()) > 0;
    },
    'the page shows it verified',
  );
});

test('the proof is signed, downloaded, and checked without the server; one byte changed and it is refused', async () => {
  await moveClock('2026-11-28T08:00:00Z');
  // Chat came as a list: nobody could close it but by hand, and its task says so.
  await page.goto(`${installation.url}/tasks`);
  await press(/Close Chat for Camille Desrosiers/);
  await page.getByLabel(/What shows that it is done/).focus();
  await page.keyboard.type('Deactivated in the admin page of the chat at 22:10.');
  assert.deepEqual(await violations(page), []);
  await press(/^(Done|Finish|It is done|I did it)/);
  await until(page, async () => (await page.locator('main form').count()) === 0, 'the task is done');
  await page.goto(installation.url + runPath);
  await until(
    page,
    async () => {
      await page.reload();
      await page.locator('h1').waitFor();
      return (await page.getByText('Evidenced').filter({ visible: true }).count()) > 0;
    },
    'the line of Chat is evidenced',
  );
  for (const section of ['access', 'ownership']) {
    const sign = page
      .locator('main')
      .getByRole('button', { name: new RegExp(`^Sign ${section}`) })
      .filter({ visible: true })
      .first();
    await sign.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (const box of await dialog.getByRole('checkbox').all()) {
      await box.focus();
      await page.keyboard.press('Space');
    }
    assert.deepEqual(await violations(page), []);
    const deed = dialog.getByRole('button', { name: /^Sign/ });
    await until(page, () => deed.isEnabled(), 'every unknown line is accepted');
    await deed.focus();
    await page.keyboard.press('Enter');
    await until(page, async () => (await dialog.count()) === 0, 'the section is signed').catch(async (error) => {
      throw new Error(`${error.message} ${await dialog.textContent()}`);
    });
  }
  const keyFile = path.join(installation.folder, 'key.pem');
  const key = await page.evaluate(async () => (await fetch('/api/v1/signing-key', { headers: { 'x-groundcrew': 'page' } })).json());
  writeFileSync(keyFile, key.publicKey);
  for (const kind of ['JSON', 'PDF']) {
    const waiting = page.waitForEvent('download');
    await page
      .getByRole('button', { name: kind, exact: true })
      .or(page.getByRole('link', { name: kind, exact: true }))
      .first()
      .focus();
    await page.keyboard.press('Enter');
    const file = path.join(installation.folder, `proof.${kind.toLowerCase()}`);
    await (await waiting).saveAs(file);
    assert.match(checkProof(file, keyFile), /./);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(`${file}.changed`, bytes);
    assert.throws(() => checkProof(`${file}.changed`, keyFile));
  }
});

const checkProof = (file: string, key: string): string =>
  execFileSync(process.execPath, [path.join(root, 'server', 'cli.ts'), 'proof', 'verify', file, '--key', key], {
    encoding: 'utf8',
    stdio: 'pipe',
  });

test('every page is usable at both widths, in light and dark: nothing too wide, nothing that axe finds', {
  timeout: 240_000,
  skip: process.env.GROUNDCREW_TEST_QUICK !== undefined,
}, async (t) => {
  const state = await context.storageState();
  const paths = [
    '/',
    '/tasks',
    '/people',
    personPath,
    '/leaving',
    '/runs',
    runPath,
    '/apps',
    '/finding',
    '/connections',
    '/audit',
    '/outbox',
    '/settings',
    '/settings/members',
    '/settings/tokens',
    '/settings/sample',
    '/settings/set-up',
    '/people/imports',
    '/more',
  ];
  for (const view of ['wideLight', 'phoneLight'] as const) {
    await t.test(view, async () => {
      const looking = await openView(browser, view, { storageState: state });
      await looking.clock.setFixedTime(new Date('2026-11-28T08:00:00Z'));
      const found: string[] = [];
      const seen = await looking.newPage();
      for (const each of paths) {
        await seen.goto(installation.url + each);
        await seen.locator('h1').first().waitFor();
        await seen.waitForLoadState('networkidle');
        if (await isTooWide(seen)) found.push(`${each} is wider than the window`);
        found.push(...(await violations(seen)));
        const pictures = process.env.GROUNDCREW_TEST_PICTURES;
        if (pictures && view === 'wideLight' && each === runPath)
          await seen.screenshot({ path: path.join(root, 'docs', 'screenshot.png') });
        const name = each.replaceAll('/', '-').replace(/[0-9a-f-]{36}/, 'id');
        if (pictures) await seen.screenshot({ path: path.join(pictures, `${view}${name}.png`), fullPage: true });
        // The dark page is the same page in other colours, and they are the same at both widths.
        if (view === 'phoneLight' && !pictures) continue;
        await seen.emulateMedia({ colorScheme: 'dark' });
        found.push(...(await violations(seen, ['color-contrast'])));
        if (pictures) await seen.screenshot({ path: path.join(pictures, `${view} dark${name}.png`), fullPage: true });
        await seen.emulateMedia({ colorScheme: 'light' });
      }
      await looking.close();
      assert.deepEqual(found, []);
    });
  }
});
