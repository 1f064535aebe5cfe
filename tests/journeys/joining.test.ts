import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { fileClock } from '../../server/platform/clock.ts';
import { type RunningScimServer, startScimServer } from '../fakes/scim-servers/start-scim-server.ts';
import { codeOf } from '../setup/page-caller.ts';
import { isTooWide, openBrowser, openView, tabTo, views, violations } from './browser.ts';
import { directoryUsers, peopleList } from './files.ts';
import { type Installation, startInstallation } from './installation.ts';

const twoWeeksBefore = '2026-11-16T08:12:00Z';
// The first morning is on the clock of Bengaluru: 09:00 there is 03:30 UTC.
const firstMorning = '2026-11-30T03:40:00Z';

let installation: Installation;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let directory: RunningScimServer;
let joinerPath = '';
let welcomeLink = '';

const says = (text: RegExp | string, on = page) => on.getByText(text).filter({ visible: true }).first().waitFor();
const button = (name: RegExp | string) => page.getByRole('button', { name });
const account = (userName: string) => directory.users().find((user) => user.userName === userName);

/** Presses what has the focus once the keyboard has got to it. */
async function press(name: RegExp | string, on = page): Promise<void> {
  await on.locator('button, a').filter({ hasText: name }).filter({ visible: true }).first().waitFor();
  await tabTo(on, name);
  await on.keyboard.press('Enter');
}

async function moveClock(instant: string): Promise<void> {
  installation.at(instant);
  await context.clock.setFixedTime(new Date(instant));
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (await condition()) return;
    await page.waitForTimeout(150);
  }
  throw new Error(`It never came to this: ${what}`);
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

/** Looks at a page as it stands, wide in light and on a phone in dark: nothing too wide, nothing that axe finds. */
async function look(on = page): Promise<void> {
  for (const each of [views.phoneDark, views.wideLight]) {
    await on.setViewportSize(each.viewport);
    await on.emulateMedia({ colorScheme: each.colorScheme });
    assert.deepEqual(await violations(on), []);
    assert.equal(await isTooWide(on), false);
  }
}

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
  installation = await startInstallation({ at: twoWeeksBefore });
  directory = await startScimServer({ clock: fileClock(installation.clockFile), users: directoryUsers });
  browser = await openBrowser();
  context = await openView(browser, 'wideLight');
  await context.clock.setFixedTime(new Date(twoWeeksBefore));
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(installation.setupLink);
  await page.getByLabel('Company').fill('Fernhill Instruments');
  await page.getByLabel('Your name').fill('Ines Halvorsen');
  await page.getByLabel('Your work address').fill('ines@fernhill.example');
  await page.getByRole('radio', { name: /With a password and a code/ }).check();
  await page.locator('input[type=password]').first().fill('correct horse battery staple 7');
  await page.keyboard.press('Enter');
  await button(/Show the key for my app/).click();
  const secret = ((await page.locator('code').first().textContent()) ?? '').replaceAll(/\s/g, '');
  await page.getByLabel(/Code that your app shows now/).fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await page.getByLabel(/I have kept them/).check();
  await button('Go on').click();
  await says(/Somebody starts soon\?/);
  await page.goto(`${installation.url}/people/imports`);
  const list = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(peopleList) };
  await page.locator('input[type=file]').first().setInputFiles(list);
  await button(/^Write \d+ people/).click();
  await says(/was taken in/);
  await page.goto(`${installation.url}/connections/new`);
  await page.getByLabel('Its name').fill('Directory');
  await page.getByLabel('Address').fill(directory.baseUrl);
  await page.getByLabel('Token').fill('test-token');
  await button('Test it').click();
  await says('The app accepts it.');
  await button('Save it and read its accounts').click();
  await says(/Directory was taken in/);
  const { rows } = await ask<{ rows: { id: string; name: string }[] }>('GET', '/apps');
  const appId = rows.find(({ name }) => name === 'Directory')?.id;
  await ask('PATCH', `/apps/${appId}`, { signIn: true, writer: 'connection' });
  await ask('POST', '/access-rules', { name: 'Everyone has the directory', when: 'true', grants: [{ appId }] });
  await ask('PUT', '/milestones', {
    rows: [{ name: 'First ticket answered', when: 'person.department == "Support"', targetDays: 10 }],
  });
});

after(async () => {
  await browser?.close();
  await directory?.stop();
  await installation?.stop();
});

