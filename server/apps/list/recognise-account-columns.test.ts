import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AccountField, accountMeaningOf } from './account-headings.ts';
import { recogniseAccountColumns } from './recognise-account-columns.ts';

const headings: Partial<Record<AccountField, string>> = {
  blocked:
    'Deprovisioned|Frozen|isFrozen|Login Disabled|Is locked|Revoked|Removed|Konto deaktiviert|Zugang gesperrt|Login gesperrt|Suspended|Block credential',
  enabled: 'Can login|Login allowed|Konto aktiv|Zugang aktiv|Account enabled|accountEnabled',
  endedAt: 'deletedDateTime|Date removed|Removed on|Suspended on|Suspension date|Deaktivierungsdatum|gesperrt seit|Deactivated at',
  lastActivityAt:
    'LastLogonDate|Last logon|lastLogonTimestamp|Last authenticated|Last used on|password_last_used|access_key_1_last_used_date|Last interactive sign in|Most recent sign in|zuletzt gesehen|zuletzt online|zuletzt eingeloggt|Last seen in Jira - acme|Last Login (UTC)',
  role: 'Profile|Admin roles|Billing admin|Is guest|PROFILE.NAME|Role',
  externalId: 'Atlassian ID|User ID|external_id|id',
  status: 'Seat status|Invite status|Access status|Mitgliedsstatus|Nutzerstatus|Status|State',
};

test('the headings of common admin pages are known, English and German', () => {
  for (const [field, words] of Object.entries(headings)) {
    for (const word of words.split('|')) assert.deepEqual([word, accountMeaningOf(word)?.field], [word, field]);
  }
});

test('a job title is no name, a changed profile no use, and where somebody signed in no time', () => {
  for (const word of [
    'Title',
    'Employee Title',
    'updated_at',
    'Last',
    'Activity',
    'Last login IP',
    'Days since last login',
    'Last activity type',
  ])
    assert.equal(accountMeaningOf(word), null, word);
});

const mappingOf = (names: string[], ...rows: string[][]) =>
  recogniseAccountColumns({ headings: names, rows: rows.map((cells, i) => ({ number: i + 2, cells })) }).mapping;

test('a column "State" is the status when its values are, and a province else', () => {
  assert.deepEqual(mappingOf(['email', 'state'], ['a@x.io', 'active'], ['b@x.io', 'blocked']).status, [1]);
  for (const provinces of [
    ['Bayern', 'Berlin'],
    ['OK', 'OK'],
    ['BE', 'CA'],
  ]) {
    const mapping = mappingOf(['email', 'state', 'accountEnabled'], ...provinces.map((province, i) => [`u${i}@x.io`, province, 'TRUE']));
    assert.deepEqual([mapping.status, mapping.enabled], [undefined, [2]]);
    assert.equal(mappingOf(['email', 'state'], ...provinces.map((province, i) => [`u${i}@x.io`, province])).status, undefined);
  }
});

test('paid and free are seats: a column of them alone does not say who is active', () => {
  const mapping = mappingOf(['Email', 'Seat status'], ['a@x.io', 'Paid'], ['b@x.io', 'Free']);
  assert.deepEqual([mapping.status, mapping.licences], [undefined, [1]]);
  assert.deepEqual(mappingOf(['Email', 'Status'], ['a@x.io', 'Paid'], ['b@x.io', 'Deactivated']).status, [1]);
});

test('an id that is blank or the same in every row does not tell accounts apart while another one does', () => {
  assert.deepEqual(mappingOf(['id', 'email', 'external_id'], ['1', 'a@x.io', ''], ['2', 'b@x.io', '']).externalId, [0]);
  assert.deepEqual(mappingOf(['id', 'email', 'external_id'], ['1', 'a@x.io', '77'], ['2', 'b@x.io', '']).externalId, [0]);
  assert.deepEqual(mappingOf(['Account ID', 'Email', 'User key'], ['9', 'a@x.io', 'k1'], ['9', 'b@x.io', 'k2']).externalId, [2]);
});

test('the given and the family name go before a column that only may be the name', () => {
  assert.equal(mappingOf(['First name', 'Last name', 'Contact', 'Email'], ['A', 'B', 'Acme', 'a@x.io']).displayName, undefined);
  assert.deepEqual(mappingOf(['First name', 'Last name', 'Display name', 'Email'], ['A', 'B', 'A B', 'a@x.io']).displayName, [2]);
});
