import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTable } from '../../platform/tabular/index.ts';
import { looksLikeService } from './looks-like-service.ts';
import { type AccountListRecord, readAccountRows } from './read-account-rows.ts';
import { recogniseAccountColumns } from './recognise-account-columns.ts';

async function read(csv: string) {
  const table = await readTable(Buffer.from(csv), { fileName: 'users.csv' });
  return { ...readAccountRows(table, recogniseAccountColumns(table).mapping), table };
}
const pick = <Key extends keyof AccountListRecord>(records: AccountListRecord[], ...keys: Key[]) =>
  records.map((record) => keys.map((key) => record[key]));

test('Google Admin: names, status, last sign-in', async () => {
  const { records } = await read(
    'First Name [Required],Last Name [Required],Email Address [Required],Org Unit Path [Required],Status [READ ONLY],Last Sign In [READ ONLY],Employee ID,Licenses [READ ONLY]\n' +
      'Jane,Doe,Jane.Doe@acme.example,/Sales,Active,2026/11/20 10:22:33,17,Google Workspace Business\nAnn,Roe,ann@acme.example,/,Suspended,Never logged in,,\n',
  );
  assert.deepEqual(pick(records, 'externalId', 'displayName', 'status', 'lastActivityAt', 'employeeNumber'), [
    ['jane.doe@acme.example', 'Jane Doe', 'active', '2026-11-20T10:22:33Z', '17'],
    ['ann@acme.example', 'Ann Roe', 'suspended', null, null],
  ]);
  assert.deepEqual(records[0]?.entitlements, [{ kind: 'licence', name: 'Google Workspace Business' }]);
  assert.deepEqual(records[1]?.entitlements, []);
});

test('Slack: the status is a role or a bot', async () => {
  const { records } = await read(
    'username,email,status,billing-active,has-2fa,userid,fullname,displayname\njdoe,jane@acme.example,Member,1,0,U1,Jane Doe,Jane\nroe,ann@acme.example,Deactivated,0,0,U2,Ann Roe,\nrob,,Bot,0,0,U3,Rob,\nboss,b@acme.example,Primary Owner,1,1,U4,B,\n',
  );
  assert.deepEqual(pick(records, 'externalId', 'userName', 'status', 'isAdmin', 'isService'), [
    ['U1', 'jdoe', 'active', null, null],
    ['U2', 'roe', 'suspended', null, null],
    ['U3', 'rob', 'active', null, true],
    ['U4', 'boss', 'active', true, null],
  ]);
});

