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

test('one sign of a closed account is enough', async () => {
  const { records } = await read(
    'Email,Status,Suspended,Deleted at\na@x.io,Active,TRUE,\nb@x.io,Active,FALSE,2026-01-01\nc@x.io,Active,FALSE,\n',
  );
  assert.deepEqual(
    records.map(({ status }) => status),
    ['suspended', 'suspended', 'active'],
  );
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
