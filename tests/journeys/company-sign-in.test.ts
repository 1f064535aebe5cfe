import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BrowserContext, Page } from '@playwright/test';
import { metadataOf, startSamlProvider } from '../fakes/company-providers/saml-provider.ts';
import { type OidcServer, oidcClient, startOidcProvider } from '../fakes/company-providers/start-oidc-provider.ts';
import { openView, picture } from './browser.ts';
import { givePeople, type Journey, makeOwner, says, startJourney, until } from './journey.ts';

// The providers read the machine's clock, so the installation's is set to the same before each step.
const right = () => journey.moveClock(Temporal.Now.instant().toString());

let journey: Journey;
let page: Page;
let oidc: OidcServer;
let saml: Awaited<ReturnType<typeof startSamlProvider>>;
let organizationId = '';

before(async () => {
  journey = await startJourney(Temporal.Now.instant().toString());
  page = journey.page;
  await makeOwner(journey);
  await givePeople(journey);
  organizationId = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).organization.id);
  oidc = await startOidcProvider({
    redirects: [`${journey.installation.url}/sign-in/return/${organizationId}`],
    accounts: {
      ines: { email: 'ines@fernhill.example', email_verified: true, name: 'Ines Halvorsen', groups: ['staff'] },
      owen: { email: 'owen@fernhill.example', email_verified: true, name: 'Owen Achterberg', groups: ['finance-team'] },
      stranger: { email: 'stranger@elsewhere.example', email_verified: true },
    },
  });
  const metadata = async () => (await fetch(`${journey.installation.url}/api/v1/sign-in/company/${organizationId}/metadata`)).text();
  saml = await startSamlProvider({ metadata, people: ['ines@fernhill.example', 'owen@fernhill.example'] });
});

after(async () => {
  await oidc?.stop();
  await saml?.stop();
  await journey?.stop();
});

const at = (address: string) => journey.installation.url + address;
const press = (where: Page, name: string | RegExp) => where.getByRole('button', { name }).filter({ visible: true }).first().click();

/** A browser of somebody else, at the sign-in page. */
async function somebody(next = ''): Promise<{ window: Page; context: BrowserContext }> {
  const context = await openView(journey.browser, 'wideLight');
  await context.clock.setFixedTime(new Date());
  const window = await context.newPage();
  window.setDefaultTimeout(20_000);
  await window.goto(at(`/sign-in${next}`));
  return { window, context };
}

test('the owner sets up OpenID Connect step by step, tries it, and sees what came before it is switched on', async () => {
  await right();
  await page.goto(at('/settings'));
  await page.getByRole('link', { name: 'Company sign-in' }).click();
  await says(page, 'People sign in with a passkey or password');
  await page.getByLabel('Where your people sign in').selectOption('oidc');
  await says(page, `${journey.installation.url}/sign-in/return/${organizationId}`);
  await page.getByLabel('Issuer').fill(`${oidc.issuer}/wrong`);
  await page.getByLabel('Client id').fill(oidcClient.clientId);
  await page.getByLabel('Client secret').fill(oidcClient.clientSecret);
  await press(page, 'Save');
  await says(page, /no description of an OpenID Connect provider/);
  await page.getByLabel('Issuer').fill(oidc.issuer);
  await page.getByLabel('Claim with the groups').fill('groups');
  await press(page, 'Add a group');
  await page.getByLabel('Group 1', { exact: true }).fill('finance-team');
  await page.getByLabel('Role of group 1').selectOption('finance');
  await picture(page, 'settings-filled');
  await press(page, 'Save');
  await says(page, 'Not tried yet as it is set up now');
  assert.equal(await page.getByRole('radio', { name: /Both ways/ }).isDisabled(), true, 'nothing is switched on untried');
  await press(page, 'Try it');
  await page.getByRole('link', { name: 'Sign in as ines' }).click();
  await says(page, 'The provider works');
  await says(page, 'Would come in as Ines Halvorsen, with the role Owner.');
  await page.getByText(/Everything that came/).click();
  await picture(page, 'tried');
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await says(page, /Tried by Ines Halvorsen/);
  await page.getByRole('radio', { name: /Both ways/ }).check();
  await press(page, 'Switch it on beside the others');
  await says(page, 'People may sign in through your company');
  await picture(page, 'settings-on');
});

test('somebody types their address, goes to the provider and comes back signed in, with the role of their group', async () => {
  await right();
  const { window, context } = await somebody('?next=%2Ftasks');
  await window.getByLabel('Work address').fill('nobody.known@fernhill.example');
  await window.getByRole('button', { name: 'Sign in with fernhill.example' }).waitFor();
  await picture(window, 'sign-in');
  await press(window, 'Sign in with fernhill.example');
  await window.getByRole('link', { name: 'Sign in as owen' }).click();
  await window.waitForURL(at('/tasks'));
  await says(window, 'Owen Achterberg');
  const session = await window.evaluate(async () => (await fetch('/api/v1/session')).json());
  assert.deepEqual([session.name, session.role, session.byCompany], ['Owen Achterberg', 'Finance', true]);
  await window.goto(at('/settings/sign-in'));
  await says(window, /You are signed in through your company/);
  await picture(window, 'mine');
  await context.close();
});

