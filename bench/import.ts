import { rmSync } from 'node:fs';
import path from 'node:path';
import { peopleCsv } from '../sample/people-csv.ts';
import { samplePeople } from '../sample/sample-people.ts';
import { jobs } from '../server/jobs.ts';
import { confirmImport } from '../server/people/imports/confirm-import.ts';
import { uploadImport } from '../server/people/imports/upload-import.ts';
import { testDatabase } from '../tests/database.ts';
import { atDatabase } from '../tests/setup/at-database.ts';
import { openWorld } from '../tests/world.ts';
import { type Figure, inPairs, median, seconds, timed } from './figure.ts';

/** What COPY writes, in the order of their foreign keys. The first ones are small, and are there before it is measured. */
const before = ['identity_organizations', 'people_departments', 'people_locations'];
const measured = ['people_people', 'people_employments'];

/**
 * A staff list of so many people as CSV, from its bytes to the commit: read, recognised, compared, previewed, confirmed, written with an audit
 * event for each person, in the background as long lists are; against COPY of the same rows into the same tables with their indexes and keys.
 */
export async function bench({ full }: { full: boolean }): Promise<Figure[]> {
  const figures = await measure(20_000, 3);
  return full ? [...figures, ...(await measure(100_000, 1))] : figures;
}

async function measure(people: number, pairs: number): Promise<Figure[]> {
  const file = peopleCsv(samplePeople(people));
  const confirming: number[] = [];
  let written: { adminUrl: string; drop(): Promise<void> } | null = null;
  const ours = async () => {
    await written?.drop();
    const done = await importOnce(file, people);
    confirming.push(done.confirming);
    written = done;
    return done.whole;
  };
  const found = await inPairs(pairs, ours, () => copyOnce(written!.adminUrl), { warmUps: pairs > 1 ? 1 : 0 });
  await written!.drop();
  const theirs = seconds(median(found.theirs));
  const counted = confirming.slice(-pairs);
  const common = { against: 'COPY of the same rows', theirs, unit: '×' as const };
  return [
    {
      ...common,
      what: `Import of ${people.toLocaleString('en')} people, file to commit`,
      ours: seconds(median(found.ours)),
      value: median(found.ratios),
      goal: { atMost: 5 },
      note: `From the bytes of a CSV file with 18 columns: upload, column recognition, preview row by row, then confirmation, which reads and compares once more and writes everybody with an audit event in one transaction. COPY reads a file of the finished rows (${measured.join(', ')}) into the same tables with the same indexes and foreign keys, as a superuser; it does not read names, resolve managers, compare, preview or audit. ${pairs > 1 ? `Median of ${pairs} pairs.` : 'One pair.'}`,
    },
    {
      ...common,
      what: `Import of ${people.toLocaleString('en')} people, confirmation to commit`,
      ours: seconds(median(counted)),
      value: median(counted.map((taken, pair) => taken / found.theirs[pair]!)),
      goal: null,
      note: 'The same without upload and preview: what is waited for after the button.',
    },
  ];
}

type Imported = { whole: number; confirming: number; adminUrl: string; drop(): Promise<void> };

async function importOnce(file: Uint8Array, people: number): Promise<Imported> {
  const ends: (() => Promise<void>)[] = [];
  const world = await openWorld({ after: (work) => void ends.push(work) });
  // Opens pools and the job queue, which a running server has open already.
  await world.drain();
  let importId = '';
  const uploading = await timed(async () => {
    importId = await world.run((ctx) => uploadImport(ctx, { fileName: 'people.csv', bytes: file }));
  });
  const confirming = await timed(async () => {
    const { refusal } = await world.run((ctx) => confirmImport(ctx, importId, { evenThough: false }));
    if (refusal) throw refusal;
    await world.platform.jobs.drain(
      world.platform,
      jobs.filter(({ name }) => name === 'people-import'),
    );
  });
  const { people: added, audited } = await world.run(async (ctx) => {
    const count = async (table: 'people_people' | 'platform_audit_events') =>
      Number(
        (
          await ctx.db
            .selectFrom(table)
            .select((e) => e.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      );
    return { people: await count('people_people'), audited: await count('platform_audit_events') };
  });
  if (added !== people || audited < people)
    throw new Error(`${added} people and ${audited} audit events were written instead of ${people}.`);
  return {
    whole: uploading + confirming,
    confirming,
    adminUrl: world.database.adminUrl,
    drop: async () => {
      for (const end of ends.reverse()) await end();
    },
  };
}

/** Milliseconds of COPY FROM for the rows of another database, into a fresh clone of the migrated template. */
async function copyOnce(fromUrl: string): Promise<number> {
  const target = await testDatabase();
  const tables = [...before, ...measured];
  const files = await atDatabase(fromUrl, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    const fileOf = new Map(tables.map((table) => [table, path.join(rows[0]!.data_directory, `bench-${process.pid}-${table}.copy`)]));
    for (const [table, file] of fileOf) await client.query(`copy (select * from ${table}) to '${file}'`);
    return fileOf;
  });
  try {
    return await atDatabase(target.adminUrl, async (client) => {
      for (const table of before) await client.query(`copy ${table} from '${files.get(table)}'`);
      return timed(async () => {
        await client.query('begin');
        for (const table of measured) await client.query(`copy ${table} from '${files.get(table)}'`);
        await client.query('commit');
      });
    });
  } finally {
    for (const file of files.values()) rmSync(file, { force: true });
    await target.drop();
  }
}
