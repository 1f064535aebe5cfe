import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { answerOf, comeIn, companyWithOidc, finish, oidcSettings, onRoster } from '../../../tests/company-world.ts';
import { makeKey, startCrookedProvider } from '../../../tests/fakes/company-providers/start-crooked-provider.ts';
import { oidcClient } from '../../../tests/fakes/company-providers/start-oidc-provider.ts';
import { openPage } from '../../../tests/setup/page-caller.ts';

test('somebody on the people list comes in through the company’s provider and is an employee from then on', async (t) => {
  const world = await companyWithOidc(t, {
    accounts: { owen: { email: 'Owen@fernhill.example', email_verified: true, name: 'Owen B.', groups: [] } },
  });
  await onRoster(world, { givenName: 'Owen', familyName: 'Bright', workAddress: 'owen@fernhill.example' });
  world.provider.signedInAs = 'owen';
  const page = openPage(world.platform);
  const came = await comeIn(page, world.organizationId, undefined, '/tasks?x=1');
  assert.deepEqual([came.status, came.body], [200, { next: '/tasks?x=1', trial: null }]);
  const session = (await page.call('GET', '/session')).body;
  assert.deepEqual([session.name, session.roles, session.byCompany], ['Owen Bright', ['employee'], true]);
  assert.notEqual(session.personId, null, 'linked to their person at once');
  const again = openPage(world.platform);
  assert.equal((await comeIn(again, world.organizationId)).status, 200);
  assert.equal((await again.call('GET', '/session')).body.memberId, session.memberId);
});

test('who is not on the people list, has left, or has no address of the company’s domain is refused in words', async (t) => {
  const world = await companyWithOidc(t, {
    accounts: {
      stranger: { email: 'stranger@fernhill.example', email_verified: true },
      gone: { email: 'gone@fernhill.example', email_verified: true },
      guest: { email: 'guest@elsewhere.example', email_verified: true },
      unsure: { email: 'unsure@fernhill.example', email_verified: false },
      nameless: { email_verified: true },
    },
  });
  for (const name of ['gone', 'unsure'])
    await onRoster(world, { givenName: name, familyName: 'Bright', workAddress: `${name}@fernhill.example` });
  const gone = (await world.owner('GET', '/people?q=gone')).body.rows[0].id;
  await world.owner('PATCH', `/people/${gone}`, { lastWorkingDay: '2020-01-31' });
  const why: Record<string, string> = {};
  for (const account of ['stranger', 'gone', 'guest', 'unsure', 'nameless']) {
    world.provider.signedInAs = account;
    const page = openPage(world.platform);
    const came = await comeIn(page, world.organizationId);
    why[account] = came.body.code;
    assert.equal(came.status, 403, account);
    assert.equal((await page.call('GET', '/session')).status, 401, account);
  }
  assert.deepEqual(why, {
    stranger: 'not_on_roster',
    gone: 'has_left',
    guest: 'foreign_domain',
    unsure: 'unverified_address',
    nameless: 'no_address',
  });
  await world.page.call('PUT', '/company-sign-in', oidcSettings(world.provider, { outsideRoster: 'admit' }));
  world.provider.signedInAs = 'stranger';
  assert.equal((await comeIn(openPage(world.platform), world.organizationId)).status, 200);
});

test('a state counts once, within ten minutes, and in the browser that began', async (t) => {
  const world = await companyWithOidc(t);
  const { organizationId } = world;
  const victim = openPage(world.platform);
  const attacker = openPage(world.platform);
  const begun = (await attacker.call('POST', `/sign-in/company/${organizationId}/begin`, {})).body.address;
  await victim.call('POST', `/sign-in/company/${organizationId}/begin`, {});
  const answer = await answerOf(begun);
  assert.equal((await finish(victim, organizationId, answer)).body.code, 'begin_again', 'of another browser');
  assert.equal((await finish(openPage(world.platform), organizationId, answer)).body.code, 'begin_again', 'of no browser');
  const both = await Promise.all([1, 2].map(() => finish(attacker, organizationId, answer)));
  assert.deepEqual(both.map((each) => each.status).sort(), [200, 401], 'of two at once one wins');
  const replayed = openPage(world.platform);
  const other = await answerOf((await replayed.call('POST', `/sign-in/company/${organizationId}/begin`, {})).body.address);
  assert.equal(
    (await finish(replayed, organizationId, { ...other, code: answer.code! })).body.code,
    'code_refused',
    'a code of an earlier sign-in',
  );
  const late = openPage(world.platform);
  const tooLate = await answerOf((await late.call('POST', `/sign-in/company/${organizationId}/begin`, {})).body.address);
  world.clock.advance({ minutes: 11 });
  assert.equal((await finish(late, organizationId, tooLate)).body.code, 'begin_again', 'too late');
});

