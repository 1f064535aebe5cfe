import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from '@playwright/test';
import { fileClock } from '../../server/platform/clock.ts';
import { type RunningScimServer, startScimServer } from '../fakes/scim-servers/start-scim-server.ts';
import { isTooWide, look, openView, tabTo, violations } from './browser.ts';
import { directoryUsers } from './files.ts';
import type { Installation } from './installation.ts';
import { givePeople, type Journey, makeOwner, says, startJourney, until } from './journey.ts';

const twoWeeksBefore = '2026-11-16T08:12:00Z';
// The first morning is on the clock of Bengaluru: 09:00 there is 03:30 UTC.
const firstMorning = '2026-11-30T03:40:00Z';

let journey: Journey;
let installation: Installation;
let browser: Browser;
let page: Page;
let moveClock: Journey['moveClock'];
let directory: RunningScimServer;
let joinerPath = '';
let welcomeLink = '';

const button = (name: RegExp | string) => page.getByRole('button', { name });
const account = (userName: string) => directory.users().find((user) => user.userName === userName);

/** Presses what has the focus once the keyboard has got to it. */
async function press(name: RegExp | string, on = page): Promise<void> {
  await on.locator('button, a').filter({ hasText: name }).filter({ visible: true }).first().waitFor();
  await tabTo(on, name);
  await on.keyboard.press('Enter');
}

/** Calls the API as the page does. */
const ask = <Answer>(method: string, path: string, body?: unknown): Promise<Answer> =>
  page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(`/api/v1${where}`, {
        method: how,
        headers: { 'x-groundcrew': 'page', 'content-type': 'application/json' },
        body: what,
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${how} ${where}: ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as const,
  );

/** The phone of the new colleague, on their welcome page. */
async function openWelcome(at: string): Promise<Page> {
  const phone = await openView(browser, 'phoneLight', { hasTouch: true, isMobile: true });
  await phone.clock.setFixedTime(new Date(at));
  const theirs = await phone.newPage();
  theirs.setDefaultTimeout(20_000);
  await theirs.goto(welcomeLink);
  await theirs.locator('h1').waitFor();
  assert.deepEqual(await violations(theirs), []);
  assert.equal(await isTooWide(theirs), false);
  return theirs;
}

async function fillHire(name: string, personalAddress: string, firstDay: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Personal address').fill(personalAddress);
  await page.getByLabel('First day').fill(firstDay);
  await page.getByRole('combobox', { name: 'Role like' }).fill('Ananya');
  await page.getByRole('option', { name: /Ananya Kulkarni/ }).click();
}

before(async () => {
  journey = await startJourney(twoWeeksBefore);
  ({ installation, browser, page, moveClock } = journey);
  directory = await startScimServer({ clock: fileClock(installation.clockFile), users: directoryUsers });
  await makeOwner(journey);
  await givePeople(journey);
  await page.goto(`${installation.url}/connections/new`);
  await page.getByRole('combobox', { name: 'It is, or it speaks' }).fill('SCIM');
  await page.getByRole('option', { name: 'SCIM', exact: true }).click();
  await page.getByLabel('Its name').fill('Directory');
  await page.getByLabel('Address').fill(directory.baseUrl);
  await page.getByLabel('Token').fill('test-token');
  await button('Test it').click();
  await says(page, 'The app accepts it.');
  await button('Save it and read its accounts').click();
  await says(page, /Directory was taken in/);
  const { rows } = await ask<{ rows: { id: string; name: string }[] }>('GET', '/apps');
  const appId = rows.find(({ name }) => name === 'Directory')?.id;
  await ask('PATCH', `/apps/${appId}`, { signIn: true, writer: 'connection' });
  await ask('POST', '/access-rules', { name: 'Everyone has the directory', when: 'true', grants: [{ appId }] });
  await ask('PUT', '/milestones', {
    rows: [{ name: 'First ticket answered', when: 'person.department == "Support"', targetDays: 10 }],
  });
});

after(async () => {
  await directory?.stop();
  await journey?.stop();
});

test('four fields hire somebody by keyboard: address, rule and first morning on their own clock are shown before anything happens', async () => {
  await page.goto(`${installation.url}/joining`);
  await says(page, /Whoever starts will stand here/);
  await look(page);
  await page.goto(`${installation.url}/people`);
  await press('Hire');
  await fillHire('Amara Nwosu', 'amara@home.example', '2026-11-30');
  await says(page, /Mon 30 Nov, 09:00 in Bengaluru/);
  await look(page);
  await press(/^Show what happens/);
  await says(page, /What happens when Amara joins/);
  await says(page, /By the rule “Everyone has the directory”/);
  assert.equal(directory.changes().length, 0);
  await look(page);
  await press('Hire Amara');
  await page.waitForURL(/\/joining\/[0-9a-f-]{36}$/);
  joinerPath = new URL(page.url()).pathname;
  await says(page, /Amara Nwosu starts on Mon 30 Nov/);
  await look(page);
  await page.goto(`${installation.url}/joining`);
  await says(page, /One person starts in more than a week/);
  await look(page);
});

test('what is refused stands at its field under More, with the focus, and is not asked again by itself', async () => {
  await page.goto(`${installation.url}/joining?hire=new`);
  await fillHire('Jonas Weiß', 'jonas@home.example', '2026-12-07');
  await page.getByRole('dialog').locator('summary').click();
  await page.getByLabel('Last day').fill('2026-11-30');
  let asked = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/joining/preview')) asked += 1;
  });
  await button(/Show what happens/).click();
  await says(page, /Choose a day from 2026-12-07 on/);
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === '2026-11-30');
  const before = asked;
  await page.waitForTimeout(1_500);
  assert.ok(asked - before <= 1 && before <= 4, `asked ${asked} times`);
  await page.getByLabel('Last day').fill('2027-02-26');
  await button(/Show what happens/).click();
  await says(page, /The last day: Fri 26 Feb/);
});

