import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './tasks.module.css';

const most = 100;

/** What is settled, folded until it is opened; the newest first. */
export function DoneTasks({ scope }: { scope: 'mine' | 'all' }) {
  const [open, setOpen] = useState(false);
  const count = useCall('listTasks', { query: { scope, status: 'closed', limit: 1 } }).data?.total ?? 0;
  if (count === 0) return null;
  return (
    <details className={classes.done} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{count === 1 ? '1 is settled' : `${count} are settled`}</summary>
      {open && <Rows scope={scope} count={count} />}
    </details>
  );
}

function Rows({ scope, count }: { scope: 'mine' | 'all'; count: number }) {
  const { data, error } = useCall('listTasks', { query: { scope, status: 'closed', limit: most } });
  if (error !== null) return <Problem {...problemProps(error)} />;
  if (data === undefined) return <Skeleton as="rows" rows={Math.min(count, 6)} />;
  return (
    <>
      {count > most && <p className="gc-dimmed gc-small">The newest {most} are shown. The audit has them all.</p>}
      <RowList
        rows={data.rows.map((task) => ({
          key: task.id,
          title: task.title,
          to: `/tasks/${task.id}`,
          detail: (
            <>
              {task.answerWords !== null && `Answer: ${task.answerWords}. `}
              {task.doneBy ?? 'Somebody'}
              {task.doneAt !== null && (
                <>
                  , <ZonedTime instant={task.doneAt} place={task.place} />
                </>
              )}
            </>
          ),
          right:
            task.status === 'done' ? (
              <StatusChip kind="good-vouched">Done</StatusChip>
            ) : (
              <StatusChip kind="away">Not needed any more</StatusChip>
            ),
        }))}
      />
    </>
  );
}
