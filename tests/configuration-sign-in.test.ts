import assert from 'node:assert/strict';
import { test } from 'node:test';
import { companyWithOidc, openCompanyWorld } from './company-world.ts';

const file = `
signIn:
  kind: okta
  issuer: https://fernhill.okta.example
  clientId: groundcrew
  domains: [Fernhill.example]
  groupsClaim: groups
  groupRoles:
    - { group: finance-team, role: finance }
  sessionHours: 12
`;

test('how the company signs in is pushed from a file, a second time changes nothing, and it is pulled without its secret', async (t) => {
  const world = await openCompanyWorld(t);
  const push = (yaml: string) => world.page.call('PUT', '/configuration', { yaml });
  const preview = await world.page.call('POST', '/configuration/preview', { yaml: file });
  assert.deepEqual([preview.body.lines[0].what, preview.body.lines[0].change], ['sign-in', 'new'], JSON.stringify(preview.body));
  assert.equal((await world.page.call('GET', '/company-sign-in')).body.settings, null, 'a preview changes nothing');
  assert.match((await push(file)).body.lines[0].words, /enter the secret, try it and switch it on/);
  assert.equal((await push(file)).body.changed, 0);
  const { settings, state } = (await world.page.call('GET', '/company-sign-in')).body;
  assert.deepEqual(
    [settings.domains, settings.groupRoles, settings.sessionHours, state],
    [['fernhill.example'], [{ group: 'finance-team', role: 'finance' }], 12, 'off'],
  );
  const { yaml } = (await world.page.call('GET', '/configuration')).body;
  assert.match(yaml, /signIn:\n {2}kind: okta\n {2}issuer: https:\/\/fernhill\.okta\.example/);
  assert.equal((await push(yaml)).body.changed, 0);
  const less = await push('signIn: { kind: okta, issuer: https://fernhill.okta.example, domains: [fernhill.example], groupRoles: [] }');
  assert.match(less.body.lines[0].words, /^groupRoles: /, 'what is left out stays');
});

test('a file cannot name strangers’ domains or owners by groups, exchange a provider that is switched on, or be pushed by a narrow token', async (t) => {
  const world = await companyWithOidc(t);
  const push = (yaml: string) => world.page.call('PUT', '/configuration', { yaml });
  const now = `issuer: ${world.provider.issuer}`;
  const base = 'signIn: { kind: oidc, clientId: groundcrew';
  const wrong = await push(`${base}, ${now}, domains: [victim.example] }`);
  assert.match(wrong.body.problems[0].message, /nothing shows that it is yours/);
  assert.equal(wrong.body.problems[0].row, 1);
  const owner = await push(`${base}, ${now}, domains: [fernhill.example], groupsClaim: groups, groupRoles: [{ group: a, role: owner }] }`);
  assert.equal(owner.status, 422);
  const exchanged = `${base}, issuer: https://evil.example, domains: [fernhill.example] }`;
  assert.match((await push(exchanged)).body.problems[0].message, /switched on/);
  const previewed = await world.page.call('POST', '/configuration/preview', { yaml: exchanged });
  assert.match(previewed.body.problems[0].message, /switched on/);
  const hours = `${base}, ${now}, domains: [fernhill.example], sessionHours: 5 }`;
  const narrow = await world.as(['owner'], { scopes: ['organization:*', 'configuration:*'] });
  assert.equal((await narrow('POST', '/configuration/preview', { yaml: hours })).status, 200);
  assert.equal((await narrow('PUT', '/configuration', { yaml: hours })).status, 403);
  const ops = await world.as(['ops']);
  assert.doesNotMatch((await ops('GET', '/configuration')).body.yaml, /signIn/, 'only an owner is told');
  assert.equal((await push(hours)).body.changed, 1);
});