test('on a phone the new colleague says how they are called and where the laptop goes, and the lead reads it', async () => {
  await until(
    page,
    async () => {
      welcomeLink = JSON.stringify(await ask('GET', '/outbox?limit=50')).match(/http[^"\\\s]+\/welcome#[\w-]+/)?.[0] ?? '';
      return welcomeLink !== '';
    },
    'the invitation is written',
  );
  const theirs = await openWelcome(twoWeeksBefore);
  await says(theirs, /Welcome to Fernhill Instruments, Amara/);
  await theirs.getByLabel('What shall we call you?').fill('Ama');
  await theirs.getByLabel('Where shall your laptop go?').fill('12 Church Street\nBengaluru');
  await theirs.getByLabel('Keyboard').selectOption('US English');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await says(theirs, /Saved\. You can change it/);
  assert.deepEqual(await violations(theirs), []);
  await theirs.context().close();
  await page.goto(installation.url + joinerPath);
  await says(page, /12 Church Street/);
});

test('accounts open two working days before, are read back, and what is missing stands there before the first morning', async () => {
  assert.equal(account('amara@fernhill.example'), undefined);
  await moveClock('2026-11-26T04:30:05Z');
  await until(page, () => account('amara@fernhill.example')?.active === true, 'the directory has the account');
  // The day before, what was to be done by then is missing.
  await moveClock('2026-11-27T04:40:00Z');
  await page.goto(installation.url + joinerPath);
  await says(page, /(things are|thing is) missing/);
  await says(page, /Laptop and accessories/);
  await look(page);
});

test('on the first morning one tap says that everything is there; what was missing is asked for and counted', async () => {
  await moveClock(firstMorning);
  const theirs = await openWelcome(firstMorning);
  await says(theirs, 'Do you have everything?');
  await theirs.getByRole('button', { name: 'Something is missing' }).tap();
  await theirs.getByLabel(/your words/).fill('A second screen');
  assert.deepEqual(await violations(theirs), []);
  await theirs.getByRole('button', { name: 'Tell them' }).tap();
  await says(theirs, /Thank you for telling us/);
  await page.goto(installation.url + joinerPath);
  await says(page, 'A second screen');
  await look(page);
  await page.goto(`${installation.url}/joining/report`);
  await says(page, 'The one hire was not ready on the first morning');
  await says(page, /A second screen/);
  await look(page);
  await theirs.reload();
  await theirs.getByRole('button', { name: 'Now I have everything' }).tap();
  await says(theirs, /You have everything\. Thank you\./);
  assert.deepEqual(await violations(theirs), []);
  await theirs.context().close();
});

test('a start that is moved closes again what was opened; who does not come loses everything, with a proof', async () => {
  await page.goto(`${installation.url}/joining?hire=new`);
  await fillHire('王小明', 'ming@home.example', '2026-12-01');
  await says(page, /no family name/);
  await button(/Show what happens/).click();
  await says(page, /wangxiaoming@fernhill\.example/);
  await button('Hire 王小明').click();
  await page.waitForURL(/\/joining\/[0-9a-f-]{36}$/);
  const path = new URL(page.url()).pathname;
  await until(page, () => account('wangxiaoming@fernhill.example')?.active === true, 'who starts tomorrow has the account at once');
  await page.goto(installation.url + path);
  await button('Move the start…').click();
  await page.getByLabel('Date', { exact: true }).fill('2026-12-14');
  await look(page);
  await button('Move the start to Mon 14 Dec').click();
  await says(page, /starts on Mon 14 Dec/);
  await moveClock('2026-11-30T03:41:00Z');
  await until(page, () => account('wangxiaoming@fernhill.example')?.active === false, 'what was opened too early is closed again');
  await button('More').first().click();
  await page.getByRole('menuitem', { name: 'They do not come…' }).click();
  await page.getByLabel(/^Why\?/).fill('Took another offer');
  await look(page);
  await button(/^They do not come: close everything/).click();
  await page.waitForURL(/\/runs\//);
  await page.goto(installation.url + path);
  await says(page, /王小明 does not come/);
  await says(page, 'Open the proof');
  await look(page);
});