test('a code whose request went without PKCE, or with another challenge, is not redeemed', async (t) => {
  const world = await companyWithOidc(t);
  for (const change of ['plain', 'other', 'none']) {
    const page = openPage(world.platform);
    const address = new URL((await page.call('POST', `/sign-in/company/${world.organizationId}/begin`, {})).body.address);
    assert.equal(address.searchParams.get('code_challenge_method'), 'S256');
    if (change === 'plain') address.searchParams.set('code_challenge_method', 'plain');
    if (change === 'other') address.searchParams.set('code_challenge', 'a'.repeat(43));
    if (change === 'none') for (const name of ['code_challenge', 'code_challenge_method']) address.searchParams.delete(name);
    const came = await finish(page, world.organizationId, await answerOf(address.href));
    assert.equal(came.status, 401, `${change}: ${JSON.stringify(came.body)}`);
    assert.equal((await page.call('GET', '/session')).status, 401, change);
  }
});

test('only a path of this page is returned to', async (t) => {
  const world = await companyWithOidc(t);
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '\\/evil.example',
    '/%5cevil',
  ]) {
    const came = await comeIn(openPage(world.platform), world.organizationId, undefined, next);
    assert.equal(came.body.next, next === '/%5cevil' ? next : '/', next);
  }
});

test('an id token that another has signed, that is for another client, of another issuer, of another sign-in or too old signs nobody in', async (t) => {
  const world = await companyWithOidc(t);
  const crooked = await startCrookedProvider(oidcClient.clientId);
  t.after(() => crooked.stop());
  await world.page.call('PUT', '/company-sign-in/state', { state: 'off' });
  assert.equal((await world.page.call('PUT', '/company-sign-in', oidcSettings(crooked))).status, 204);
  const stranger = await makeKey('first');
  const seconds = () => Math.floor(Date.now() / 1000);
  const unsigned = (claims: object) =>
    `${[{ alg: 'none' }, { iss: crooked.issuer, aud: oidcClient.clientId, sub: 'ines', iat: seconds(), exp: seconds() + 60, ...claims }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')}.`;
  const byPublicKey = (claims: object) =>
    new SignJWT({ iss: crooked.issuer, aud: oidcClient.clientId, sub: 'ines', iat: seconds(), exp: seconds() + 60, ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(Buffer.from(JSON.stringify(crooked.key.jwk)));
  const bySecret = (claims: object) =>
    new SignJWT({ iss: crooked.issuer, aud: oidcClient.clientId, sub: 'ines', iat: seconds(), exp: seconds() + 60, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(oidcClient.clientSecret));
  const mail = { email: 'ines@fernhill.example', email_verified: true };
  const begun = async (token: (claims: Record<string, unknown>) => Promise<string> | string) => {
    const { address } = (await world.page.call('POST', '/company-sign-in/try')).body;
    const sent = new URL(address).searchParams;
    crooked.idToken = await token({ ...mail, nonce: sent.get('nonce') });
    return finish(world.page, world.organizationId, { code: 'x', state: sent.get('state')! });
  };
  const refused: Record<string, string> = {};
  for (const [name, token] of Object.entries({
    'bad_signature another key': (claims: object) => crooked.sign({ ...claims }, {}, stranger),
    'bad_signature none': unsigned,
    'bad_signature HS256 with the public key': byPublicKey,
    'bad_signature HS256 with the secret': bySecret,
    'bad_signature changed': async (claims: object) => {
      const [head, , tail] = (await crooked.sign({ ...claims })).split('.');
      const [, other] = (await crooked.sign({ ...claims, sub: 'somebody else' })).split('.');
      return `${head}.${other}.${tail}`;
    },
    'wrong_audience another client': (claims: object) => crooked.sign({ ...claims, aud: 'another-program' }),
    'wrong_audience ours and another, made for the other': (claims: object) =>
      crooked.sign({ ...claims, aud: [oidcClient.clientId, 'another-program'], azp: 'another-program' }),
    'wrong_issuer another provider': (claims: object) => crooked.sign({ ...claims, iss: 'https://accounts.google.com' }),
    'bad_answer nonce of another sign-in': (claims: object) => crooked.sign({ ...claims, nonce: 'another' }),
    'bad_answer no nonce': (claims: object) => crooked.sign({ ...claims, nonce: undefined }),
    'expired over': (claims: object) => crooked.sign({ ...claims, exp: seconds() - 150 }),
    'expired not yet': (claims: object) => crooked.sign({ ...claims, nbf: seconds() + 200 }),
  })) {
    const came = await begun(token);
    refused[`${came.body.code} ${name.replace(/^\w+ /, '')}`] = name;
    assert.equal(came.status, 401, `${name}: ${JSON.stringify(came.body)}`);
  }
  assert.deepEqual(Object.keys(refused), Object.values(refused));
  const [none] = await world.run((ctx) => ctx.db.selectFrom('identity_company_sign_in').select('tried_fingerprint').execute());
  assert.notEqual(none, undefined);
  assert.equal(
    (await world.page.call('PUT', '/company-sign-in/state', { state: 'on' })).body.code,
    'not_tried',
    'nothing of this counts as a try',
  );
  assert.equal(
    (await begun((claims) => crooked.sign({ ...claims, exp: seconds() - 110 }))).status,
    200,
    'two minutes of difference are allowed',
  );
  assert.equal((await world.page.call('PUT', '/company-sign-in/state', { state: 'on' })).status, 204);
  await crooked.rotate();
  assert.equal((await begun((claims) => crooked.sign({ ...claims }))).status, 200, 'a new key is taken as soon as it is published');
  world.clock.advance({ minutes: 8 });
  assert.equal((await begun((claims) => crooked.sign({ ...claims }))).body.code, 'expired', 'by our clock');
});

test('a provider that is down, describes another or none, or lies on a host that the operator does not allow is said in words', async (t) => {
  const world = await companyWithOidc(t);
  const crooked = await startCrookedProvider(oidcClient.clientId);
  t.after(() => crooked.stop());
  await world.page.call('PUT', '/company-sign-in/state', { state: 'off' });
  const save = (more: object = {}) => world.page.call('PUT', '/company-sign-in', { ...oidcSettings(crooked), ...more });
  crooked.discovery = { issuer: 'https://another.example' };
  assert.match((await save()).body.problems[0].message, /describes another issuer/);
  crooked.discovery = { id_token_signing_alg_values_supported: ['HS256', 'none'] };
  assert.equal((await save()).body.code, 'weak_provider');
  crooked.discovery = { authorization_endpoint: 'javascript:alert(document.cookie)//' };
  assert.equal((await save()).status, 204);
  assert.equal((await world.page.call('POST', '/company-sign-in/try')).body.code, 'bad_answer', 'an address that would run in our page');
  crooked.discovery = { jwks_uri: 'http://127.0.0.1:1/keys', token_endpoint: 'http://169.254.169.254/token' };
  assert.equal((await save()).status, 204);
  const begun = (await world.page.call('POST', '/company-sign-in/try')).body.address;
  const sent = new URL(begun).searchParams;
  const elsewhere = await finish(world.page, world.organizationId, { code: 'x', state: sent.get('state')! });
  assert.equal(elsewhere.body.code, 'provider_silent');
  assert.match(elsewhere.body.detail, /169\.254\.169\.254 is not a host of this connection/);
  crooked.isDown = true;
  const down = await world.page.call('POST', '/company-sign-in/try');
  assert.equal(down.status, 502);
  assert.match(down.body.detail, /^Your company’s provider cannot be used at present: .* Nobody was signed in\. Try again/);
  assert.equal((await save({ issuer: 'http://10.0.0.1' })).body.code, 'provider_silent');
  assert.equal((await save({ issuer: 'ftp://x' })).body.problems[0].field, 'issuer');
});
