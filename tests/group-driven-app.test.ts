// An app whose access hangs on a group of a directory is driven through that group, and read back in the app itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePerson } from '../server/people/index.ts';
import { openAccessCompany } from './access-company.ts';
import { startScimServer } from './fakes/scim-servers/start-scim-server.ts';
import { fixture as google } from './fakes/vendors/google.ts';
import { fixture as microsoft } from './fakes/vendors/microsoft.ts';
import { fixture as okta } from './fakes/vendors/okta.ts';

for (const [connector, fixture] of Object.entries({ okta, google, microsoft })) {
  test(`${connector}: a rule puts into the group that gives the app, the end of the rule takes out, and both are read back`, async (t) => {
    const company = await openAccessCompany(t);
    const vendor = await fixture.start({ accounts: 5 });
    t.after(() => vendor.server.stop());
    // The app itself, over a connection that only reads: the directory provisions it, not we.
    const wiki = await startScimServer({ clock: company.clock, users: [{ userName: 'robot@acme.example', active: true }] });
    t.after(() => wiki.stop());
    const connect = async (body: object) => {
      const made = await company.owner('post', '/connections', { syncEveryMinutes: null, ...body });
      assert.equal(made.status, 200, JSON.stringify(made.body));
      await company.read(made.body.appId);
      return made.body.appId as string;
    };
    const { settings, secrets } = vendor;
    const directory = await connect({ appName: 'Directory', connector, settings, secrets });
    const app = await connect({
      appName: 'Wiki',
      connector: 'scim',
      settings: { baseUrl: wiki.baseUrl },
      secrets: { token: 'test-token' },
      writes: false,
    });
    const changed = await company.owner('PATCH', `/apps/${app}`, {
      writer: 'group',
      writerAppId: directory,
      writerEntitlement: vendor.entitlement!.name,
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const person = await company.member('Person', 'Sales', { workAddress: vendor.account.userName });
    await company.read(directory);
    await company.read(app);
    const inGroup = async () => {
      await company.read(directory);
      const held = await company.run((ctx) =>
        ctx.db
          .selectFrom('apps_grants')
          .innerJoin('apps_accounts', 'apps_accounts.id', 'apps_grants.account_id')
          .innerJoin('apps_entitlements', 'apps_entitlements.id', 'apps_grants.entitlement_id')
          .select('apps_entitlements.name')
          .where('apps_accounts.person_id', '=', person)
          .where('apps_accounts.app_id', '=', directory)
          .execute(),
      );
      return held.some(({ name }) => name === vendor.entitlement!.name);
    };
    assert.equal(await inGroup(), false);
    await company.rule({ name: 'Sales reads the wiki', when: 'person.department == "Sales"', grants: [{ appId: app }] });
    await company.apply();
    assert.equal(await inGroup(), true, 'a fresh read of the directory shows it');
    assert.deepEqual(wiki.changes(), [], 'the app itself is only read');
    // The directory makes the account, as it does for its groups.
    await fetch(`${wiki.baseUrl}/Users`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-token', 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: vendor.account.userName, active: true }),
    });
    await company.read(app);
    assert.equal((await company.gap()).total, 0);

    await company.member('Bob', 'Support');
    await company.run(async (ctx) => {
      const support = await ctx.db.selectFrom('people_departments').select('id').where('name', '=', 'Support').executeTakeFirstOrThrow();
      await changePerson(ctx, person, { departmentId: support.id });
    });
    await company.settle();
    await company.apply();
    assert.equal(await inGroup(), false);
  });
}
