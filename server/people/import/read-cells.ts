import type { Problem } from '../../platform/errors.ts';
import { cutText, type DateOrder, parseLocalDate, parseLocalDateTime } from '../../platform/tabular/index.ts';
import type { ReadableField } from './column-headings.ts';
import { meansNoDate, partRemark, saysNoEnd } from './no-end-words.ts';
import { type CutOffValue, fieldWords, type ManagerReference, type PersonRecord } from './person-record.ts';
import { readAddress, readAddresses } from './read-address.ts';
import { readName } from './read-name.ts';
import type { StatusSaid } from './read-status.ts';
import { employmentTypeOf } from './read-words.ts';
import { recogniseZone } from './recognise-zone.ts';

/** One row being read: what it says so far, and what is wrong with it. */
export type Reading = {
  record: PersonRecord;
  problems: Problem[];
  status: StatusSaid['as'];
  /** Words that were left open because they are not known; asked about once for the whole list. `mend` is a sentence. */
  unknown: { field: 'status' | 'timeZone'; value: string; mend: string }[];
  /** A newer employment of the same person stands in another row. */
  superseded?: boolean;
};

/** What the columns of a list tell about how single cells are meant. */
export type ColumnWays = { internalIsEmployee: boolean; readStatus(text: string): StatusSaid };

export type ReadOptions = {
  /** Which number comes first in dates such as 04/05/2026; asked on the preview when `guessPeopleDateOrder` cannot tell. */
  dateOrder?: DateOrder | undefined;
  /** For times with an offset and dates that are instants, where neither the row nor its location tells the zone. */
  defaultTimeZone?: string | undefined;
  /** Zones of the known locations, by name in small letters. */
  zoneOfLocation?: ReadonlyMap<string, string> | undefined;
};