test('four fields hire somebody by keyboard: address, rule and first morning on their own clock are shown before anything happens', async () => {
  await page.goto(`${installation.url}/joining`);
  await says(/Whoever starts will stand here/);
  await look();
  await page.goto(`${installation.url}/people`);
  await press('Hire');
  await fillHire('Amara Nwosu', 'amara@home.example', '2026-11-30');
  await says(/Mon 30 Nov, 09:00 in Bengaluru/);
  await look();
  await press(/^Show what happens/);
  await says(/What happens when Amara joins/);
  await says(/By the rule “Everyone has the directory”/);
  assert.equal(directory.changes().length, 0);
  await look();
  await press('Hire Amara');
  await page.waitForURL(/\/joining\/[0-9a-f-]{36}$/);
  joinerPath = new URL(page.url()).pathname;
  await says(/Amara Nwosu starts on Mon 30 Nov/);
  await look();
  await page.goto(`${installation.url}/joining`);
  await says(/One person starts after this week/);
  await look();
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
  await says(/Choose a day from 2026-12-07 on/);
  await page.waitForFunction(() => (document.activeElement as HTMLInputElement | null)?.value === '2026-11-30');
  const before = asked;
  await page.waitForTimeout(1_500);
  assert.ok(asked - before <= 1 && before <= 4, `asked ${asked} times`);
  await page.getByLabel('Last day').fill('2027-02-26');
  await button(/Show what happens/).click();
  await says(/The last day: Fri 26 Feb/);
});

test('on a phone the new colleague says how they are called and where the laptop goes, and the lead reads it', async () => {
  await until(async () => {
    welcomeLink = JSON.stringify(await ask('GET', '/outbox?limit=50')).match(/http[^"\\\s]+\/welcome#[\w-]+/)?.[0] ?? '';
    return welcomeLink !== '';
  }, 'the invitation is written');
  const theirs = await openWelcome(twoWeeksBefore);
  await says(/Welcome to Fernhill Instruments, Amara/, theirs);
  await theirs.getByLabel('What shall we call you?').fill('Ama');
  await theirs.getByLabel('Where shall your laptop go?').fill('12 Church Street\nBengaluru');
  await theirs.getByLabel('Keyboard').selectOption('US English');
  await theirs.getByRole('button', { name: 'Save' }).click();
  await says(/Saved\. You can change it/, theirs);
  assert.deepEqual(await violations(theirs), []);
  await theirs.context().close();
  await page.goto(installation.url + joinerPath);
  await says(/12 Church Street/);
});

test('accounts open two working days before, are read back, and what is missing stands there before the first morning', async () => {
  assert.equal(account('amara@fernhill.example'), undefined);
  await moveClock('2026-11-26T04:30:05Z');
  await until(() => account('amara@fernhill.example')?.active === true, 'the directory has the account');
  // The day before, what was to be done by then is missing.
  await moveClock('2026-11-27T04:40:00Z');
  await page.goto(installation.url + joinerPath);
  await says(/(things are|thing is) missing/);
  await says(/Laptop and accessories/);
  await look();
});

test('on the first morning one tap says that everything is there; what was missing is asked for and counted', async () => {
  await moveClock(firstMorning);
  const theirs = await openWelcome(firstMorning);
  await says('Do you have everything?', theirs);
  await theirs.getByRole('button', { name: 'Something is missing' }).tap();
  await theirs.getByLabel(/your words/).fill('A second screen');
  assert.deepEqual(await violations(theirs), []);
  await theirs.getByRole('button', { name: 'Tell them' }).tap();
  await says(/Thank you for telling us/, theirs);
  await page.goto(installation.url + joinerPath);
  await says('A second screen');
  await look();
  await theirs.reload();
  await theirs.getByRole('button', { name: 'Now I have everything' }).tap();
  await says(/You have everything\. Thank you\./, theirs);
  assert.deepEqual(await violations(theirs), []);
  await theirs.context().close();
});

test('a start that is moved closes again what was opened; who does not come loses everything, with a proof', async () => {
  await page.goto(`${installation.url}/joining?hire=new`);
  await fillHire('王小明', 'ming@home.example', '2026-12-01');
  await says(/no family name/);
  await button(/Show what happens/).click();
  await says(/wangxiaoming@fernhill\.example/);
  await button('Hire 王小明').click();
  await page.waitForURL(/\/joining\/[0-9a-f-]{36}$/);
  const path = new URL(page.url()).pathname;
  await until(() => account('wangxiaoming@fernhill.example')?.active === true, 'who starts tomorrow has the account at once');
  await page.goto(installation.url + path);
  await button('Move the start…').click();
  await page.getByLabel('Date', { exact: true }).fill('2026-12-14');
  await look();
  await button('Move the start to Mon 14 Dec').click();
  await says(/starts on Mon 14 Dec/);
  await moveClock('2026-11-30T03:41:00Z');
  await until(() => account('wangxiaoming@fernhill.example')?.active === false, 'what was opened too early is closed again');
  await button('More').first().click();
  await page.getByRole('menuitem', { name: 'They do not come…' }).click();
  await page.getByLabel(/^Why\?/).fill('Took another offer');
  await look();
  await button(/^They do not come: close everything/).click();
  await page.waitForURL(/\/runs\//);
  await page.goto(installation.url + path);
  await says(/王小明 does not come/);
  await says('Open the proof');
  await look();
});
