import { formatSpan } from '../design/format-in-zones.ts';
import type { StatusKind } from '../design/status-kind.ts';

type Row = {
  status: string;
  cut_off_at: string;
  attempted_at: string | null;
  proof_status: string | null;
  lines: { open: number; wrong: number; asked: number };
};

/** How a run stands, as a word with its shape. */
export function runStatus({ status, cut_off_at, attempted_at, proof_status, lines }: Row, now: number): { kind: StatusKind; word: string } {
  if (status === 'cancelled') return { kind: 'planned', word: 'Called off' };
  if (status === 'rescinded') return { kind: 'decided', word: 'Stays after all' };
  const paused = status === 'paused' ? ', paused' : '';
  const left = Date.parse(cut_off_at) - now;
  if (left > 0) return { kind: 'waiting', word: `Leaving in ${formatSpan(left)}${paused}` };
  if (lines.wrong > 0) return { kind: 'wrong', word: `${lines.wrong === 1 ? 'One app' : `${lines.wrong} apps`} did not obey${paused}` };
  if (attempted_at === null) return { kind: 'waiting', word: `Being closed${paused}` };
  if (lines.open > 0) return { kind: 'waiting', word: `${lines.open === 1 ? 'One line' : `${lines.open} lines`} open${paused}` };
  if (proof_status !== 'closed') return { kind: 'waiting', word: `Waits for a signature${paused}` };
  return { kind: 'good-vouched', word: `Proved${paused}` };
}
