import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onRoster, openCompanyWorld } from '../../../tests/company-world.ts';
import { answerTo, entityId, nextKey, presentKey, type Said } from '../../../tests/fakes/company-providers/saml-provider.ts';
import { openPage, type Page } from '../../../tests/setup/page-caller.ts';
import type { openWorld, World } from '../../../tests/world.ts';

const signInAddress = 'https://id.fernhill.example/sso';
export const samlSettings = (more: object = {}) => ({
  kind: 'saml',
  issuer: entityId,
  signInAddress,
  certificates: [presentKey.certificate],
  domains: ['fernhill.example'],
  ...more,
});

const metadataFor = async (world: World, organizationId = world.organizationId) =>
  new TextDecoder().decode((await world.anybody('GET', `/sign-in/company/${organizationId}/metadata`)).bytes);

/** Posts an answer as the provider's page lets the browser do, without our cookies. Returns where the browser is sent. */
async function post(world: World, xml: string, organizationId = world.organizationId, relayState = ''): Promise<string> {
  const { createApp } = await import('../../platform/http/create-app.ts');
  const { permissions, routes } = await import('../../routes.ts');
  const { findVisitor } = await import('../index.ts');
  const app = createApp(world.platform, { routes: Object.values(routes), permissions, findVisitor });
  const answer = await app.request(`/api/v1/sign-in/company/${organizationId}/saml`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://id.fernhill.example' },
    body: new URLSearchParams({ SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: relayState }).toString(),
  });
  assert.equal(answer.status, 303, await answer.text());
  return answer.headers.get('location')!;
}

const queryOf = (location: string) => Object.fromEntries(new URL(location, 'http://x').searchParams);
const fetchIt = (page: Page, world: World, location: string) =>
  page.call('POST', `/sign-in/company/${world.organizationId}/finish`, { answer: queryOf(location) });

async function companyWithSaml(t: Parameters<typeof openWorld>[0], settings: object = {}) {
  const world = await openCompanyWorld(t);
  const saved = await world.page.call('PUT', '/company-sign-in', samlSettings(settings));
  assert.equal(saved.status, 204, JSON.stringify(saved.body));
  const metadata = await metadataFor(world);
  const { address } = (await world.page.call('POST', '/company-sign-in/try')).body;
  const location = await post(world, await answerTo(address, metadata, { nameId: 'ines@fernhill.example' }));
  assert.equal((await fetchIt(world.page, world, location)).body.trial.wouldComeIn, true);
  assert.equal((await world.page.call('PUT', '/company-sign-in/state', { state: 'on' })).status, 204);
  await onRoster(world, { givenName: 'Owen', familyName: 'Bright', workAddress: 'owen@fernhill.example' });
  const begin = async (page = openPage(world.platform)) => ({
    page,
    address: (await page.call('POST', `/sign-in/company/${world.organizationId}/begin`, { next: '/tasks' })).body.address as string,
  });
  /** What becomes of an answer: '' where somebody is signed in, else the code of the refusal. `change`: what is done to the signed text. */
  const outcome = async (said: Said = {}, change: (xml: string) => string = (same) => same) => {
    const { page, address } = await begin();
    const location = await post(world, change(await answerTo(address, metadata, { at: world.clock.now(), ...said })));
    const came = await fetchIt(page, world, location);
    const isIn = (await page.call('GET', '/session')).status === 200;
    assert.equal(isIn, came.status === 200);
    return came.status === 200 ? '' : (came.body.code as string);
  };
  return Object.assign(world, { metadata, begin, outcome });
}

test('somebody on the people list comes in by a signed assertion and goes on where they wanted to', async (t) => {
  const world = await companyWithSaml(t);
  const { page, address } = await world.begin();
  assert.match(address, /^https:\/\/id\.fernhill\.example\/sso\?SAMLRequest=/);
  const location = await post(world, await answerTo(address, world.metadata), world.organizationId, 'https://evil.example/');
  assert.match(
    location,
    new RegExp(`^/sign-in/return/${world.organizationId}\\?handle=[\\w-]{43}$`),
    'a path of ours, whatever the relay state says',
  );
  assert.equal((await page.call('GET', '/session')).status, 401, 'the post alone signs nobody in');
  const thief = openPage(world.platform);
  await thief.call('POST', `/sign-in/company/${world.organizationId}/begin`, {});
  assert.equal((await fetchIt(thief, world, location)).body.code, 'begin_again', 'in another browser');
  assert.deepEqual((await fetchIt(page, world, location)).body, { next: '/tasks', trial: null });
  const session = (await page.call('GET', '/session')).body;
  assert.deepEqual([session.name, session.roles, session.byCompany], ['Owen Bright', ['employee'], true]);
  assert.equal((await fetchIt(page, world, location)).body.code, 'begin_again', 'a handle works once');
});

