import type { Browser, BrowserContext, Page } from '@playwright/test';
import { codeOf } from '../setup/page-caller.ts';
import { openBrowser, openView } from './browser.ts';
import { peopleList } from './files.ts';
import { type Installation, startInstallation } from './installation.ts';

/** An installation of its own, and a wide window on it whose clock is the installation's. */
export type Journey = {
  installation: Installation;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** Sets the clock of the server and of the window. */
  moveClock(instant: string): Promise<void>;
  stop(): Promise<void>;
};

export const password = 'correct horse battery staple 7';

/** Starts an installation at an instant and opens a window, at no page yet. */
export async function startJourney(at: string): Promise<Journey> {
  const installation = await startInstallation({ at });
  const browser = await openBrowser();
  const context = await openView(browser, 'wideLight', { acceptDownloads: true });
  await context.clock.setFixedTime(new Date(at));
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return {
    installation,
    browser,
    context,
    page,
    moveClock: async (instant) => {
      installation.at(instant);
      await context.clock.setFixedTime(new Date(instant));
    },
    stop: async () => {
      await browser.close();
      await installation.stop();
    },
  };
}

/** Makes the company and its owner, who signs in with a password and a code; ends on *Today*. */
export async function makeOwner({ page, installation }: Journey): Promise<void> {
  await page.goto(installation.setupLink);
  await page.getByLabel('Company').fill('Fernhill Instruments');
  await page.getByLabel('Your name').fill('Ines Halvorsen');
  await page.getByLabel('Your work address').fill('ines@fernhill.example');
  await page.getByRole('radio', { name: /With a password and a code/ }).check();
  await page.locator('input[type=password]').first().fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Show the key for my app/ }).click();
  await page.getByLabel(/Code that your app shows now/).fill(await shownCode(page));
  await page.keyboard.press('Enter');
  await page.getByLabel(/I have kept them/).check();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await says(page, /Two files, and you know/);
}

/** What an authenticator app would show for the key on the page. */
export async function shownCode(page: Page): Promise<string> {
  return codeOf(((await page.locator('code').first().textContent()) ?? '').replaceAll(/\s/g, ''));
}

/** Chooses a list as a file, as CSV. */
export const giveFile = (page: Page, name: string, text: string): Promise<void> =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Takes in the staff list of the company. */
export async function givePeople({ page, installation }: Journey): Promise<void> {
  await page.goto(`${installation.url}/people/imports`);
  await giveFile(page, 'people.csv', peopleList);
  await page.getByRole('button', { name: /^Write \d+ people/ }).click();
  await says(page, /was taken in/);
}

/** Waits for words that can be seen. */
export const says = (page: Page, text: RegExp | string): Promise<void> => page.getByText(text).filter({ visible: true }).first().waitFor();

/** Waits, half a minute at most, for something that the page does not show by itself. */
export async function until(page: Page, condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) {
    if (await condition()) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`It never came to this: ${what}`);
}