test('whom the company does not let in reads why, an address of another site is not returned to, and an answer works once', async () => {
  await right();
  const { window, context } = await somebody();
  await window.goto(at(`/sign-in/with/${organizationId}?next=${encodeURIComponent('https://evil.example/')}`));
  await picture(window, 'direct');
  await press(window, 'Sign in with Fernhill Instruments');
  let back = '';
  window.on('request', (request) => {
    if (request.url().includes('/sign-in/return/')) back = request.url();
  });
  await window.getByRole('link', { name: 'Sign in as stranger' }).click();
  await says(window, /not of a domain that your company named/);
  await picture(window, 'refused');
  await window.goto(back);
  await says(window, /was finished already/);
  await context.clearCookies();
  await window.goto(at(`/sign-in/with/${organizationId}?next=${encodeURIComponent('//evil.example/')}`));
  await press(window, 'Sign in with Fernhill Instruments');
  await window.getByRole('link', { name: 'Sign in as owen' }).click();
  await window.waitForURL(at('/'));
  await context.close();
});

test('the company’s sign-in is enforced only once an owner with a sign-in of their own is named for emergencies', async () => {
  await right();
  await page.goto(at('/settings/company-sign-in'));
  await page.getByRole('radio', { name: /Through the company alone/ }).check();
  await press(page, 'Close every other way in');
  await says(page, /Name at least one owner/);
  await page.getByRole('checkbox', { name: 'Ines Halvorsen' }).check();
  await picture(page, 'settings-enforced');
  await press(page, 'Close every other way in');
  await says(page, 'People sign in through your company alone');
  const { rows } = await page.evaluate(async () => (await fetch('/api/v1/audit?action=company-sign-in.switched')).json());
  assert.equal(rows[0].after.state, 'enforced');
  await page.getByRole('radio', { name: /With a passkey or password/ }).check();
  await press(page, 'Switch it off');
  await says(page, 'People sign in with a passkey or password');
});

test('by SAML: metadata is pasted, it is tried, and somebody comes in; an answer that is posted again, changed or late signs nobody in', async () => {
  await right();
  await page.goto(at('/settings/company-sign-in'));
  await page.getByLabel('Where your people sign in').selectOption('saml');
  await page.getByLabel('Metadata of the provider').fill(metadataOf(saml.signInAddress));
  await press(page, 'Fill in from it');
  await until(page, async () => (await page.getByLabel('Sign-in address').inputValue()) === saml.signInAddress, 'the fields are filled');
  await picture(page, 'settings-saml');
  await press(page, 'Save');
  await says(page, 'Not tried yet as it is set up now');
  await press(page, 'Try it');
  await page.getByRole('link', { name: 'Sign in as ines@fernhill.example' }).click();
  await says(page, 'The provider works');
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await page.getByRole('radio', { name: /Both ways/ }).check();
  await press(page, 'Switch it on beside the others');
  await says(page, 'People may sign in through your company');

  const { window, context } = await somebody();
  const through = async (name = 'owen@fernhill.example') => {
    await window.goto(at(`/sign-in/with/${organizationId}`));
    await press(window, 'Sign in with Fernhill Instruments');
    await window.getByRole('link', { name: `Sign in as ${name}` }).click();
  };
  await through();
  await window.waitForURL(at('/'));
  assert.equal(new URL(window.url()).origin, journey.installation.url, 'the relay state of the provider leads nowhere');
  assert.equal((await window.evaluate(async () => (await fetch('/api/v1/session')).json())).name, 'Owen Achterberg');
  const used = saml.last;
  await context.clearCookies();
  await window.goto(at('/sign-in'));
  await postForm(window, used);
  await says(window, /was used already/);
  const changes: [typeof saml.said, RegExp][] = [
    [{ before: (xml) => xml.replace(/<saml:Audience>[^<]*/, '<saml:Audience>https://another.example') }, /made for another program/],
    [{ at: Temporal.Now.instant().subtract({ minutes: 20 }) }, /has expired/],
  ];
  for (const [said, words] of changes) {
    saml.said = said;
    await through();
    await says(window, words);
  }
  saml.said = {};
  await through();
  await window.waitForURL(at('/'));
  await context.clearCookies();
  const wrapped = Buffer.from(saml.last, 'base64').toString();
  const assertion = wrapped.match(/<saml:Assertion.*<\/saml:Assertion>/s)![0];
  const evil = assertion
    .replace(/<ds:Signature.*<\/ds:Signature>/s, '')
    .replace(/ ID="[^"]+"/, ' ID="_evil"')
    .replaceAll('owen@', 'ines@');
  await window.goto(at('/sign-in'));
  await postForm(window, Buffer.from(wrapped.replace(assertion, evil + assertion)).toString('base64'));
  await says(window, /not what a sign-in looks like/);
  await context.close();
});

/** Lets the browser post an answer as a page of the provider does. */
async function postForm(window: Page, answer: string): Promise<void> {
  const action = at(`/api/v1/sign-in/company/${organizationId}/saml`);
  await window.goto(`${new URL(saml.signInAddress).origin}/`);
  await window.setContent(`<form method="post" action="${action}"><input name="SAMLResponse" value="${answer}"><button>Go</button></form>`);
  await window.getByRole('button', { name: 'Go' }).click();
}