test('GitHub, Okta, Microsoft 365, Atlassian, Zoom, HubSpot, 1Password, Dropbox, Figma and Notion are read', async () => {
  const one = async (csv: string) => (await read(csv)).records[0] as AccountListRecord;
  const github = await one(
    'GitHub com login,GitHub com name,GitHub com member roles,GitHub com SAML name ID,License type\njdoe,Jane Doe,Owner,jane@acme.example,enterprise\n',
  );
  assert.deepEqual(
    [github.userName, github.address, github.isAdmin, github.externalId],
    ['jdoe', 'jane@acme.example', true, 'jane@acme.example'],
  );
  const okta = await one(
    'User Id,Username,First name,Last name,Primary email,Status,Last login\n00u1,jane@acme.example,Jane,Doe,jane@acme.example,DEPROVISIONED,2026-11-01T08:00:00.000Z\n',
  );
  assert.deepEqual([okta.externalId, okta.status, okta.lastActivityAt], ['00u1', 'suspended', '2026-11-01T08:00:00Z']);
  const microsoft = await one(
    'Display name,User principal name,Licenses,Block credential,Object Id\nJane Doe,jane@acme.example,Microsoft 365 E3+Power BI,False,abc-1\n',
  );
  assert.deepEqual(
    [microsoft.status, microsoft.address, microsoft.entitlements?.map(({ name }) => name)],
    ['active', 'jane@acme.example', ['Microsoft 365 E3', 'Power BI']],
  );
  const entra = await one('userPrincipalName,displayName,accountEnabled,userType,id\njane@acme.example,Jane Doe,FALSE,Member,abc-1\n');
  assert.deepEqual([entra.status, entra.isService, entra.externalId], ['suspended', false, 'abc-1']);
  const atlassian = await one(
    'User id,User name,email,User status,Added to org,Org role,Last seen in Jira - acme,Last seen in Confluence - acme\n712,Jane Doe,jane@acme.example,Active,01 Feb 2020,User,20 Nov 2026,18 Nov 2026\n',
  );
  assert.deepEqual(
    [atlassian.externalId, atlassian.status, atlassian.lastActivityAt, atlassian.role],
    ['712', 'active', '2026-11-20T00:00:00Z', 'User'],
  );
  const zoom = await one(
    'First Name,Last Name,Email,User Type,User Status,Last Login(UTC)\nJane,Doe,jane@acme.example,Licensed,Inactive,2026-11-20 10:00:00\n',
  );
  assert.deepEqual([zoom.status, zoom.lastActivityAt], ['suspended', '2026-11-20T10:00:00Z']);
  const hubspot = await one(
    'First name,Last name,Email,Status,Super admin,Seat,Teams,Last active\nJane,Doe,jane@acme.example,Active,Yes,Core Seat,Sales;EMEA,11/20/2026\n',
  );
  assert.deepEqual(
    [hubspot.isAdmin, hubspot.lastActivityAt, hubspot.entitlements],
    [
      true,
      '2026-11-20T00:00:00Z',
      [
        { kind: 'licence', name: 'Core Seat' },
        { kind: 'group', name: 'Sales' },
        { kind: 'group', name: 'EMEA' },
      ],
    ],
  );
  const onePassword = await one(
    'Name,Email,Status,Last auth,Groups\nJane Doe,jane@acme.example,Recovery Started,2026-11-20,Team Members\n',
  );
  assert.deepEqual([onePassword.status, onePassword.displayName], ['active', 'Jane Doe']);
  const dropbox = await one('Email,First name,Last name,Status,Role\njane@acme.example,Jane,Doe,Invited,Team admin\n');
  assert.deepEqual([dropbox.status, dropbox.isAdmin], ['active', true]);
  assert.match(dropbox.notes.join(), /invitation can still be accepted/);
  const figma = await one('Name,Email,Role,Last active,Design seat\nJane Doe,jane@acme.example,Editor,2026-11-20,Full\n');
  assert.deepEqual([figma.status, figma.isAdmin, figma.role], [null, null, 'Editor']);
  const notion = await one('User,Email,Membership type,Groups\nJane Doe,jane@acme.example,Workspace owner,Everyone\n');
  assert.deepEqual([notion.displayName, notion.isAdmin], ['Jane Doe', true]);
});

test('German lists are read, and words that are not known are left open and said', async () => {
  const { records } = await read(
    'Benutzername;E-Mail-Adresse;Anzeigename;Status;Rolle;Letzte Anmeldung\njdoe;jane@acme.example;Jane Doe;gesperrt;Administrator;20.11.2026 10:00\nroe;ann@acme.example;Ann Roe;lila;Benutzer;vorgestern\n',
  );
  assert.deepEqual(pick(records, 'status', 'isAdmin', 'lastActivityAt'), [
    ['suspended', true, '2026-11-20T10:00:00Z'],
    [null, null, null],
  ]);
  assert.match(records[1]?.notes.join(' ') ?? '', /The status "lila" is not known to us.*"vorgestern" as last activity was not understood/);
  const { records: yesNo } = await read('Name;E-Mail;Konto aktiviert\nA;a@x.io;WAHR\nB;b@x.io;FALSCH\nC;c@x.io;vielleicht\n');
  assert.deepEqual(
    yesNo.map(({ status }) => status),
    ['active', 'suspended', null],
  );
});

test('one sign of a closed account is enough, unless another column says outright that it is active: then nobody knows', async () => {
  const statuses = async (csv: string) => (await read(csv)).records.map(({ status }) => status);
  const { records } = await read(
    'Email,Status,Suspended,Deleted at\na@x.io,Active,TRUE,\nb@x.io,Active,FALSE,2026-01-01\nc@x.io,Active,FALSE,\nd@x.io,Member,TRUE,\n',
  );
  assert.deepEqual(
    records.map(({ status }) => status),
    [null, null, 'active', 'suspended'],
  );
  assert.match(records[0]?.notes.join() ?? '', /Status "Active" and Suspended "TRUE" contradict each other/);
  assert.deepEqual(await statuses('Email,Status,Enabled\na@x.io,Suspended,TRUE\nb@x.io,Active,FALSE\nc@x.io,Member,FALSE\n'), [
    null,
    null,
    'suspended',
  ]);
  // A user of Salesforce is active and frozen, one of Zendesk active (not deleted) and suspended: neither can sign in.
  assert.deepEqual(await statuses('Username,Email,Active,Frozen\na,a@x.io,1,1\nb,b@x.io,1,0\nc,c@x.io,0,0\n'), [
    'suspended',
    'active',
    'suspended',
  ]);
  assert.deepEqual(await statuses('id,email,active,suspended\n1,a@x.io,true,true\n2,b@x.io,true,false\n'), ['suspended', 'active']);
  assert.deepEqual(await statuses('Name,Email,Deprovisioned\nA,a@x.io,Yes\nB,b@x.io,No\n'), ['suspended', 'active']);
  assert.deepEqual(await statuses('User;Login Disabled\na@x.io;WAHR\nb@x.io;FALSCH\n'), ['suspended', 'active']);
});