const nothing =
  /^(?:[-–—.?]+|n\/?a|#n\/?[av]|#nv|null|nil|none|\(none\)|\(blank\)|k\.?\s?a\.?|keine?|kein wert|unbekannt|unknown|00\.00\.0000|0000-00-00|tbd|tba)$/i;
const nameFields = new Set<ReadableField>(['givenName', 'familyName', 'fullName', 'preferredName']);
const never = /9999|^31[./-]12[./-]99$/;
const endFields = new Set<ReadableField>(['lastWorkingDay', 'legalEnd', 'accessCutOff', 'leaveUntil']);
const danger = /^[=]|^[+\-@].*[(!|]/;

/** A cell as said: '' when it says nothing. */
export function saidIn(field: ReadableField, cell: string | undefined): string {
  const text = (cell ?? '').replace(/\s+/g, ' ').trim();
  if (nameFields.has(field)) return /^[-–—.?]*$/.test(text) ? '' : text;
  return nothing.test(text) ? '' : text;
}

/** Reads one cell into the record, or adds to its problems. The zone, if any, must have been read before the dates. */
export function readCell(reading: Reading, field: ReadableField, text: string, heading: string, options: ReadOptions, ways: ColumnWays) {
  const { record } = reading;
  const refuse = (message: string) =>
    void reading.problems.push({
      row: record.row,
      field: heading,
      value: cutText(text, 200),
      message: `Row ${record.row}, ${heading}: ${message}`,
    });
  if (danger.test(text)) return refuse(`"${text.slice(0, 40)}" is a formula and not a value. Write the value itself.`);
  if (text.length > 500) return refuse(`the text has ${text.length} characters; at most 500 are kept.`);
  switch (field) {
    case 'fullName': {
      const { givenName, familyName } = readName(text);
      record.givenName ??= givenName;
      record.familyName ??= familyName;
      return;
    }
    case 'workAddress':
    case 'personalAddress': {
      const read = readAddress(text);
      if ('problem' in read) return refuse(read.problem);
      record[field] = read.address;
      return;
    }
    case 'aliases': {
      const { addresses, problems } = readAddresses(text);
      for (const problem of problems) record.notes.push(`${problem} It was left out of the other addresses.`);
      if (addresses.length > 0) record.aliases = addresses;
      return;
    }
    case 'employmentType': {
      const type = ways.internalIsEmployee && /^intern(e|er)?$/i.test(text) ? 'employee' : employmentTypeOf(text);
      if (type === null) record.notes.push(`"${text}" is no kind of employment we know; it was left open.`);
      else record.employmentType = type;
      return;
    }
    case 'timeZone': {
      const zone = recogniseZone(text);
      if ('zone' in zone) record.timeZone = zone.zone;
      else reading.unknown.push({ field: 'timeZone', value: text, mend: zone.problem });
      return;
    }
    case 'employeeNumber':
      return readNumber(record, text, refuse);
    case 'managerAddress':
    case 'managerNumber':
    case 'managerName':
      return readManager(record, field, text, refuse);
    case 'accessCutOff':
      if (saysNoEnd(text)) return noteNoEnd(record, field, text);
      return readCutOff(record, text, options, refuse);
    case 'startDate':
    case 'lastWorkingDay':
    case 'legalEnd':
    case 'leaveFrom':
    case 'leaveUntil':
      return readDate(record, field, text, options, refuse);
    case 'status': {
      const { as, leaving } = ways.readStatus(text);
      reading.status = as;
      if (as !== null)
        record.hints = {
          ...record.hints,
          status: { as, word: yesOrNo.test(text) ? `${heading}: ${text}` : text },
          ...(leaving ? { leaving: text } : {}),
        };
      else {
        record.notes.push(`The status "${text}" is not known to us; it was left open.`);
        reading.unknown.push({
          field: 'status',
          value: text,
          mend: 'Does it say that they left? Then give the day, or change the word in the file.',
        });
      }
      if (as === 'on leave') record.notes.push(`The status says "${text}"; without dates it changes nothing.`);
      return;
    }
    default:
      record[field] = text.normalize('NFC');
  }
}

/** The zone that dates and times of this row are meant in, as far as the row and its location tell. */
export const zoneOf = (record: PersonRecord, options: ReadOptions): string | undefined =>
  record.timeZone ??
  (record.location === undefined ? undefined : options.zoneOfLocation?.get(record.location.toLowerCase())) ??
  options.defaultTimeZone;

const yesOrNo = /^(?:.|true|false|wahr|falsch|yes|no|ja|nein)$/i;
const noManager = /^(?:no[ _-]?manager|none|no|kein(?:e|er)?(?: .*)?|nobody|not assigned|unassigned)$/i;

/** "1 - Anna Alt", "Anna Alt 1" and "Anna Alt [E7]" → "Anna Alt". */
const withoutNumber = (text: string): string =>
  text.replace(/^\p{L}{0,3}[-_]?\d[\w/-]*\s*[-–:|]?\s+(?=\p{L})/u, '').replace(/(?<=\p{L})[\s,|-]+\p{L}{0,3}[-_]?\d[\w/-]*$/u, '');

/** A number that a spreadsheet program has changed: "1.2E+05" has lost digits, "123.0" has gained some. */
function readNumber(record: PersonRecord, text: string, refuse: (message: string) => void) {
  if (/^\d+([.,]\d+)?E\+?\d+$/i.test(text)) {
    return refuse(
      `"${text}" is a number that a spreadsheet program has shortened; its digits are lost. Format the column as text and export the list again.`,
    );
  }
  const whole = /^(\d+)[.,]0+$/.exec(text)?.[1];
  if (whole !== undefined) record.notes.push(`The employee number ${text} was read as ${whole}.`);
  record.employeeNumber = (whole ?? text).normalize('NFC');
}

function readManager(
  record: PersonRecord,
  field: 'managerAddress' | 'managerNumber' | 'managerName',
  text: string,
  refuse: (message: string) => void,
) {
  const better: Record<ManagerReference['by'], number> = { address: 0, 'employee-number': 1, name: 2 };
  if (noManager.test(text)) return;
  let reference: ManagerReference;
  if (field === 'managerAddress' || text.includes('@')) {
    const read = readAddress(text);
    if ('problem' in read) return refuse(read.problem);
    reference = { by: 'address', value: read.address };
  } else if (field === 'managerNumber') reference = { by: 'employee-number', value: text };
  else {
    const { givenName, familyName } = readName(withoutNumber(text));
    reference = { by: 'name', value: [givenName, familyName].filter(Boolean).join(' ') };
  }
  if (record.managerReference === null || better[reference.by] < better[record.managerReference.by]) record.managerReference = reference;
}

function readDate(
  record: PersonRecord,
  field: 'startDate' | 'lastWorkingDay' | 'legalEnd' | 'leaveFrom' | 'leaveUntil',
  text: string,
  options: ReadOptions,
  refuse: (message: string) => void,
) {
  if (never.test(text) || (endFields.has(field) && saysNoEnd(text))) return noteNoEnd(record, field, text);
  const { date, remark } = partRemark(text);
  const day = parseLocalDate(date, options.dateOrder, zoneOf(record, options));
  if (!(day instanceof Temporal.PlainDate)) return refuse(day.problem);
  if (meansNoDate(day.year)) return noteNoEnd(record, field, text);
  if (day.year < 1940 || day.year > 2150) return refuse(`"${text}" lies in the year ${day.year}. Is that right?`);
  record[field] = day.toString();
  if (remark === null) return;
  record.notes.push(`"${text}" as ${fieldWords[field]} was read as ${day}; the remark was left out.`);
  if (field === 'lastWorkingDay') record.hints = { ...record.hints, remark };
}

function noteNoEnd(
  record: PersonRecord,
  field: 'startDate' | 'lastWorkingDay' | 'legalEnd' | 'leaveFrom' | 'leaveUntil' | 'accessCutOff',
  text: string,
) {
  const means = endFields.has(field) ? '"no end"' : '"no date"';
  record.notes.push(`${text} as ${fieldWords[field]} means ${means} and was left open.`);
}

function readCutOff(record: PersonRecord, text: string, options: ReadOptions, refuse: (message: string) => void) {
  const exact = /(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT)$/i.test(text) && /\d[T ,]+\d{1,2}[:.]/.test(text);
  const moment = parseLocalDateTime(text, options.dateOrder, exact ? 'UTC' : undefined);
  if (!(moment instanceof Temporal.PlainDateTime)) return refuse(moment.problem);
  if (meansNoDate(moment.year)) return noteNoEnd(record, 'accessCutOff', text);
  if (moment.year < 1940 || moment.year > 2150) return refuse(`"${text}" lies in the year ${moment.year}. Is that right?`);
  const cutOff: CutOffValue = exact
    ? { instant: moment.toZonedDateTime('UTC').toInstant().toString() }
    : { local: moment.toString({ smallestUnit: 'minute' }) };
  record.accessCutOff = cutOff;
}
