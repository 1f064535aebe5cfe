import { Progress } from '../design/progress.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { actionDetail, actionStatus } from './line-words.ts';
import type { RunDetail } from './run-state.ts';

const backAgain = new Set(['verified', 'evidenced', 'overridden']);

/** What is being given back to somebody who stays after all, app by app. */
export function RunRestore({ detail, clock }: { detail: RunDetail; clock: (instant: string) => string }) {
  const { restore } = detail;
  if (restore.length === 0) return null;
  const back = restore.filter(({ status }) => backAgain.has(status)).length;
  return (
    <Section title="Given back">
      <Progress
        verb="Given back"
        done={back}
        total={restore.length}
        noun={restore.length === 1 ? 'account' : 'accounts'}
        note={back < restore.length ? 'It goes on without this page.' : undefined}
      />
      <RowList
        rows={restore.map((action) => {
          const { kind, word } = actionStatus(action);
          return {
            key: action.id,
            title: action.app,
            detail: actionDetail(action, clock),
            right: <StatusChip kind={kind}>{word ?? (kind === 'planned' ? 'Next' : 'Open again')}</StatusChip>,
          };
        })}
      />
    </Section>
  );
}
