import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Attribute, Client } from 'ldapts';
import { systemClock } from '../server/platform/clock.ts';
import { createOutbound } from '../server/platform/outbound/index.ts';
import { type RunningSlapd, rootName, rootPassword, startSlapd, suffix } from '../tests/fakes/slapd/start-slapd.ts';
import { type AccountRecord, type ConnectorError, openSession, type PersonRecord, readPages, testConnection } from './kit/index.ts';
import { ldap } from './ldap.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const authority = readFileSync(path.join(import.meta.dirname, '..', 'tests/fakes/certificates/authority.pem'), 'utf8');
const people = `ou=people,${suffix}`;
const groups = `ou=groups,${suffix}`;
const guid = (text: string) => Buffer.from(text.padEnd(16, '.'));

let openldap: RunningSlapd;
let ad: RunningSlapd;

before(async () => {
  [openldap, ad] = await Promise.all([startSlapd(), startSlapd({ activeDirectory: true })]);
  const person = (uid: string, more: object = {}) => ({
    objectClass: 'inetOrgPerson',
    uid,
    cn: `${uid} cn`,
    sn: 'Sample',
    mail: `${uid}@acme.example`,
    userPassword: `${uid}-password`,
    ...more,
  });
  await openldap.behind.add(
    `uid=ada,${people}`,
    person('ada', { givenName: 'Ada', employeeNumber: '7', title: 'Engineer', departmentNumber: 'Engines' }),
  );
  await openldap.behind.add(`uid=bea,${people}`, person('bea', { manager: `uid=ADA, ${people}` }));
  await openldap.behind.add(`cn=Łukasz\\, Jr,${people}`, person('luk', { cn: 'Łukasz, Jr' }));
  await openldap.behind.add(`cn=Sales,${groups}`, { objectClass: 'groupOfNames', cn: 'Sales', member: [`uid=bea,${people}`] });
  await openldap.behind.add(`cn=Unique,${groups}`, {
    objectClass: 'groupOfUniqueNames',
    cn: 'Unique',
    uniqueMember: [`cn=\\C5\\81ukasz\\2C Jr,${people}`],
  });
  await openldap.behind.add(`cn=shell,${groups}`, { objectClass: 'posixGroup', cn: 'shell', gidNumber: '7', memberUid: ['bea'] });
  const user = (cn: string, control: string, more: object = {}): Attribute[] =>
    Object.entries({
      objectClass: 'user',
      objectCategory: 'person',
      cn,
      sn: cn,
      userPrincipalName: `${cn}@acme.example`,
      sAMAccountName: cn,
      objectGUID: guid(cn),
      userAccountControl: control,
      ...more,
    }).map(([type, value]) => new Attribute({ type, values: [value].flat() as string[] }));
  await ad.behind.add(
    `cn=cleo,${people}`,
    user('cleo', '66048', {
      proxyAddresses: ['SMTP:cleo.main@acme.example'],
      lastLogonTimestamp: '133770816000000000',
      department: 'Sales',
    }),
  );
  await ad.behind.add(`cn=dan,${people}`, user('dan', '514', { manager: `cn=cleo,${people}` }));
  for (const cn of ['Domain Admins', 'Staff'])
    await ad.behind.add(
      `cn=${cn},${groups}`,
      [
        ['objectClass', 'group'],
        ['cn', cn],
        ['objectGUID', guid(cn)],
        ['member', `cn=cleo,${people}`],
      ].map(([type, value]) => new Attribute({ type: type as string, values: [value as string] })),
    );
});

after(() => Promise.all([openldap?.stop(), ad?.stop()]));

function sessionWith(server: RunningSlapd, settings: object = {}, secrets: object = { password: rootPassword }) {
  return openSession(ldap, {
    settings: {
      address: server.secure,
      bindName: rootName,
      peopleBase: people,
      groupsBase: groups,
      caCertificates: [authority],
      settlingSeconds: 0,
      ...settings,
    },
    secrets,
    outbound: createOutbound({ allowPrivate: ['127.0.0.0/8', '::1/128'] }),
    clock: systemClock,
  });
}

async function reading<T>(
  t: { after(work: () => void): void },
  server: RunningSlapd,
  settings: object,
  work: (session: ReturnType<typeof sessionWith>) => Promise<T>,
) {
  const session = sessionWith(server, settings);
  t.after(() => session.close());
  return work(session);
}

const accountsOf = async (session: ReturnType<typeof sessionWith>) => {
  const accounts: AccountRecord[] = [];
  const read = await readPages(ldap.listAccounts!(session), {
    idOf: ({ externalId }) => externalId,
    onPage: (page) => void accounts.push(...page),
  });
  return { read, by: new Map(accounts.map((account) => [account.userName ?? '', account])) };
};