test('an end that has not come, or that programs write for "never", closes nothing', async () => {
  const table = await readTable(
    Buffer.from(
      'Email,Status,Deactivation date\na@x.io,Member,2026-12-31\nb@x.io,Member,2026-11-01\nc@x.io,Member,9999-12-31\nd@x.io,Member,0\ne@x.io,Member,04/05/2026\nf@x.io,Member,12/11/2026\n',
    ),
    { fileName: 'u.csv' },
  );
  const { records } = readAccountRows(table, recogniseAccountColumns(table).mapping, { at: Temporal.Instant.from('2026-11-21T08:00:00Z') });
  assert.deepEqual(
    records.map(({ status }) => status),
    ['active', 'suspended', 'active', 'active', 'suspended', null],
  );
  assert.match(records[0]?.notes.join() ?? '', /has not come yet/);
});

test('where two rows of one account contradict each other, the one in which it can be used counts, whichever stands first', async () => {
  for (const [first, second] of [
    ['Suspended', 'Active'],
    ['Active', 'Suspended'],
  ]) {
    const { records, merged, refused } = await read(
      `Email,Name,Status,Groups\na@x.io,A,${first},One\na@x.io,A,${second},Two\nb@x.io,B,Suspended,\nb@x.io,Bea,Active,\n`,
    );
    assert.deepEqual(pick(records, 'externalId', 'status'), [
      ['a@x.io', 'active'],
      ['b@x.io', 'active'],
    ]);
    assert.match(records[0]?.notes.join() ?? '', /"a@x.io" is active in row \d and suspended in row \d/);
    assert.deepEqual(records[0]?.entitlements?.map(({ name }) => name).sort(), ['One', 'Two']);
    assert.equal(merged.length, 1);
    assert.deepEqual(
      refused.map(({ row }) => row),
      [4],
    );
  }
  const { records } = await read('Email,Name,Status\na@x.io,A,Suspended\na@x.io,A,purple\n');
  assert.equal(records[0]?.status, null);
});

test('proxy addresses that are parted by a plus are aliases each, a plus inside an address stays, what is none is said', async () => {
  const { records } = await read(
    'User principal name,Object Id,Proxy addresses\ncd7@acme.onmicrosoft.example,1,SMTP:cd7@acme.onmicrosoft.example+smtp:clara.diaz@acme.example+smtp:clara+x@acme.example+SIP:cd@acme.example+X500:/o=x/cn=clara@old\nb@acme.example,2,smtp:broken@@acme+smtp:b2@acme.example\n',
  );
  assert.deepEqual(records[0]?.aliases, ['clara.diaz@acme.example', 'clara+x@acme.example', 'cd@acme.example']);
  assert.deepEqual(records[1]?.aliases, ['b2@acme.example']);
  assert.match(records[1]?.notes.join() ?? '', /"broken@@acme" among the other addresses is no address/);
});

test('totals and remarks below a list are refused, rows of accounts never', async () => {
  const { records, refused, table } = await read(
    'Username,Email,Active\na,a@x.io,1\nPage,p@x.io,1\nsum-li,,1\ntotal,t@x.io,0\nlonely,,\nb,b@x.io,1\nTotal,,4\n\nUser List,,\n"Copyright (c) 2000-2026 crm, inc.",,\nGenerated By: Ann,,\nFernhill,,\n',
  );
  assert.deepEqual(
    records.map(({ userName }) => userName),
    ['a', 'Page', 'sum-li', 'total', 'lonely', 'b'],
  );
  assert.equal(refused.length, 5);
  assert.match(refused[0]?.problems[0]?.message ?? '', /Row 8: "Total" stands alone and looks like a total/);
  assert.equal(table.rows.length, records.length + refused.length);
  const one = await read('Username\na\nTeam lead\nb\nsummer intern\n');
  assert.equal(one.records.length, 4);
});

