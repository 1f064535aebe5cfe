import { EmptyPage } from '../design/empty-page.tsx';
import { useNow } from '../design/now.ts';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { type PlainRow, RowList } from '../design/row-list.tsx';
import { SavedViews } from '../design/saved-views.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import { countWords, tasksWait } from './count-words.ts';
import { DoneTasks } from './done-tasks.tsx';
import { DueWords, isOverdue } from './due-words.tsx';

type Task = OutputOf<'listTasks'>['rows'][number];
type Scope = 'mine' | 'all';

const atOnce = 100;

/** What waits for the reader, in bundles by the person it concerns, the soonest first. Those who run operations also see everybody's. */
export default function MyTasksPage() {
  const { search } = usePlace();
  const [runsOperations, readsTheAudit] = [useMay('tasks:manage'), useMay('audit:read')];
  const mayAll = runsOperations || readsTheAudit;
  const scope: Scope = search.view === 'all' && mayAll ? 'all' : 'mine';
  const now = useNow();
  const mine = useCall('listTasks', { query: { limit: 1 } });
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useCallPages(
    'listTasks',
    { query: { scope, limit: atOnce } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const first = data?.pages[0];
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const overdue = rows.filter((task) => isOverdue(task.dueAt, now)).length;
  const title = first === undefined ? 'My tasks' : titleOf(first.total, scope);
  useTitle(title);
  return (
    <PageBody>
      <PageHeader
        title={title}
        lede={
          first !== undefined && first.total > 0 ? <Lede next={rows.find((task) => task.dueAt !== null)} overdue={overdue} /> : undefined
        }
      />
      {mayAll && (
        <SavedViews
          current={scope}
          views={[
            { key: 'mine', label: 'Mine', count: mine.data?.total ?? null, to: '/tasks?view=mine' },
            { key: 'all', label: 'Everybody’s', count: scope === 'all' ? (first?.total ?? null) : null, to: '/tasks?view=all' },
          ]}
        />
      )}
      {error !== null && <Problem {...problemProps(error)} />}
      {first === undefined && error === null && <Skeleton as="rows" />}
      {first?.total === 0 && <NothingWaits scope={scope} />}
      {bundles(rows).map(({ key, heading, tasks }) => (
        <Section key={key} title={heading}>
          <RowList rows={tasks.map((task) => taskRow(task, scope, now))} />
        </Section>
      ))}
      {hasNextPage && (
        <Section title="More">
          <RowList
            rows={[
              {
                key: 'more',
                title: `${countWords((first?.total ?? 0) - rows.length)} more`,
                act: { label: 'Show more', onClick: () => void fetchNextPage(), busy: isFetchingNextPage },
              },
            ]}
          />
        </Section>
      )}
      <DoneTasks key={scope} scope={scope} />
    </PageBody>
  );
}

const titleOf = (total: number, scope: Scope) => {
  if (total === 0) return scope === 'mine' ? 'Nothing waits for you' : 'Nothing waits for anybody';
  return `${tasksWait(total)} for ${scope === 'mine' ? 'you' : 'somebody'}`;
};

function Lede({ next, overdue }: { next: Task | undefined; overdue: number }) {
  if (next === undefined) return <>None has a due time.</>;
  return (
    <>
      {overdue > 0 && `${countWords(overdue)} ${overdue === 1 ? 'is' : 'are'} overdue. `}
      The first {overdue > 0 ? 'was' : 'is'} due <ZonedTime instant={next.dueAt!} place={next.place} />.
    </>
  );
}

function NothingWaits({ scope }: { scope: Scope }) {
  const seesLeaving = useMay('leaving:read');
  return (
    <EmptyPage
      title={scope === 'mine' ? 'What you are asked to do stands here' : 'What anybody is asked to do stands here'}
      act={seesLeaving ? { label: 'See who is leaving', to: '/leaving' } : { label: 'Open Today', to: '/' }}
    >
      When somebody leaves, an app that no machine can close is closed by its owner, and questions go to the manager.{' '}
      {scope === 'mine' ? 'You' : 'They'} also get a mail with a link that needs no password.
    </EmptyPage>
  );
}

/** Neighbours about the same person, under one heading. */
function bundles(rows: Task[]): { key: string; heading: string; tasks: Task[] }[] {
  const made: { key: string; heading: string; tasks: Task[] }[] = [];
  for (const task of rows) {
    const key = task.subject?.id ?? 'nobody';
    const last = made.at(-1);
    if (last?.key === key) last.tasks.push(task);
    else made.push({ key, heading: task.subject === null ? 'About nobody in particular' : `About ${task.subject.name}`, tasks: [task] });
  }
  return made;
}

function taskRow(task: Task, scope: Scope, now: number): PlainRow {
  const with_ = scope === 'all' || task.assignee?.mine !== true ? task.assignee?.name : undefined;
  return {
    key: task.id,
    title: task.title,
    to: `/tasks/${task.id}`,
    detail: (
      <>
        {task.dueAt !== null && (
          <span style={{ display: 'block' }}>
            <DueWords dueAt={task.dueAt} place={task.place} />
          </span>
        )}
        {task.fallback !== null && <span style={{ display: 'block' }}>{task.fallback}</span>}
      </>
    ),
    right: isOverdue(task.dueAt, now) ? (
      <StatusChip kind="wrong">{with_ === undefined ? 'Overdue' : `Overdue with ${with_}`}</StatusChip>
    ) : (
      <StatusChip kind="waiting">{with_ === undefined ? 'Waits for you' : `Waits for ${with_}`}</StatusChip>
    ),
  };
}
