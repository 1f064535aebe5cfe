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

/** What axe finds against WCAG 2.2 A and AA on the page as it stands, one line a violation. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return found.flatMap((each) =>
    each.nodes.map((node) => `${page.url()}: ${each.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim()}`),
  );
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