test('how long ago something was counts back from when the list was exported, and is left open while nobody has said when', async () => {
  const table = await readTable(
    Buffer.from(
      'Email,Last seen\na@x.io,44 days ago\nb@x.io,Yesterday\nc@x.io,vor 3 Stunden\nd@x.io,2 months ago\ne@x.io,heute\nf@x.io,134066484000000000\n',
    ),
    { fileName: 'u.csv' },
  );
  const { mapping } = recogniseAccountColumns(table);
  const at = (exportedAt?: string) =>
    readAccountRows(table, mapping, { exportedAt: exportedAt === undefined ? undefined : Temporal.Instant.from(exportedAt) }).records;
  assert.deepEqual(
    at('2026-11-21T10:40:00Z').map(({ lastActivityAt }) => lastActivityAt),
    ['2026-10-08T00:00:00Z', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z', null, '2026-11-21T00:00:00Z', '2025-11-03T13:00:00Z'],
  );
  assert.deepEqual(pick(at('2026-11-21T09:00:00Z'), 'lastActivityAt')[0], ['2026-10-08T00:00:00Z']);
  const open = at();
  assert.deepEqual(
    open.slice(0, 5).map(({ lastActivityAt }) => lastActivityAt),
    [null, null, null, null, null],
  );
  assert.match(open[0]?.notes.join() ?? '', /"44 days ago" as last activity counts from when the list was exported/);
});

test('a list without addresses, user names and ids is told apart by its names, and namesakes are refused', async () => {
  const logins = await read('user,arn,password_last_used\nanna.mueller,arn:1,2026-11-02T10:11:12+00:00\nrob,arn:2,N/A\n');
  assert.deepEqual(pick(logins.records, 'externalId', 'userName', 'lastActivityAt'), [
    ['anna.mueller', 'anna.mueller', '2026-11-02T10:11:12Z'],
    ['rob', 'rob', null],
  ]);
  const named = await read('Member,Role\nAnna Müller,Admin\nBen Bau,User\nBen Bau,User\n');
  assert.deepEqual(pick(named.records, 'externalId', 'displayName'), [
    ['anna müller', 'Anna Müller'],
    ['ben bau', 'Ben Bau'],
  ]);
  assert.deepEqual(
    named.refused.map(({ row }) => row),
    [4],
  );
});

test('yes or no under the name of a role is that role, or none', async () => {
  const { records } = await read('Email,Role,Is guest,Billing admin\na@x.io,Editor,Yes,No\nb@x.io,Editor,No,Yes\n');
  assert.deepEqual(pick(records, 'role', 'isService'), [
    ['Editor, guest', null],
    ['Editor, Billing admin', null],
  ]);
});

test('a row is refused when nothing tells the account by or its id is somebody else; rows in = records + refused + merged', async () => {
  const { records, refused, merged, table } = await read(
    'User ID,Email,Name,Groups\n1,a@x.io,A,One\n,,Nobody,\n1,a@x.io,A,Two\n1,b@x.io,B,\n4,d@x@y,D,\n5,e@x.io,E,x,y\n',
  );
  assert.deepEqual(
    records.map(({ row, entitlements }) => [row, entitlements?.map(({ name }) => name)]),
    [[2, ['One', 'Two']]],
  );
  assert.deepEqual(merged, [{ row: 4, into: 2 }]);
  assert.deepEqual(
    refused.map(({ row }) => row),
    [3, 5, 6, 7],
  );
  assert.match(refused[0]?.problems[0]?.message ?? '', /Row 3: nothing tells this account by/);
  assert.match(refused[1]?.problems[0]?.message ?? '', /Row 5: the account "1" stands in row 2 too, with other values/);
  assert.match(refused[2]?.problems[0]?.message ?? '', /Row 6, Email: "d@x@y" is no address/);
  assert.equal(table.rows.length + table.refused.length, records.length + refused.length + merged.length);
});

test('accounts of machines and of many people are told by their names, people are not', () => {
  const service = (name: string) => looksLikeService({ userName: null, address: `${name}@acme.example`, displayName: null });
  for (const name of ['svc-backup', 'noreply', 'admin', 'api', 'deploy-bot', 'crm.integration', 'info', 'it', 'buchhaltung', 'jenkins'])
    assert.ok(service(name), name);
  for (const name of ['jane.doe', 'abbot', 'talbot', 'tess', 'robin', 'apichat', 'infeld', 'citra'])
    assert.equal(service(name), null, name);
});
