import { useState } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { type Filter, FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import { actionWords } from './action-words.ts';
import classes from './audit.module.css';
import { ChainCheck } from './chain-check.tsx';
import { EventDialog } from './event-dialog.tsx';
import { type AuditEvent, actorWords, lineWords, subjectWords } from './words.ts';

const pageSize = 100;

/** Who did what, when and why, newest first. */
export default function AuditPage() {
  const { search, setSearch } = usePlace();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const [shown, setShown] = useState<AuditEvent | null>(null);
  const [checking, setChecking] = useState(false);
  const actions = useCall('listAuditActions');
  const query = {
    limit: pageSize,
    ...(search.find?.trim() ? { words: search.find.trim() } : {}),
    ...(search.action ? { action: search.action } : {}),
    ...(/^[0-9a-f-]{36}$/i.test(search.person ?? '') ? { personId: search.person } : {}),
  };
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages('listAuditEvents', { query }, ({ rows }) =>
    rows.length < pageSize ? null : { before: rows.at(-1)?.id ?? '' },
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  if (error !== null) {
    return (
      <PageBody>
        <PageHeader title="Audit" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  }
  const filters: Filter[] = [
    {
      key: 'action',
      label: 'What happened',
      single: true,
      options: (actions.data?.rows ?? []).map((action) => ({ value: action, label: actionWords(action) })),
      chosen: search.action ? [search.action] : [],
      onChange: ([action = '']) => setSearch({ action }),
    },
    ...(search.person
      ? [
          {
            key: 'person',
            label: 'About',
            words: 'one person',
            options: [],
            chosen: [search.person],
            onChange: () => setSearch({ person: '' }),
          },
        ]
      : []),
  ];
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              title="Audit"
              lede="Everything that was changed, by whom and why. Each event is chained to the one before it, so nothing can be altered unseen."
              acts={checking ? [] : [{ label: 'Check the chain', onClick: () => setChecking(true) }]}
            />
            {checking && <ChainCheck />}
            <ListViews list="audit" />
            <FilterBar
              placeholder="Who, whom, what or why"
              find={search.find ?? ''}
              onFind={(find) => setSearch({ find })}
              filters={filters}
              closer={closer}
              onCloser={setCloser}
            />
          </>
        }
      >
        <DataTable
          name="audit"
          label="Audit"
          noun={['event', 'events']}
          columns={columnsWith(setShown)}
          rows={rows}
          rowKey={({ id }) => id}
          rowName={({ action }) => actionWords(action)}
          total={total}
          closer={closer}
          fetching={isFetching}
          onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
          empty={<p>Nothing that fits was recorded. Clear a filter to see more.</p>}
        />
      </ListBody>
      {shown !== null && <EventDialog event={shown} onClose={() => setShown(null)} />}
    </>
  );
}

const columnsWith = (open: (event: AuditEvent) => void): Column<AuditEvent>[] => [
  {
    id: 'what',
    heading: 'What happened',
    width: 220,
    cell: (row) => (
      <button
        type="button"
        className={classes.open}
        aria-label={`${actionWords(row.action)}: ${subjectWords(row)}`}
        onClick={() => open(row)}
      >
        {actionWords(row.action)}
      </button>
    ),
  },
  { id: 'subject', heading: 'About', width: 200, phone: 'title', cell: subjectWords },
  { id: 'who', heading: 'Who', width: 170, cell: actorWords },
  { id: 'change', heading: 'What it did', givenUp: true, cell: lineWords },
  { id: 'at', heading: 'When', width: 230, phone: 'status', cell: ({ at }) => <ZonedTime instant={at} today /> },
];
