import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from '@playwright/test';
import { openBrowser, openView, violations } from './browser.ts';

let browser: Browser;
let page: Page;

before(async () => {
  browser = await openBrowser();
  page = await (await openView(browser, 'phoneLight')).newPage();
});

after(() => browser?.close());

const button = (style: string) => `<button style="position:absolute;left:10px;width:60px;height:30px;${style}">Go</button>`;
const shell = (body: string) => `<!doctype html><html lang="en"><title>One</title><body><main><h1>One</h1>${body}</main></body></html>`;
const bar = (place: string) => `<div style="${place};z-index:1;background:#fff"><button style="width:100%;height:40px">Next</button></div>`;

test('a target that a bar covers wherever the page is scrolled is a fault', async () => {
  await page.setContent(shell(`${button('top:790px')}${bar('position:absolute;left:0;right:0;top:804px')}`));
  assert.match((await violations(page)).join(), /target-size/);
});

test('a target that is free once it is scrolled to is none', async () => {
  const long = '<div style="height:2000px"></div>';
  await page.setContent(shell(`${button('top:790px')}${long}${bar('position:sticky;bottom:0')}`));
  assert.deepEqual(await violations(page), []);
});

test('a target behind an open dialog is none, and one that is covered in the dialog is', async () => {
  const dialog = (content: string) =>
    `<div role="dialog" aria-label="Ask" style="position:absolute;inset:300px 0 100px 0;z-index:1;background:#fff">${content}</div>`;
  const within = bar('position:absolute;left:0;right:0;top:10px');
  await page.setContent(shell(`${button('top:290px')}${dialog(within.replace('10px', '0'))}`));
  assert.deepEqual(await violations(page), []);
  await page.setContent(shell(dialog(`${button('top:0')}${within}`)));
  assert.match((await violations(page)).join(), /target-size/);
});
