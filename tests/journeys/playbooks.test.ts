import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { look } from './browser.ts';
import type { Installation } from './installation.ts';
import { givePeople, type Journey, makeOwner, startJourney } from './journey.ts';

let journey: Journey;
let installation: Installation;
let page: Page;

const button = (name: string | RegExp) => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
const title = (words: string | RegExp) => page.getByRole('heading', { level: 1, name: words }).waitFor();
const isFocused = (words: string) => page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, words);

before(async () => {
  journey = await startJourney('2026-11-26T08:12:00Z');
  ({ installation, page } = journey);
  await makeOwner(journey);
  await givePeople(journey);
});

after(() => journey?.stop());

test('the leaver playbook is read in plain words and tried on a person, on their clock', async () => {
  await page.goto(`${installation.url}/playbooks`);
  await page.getByRole('link', { name: 'Leaver', exact: true }).waitFor();
  await look(page);
  await page.getByRole('link', { name: 'Leaver', exact: true }).click();
  await page
    .getByText(/The cut-off waits for nobody/)
    .first()
    .waitFor();
  await page.getByRole('combobox', { name: 'Person' }).fill('Camille');
  await page
    .getByRole('option', { name: /Camille/ })
    .first()
    .click();
  await page.getByText('For Camille: Fri 11 Dec 2026, 17:00 in Montréal', { exact: true }).first().waitFor();
  await look(page);
  await page.getByRole('tab', { name: 'What waits for what' }).click();
  await page.getByRole('img', { name: /What waits for what in the playbook Leaver/ }).waitFor();
  await look(page);
});

test('a step moves by the keyboard, keeps the focus, and stays behind what it waits for', async () => {
  await page.goto(`${installation.url}/playbooks`);
  await page.getByRole('link', { name: 'Joiner', exact: true }).click();
  const laptop = 'Get the laptop and its accessories ready';
  await button(laptop).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByText(/stands before “Send the invitation” now/).waitFor();
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByText(/now begins together with/).waitFor();
  await title('Joiner: 1 step changed. Not saved.');
  await isFocused(laptop);
  await look(page);
  await button('More').first().click();
  await page.getByRole('menuitem', { name: /Start over/ }).click();
  await title('Joiner');
});

test('a step is added, its mistake stands at it and holds the saving, and it is saved with what changed and why', async () => {
  await button('Add a step on the first day…').click();
  await page.getByLabel('What kind of step').selectOption('message');
  await page.getByLabel('What is done').fill('Tell facilities that they are here');
  await page.getByLabel('Subject').fill('{{person.name}} is {{foo}}');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('Hello.');
  await page.getByText('{{foo}} cannot be filled in.').waitFor();
  await look(page);
  await button('Add it').click();
  await title('Joiner: one thing has to be mended. Not saved.');
  await isFocused('Tell facilities that they are here');
  assert.equal(await button('Save…').isDisabled(), true);
  await look(page);
  await button('Tell facilities that they are here').click();
  await page.getByLabel('Subject').fill('{{person.name}} is here');
  await button('Change it').click();
  await title('Joiner: 1 step added. Not saved.');
  await button('Save…').click();
  await page.getByRole('dialog').getByText('Tell facilities that they are here').waitFor();
  await page.getByLabel(/^Why/).fill('Facilities asked for it');
  await look(page);
  await button('Save version 2').click();
  await title('Joiner');
  await page.getByText(/Version 2, saved by Ines Halvorsen/).waitFor();
});

test('a step that others wait for is named before it is removed', async () => {
  await button('More for Have you a phone that can hold an authenticator app?').click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByText(/“Give them a security key” reads its answer/).waitFor();
  await look(page);
  await button('Keep it').click();
});

test('an old version is used again as a new one', async () => {
  await page.getByRole('tab', { name: /^Versions/ }).click();
  await page.getByText('“Facilities asked for it”').waitFor();
  await button(/version 1$/).click();
  await page.getByText(/Against what is in force: 1 step removed/).waitFor();
  await look(page);
  await button('Use version 1 again').click();
  await page
    .getByText(/Version 3, saved by Ines Halvorsen/)
    .first()
    .waitFor();
});

test('the text names a mistake with its line, and what can be read is in the steps', async () => {
  await page.getByRole('tab', { name: 'Text' }).click();
  const text = page.getByRole('textbox', { name: /as YAML/ });
  const yaml = await text.inputValue();
  await text.fill(yaml.replace('    who: hr', '    whom: hr'));
  const line = yaml.split('\n').indexOf('    who: hr') + 1;
  await button(`Line ${line}`).waitFor();
  await look(page);
  await text.fill(yaml.replace('    who: hr', '    who: finance # they do it here'));
  await title('Joiner: 1 step changed. Not saved.');
  await page.reload();
  await title('Joiner: 1 step changed. Not saved.');
});

test('what somebody else saved meanwhile is not written over', async () => {
  const status = await page.evaluate(async () => {
    const address = `/api/v1/playbooks/${location.pathname.split('/').at(-1)}`;
    const headers = { 'x-groundcrew': 'page', 'content-type': 'application/json' };
    const { yaml, version } = await (await fetch(address, { headers })).json();
    const body = JSON.stringify({ yaml: `# By somebody else.\n${yaml}`, basedOn: version });
    return (await fetch(`${address}/versions`, { method: 'POST', headers, body })).status;
  });
  assert.equal(status, 200);
  await button('Save…').click();
  await button(/^Save version/).click();
  await page.getByText(/saved version 4 meanwhile; yours began with version 3/).waitFor();
  await look(page);
  await button('Look at the versions').click();
  await page.getByText(/Version 4 was saved after you began with version 3/).waitFor();
  await look(page);
});
