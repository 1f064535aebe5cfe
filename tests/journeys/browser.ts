import assert from 'node:assert/strict';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';

export const views = {
  wideLight: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  wideDark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phoneLight: { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  phoneDark: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
} as const;
export type View = keyof typeof views;

/** The browser that `npm test` found, without a window. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.GROUNDCREW_TEST_BROWSER ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
}

export const openView = (browser: Browser, view: View, more: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> =>
  browser.newContext({ ...views[view], reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'Europe/Berlin', ...more });

/** What axe finds against WCAG 2.2 A and AA on the page as it stands, one line a violation; of `rules` alone where they are given. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (rules
    ? axe.withRules(rules)
    : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  ).analyze();
  const lines: string[] = [];
  for (const { id, nodes } of found) {
    for (const { target, failureSummary = '' } of nodes) {
      const element = target.join(' ');
      if (id === 'target-size' && (await canBeUncovered(page, element))) continue;
      lines.push(`${page.url()}: ${id}: ${element}: ${failureSummary.split('\n')[1]?.trim()}`);
    }
  }
  return lines;
}

/** Whether a target that something covers or comes close to is behind an open dialog, which closes, or is free once it is scrolled to. */
async function canBeUncovered(page: Page, element: string): Promise<boolean> {
  const isBehind = await page
    .locator(element)
    .first()
    .evaluate((covered) => {
      covered.scrollIntoView({ block: 'center' });
      const dialogs = [...document.querySelectorAll('[role=dialog]')];
      return dialogs.length > 0 && !dialogs.some((dialog) => dialog.contains(covered));
    });
  if (isBehind) return true;
  const { violations: left } = await new AxeBuilder({ page }).include(element).withRules(['target-size']).analyze();
  return left.length === 0;
}

/** Looks at a page as it stands, on a phone in dark and wide in light: nothing too wide, nothing that axe finds. */
export async function look(page: Page): Promise<void> {
  for (const { viewport, colorScheme } of [views.phoneDark, views.wideLight]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await violations(page), []);
    assert.equal(await isTooWide(page), false, `${page.url()} is wider than ${viewport.width} px`);
  }
}

/** Looks at a page as `look` does; where GROUNDCREW_TEST_PICTURES names a folder, pictures of it are put there. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.GROUNDCREW_TEST_PICTURES;
  await look(page);
  if (!folder) return;
  for (const [view, { viewport, colorScheme }] of Object.entries(views)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(folder, `${name}-${view}.png`), fullPage: true });
  }
  await page.setViewportSize(views.wideLight.viewport);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Whether the page is wider than its window. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);

/** Moves the focus with Tab until it is on the wanted element. Fails when the keyboard does not get there. */
export async function tabTo(page: Page, name: RegExp | string, most = 80): Promise<void> {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element) return '';
      const labels = (element as HTMLInputElement).labels;
      return (
        [element.getAttribute('aria-label'), labels?.[0]?.textContent, element.textContent, element.getAttribute('placeholder')]
          .find((each) => each?.trim())
          ?.trim() ?? ''
      );
    });
    if (typeof name === 'string' ? label === name : name.test(label)) return;
  }
  throw new Error(`The keyboard does not get to ${name}.`);
}
