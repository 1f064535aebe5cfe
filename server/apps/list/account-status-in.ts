import { cutText, type DateOrder, parseLocalDate } from '../../platform/tabular/index.ts';
import type { AccountField } from './account-headings.ts';
import { accountStatusOf, yesOrNo } from './account-words.ts';

/** A cell that is filled, under its heading. */
export type FilledCell = { heading: string; text: string };

/**
 * Columns that bar signing in while the account itself is kept: their yes beside an "active" contradicts nothing (a user of Salesforce is
 * active and frozen). Other columns of this kind say the contrary of "active".
 */
const gate = /frozen|lock|login|log in|log-in|sign.?in|credential|anmeldung|eingefroren|zugang|deprovisioned/i;
const dateLike = /\d{4}-\d|\d{1,2}[./]\s?\d{1,2}[./]|\d{1,2}.{0,2} ?\p{L}{3,}.{0,2} ?\d{2,4}|\p{L}{3,} \d{1,2},? \d{4}/u;

/**
 * Whether the account can be used, from all columns that say something of it. One sign of a closed account is enough, unless another column
 * says outright that it is active: what contradicts itself is left open and said. An end that has not come closes nothing. `at`: the latest
 * instant at which the list can have been true.
 */
export function accountStatusIn(
  cellsOf: (field: AccountField) => FilledCell[],
  about: { dateOrder: DateOrder | undefined; at: Temporal.Instant | undefined },
  notes: string[],
): 'active' | 'suspended' | null {
  const open: string[] = [];
  const closed: { words: string; against: 'word' | 'any' | 'none' }[] = [];
  let said = false;
  let activeWord: string | null = null;
  let activeYes: string | null = null;
  for (const cell of cellsOf('status')) {
    const { status, sure, note } = accountStatusOf(cell.text);
    if (note !== null) notes.push(note);
    if (status === 'suspended') closed.push({ words: wordsOf(cell), against: 'any' });
    if (status === 'active') said = true;
    if (status === 'active' && sure) activeWord = wordsOf(cell);
  }
  for (const cell of cellsOf('enabled')) {
    const answer = yesOrNo(cell.text);
    if (answer === null) notes.push(`"${cell.text}" is neither yes nor no, so it says nothing about the account.`);
    else if (answer) activeYes = wordsOf(cell);
    else closed.push({ words: wordsOf(cell), against: 'any' });
  }
  for (const cell of cellsOf('blocked')) {
    const answer = yesOrNo(cell.text);
    if (answer === true) closed.push({ words: wordsOf(cell), against: gate.test(cell.heading) ? 'none' : 'word' });
    else if (answer === false) said = true;
    else if (dateLike.test(cell.text)) end(cell);
    else notes.push(`"${cell.text}" is neither yes nor no, so it says nothing about the account.`);
  }
  for (const cell of cellsOf('endedAt')) end(cell);
  const against = closed.find((one) => (one.against !== 'none' && activeWord !== null) || (one.against === 'any' && activeYes !== null));
  if (against !== undefined) {
    notes.push(`${activeWord ?? activeYes} and ${against.words} contradict each other, so whether the account is active is not known.`);
    return null;
  }
  if (closed.length > 0) return 'suspended';
  return open.length > 0 ? null : said || activeWord !== null || activeYes !== null ? 'active' : null;

  function end(cell: FilledCell): void {
    const ended = hasEnded(cell.text, about);
    if (ended === true) closed.push({ words: wordsOf(cell), against: 'any' });
    else if (ended === null) {
      open.push(cell.text);
      notes.push(`Whether ${wordsOf(cell)} is over was not understood, so whether the account is active is not known.`);
    } else if (ended === 'later') notes.push(`${wordsOf(cell)} has not come yet: until then the account is not closed.`);
  }
}

const wordsOf = ({ heading, text }: FilledCell): string => `${heading} "${cutText(text, 40)}"`;

/** true: the end is over; 'later': it has not come; false: the cell gives none; null: it cannot be told. */
function hasEnded(text: string, { dateOrder, at }: { dateOrder: DateOrder | undefined; at: Temporal.Instant | undefined }) {
  if (!/\d/.test(text) || /^(?:0+|9223372036854775807)$/.test(text)) return false;
  const day = parseLocalDate(text.replace(/\s*\(?(?:UTC|GMT)\)?$/i, ''), dateOrder);
  const days = day instanceof Temporal.PlainDate ? [day] : (day.ambiguous ?? []);
  const [first, last] = days.toSorted(Temporal.PlainDate.compare);
  if (first === undefined) return !/^0{1,4}[-./]/.test(text);
  // What programs write for "never".
  if (first.year <= 1970 || first.year >= 2099) return false;
  const latest = at?.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 });
  if (latest === undefined || Temporal.PlainDate.compare(last ?? first, latest) <= 0) return true;
  return Temporal.PlainDate.compare(first, latest) > 0 ? 'later' : null;
}