test('an assertion is taken once, also in answer to a request that is still open, and only in answer to one of ours', async (t) => {
  const world = await companyWithSaml(t);
  const first = await world.begin();
  const xml = await answerTo(first.address, world.metadata);
  assert.equal((await fetchIt(first.page, world, await post(world, xml))).status, 200);
  assert.match(await post(world, xml), /problem=replayed$/, 'replayed');
  await world.run((ctx) =>
    ctx.db.updateTable('identity_round_trips').set({ answered_at: null, used_at: null, handle_hash: null }).execute(),
  );
  assert.match(await post(world, xml), /problem=replayed$/, 'also where its request were open again');
  const second = await world.begin();
  const answered = await answerTo(second.address, world.metadata);
  const again = await answerTo(second.address, world.metadata);
  await post(world, answered);
  assert.match(await post(world, again), /problem=replayed$/, 'a second answer to one request');
  assert.equal(
    await post(world, await answerTo('https://id.fernhill.example/sso', world.metadata)),
    `/sign-in/with/${world.organizationId}`,
    'nobody had asked',
  );
  const late = await world.begin();
  world.clock.advance({ minutes: 11 });
  assert.match(
    await post(world, await answerTo(late.address, world.metadata, { at: world.clock.now() })),
    /problem=replayed$/,
    'the request is over',
  );
});

