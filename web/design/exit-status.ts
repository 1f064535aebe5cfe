import { formatSpan } from './format-in-zones.ts';
import { numberWord } from './number-word.ts';
import type { StatusKind } from './status-kind.ts';

type Row = {
  status: string;
  cut_off_at: string;
  attempted_at: string | null;
  proof_status: string | null;
  reopened_at: string | null;
  lines: { open: number; wrong: number; asked: number };
};

/** How a run stands, as a word with its shape. */
export function runStatus(row: Row, now: number): { kind: StatusKind; word: string } {
  const { status, cut_off_at, attempted_at, proof_status, reopened_at, lines } = row;
  if (status === 'cancelled') return { kind: 'planned', word: 'Called off' };
  if (status === 'rescinded') return { kind: 'decided', word: 'Stays after all' };
  const paused = status === 'paused' ? ', paused' : '';
  const left = Date.parse(cut_off_at) - now;
  if (left > 0) return { kind: status === 'paused' ? 'away' : 'waiting', word: `Leaving in ${formatSpan(left)}${paused}` };
  if (lines.wrong > 0)
    return { kind: 'wrong', word: `${numberWord(lines.wrong)} ${lines.wrong === 1 ? 'app' : 'apps'} did not obey${paused}` };
  if (attempted_at === null) return { kind: 'waiting', word: `Access is being closed${paused}` };
  if (lines.open > 0)
    return { kind: 'waiting', word: `${numberWord(lines.open)} ${lines.open === 1 ? 'line is' : 'lines are'} open${paused}` };
  if (proof_status !== 'closed')
    return { kind: 'waiting', word: `${reopened_at === null ? 'Waits' : 'Opened again, waits'} for a signature${paused}` };
  return { kind: 'good-vouched', word: `Proved${paused}` };
}

const isCalledOff = ({ status }: Pick<Row, 'status'>) => status === 'cancelled' || status === 'rescinded';

/** What stands before the moment of the cut-off: it comes, it was, or it does not come. */
export function closesWords(row: Pick<Row, 'status' | 'cut_off_at'>, now: number): string {
  if (Date.parse(row.cut_off_at) <= now) return 'Access closed';
  return isCalledOff(row) ? 'Access was to close' : 'Access closes';
}

/** The lines of a run in words; nothing where it was called off. */
export function linesWords(row: Pick<Row, 'status' | 'cut_off_at'> & { lines: { total: number; settled: number } }, now: number): string {
  if (isCalledOff(row)) return '';
  const { total, settled } = row.lines;
  if (Date.parse(row.cut_off_at) <= now) return `${settled} of ${total} lines settled`;
  return total === 1 ? '1 line closes' : `${total} lines close`;
}
