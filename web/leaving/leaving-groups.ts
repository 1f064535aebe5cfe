import type { Group } from '../design/group-rows.ts';
import type { OutputOf } from '../shell/call.ts';

export type LeavingRow = OutputOf<'listRuns'>['rows'][number];

export const leavingGroups: Group[] = [
  { key: 'open', heading: 'Left, and something is open' },
  { key: 'sign', heading: 'Waits for a signature' },
  { key: 'leaving', heading: 'Leaving' },
  { key: 'closed', heading: 'Closed lately' },
];

const lately = 30 * 86_400_000;

/** The group of an exit by what it needs; null where it belongs on the board no more. */
export function leavingGroup(row: LeavingRow, now: number): 'open' | 'sign' | 'leaving' | 'closed' | null {
  const ended = row.ended_at === null ? null : now - Date.parse(row.ended_at);
  if (row.status === 'cancelled' || row.status === 'rescinded') return ended !== null && ended < lately ? 'closed' : null;
  if (Date.parse(row.cut_off_at) > now) return 'leaving';
  if (row.lines.open > 0 || row.attempted_at === null) return 'open';
  if (row.proof_status !== 'closed') return 'sign';
  return now - Date.parse(row.cut_off_at) < lately ? 'closed' : null;
}

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const counted = (count: number, one: string, many: string) => (count === 1 ? one : `${words[count] ?? count} ${many}`);

/** The sentence of the whole: who is leaving, and what is open past its cut-off. */
export function leavingTitle(rows: LeavingRow[], now: number): string {
  const of = (key: string) => rows.filter((row) => leavingGroup(row, now) === key);
  const going = of('leaving').length;
  const open = of('open').length;
  const leaves = going === 0 ? 'Nobody is leaving.' : `${counted(going, 'One person is', 'people are')} leaving.`;
  if (open > 0) return `${leaves} ${counted(open, 'One exit is', 'exits are')} still open.`;
  return leaves;
}

/** Wrong first, then the next cut-off, then the newest that is over. */
export const byNeed =
  (now: number) =>
  (a: LeavingRow, b: LeavingRow): number =>
    b.lines.wrong - a.lines.wrong ||
    (Date.parse(a.cut_off_at) > now ? a.cut_off_at.localeCompare(b.cut_off_at) : b.cut_off_at.localeCompare(a.cut_off_at));