const signsIn = async (dn: string, password: string): Promise<boolean> => {
  const client = new Client({ url: openldap.plain.replace('localhost', '127.0.0.1'), strictDN: false });
  try {
    await client.bind(dn, password);
    return true;
  } catch {
    return false;
  } finally {
    await client.unbind();
  }
};

test('a directory is read over LDAPS and over StartTLS, page by page, with groups of every kind and names of every script', async (t) => {
  for (const settings of [{}, { address: openldap.plain }, { pageSize: 1 }]) {
    await reading(t, openldap, settings, async (session) => {
      const { read, by } = await accountsOf(session);
      assert.equal(read.complete, true);
      assert.deepEqual([...by.keys()].sort(), ['ada', 'bea', 'luk']);
      const ada = by.get('ada')!;
      assert.match(ada.externalId, /^[0-9a-f-]{36}$/);
      assert.deepEqual(
        [ada.givenName, ada.familyName, ada.employeeNumber, ada.status, ada.addresses],
        ['Ada', 'Sample', '7', 'active', ['ada@acme.example']],
      );
      assert.deepEqual(ada.entitlements, []);
      assert.equal(ada.isAdmin, null);
      assert.deepEqual(
        by
          .get('bea')!
          .entitlements!.map(({ name }) => name)
          .sort(),
        ['Sales', 'shell'],
      );
      assert.deepEqual(
        by.get('luk')!.entitlements!.map(({ name }) => name),
        ['Unique'],
      );
    });
  }
});

test('a wrong certificate, password, place or unencrypted way is told in words before anything is sent that should not be', async (t) => {
  const failure = async (settings: object, secrets?: object) => {
    const session = sessionWith(openldap, settings, secrets);
    t.after(() => session.close());
    return (await testConnection(ldap, session)).find(({ ok }) => ok === false);
  };
  assert.equal((await failure({ caCertificates: [] }))?.name, 'Certificate');
  assert.equal((await failure({ address: openldap.secure.replace('localhost', '127.0.0.2') }))?.ok, false);
  const wrong = await failure({}, { password: 'not-the-password' });
  assert.equal(wrong?.name, 'Credential');
  assert.ok(!wrong?.words.includes('not-the-password'));
  assert.match((await failure({ peopleBase: `ou=nowhere,${suffix}` }))?.words ?? '', /does not exist/);
  assert.match((await failure({ peopleFilter: '(objectClass=device)' }))?.words ?? '', /No person is found/);
  assert.equal(await failure({}), undefined);
  const outside = openSession(ldap, {
    settings: { address: 'ldap://directory.example', bindName: 'cn=x', peopleBase: people, encryption: 'none' },
    secrets: { password: 'secret-of-the-test' },
    outbound: createOutbound({ allowPrivate: [], resolve: async () => [{ address: '93.184.216.34', family: 4 }] }),
    clock: systemClock,
  });
  await assert.rejects(ldap.readAccount!(outside, 'x'), (error: ConnectorError) =>
    /travel readable through the internet/.test(error.message),
  );
  const inside = openSession(ldap, {
    settings: { address: 'ldaps://127.0.0.1:636', bindName: 'cn=x', peopleBase: people },
    secrets: { password: 'secret-of-the-test' },
    outbound: createOutbound({ allowPrivate: [] }),
    clock: systemClock,
  });
  await assert.rejects(ldap.readAccount!(inside, 'x'), (error: ConnectorError) => /GROUNDCREW_ALLOW_PRIVATE/.test(error.message));
});

test('a closed account cannot sign in, whatever its password, and opened again it can, with the same one', async (t) => {
  await reading(t, openldap, {}, async (session) => {
    const ada = (await ldap.findAccount!(session, 'ADA'))!;
    const target = { externalId: ada.externalId, userName: 'ada' };
    assert.equal(await signsIn(`uid=ada,${people}`, 'ada-password'), true);
    assert.equal((await ldap.suspendAccount!.run(session, target)).changed, true);
    assert.equal((await ldap.readAccount!(session, ada.externalId))?.status, 'suspended');
    assert.equal(await signsIn(`uid=ada,${people}`, 'ada-password'), false);
    assert.equal((await ldap.suspendAccount!.run(session, target)).changed, false);
    assert.equal((await ldap.restoreAccount!.run(session, target)).changed, true);
    assert.equal(await signsIn(`uid=ada,${people}`, 'ada-password'), true);
    assert.deepEqual({ ...(await ldap.readAccount!(session, ada.externalId)), lastActivityAt: null }, { ...ada, lastActivityAt: null });
    assert.equal(await ldap.readAccount!(session, '00000000-0000-0000-0000-000000000000'), null);
    assert.equal(await ldap.findAccount!(session, '*'), null);
  });
});

