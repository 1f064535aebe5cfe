import { useEffect } from 'react';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useNow } from '../design/now.ts';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { type PlainRow, RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { ListViews } from '../shell/list-views.tsx';
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
  const { search, setSearch } = usePlace();
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
  const find = search.find?.trim().toLowerCase() ?? '';
  const late = search.status === 'overdue';
  const narrowed = find !== '' || late;
  const found = rows.filter((task) => (!late || isOverdue(task.dueAt, now)) && holds(task, find));
  // What is found is found among all of them.
  useEffect(() => {
    if (narrowed && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [narrowed, hasNextPage, isFetchingNextPage, fetchNextPage]);
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
      <ListViews
        list="tasks"
        current={scope}
        views={[
          { key: 'mine', label: 'Mine', count: mine.data?.total ?? null, to: '/tasks?view=mine' },
          ...(mayAll
            ? [{ key: 'all', label: 'Everybody’s', count: scope === 'all' ? (first?.total ?? null) : null, to: '/tasks?view=all' }]
            : []),
        ]}
      />
      {(narrowed || (first?.total ?? 0) > 0) && (
        <FilterBar
          placeholder="Task, whom it concerns or who does it"
          find={search.find ?? ''}
          onFind={(text) => setSearch({ find: text })}
          filters={[
            {
              key: 'status',
              label: 'How it stands',
              single: true,
              options: [{ value: 'overdue', label: 'Overdue', count: overdue }],
              chosen: late ? ['overdue'] : [],
              onChange: ([value = '']) => setSearch({ status: value }),
            },
          ]}
        />
      )}
      {error !== null && <Problem {...problemProps(error)} />}
      {first === undefined && error === null && <Skeleton as="rows" />}
      {first?.total === 0 && <NothingWaits scope={scope} />}
      {first !== undefined && first.total > 0 && narrowed && found.length === 0 && !hasNextPage && (
        <p className="gc-dimmed">No task fits. Clear the search or the filter to see more.</p>
      )}
      {bundles(found).map(({ key, heading, tasks }) => (
        <Section key={key} title={heading}>
          <RowList rows={tasks.map((task) => taskRow(task, scope, now))} />
        </Section>
      ))}
      {hasNextPage && !narrowed && (
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

const holds = (task: Task, find: string): boolean =>
  [task.title, task.subject?.name, task.assignee?.name].some((text) => text?.toLowerCase().includes(find) === true);

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
