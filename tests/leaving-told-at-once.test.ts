import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '../server/platform/database.ts';
import { account, openCompany } from './leaving-company.ts';
import type { Answer, World } from './world.ts';

const ok = (answer: Answer) => {
  assert.ok(answer.status < 300, `${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

const mails = async (world: World) => {
  const { rows } = await world.run((ctx) =>
    sql<{ id: string; name: string; status: string }>`
      select l.id, l.status, coalesce(p.name, m.name, l.to_address) as name from platform_mail l
      left join people_roster p on p.id = l.to_person_id left join identity_members m on m.address = l.to_address`.execute(ctx.db),
  );
  return rows;
};

const exits = [
  { what: 'later, told at the cut-off', terms: { at: '2026-11-27T17:00' }, names: ['Ines Halvorsen', 'Owen Test'] },
  {
    what: 'later, told already',
    terms: { at: '2026-11-27T17:00', toldAt: '2026-11-26T07:00:00Z' },
    names: ['Camille Test', 'Ines Halvorsen', 'Owen Test'],
  },
  { what: 'later and sensitive', terms: { at: '2026-11-27T17:00', sensitive: true }, names: ['Ines Halvorsen'] },
  { what: 'now', terms: { at: 'now' }, names: ['Camille Test', 'Ines Halvorsen', 'Mei Test', 'Owen Test'] },
];

for (const { what, terms, names } of exits) {
  test(`the dry run names exactly those who get mail at once: ${what}`, async (t) => {
    const world = await openCompany(t, { at: '2026-11-26T08:00:00Z' });
    const owen = await world.person({ givenName: 'Owen' });
    const mei = await world.person({ givenName: 'Mei' });
    const camille = await world.person({ givenName: 'Camille', managerId: owen });
    await world.manualApp('Badges', {
      ownerPersonId: mei,
      accounts: [account({ addresses: ['camille@acme.example'], displayName: 'Camille' })],
    });
    await world.settle();
    const earlier = new Set((await mails(world)).map(({ id }) => id));
    const body = { personIds: [camille], terms };
    const [preview] = ok(await world.owner('post', '/leaving/preview', body)).rows;
    assert.equal(preview.blast.anyAppRead, true);
    ok(await world.owner('post', '/leaving', body));
    await world.settle();
    await world.at('2026-11-26T08:01:00Z');
    const written = (await mails(world)).filter(({ id, status }) => !earlier.has(id) && status !== 'withheld').map(({ name }) => name);
    const said = preview.toldAtOnce.map((each: { name: string }) => each.name).sort();
    assert.deepEqual(said, [...new Set(written)].sort());
    assert.deepEqual(said, names);
  });
}
