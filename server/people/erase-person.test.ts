import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { type LeavingCompany, openCompany } from '../../tests/leaving-company.ts';
import { erasure } from '../erasure.ts';
import { verifyAudit } from '../platform/verify-audit.ts';

/** Every column of the database that holds the text, as `table.column`. */
async function whereIs(adminUrl: string, words: string[]): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ schema: string; name: string; column: string; type: string }>(
      `select n.nspname as schema, c.relname as name, a.attname as column, t.typname as type from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
       where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and t.typname in ('text', 'varchar', 'jsonb', 'json', '_text', 'bytea')`,
    );
    const found: string[] = [];
    for (const { schema, name, column, type } of columns) {
      for (const word of words) {
        const sought = type === 'bytea' ? Buffer.from(word).toString('hex') : word.toLowerCase();
        const { rows } = await client.query(
          `select count(*)::int as count from "${schema}"."${name}" where position($1 in lower("${column}"::text)) > 0`,
          [sought],
        );
        if (rows[0].count > 0) found.push(`${schema}.${name}.${column}: ${word}`);
      }
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Decides every line that is open with a reason, and signs. */
async function closeProof(company: LeavingCompany, runId: string): Promise<void> {
  const { actions, handovers } = (await company.owner('get', `/runs/${runId}`)).body;
  for (const { id } of actions) await company.owner('post', `/actions/${id}/override`, { reason: 'Looked at it by hand.' });
  for (const { id } of handovers) await company.owner('post', `/handovers/${id}/override`, { reason: 'Nothing to hand over.' });
  for (const section of ['ownership', 'access']) {
    const signed = await company.owner('post', `/runs/${runId}/proof/signatures`, { section });
    assert.equal(signed.status, 200, JSON.stringify(signed.body));
  }
}

test('after erasure nothing in the database names the person, and the audit chain is still proven', async (t) => {
  const company = await openCompany(t, { at: '2026-11-26T08:12:00Z' });
  const bytes = (text: string) => new TextEncoder().encode(text);
  const list = await company.owner(
    'post',
    '/people/imports?fileName=people.csv',
    bytes(
      'Employee ID,First name,Last name,Work email,Personal email,Title,Start date\nE-77193,Rohan,Zwirnstein,rohan.zw@acme.example,zwirn@home.example,Chief Weaver,2024-01-01\n8,Maya,Berg,maya@acme.example,,Ops,2024-01-01\n9,Sam,Low,sam@acme.example,,Ops,2024-01-01\nx,Ann,Other,ann@acme.example,,,31.11.2026\n',
    ),
  );
  assert.equal(list.body.counts.refused, 1, JSON.stringify(list.body.counts));
  assert.equal((await company.owner('post', `/people/imports/${list.body.id}/confirm`, {})).status, 200);
  const { body } = await company.owner('get', '/people');
  const id = (name: string) => body.rows.find((row: { name: string }) => row.name === name).id as string;
  const rohan = id('Rohan Zwirnstein');
  await company.owner('PATCH', `/people/${id('Sam Low')}`, { managerId: rohan });
  const member = await company.as(['employee'], { personId: rohan, name: 'Rohan Zwirnstein' });
  await company.manualApp('Badges', {
    ownerPersonId: id('Maya Berg'),
    accounts: [
      {
        externalId: 'rohan.zw@acme.example',
        userName: 'rzwirn',
        addresses: ['rohan.zw@acme.example'],
        displayName: 'Rohan Zwirnstein',
        givenName: 'Rohan',
        familyName: 'Zwirnstein',
      },
    ],
  });
  await company.scimApp('Chat', {
    ownerPersonId: id('Maya Berg'),
    users: [
      {
        userName: 'rohan.zw@acme.example',
        emails: [{ value: 'rohan.zw@acme.example', primary: true }],
        displayName: 'Rohan Zwirnstein',
        active: true,
      },
    ],
  } as never);
  await company.settle();
  const left = await company.owner('post', '/leaving', {
    personIds: [rohan],
    terms: { at: 'now', reason: 'Rohan Zwirnstein goes weaving' },
  });
  assert.ok(left.status < 300, JSON.stringify(left.body));
  await company.settle();
  await company.at('2026-11-26T09:00:00Z');
  const words = ['zwirn', 'rohan.zw', 'E-77193', 'Chief Weaver'];
  const before = await whereIs(company.database.adminUrl, words);
  assert.ok(before.length > 12, `the story must leave the name in many places: ${before.join(', ')}`);
  assert.equal((await company.owner('post', `/people/${id('Maya Berg')}/erasure`)).status, 409, 'only who has left');
  const hr = await company.as(['hr']);
  assert.equal((await hr('post', `/people/${rohan}/erasure`)).status, 403, 'only an owner');

  // Erased now, the account that is still open by hand would be nobody's, and a later read would "prove" that there is none.
  const tooEarly = await company.owner('post', `/people/${rohan}/erasure`, { evenThough: true });
  assert.deepEqual([tooEarly.status, tooEarly.body.code], [409, 'still_open']);
  assert.match(tooEarly.body.detail, /exit is still open.* Nothing was erased\.$/);
  await closeProof(company, left.body.runIds[0]);
  const hindered = await company.owner('post', `/people/${rohan}/erasure`);
  assert.match(hindered.body.detail, /They may still sign in to Badges\..* A suspended account of theirs is kept in Chat\./);
  const { rows: hindrances } = (await company.owner('get', `/people/${rohan}/erasure`)).body;
  assert.deepEqual(
    hindrances.map((each: { isFinal: boolean }) => each.isFinal),
    [false, false, false],
  );
  assert.deepEqual((await whereIs(company.database.adminUrl, ['Chief Weaver'])).length > 0, true, 'nothing was erased yet');

  const erased = await company.owner('post', `/people/${rohan}/erasure`, { evenThough: true });
  assert.equal(erased.status, 200, JSON.stringify(erased.body));
  assert.equal(Object.keys(erased.body.touched).length, erasure.length);
  await company.settle();
  const after = (await whereIs(company.database.adminUrl, words)).filter((place) => !place.startsWith('pgboss.'));
  // What somebody with a role decided keeps their name in the record of who decided; a test's own token is no person's data.
  assert.deepEqual(after, []);
  assert.equal((await member('get', `/people/${rohan}`)).status, 401, 'their sign-in here has ended');
  await company.platform.sealer.sealAll();
  const report = await verifyAudit(company.platform, company.organizationId);
  assert.deepEqual([report.ok, report.problems], [true, []]);
  assert.ok(report.erased > 3);
  const person = await company.owner('get', `/people/${rohan}`);
  assert.deepEqual([person.body.name, person.body.workAddress, person.body.status], ['Erased person', null, 'left']);
  assert.equal((await company.owner('post', `/people/${rohan}/erasure`)).status, 409, 'erased once');
  assert.equal(
    (await company.owner('get', '/people?view=all')).body.rows.some((row: { id: string }) => row.id === rohan),
    false,
  );
});

test('a common single name is not torn out of texts, and nobody else loses anything', async (t) => {
  const company = await openCompany(t);
  const will = await company.person({ givenName: 'Will', familyName: null, workAddress: 'will@acme.example' });
  const other = await company.person({ givenName: 'Wilma', workAddress: 'goodwill@acme.example' });
  await company.owner('PATCH', `/people/${will}`, { lastWorkingDay: '2026-11-01' });
  await company.owner('PATCH', `/people/${other}`, { title: 'Keeper of what will be' });
  assert.equal((await company.owner('post', `/people/${will}/erasure`)).status, 200);
  const kept = await company.owner('get', `/people/${other}`);
  assert.deepEqual([kept.body.title, kept.body.workAddress], ['Keeper of what will be', 'goodwill@acme.example']);
});
