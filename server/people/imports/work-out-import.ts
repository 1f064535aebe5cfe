import { createHash } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import { sql } from '../../platform/database.ts';
import { conflict } from '../../platform/errors.ts';
import { readTable, type Table } from '../../platform/tabular/index.ts';
import { type ImportVerdict, weighImport } from '../import/brakes.ts';
import { diffPeople, type PeopleDiff } from '../import/diff-people.ts';
import { notesOnList } from '../import/notes-on-list.ts';
import type { PersonRecord } from '../import/person-record.ts';
import { type RefusedPersonRow, readPeopleRows } from '../import/read-people-rows.ts';
import type { ColumnMapping } from '../import/recognise-columns.ts';
import type { ManagerTarget } from '../import/resolve-managers.ts';
import { saysWrongFile } from '../import/says-wrong-file.ts';
import { settleDates, zoneOfRecord } from '../import/settle-dates.ts';
import { unusedEnds } from '../import/unused-ends.ts';
import { settleSources } from '../sources/settle-sources.ts';
import { standingFor } from '../sources/standing.ts';
import { existingPeople, type KnownPerson } from './existing-people.ts';
import type { ImportOptions } from './import-options.ts';

/** What a list would do, worked out against the people of this moment. `hash` is the same exactly where the outcome is. */
export type WorkedOut = {
  diff: PeopleDiff;
  /** The same as far as whoever gave the list may know: a leaving that is hidden from them counts as none. For counts and sentences. */
  seen: PeopleDiff;
  /** Rows that say when somebody leaves. */
  tellEnd: ReadonlySet<number>;
  known: Map<string, KnownPerson>;
  /** What the rows say, also where it is not taken over. */
  records: PersonRecord[];
  managerOfRow: ReadonlyMap<number, ManagerTarget>;
  /** The address that a row bears, by row: for hiding somebody's own row from them. */
  addresses: Map<number, string>;
  /** Cut-offs that the file gave as exact instants, by row. */
  instants: Map<number, string>;
  zoneOf(record: PersonRecord, person: KnownPerson | null): string;
  rows: number;
  /** What the preview says and asks beside the rows. */
  notes: string[];
  verdict: ImportVerdict;
  hash: Buffer;
};

/** The table of an import's file. Refuses when the file is not kept any more. */
export async function tableOf(row: { file: Buffer | null; file_name: string; options: ImportOptions }): Promise<Table> {
  if (!row.file) throw conflict('file_gone', 'The file of this import is not kept any more. Give it again.');
  return readTable(row.file, { fileName: row.file_name, ...(row.options.sheet === null ? {} : { sheet: row.options.sheet }) });
}

/** Reads the list and compares it with everybody. Changes nothing; `lock` keeps other changes of people waiting until the transaction ends. */
export async function workOutImport(
  ctx: Context,
  row: { id: string; mapping: ColumnMapping; options: ImportOptions },
  table: Table,
  { lock = false, hidden = new Set() }: { lock?: boolean; hidden?: ReadonlySet<string> } = {},
): Promise<WorkedOut> {
  const { defaultTimeZone, dateOrder, declaredComplete } = row.options;
  const { zoneOfLocation, departments, locations } = await places(ctx);
  const { records, refused, unknown } = readPeopleRows(table, row.mapping, {
    dateOrder: dateOrder ?? undefined,
    defaultTimeZone,
    zoneOfLocation,
  });
  for (const record of records) {
    record.department = canonical(departments, record.department);
    record.location = canonical(locations, record.location);
  }
  const people = await existingPeople(ctx, defaultTimeZone, { lock });
  const known = new Map(people.map((person) => [person.id, person]));
  const instants = new Map<number, string>();
  for (const { row: number, accessCutOff } of records)
    if (accessCutOff && 'instant' in accessCutOff) instants.set(number, accessCutOff.instant);
  const today = ctx.now.toZonedDateTimeISO(defaultTimeZone).toPlainDate().toString();
  const tellsEnd = row.mapping.lastWorkingDay !== undefined || row.mapping.accessCutOff !== undefined;
  const stay = await stayingBy(ctx);
  const compare = (with_: KnownPerson[]) => {
    const settled = settleDates(
      diffPeople({ records, refused, existing: with_, declaredComplete, defaultTimeZone, today, tellsEnd }),
      new Map(with_.map((person) => [person.id, person])),
      { zoneOfLocation, defaultTimeZone, instants },
    );
    return { ...settled, questions: settled.questions.filter(({ personId, day }) => day === undefined || !stay.has(`${personId} ${day}`)) };
  };
  const { sourceId } = row.options;
  const compared = compare(people);
  const standingOf =
    sourceId === undefined
      ? null
      : await standingFor(
          ctx,
          compared.changed.map(({ personId }) => personId),
        );
  const settle = (found: PeopleDiff) =>
    sourceId === undefined || standingOf === null ? found : settleSources(found, sourceId, standingOf);
  const diff = settle(compared);
  const seen =
    hidden.size === 0 ? diff : settle(compare(people.map((person) => (hidden.has(person.id) ? { ...person, ...noLeaving } : person))));
  const touched = new Set([...seen.changed.map(({ personId }) => personId), ...seen.missing.map(({ personId }) => personId)]);
  const verdict = weighImport({
    peopleNow: people.filter(({ hasLeft }) => hasLeft !== true).length,
    changedCount: seen.changed.length,
    endingCount: new Set(
      [...seen.endingPersonIds, ...seen.questions.filter(({ kind }) => kind === 'says-left').map(({ personId }) => personId)].filter(
        Boolean,
      ),
    ).size,
    missingCount: seen.missing.length,
    fileRows: table.rows.length + table.refused.length,
    declaredComplete,
    window: await changedLately(ctx, touched),
    wrongFile: saysWrongFile(table),
  });
  return {
    diff,
    seen,
    tellEnd: new Set(records.filter(rowTellsEnd).map(({ row: number }) => number)),
    known,
    records,
    managerOfRow: diff.managerOfRow,
    addresses: addressesOf(records, refused),
    instants,
    zoneOf: (record, person) => zoneOfRecord(record, person, zoneOfLocation, defaultTimeZone),
    rows: table.rows.length + table.refused.length,
    notes: notesOnList({ records, unknown, ends: unusedEnds(table, row.mapping), zoneOfLocation, defaultTimeZone }),
    verdict,
    hash: hashOf(diff),
  };
}