test('groups are given and taken in the way of each kind; others stay, and a group that would be empty is refused in words', async (t) => {
  await reading(t, openldap, {}, async (session) => {
    const ada = (await ldap.findAccount!(session, 'ada'))!;
    const account = { externalId: ada.externalId };
    const all = [];
    for await (const page of ldap.listEntitlements!(session)) all.push(...page.records);
    assert.deepEqual(all.map(({ name }) => name).sort(), ['Sales', 'Unique', 'shell']);
    for (const entitlement of all) {
      const holds = async () =>
        (await ldap.readAccount!(session, ada.externalId))!.entitlements!.some(({ externalId }) => externalId === entitlement.externalId);
      assert.equal((await ldap.grantEntitlement!.run(session, { account, entitlement })).changed, true);
      assert.equal(await holds(), true, entitlement.name);
      assert.equal((await ldap.grantEntitlement!.run(session, { account, entitlement })).changed, false);
      assert.equal((await ldap.revokeEntitlement!.run(session, { account, entitlement })).changed, true);
      assert.equal(await holds(), false);
      assert.equal((await ldap.revokeEntitlement!.run(session, { account, entitlement })).changed, false);
    }
    const bea = (await ldap.findAccount!(session, 'bea'))!;
    assert.equal(bea.entitlements!.length, 2);
    const sales = all.find(({ name }) => name === 'Sales')!;
    await assert.rejects(
      ldap.revokeEntitlement!.run(session, { account: { externalId: bea.externalId }, entitlement: sales }),
      (error: ConnectorError) => error.kind === 'refused' && /one member/.test(error.message),
    );
  });
});

test('an account is created once, its person signs in with the password that they chose, and it is changed and deleted', async (t) => {
  await reading(t, openldap, {}, async (session) => {
    const wanted = {
      userName: 'grace,h',
      address: 'grace@acme.example',
      givenName: 'Grace',
      familyName: 'Hopper',
      displayName: 'Grace Hopper',
      employeeNumber: '9',
    };
    const made = await ldap.createAccount!.run(session, wanted);
    assert.deepEqual([made.changed, (await ldap.createAccount!.run(session, wanted)).changed], [true, false]);
    const account = { externalId: made.externalId };
    const read = (await ldap.readAccount!(session, made.externalId))!;
    assert.deepEqual(
      [read.userName, read.displayName, read.employeeNumber, read.addresses],
      ['grace,h', 'Grace Hopper', '9', ['grace@acme.example']],
    );
    const password = `a long first password ${'x'.repeat(200)}`;
    await ldap.setPassword!.run(session, { account, password });
    assert.equal(await signsIn(`uid=grace\\,h,${people}`, password), true);
    const kept = await openldap.behind.search(`uid=grace\\,h,${people}`, { attributes: ['userPassword'] });
    assert.doesNotMatch(String(kept.searchEntries[0]?.userPassword), /a long first/);
    assert.equal(
      (await ldap.changeAccount!.run(session, { account, facts: { familyName: 'Murray', employeeNumber: null } })).changed,
      true,
    );
    assert.equal(
      (await ldap.changeAccount!.run(session, { account, facts: { familyName: 'Murray', employeeNumber: null } })).changed,
      false,
    );
    const after = (await ldap.readAccount!(session, made.externalId))!;
    assert.deepEqual([after.familyName, after.employeeNumber], ['Murray', null]);
    await ldap.deleteAccount!.run(session, account);
    assert.equal(await ldap.readAccount!(session, made.externalId), null);
    assert.equal((await ldap.deleteAccount!.run(session, account)).changed, false);
  });
});

test('whoever may only read is told which right is missing when something is to be changed', async (t) => {
  const session = sessionWith(openldap, { bindName: `cn=reader,${suffix}` }, { password: 'reader-password' });
  t.after(() => session.close());
  const ada = (await ldap.findAccount!(session, 'ada'))!;
  await assert.rejects(
    ldap.suspendAccount!.run(session, { externalId: ada.externalId }),
    (error: ConnectorError) => error.kind === 'right' && !error.message.includes('reader-password'),
  );
  const blind = sessionWith(openldap, { bindName: `cn=blind,${suffix}` }, { password: 'blind-password' });
  t.after(() => blind.close());
  await assert.rejects(accountsOf(blind), (error: ConnectorError) => ['missing', 'right'].includes(error.kind));
});

