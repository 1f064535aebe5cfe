import { headingKey, type Table } from '../../platform/tabular/index.ts';
import type { ReadableField } from './column-headings.ts';
import { recogniseColumns } from './recognise-columns.ts';

const appWords =
  /^last ?(log ?[io]n|log ?off|sign ?in|active|seen|activity|access|auth|dir ?sync)|last (?:password|used)|letzte (anmeldung|aktivit|login)|zuletzt|licen[cs]e|lizenz|\bseats?\b|2fa|mfa|2sv|two.?factor|2.?step|two.?step|\bsso\b|workspace|teamspace|billing|storage|invit|space limit|usage in|password|pass ?word|user ?name|user ?id|user ?type|user principal name|^login$|guest|block ?credential|account ?enabled|object ?id|proxy ?addresses|provision|frozen|^profile$|org role|admin role|^groups$|user.managed groups|dir ?sync|ldap|creation ?type|identity ?issuer/i;
const rosterFields: ReadableField[] = [
  'startDate',
  'department',
  'managerAddress',
  'managerNumber',
  'managerName',
  'employmentType',
  'title',
  'employeeNumber',
  'location',
  'costCentre',
  'lastWorkingDay',
  'legalEnd',
];
/** What only who employs somebody knows; a directory of accounts has the rest as well. */
const employerFields: ReadableField[] = ['startDate', 'lastWorkingDay', 'legalEnd', 'employmentType'];
const accountStates = new Set(
  'suspended|deprovisioned|provisioned|staged|password expired|locked out|invited|pending|archived|blocked|disabled|enabled|deactivated'
    .split('|')
    .map(headingKey),
);

/** A sentence when a file does not look like a people list (the user list of an app, or something else), else null. Columns without values prove nothing. */
export function saysWrongFile(table: Pick<Table, 'headings' | 'rows'>): string | null {
  const { fields } = recogniseColumns(table);
  const known = Object.keys(fields) as ReadableField[];
  const filled = (field: ReadableField) => {
    const column = fields[field]?.column;
    return (
      column !== undefined &&
      !appWords.test(spaced(table.headings[column] ?? '')) &&
      table.rows.some(({ cells }) => (cells[column] ?? '') !== '')
    );
  };
  const ofRoster = rosterFields.filter(filled).length;
  const ofEmployer = employerFields.filter(filled).length;
  const ofApp = table.headings.filter((heading) => appWords.test(spaced(heading)));
  const status = fields.status?.column;
  const states =
    status === undefined
      ? []
      : [...new Set(table.rows.map(({ cells }) => cells[status] ?? ''))].filter((text) => accountStates.has(headingKey(text)));
  const clues = [...ofApp, ...(states.length > 0 && ofEmployer === 0 ? [`${table.headings[status as number]}: ${states[0]}`] : [])];
  const asks =
    (clues.length >= 2 && (ofEmployer === 0 || ofRoster * 2 < clues.length)) || (clues.length > 0 && ofRoster === 0) || clues.length >= 6;
  if (asks) {
    return `The headings look like the user list of an app (${clues.slice(0, 3).join(', ')}), not like a people list. Give it to that app under Apps.`;
  }
  const names = known.some((field) => ['fullName', 'givenName', 'familyName', 'workAddress', 'employeeNumber'].includes(field));
  if (names && (known.length >= 2 || table.headings.length <= 2)) return null;
  return `The headings (${table.headings.slice(0, 4).join(', ')}${table.headings.length > 4 ? ', …' : ''}) do not look like a people list.`;
}

/** "lastLogin", "is_frozen", "Last Sign In [READ ONLY]" → words parted by single spaces. */
const spaced = (heading: string): string =>
  heading
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
