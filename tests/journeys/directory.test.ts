import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from '@playwright/test';
import { picture } from './browser.ts';
import { givePeople, type Journey, makeOwner, says, startJourney } from './journey.ts';

let journey: Journey;
let page: Page;
let token = '';
const ids = new Map<string, string>();

before(async () => {
  journey = await startJourney('2026-12-01T09:00:00Z');
  page = journey.page;
  await makeOwner(journey);
  await givePeople(journey);
});

after(() => journey?.stop());

const at = (address: string) => journey.installation.url + address;
const press = (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }).first().click();

/** What Entra sends. */
async function push(method: string, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(at(`/scim/v2${path}`), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${answer.status}`);
  return answer.json() as Promise<Record<string, unknown>>;
}

async function pushUser(name: string, more: object = {}): Promise<void> {
  const made = await push('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${name}@fernhill.example`,
    active: true,
    ...more,
  });
  ids.set(name, String(made.id));
}

const deactivate = (name: string) =>
  push('PATCH', `/Users/${ids.get(name)}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
  });

test('the owner lets Entra push: address and token stand beside what is to be done there, the token this once', async () => {
  await page.goto(at('/connections'));
  await page.getByRole('link', { name: 'Directories that push' }).click();
  await says(page, 'No directory pushes people in yet');
  await picture(page, 'directories-empty');
  await press('Let a directory push…');
  await press('Make address and token');
  await says(page, /Enter these two in the directory/);
  await picture(page, 'directory-token');
  token = (await page.locator('code').nth(1).textContent()) ?? '';
  await press('I have copied both');
  await says(page, 'Microsoft Entra ID has not been heard of yet.');
  assert.equal((await page.content()).includes(token), false, 'the token is shown once');
});

test('who is pushed is known or new; whom the directory takes out is asked about and comes back when it is a mistake', async () => {
  for (const name of ['owen', 'camille', 'noor', 'tomas', 'liming'])
    await pushUser(name, name === 'tomas' ? { title: 'Chief of optics' } : {});
  await pushUser('zora', { name: { givenName: 'Zora', familyName: 'Neal' } });
  await push('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Sales',
    members: [{ value: ids.get('owen') }],
  });
  await deactivate('owen');
  await page.reload();
  await says(page, 'Microsoft Entra ID took somebody out. Are they leaving?');
  await picture(page, 'directory-asked');
  await press('A mistake: Owen Achterberg');
  await says(page, /as before|It was a mistake/);
  await page.getByRole('link', { name: '6 users' }).click();
  await page.getByRole('link', { name: 'Zora Neal' }).waitFor();
  await picture(page, 'directory-users');
  await page.goBack();
  await page.getByRole('link', { name: '1 group' }).click();
  await press('1 member of Sales');
  await page.getByRole('link', { name: 'Owen Achterberg' }).waitFor();
  await picture(page, 'directory-group');
});

test('too many at once are held until somebody types how many they saw', async () => {
  for (const name of ['camille', 'noor', 'tomas', 'liming']) await deactivate(name);
  await page.goto(at('/directory'));
  await says(page, 'Held for you');
  await picture(page, 'directories');
  await page.getByRole('link', { name: 'Microsoft Entra ID' }).click();
  await says(page, /wants to take out .* at once\. Nobody was touched\./);
  await picture(page, 'directory-held');
  await press('It is a mistake…');
  await says(page, 'Let it go: nobody is touched?');
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  const names = await page.getByRole('dialog').getByRole('listitem').count();
  await page.getByLabel(/confirm that you have seen their names/).fill(String(names));
  await page.getByLabel('Why this is right').fill('A filter was wrong there.');
  await picture(page, 'directory-decide');
  await press('Let it go');
  await page.getByText(/wants to take out/).waitFor({ state: 'hidden' });
});

test('what the directory tells otherwise than the people list has stands among the differences, and one click decides it', async () => {
  await page.goto(at('/people?find=tomas'));
  await page.getByRole('link', { name: /^Tom/ }).first().click();
  await says(page, 'The sources differ');
  await picture(page, 'person-differences');
  await page.goto(at('/people/sources'));
  await says(page, 'Microsoft Entra ID');
  await picture(page, 'people-sources');
  await page.getByRole('link', { name: /^1.*differences/ }).click();
  await says(page, /stands here. Microsoft Entra ID says Chief of optics/);
  await picture(page, 'people-differences');
  await press(/^Take Microsoft Entra ID’s: Chief of optics/);
  await says(page, 'Nothing waits for a decision');
});