test('the people of a directory are told for the roster, with their managers', async (t) => {
  await reading(t, openldap, {}, async (session) => {
    const found: PersonRecord[] = [];
    const read = await readPages(ldap.listPeople!(session), {
      idOf: ({ externalId }) => externalId,
      onPage: (page) => void found.push(...page),
    });
    assert.equal(read.complete, true);
    const [ada, bea] = ['ada@acme.example', 'bea@acme.example'].map((address) => found.find(({ workAddress }) => workAddress === address)!);
    assert.deepEqual([ada!.title, ada!.department, ada!.startDate], ['Engineer', 'Engines', null]);
    assert.equal(bea!.managerExternalId, ada!.externalId);
  });
});

test('Active Directory: flags, ids in bytes, addresses, administrators and groups; closing changes one bit and nothing else', async (t) => {
  await reading(t, ad, { dialect: 'active-directory' }, async (session) => {
    const { by, read } = await accountsOf(session);
    assert.equal(read.complete, true);
    const [cleo, dan] = [by.get('cleo@acme.example')!, by.get('dan@acme.example')!];
    assert.deepEqual([cleo.status, dan.status, cleo.isAdmin, dan.isAdmin], ['active', 'suspended', true, false]);
    assert.equal(cleo.externalId, guid('cleo').toString('hex'));
    assert.deepEqual(cleo.addresses, ['cleo.main@acme.example', 'cleo@acme.example']);
    assert.equal(cleo.lastActivityAt?.toString(), '2024-11-26T08:00:00Z');
    const control = async () =>
      (await ad.behind.search(`cn=cleo,${people}`, { attributes: ['userAccountControl'] })).searchEntries[0]?.userAccountControl;
    await ldap.suspendAccount!.run(session, { externalId: cleo.externalId });
    assert.equal(await control(), '66050');
    assert.equal((await ldap.readAccount!(session, cleo.externalId))?.status, 'suspended');
    await ldap.restoreAccount!.run(session, { externalId: cleo.externalId });
    assert.equal(await control(), '66048');
    const staff = cleo.entitlements!.find(({ name }) => name === 'Staff')!;
    const input = { account: { externalId: dan.externalId }, entitlement: staff };
    assert.equal((await ldap.grantEntitlement!.run(session, input)).changed, true);
    assert.equal((await ldap.grantEntitlement!.run(session, input)).changed, false);
    assert.deepEqual(
      (await ldap.readAccount!(session, dan.externalId))?.entitlements?.map(({ name }) => name),
      ['Staff'],
    );
    await ldap.setPassword!.run(session, { account: { externalId: dan.externalId }, password: 'Grün 9!' });
    const kept = await ad.behind.search(`cn=dan,${people}`, { attributes: ['unicodePwd'], explicitBufferAttributes: ['unicodePwd'] });
    assert.equal((kept.searchEntries[0]!.unicodePwd as Buffer).toString('utf16le'), '"Grün 9!"');
  });
});

test('10,000 entries are read once each, to the end, in bounded memory', async (t) => {
  const base = `ou=many,${suffix}`;
  await openldap.behind.add(base, { objectClass: 'organizationalUnit', ou: 'many' });
  for (let at = 0; at < 10_000; at += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, index) => {
        const uid = `p${at + index}`;
        return openldap.behind.add(`uid=${uid},${base}`, {
          objectClass: 'inetOrgPerson',
          uid,
          cn: uid,
          sn: uid,
          mail: `${uid}@acme.example`,
          description: randomBytes(300).toString('hex'),
        });
      }),
    );
  await reading(t, openldap, { peopleBase: base }, async (session) => {
    collectGarbage();
    const start = process.memoryUsage().heapUsed;
    let peak = 0;
    const read = await readPages(ldap.listAccounts!(session), {
      idOf: ({ externalId }) => externalId,
      onPage: () => {
        collectGarbage();
        peak = Math.max(peak, process.memoryUsage().heapUsed - start);
      },
    });
    assert.deepEqual([read.read, read.complete, read.duplicates], [10_000, true, 0]);
    assert.ok(peak < 40_000_000, `${Math.round(peak / 1e6)} MB more`);
  });
});

test('a directory that gives only part of a list is never taken for whole', async (t) => {
  const limited = await startSlapd({ sizeLimit: 2 });
  t.after(() => limited.stop());
  for (const uid of ['a', 'b', 'c', 'd'])
    await limited.behind.add(`uid=${uid},${people}`, { objectClass: 'inetOrgPerson', uid, cn: uid, sn: uid });
  const session = sessionWith(limited, { bindName: `cn=reader,${suffix}`, pageSize: 1 }, { password: 'reader-password' });
  t.after(() => session.close());
  const outcome = await accountsOf(session).then(
    ({ read }) => (read.read === 4 ? 'whole' : `took ${read.read} for ${read.complete}`),
    (error: ConnectorError) => error.kind,
  );
  assert.ok(['whole', 'broken'].includes(outcome), outcome);
});