const noLeaving = {
  lastWorkingDay: null,
  accessCutOff: null,
  legalEnd: null,
  cutOffAt: null,
  cutOffZone: null,
  leftAt: null,
  datesBy: null,
} as const;

const rowTellsEnd = ({ lastWorkingDay, accessCutOff, legalEnd, saysLeft, hints }: PersonRecord) =>
  [lastWorkingDay, accessCutOff, legalEnd, hints?.leaving, hints?.otherEnd].some((said) => said !== undefined) || saysLeft === true;

async function places(ctx: Context) {
  const departments = await ctx.db.selectFrom('people_departments').select('name').execute();
  const locations = await ctx.db.selectFrom('people_locations').select(['name', 'time_zone']).execute();
  return {
    departments: new Map(departments.map(({ name }) => [name.toLowerCase(), name])),
    locations: new Map(locations.map(({ name }) => [name.toLowerCase(), name])),
    zoneOfLocation: new Map(locations.flatMap(({ name, time_zone: zone }) => (zone === null ? [] : [[name.toLowerCase(), zone] as const]))),
  };
}

/** The name as it stands here, else as the file wrote it first: capitals make no second department. */
function canonical(names: Map<string, string>, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const key = name.toLowerCase();
  const there = names.get(key);
  if (there !== undefined) return there;
  names.set(key, name);
  return name;
}

/** Of whom somebody said that they stay although a list suggested that they left on that day: they are not asked about for it again. */
async function stayingBy(ctx: Context): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ person_id: string; day: string }>`
    select distinct person_id, record->>'day' as day from people_import_rows where decision = 'stays' and person_id is not null and record->>'day' is not null`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ person_id: personId, day }) => `${personId} ${day}`));
}

/** Others whom lists ended or changed within the last day, apart from what somebody took in although it was held. */
async function changedLately(ctx: Context, touched: Set<string>): Promise<{ ended: number; changed: number }> {
  const since = ctx.now.subtract({ hours: 24 }).toString();
  const { rows } = await sql<{ person_id: string; ends: boolean }>`
    select r.person_id, bool_or(r.ends) as ends from people_import_rows r join people_imports i on i.organization_id = r.organization_id and i.id = r.import_id
    where i.status = 'done' and i.finished_at > ${since} and (i.options->>'evenThough')::boolean is not true and r.change = 'changed' and r.person_id is not null
    group by r.person_id`.execute(ctx.db);
  const others = rows.filter((row) => !touched.has(row.person_id));
  return { ended: others.filter(({ ends }) => ends).length, changed: others.length };
}

function addressesOf(records: PersonRecord[], refused: RefusedPersonRow[]): Map<number, string> {
  const addresses = new Map<number, string>();
  for (const { row, workAddress, personalAddress } of records) {
    const address = workAddress ?? personalAddress;
    if (address) addresses.set(row, address.toLowerCase());
  }
  for (const { row, seen } of refused) {
    const address = seen.address ?? seen.personal ?? seen.aliases[0];
    if (address) addresses.set(row, address);
  }
  return addresses;
}

function hashOf(diff: PeopleDiff): Buffer {
  const hash = createHash('sha256');
  for (const { row } of diff.new) hash.update(`new ${row}\n`);
  for (const { row, personId, changes } of diff.changed) {
    hash.update(`changed ${row} ${personId}`);
    for (const { field, from, to } of changes) hash.update(`\u0000${field}\u0000${from}\u0000${to}`);
  }
  for (const { row } of diff.refused) hash.update(`refused ${row}\n`);
  for (const { personId } of diff.missing) hash.update(`missing ${personId}\n`);
  for (const { row, kind } of diff.questions) hash.update(`question ${row} ${kind}\n`);
  return hash.digest();
}
