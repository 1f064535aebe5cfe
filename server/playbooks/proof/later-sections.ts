import type { Context } from '../../platform/context.ts';
import type { RunRow } from '../run-row.ts';
import { dataLines } from './data-lines.ts';
import { linesOf } from './lines-of.ts';
import type { ProofLine } from './proof-document.ts';

/** The addenda: what comes weeks after the cut-off. Nobody signs them, and the proof closes without them. */
const addenda = [
  { key: 'licences', title: 'Licences', why: () => 'It is freed once its data are with somebody else.' },
  {
    key: 'deletion',
    title: 'Deletion',
    why: (day: string) => `It is kept until ${day}. Then a person is asked; nothing is deleted by itself.`,
  },
  { key: 'mail-end', title: 'End of forwarding', why: (day: string) => `Somebody is asked to end it on ${day}.` },
] as const;

/** What comes later, as it is known now; parts of which there is nothing are left out. */
export async function laterSections(
  ctx: Context,
  run: Pick<RunRow, 'data_plan_id' | 'zone'>,
): Promise<{ key: string; title: string; lines: ProofLine[] }[]> {
  if (!run.data_plan_id) return [];
  const all = await linesOf(ctx, run.data_plan_id);
  return addenda
    .map(({ key, title, why }) => ({
      key,
      title,
      lines: dataLines(
        all.map(({ action, line }) => {
          if (action.status !== 'planned' || action.problem !== null) return { action, line };
          const day = Temporal.Instant.from(action.due_at).toZonedDateTimeISO(run.zone).toPlainDate().toString();
          return { action, line: { ...line, how: { open: { why: why(day), waitsFor: null, due: action.due_at } } } };
        }),
        key,
      ),
    }))
    .filter(({ lines }) => lines.length > 0);
}