test('an assertion for another audience or address, by another provider, or outside its time is refused', async (t) => {
  const world = await companyWithSaml(t);
  const swap = (from: string | RegExp, to: string) => (xml: string) => {
    const changed = xml.replaceAll(from, to);
    assert.notEqual(changed, xml);
    return changed;
  };
  const now = world.clock.now();
  const cases: [string, Said][] = [
    ['wrong_audience', { before: swap(/<saml:Audience>[^<]+/g, '<saml:Audience>https://another.example') }],
    ['wrong_audience', { before: swap(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/g, '') }],
    ['wrong_audience', { before: swap(/Recipient="[^"]+"/g, 'Recipient="https://another.example/acs"') }],
    ['wrong_audience', { before: swap(/Destination="[^"]+"/g, 'Destination="https://another.example/acs"') }],
    ['wrong_issuer', { before: swap(`<saml:Issuer>${entityId}`, '<saml:Issuer>https://another.example') }],
    ['expired', { at: now.subtract({ minutes: 8 }) }],
    ['expired', { at: now.add({ minutes: 3 }) }],
    ['', { at: now.subtract({ seconds: 410 }) }],
    ['', { at: now.add({ seconds: 110 }) }],
    ['bad_answer', { before: swap(/ NotOnOrAfter="[^"]+" Recipient/g, ' Recipient') }],
    ['bad_answer', { before: swap(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/g, '') }],
    ['provider_refused', { before: swap('status:Success', 'status:Responder') }],
    ['no_subject', { nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' }],
    ['no_subject', { before: swap(/<saml:NameID[^>]*>[^<]*<\/saml:NameID>/g, '') }],
    ['unasked', { before: swap(/ InResponseTo="[^"]+"/g, '') }],
  ];
  for (const [expected, said] of cases) {
    if (expected === 'unasked') {
      const { address } = await world.begin();
      assert.match(await post(world, await answerTo(address, world.metadata, said)), /^\/sign-in\/with\//);
    } else assert.equal(await world.outcome(said), expected, `${expected} ${said.before ?? ''}${said.at ?? ''}`);
  }
});

test('only an assertion that a named certificate signed with SHA-256 or better is taken; several certificates overlap while one follows the other', async (t) => {
  const world = await companyWithSaml(t);
  assert.equal(await world.outcome({ key: nextKey }), 'bad_signature', 'of a key that nobody named');
  assert.equal(await world.outcome({ signs: 'both' }), '');
  assert.equal(await world.outcome({ signs: 'message' }), 'not_signed');
  assert.equal(await world.outcome({ algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }), 'weak_signature');
  assert.equal(await world.outcome({ algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' }), '');
  assert.equal(await world.outcome({}, (xml) => xml.replace(/<ds:Signature.*?<\/ds:Signature>/s, '')), 'not_signed');
  assert.equal(await world.outcome({}, (xml) => xml.replaceAll('owen@fernhill.example', 'ines@fernhill.example')), 'bad_signature');
  assert.equal(
    (await world.page.call('PUT', '/company-sign-in', samlSettings({ certificates: [presentKey.certificate, nextKey.certificate] })))
      .status,
    204,
  );
  assert.equal(await world.outcome({ key: nextKey }), '');
  assert.equal(await world.outcome({ key: presentKey }), '');
});

test('comments, document types, entities, CDATA, instructions and encrypted assertions are refused before anything is believed', async (t) => {
  const world = await companyWithSaml(t);
  const cases: Record<string, (xml: string) => string> = {
    'a comment in the name': (xml) =>
      xml.replace('>owen@fernhill.example</saml:NameID>', '>owen@fernhill.example<!-- -->.evil.example</saml:NameID>'),
    'a document type': (xml) => `<!DOCTYPE x [<!ENTITY a "b">]>${xml}`,
    'a bomb of entities': (xml) =>
      `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>${xml.replace('Owen Bright', '&c;')}`,
    'a file from outside': (xml) => `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${xml.replace('Owen Bright', '&a;')}`,
    'an unknown entity': (xml) => xml.replace('Owen Bright', '&a;'),
    'a CDATA section': (xml) => xml.replace('Owen Bright', '<![CDATA[Owen Bright]]>'),
    'an instruction': (xml) => xml.replace('Owen Bright', 'Owen<?x y?> Bright'),
    'a tree without end': (xml) => xml.replace('Owen Bright', `${'<a>'.repeat(3000)}${'</a>'.repeat(3000)}`),
    'no XML': () => 'hello',
    'half of it': (xml) => xml.slice(0, xml.length / 2),
    'an assertion of its own': (xml) => xml.slice(xml.indexOf('<saml:Assertion'), xml.indexOf('</samlp:Response>')),
  };
  for (const [what, change] of Object.entries(cases)) assert.equal(await world.outcome({}, change), 'bad_answer', what);
  const encrypted = (xml: string) => xml.replace('<saml:Assertion', '<saml:EncryptedAssertion/><saml:Assertion');
  assert.equal(await world.outcome({}, encrypted), 'encrypted');
  assert.equal(
    await world.outcome({
      before: (xml) => xml.replace('>owen@fernhill.example</saml:NameID>', '>owen@fernhill.example<!-- -->.evil.example</saml:NameID>'),
    }),
    'bad_answer',
    'also where it was signed with it',
  );
});

test('a really signed assertion that is wrapped into another (XSW 1 to 8 and relatives) signs nobody in', async (t) => {
  const world = await companyWithSaml(t);
  const parts = (xml: string) => {
    const assertion = xml.match(/<saml:Assertion.*<\/saml:Assertion>/s)![0];
    const signature = assertion.match(/<ds:Signature.*?<\/ds:Signature>/s)![0];
    const id = assertion.match(/ID="([^"]+)"/)![1]!;
    const evil = (more = '') =>
      assertion.replace(signature, more).replace(`ID="${id}"`, 'ID="_evil"').replaceAll('owen@fernhill.example', 'ines@fernhill.example');
    return { assertion, signature, id, evil, unsigned: assertion.replace(signature, ''), root: xml.match(/<samlp:Response [^>]*>/)![0] };
  };
  const response = (xml: string) => {
    const signature = [...xml.matchAll(/<ds:Signature.*?<\/ds:Signature>/gs)]
      .map(([each]) => each)
      .find((each) => each.includes(`URI="#${xml.match(/ID="([^"]+)"/)![1]}"`))!;
    const bare = xml.replace(signature, '');
    const evil = (inside: string) =>
      xml
        .replace(/ID="[^"]+"/, 'ID="_evil-response"')
        .replaceAll('owen@fernhill.example', 'ines@fernhill.example')
        .replace(signature, inside);
    return { signature, bare, evil };
  };
  const withObject = (signature: string, inside: string) =>
    signature.replace('</ds:Signature>', `<ds:Object>${inside}</ds:Object></ds:Signature>`);
  const ofAssertion: Record<string, (xml: string) => string> = {
    'XSW3: a copy before the signed one': (xml) => xml.replace(parts(xml).assertion, parts(xml).evil() + parts(xml).assertion),
    'XSW3: a copy after it': (xml) => xml.replace(parts(xml).assertion, parts(xml).assertion + parts(xml).evil()),
    'XSW4: the signed one inside the copy': (xml) =>
      xml.replace(
        parts(xml).assertion,
        parts(xml)
          .evil()
          .replace('</saml:Assertion>', `${parts(xml).assertion}</saml:Assertion>`),
      ),
    'XSW5: the copy carries the signature, the original follows': (xml) =>
      xml.replace(parts(xml).assertion, parts(xml).evil(parts(xml).signature) + parts(xml).unsigned),
    'XSW6: the original inside the signature': (xml) =>
      xml.replace(parts(xml).assertion, parts(xml).evil(withObject(parts(xml).signature, parts(xml).unsigned))),
    'XSW7: the copy in extensions': (xml) =>
      xml.replace('<samlp:Status>', `<samlp:Extensions>${parts(xml).evil()}</samlp:Extensions><samlp:Status>`),
    'XSW8: the original in an object of the signature': (xml) =>
      xml.replace(parts(xml).assertion, parts(xml).evil(withObject(parts(xml).signature, parts(xml).assertion))),
    'the same id twice': (xml) =>
      xml.replace(
        parts(xml).assertion,
        parts(xml).assertion +
          parts(xml)
            .evil()
            .replace('ID="_evil"', `ID="${parts(xml).id}"`),
      ),
    'an id in small letters': (xml) =>
      xml.replace(
        parts(xml).assertion,
        parts(xml)
          .evil(parts(xml).signature)
          .replace('ID="_evil"', `ID="_evil" Id="${parts(xml).id}"`),
      ),
    'an id in a namespace': (xml) =>
      xml.replace(
        parts(xml).assertion,
        parts(xml)
          .evil(parts(xml).signature)
          .replace('ID="_evil"', `ID="_evil" xmlns:x="urn:x" x:ID="${parts(xml).id}"`),
      ),
    'an assertion of another namespace': (xml) =>
      xml.replace(
        parts(xml).assertion,
        `${parts(xml).evil().replace('<saml:Assertion', '<evil:Assertion xmlns:evil="urn:evil"').replace('</saml:Assertion>', '</evil:Assertion>')}${parts(xml).assertion}`,
      ),
    'the response around the response': (xml) =>
      `${parts(xml).root}${xml.match(/<samlp:Status>.*<\/samlp:Status>/s)![0]}${parts(xml).evil()}${xml}</samlp:Response>`,
    'two signatures': (xml) => xml.replace(parts(xml).signature, parts(xml).signature + parts(xml).signature),
    'a reference to everything': (xml) => xml.replace(`URI="#${parts(xml).id}"`, 'URI=""'),
    'a second subject': (xml) =>
      xml.replace('<saml:Conditions', '<saml:Subject><saml:NameID>ines@fernhill.example</saml:NameID></saml:Subject><saml:Conditions'),
  };
  for (const [what, change] of Object.entries(ofAssertion)) assert.match(await world.outcome({}, change), /^bad_(answer|signature)$/, what);
  const ofMessage: Record<string, (xml: string) => string> = {
    'XSW1: the signed response inside the signature of its copy': (xml) =>
      response(xml).evil(withObject(response(xml).signature, response(xml).bare)),
    'XSW2: the signed response beside it': (xml) => response(xml).evil(`${response(xml).bare}${response(xml).signature}`),
    'the copy outside, the signed one as its child': (xml) =>
      response(xml).evil('').replace('</samlp:Response>', `${xml}</samlp:Response>`),
    'the signature of the message alone left': (xml) => xml.replace(parts(xml).signature, ''),
  };
  for (const [what, change] of Object.entries(ofMessage))
    assert.match(await world.outcome({ signs: 'both' }, change), /^(bad_(answer|signature)|not_signed)$/, what);
});

test('an answer for one organization is of no use at another, also where both trust the same provider', async (t) => {
  const world = await companyWithSaml(t);
  const made = await world.page.call('POST', '/organizations', { name: 'Second', timeZone: 'UTC' });
  const second = made.body.organizationId;
  const header = { 'x-organization': second };
  assert.equal((await world.page.call('PUT', '/company-sign-in', samlSettings(), header)).status, 204);
  const { page, address } = await world.begin();
  const xml = await answerTo(address, world.metadata);
  assert.match(await post(world, xml, second), /problem=wrong_audience$/);
  const location = await post(world, xml);
  const crossed = await page.call('POST', `/sign-in/company/${second}/finish`, { answer: queryOf(location) });
  assert.equal(crossed.body.code, 'begin_again');
  assert.equal((await page.call('GET', '/session')).status, 401);
});
