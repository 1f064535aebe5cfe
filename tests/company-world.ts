import assert from 'node:assert/strict';
import { makeSetupLink } from '../server/identity/index.ts';
import { type Account, type OidcServer, oidcClient, startOidcProvider, walk } from './fakes/company-providers/start-oidc-provider.ts';
import { codeOf, openPage, type Page, type PageAnswer } from './setup/page-caller.ts';
import { openWorld, type World } from './world.ts';

export const password = 'correct horse battery staple';

/** A world whose clock is right, because providers in process read the machine's, and whose owner Ines signs in with password and code. */
export async function openCompanyWorld(
  t: Parameters<typeof openWorld>[0],
  env: Record<string, string> = {},
): Promise<World & { page: Page; key: string }> {
  const world = await openWorld(t, { at: Temporal.Now.instant().toString(), env: { GROUNDCREW_ALLOW_PRIVATE: '127.0.0.0/8', ...env } });
  const page = openPage(world.platform);
  const secret = (await makeSetupLink(world.platform))!.split('#')[1]!;
  const made = await page.call('POST', '/setup', {
    secret,
    organization: 'Fernhill',
    timeZone: 'Europe/Berlin',
    name: 'Ines Halvorsen',
    address: 'ines@fernhill.example',
    password,
  });
  assert.equal(made.status, 200, JSON.stringify(made.body));
  const app = await page.call('POST', '/second-factor/app', { password });
  assert.equal((await page.call('POST', '/second-factor/app/confirm', { code: codeOf(app.body.key) })).status, 204);
  return Object.assign(world, { page, key: app.body.key as string });
}

export const inesAtProvider: Account = {
  email: 'ines@fernhill.example',
  email_verified: true,
  name: 'Ines Halvorsen',
  groups: ['everyone'],
};

/** The settings of an OpenID Connect provider as the page sends them. */
export const oidcSettings = (provider: { issuer: string }, more: object = {}) => ({
  kind: 'oidc',
  issuer: provider.issuer,
  ...oidcClient,
  domains: ['fernhill.example'],
  ...more,
});

/** Goes through the provider as whoever is signed in there, and finishes with what came. `change` alters what the browser brings back. */
export async function comeIn(
  page: Page,
  organizationId: string,
  change: (answer: Record<string, string>) => Record<string, string> = (answer) => answer,
  next?: string,
): Promise<PageAnswer> {
  const begun = await page.call('POST', `/sign-in/company/${organizationId}/begin`, { next });
  if (begun.status !== 200) return begun;
  return finish(page, organizationId, await answerOf(begun.body.address), change);
}

/** What the provider sends the browser back with. */
export const answerOf = async (address: string): Promise<Record<string, string>> =>
  Object.fromEntries((await walk(address, 'http://localhost:4600/')).searchParams);

export const finish = (
  page: Page,
  organizationId: string,
  answer: Record<string, string>,
  change: (answer: Record<string, string>) => Record<string, string> = (same) => same,
): Promise<PageAnswer> => page.call('POST', `/sign-in/company/${organizationId}/finish`, { answer: change(answer) });

/** Starts a provider that is tried by Ines and switched on. */
export async function companyWithOidc(
  t: Parameters<typeof openWorld>[0],
  options: { accounts?: Record<string, Account>; settings?: object; env?: Record<string, string>; jwks?: { keys: object[] } } = {},
): Promise<World & { page: Page; key: string; provider: OidcServer; redirect: string }> {
  const world = await openCompanyWorld(t, options.env);
  const redirect = `http://localhost:4600/sign-in/return/${world.organizationId}`;
  const provider = await startOidcProvider({
    redirects: [redirect],
    accounts: { ines: inesAtProvider, ...options.accounts },
    ...(options.jwks ? { jwks: options.jwks } : {}),
  });
  t.after(() => provider.stop());
  const saved = await world.page.call('PUT', '/company-sign-in', oidcSettings(provider, options.settings));
  assert.equal(saved.status, 204, JSON.stringify(saved.body));
  provider.signedInAs = 'ines';
  await tryIt(world.page, world.organizationId);
  const on = await world.page.call('PUT', '/company-sign-in/state', { state: 'on' });
  assert.equal(on.status, 204, JSON.stringify(on.body));
  return Object.assign(world, { provider, redirect });
}

/** Tries the settings as the owner who is signed in on the page. Returns what was shown. */
export async function tryIt(page: Page, organizationId: string): Promise<PageAnswer> {
  const begun = await page.call('POST', '/company-sign-in/try');
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const tried = await finish(page, organizationId, await answerOf(begun.body.address));
  assert.equal(tried.status, 200, JSON.stringify(tried.body));
  return tried;
}

/** Puts somebody on the people list. */
export async function onRoster(world: World, person: { givenName: string; familyName: string; workAddress: string }): Promise<string> {
  const added = await world.owner('POST', '/people', person);
  assert.equal(added.status, 200, JSON.stringify(added.body));
  return added.body.personId ?? added.body.id;
}
