import { useState } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useCallPages } from '../shell/use-call.ts';
import { MailDialog } from './mail-dialog.tsx';
import classes from './outbox.module.css';
import { type Mail, standing, statuses } from './words.ts';

const pageSize = 100;

/** Messages that were sent, wait, failed, or would have been sent if there were a mail server. */
export default function OutboxPage() {
  const { search, setSearch } = usePlace();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const [shown, setShown] = useState<Mail | null>(null);
  const status = statuses.find((each) => each === search.status);
  const find = search.find?.trim() ?? '';
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listMail',
    { query: { limit: pageSize, ...(status ? { status } : {}), ...(find ? { words: find } : {}) } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const first = data?.pages[0];
  if (error !== null || (first !== undefined && first.total === 0 && !status && !find)) {
    return (
      <PageBody>
        <PageHeader title="Outbox" />
        {error !== null ? (
          <Problem {...problemProps(error)} />
        ) : (
          <EmptyPage title="No message was written yet.">
            <p>Invitations, tasks and reminders that go to people by mail are listed here, with what became of each.</p>
          </EmptyPage>
        )}
      </PageBody>
    );
  }
  const counts = first?.counts ?? {};
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              title={first?.hasMailServer === false ? 'Outbox: nothing is sent' : 'Outbox'}
              lede={
                first?.hasMailServer === false
                  ? 'There is no mail server yet. Messages are kept here so that you can pass them on yourself. Set SMTP_URL and start again to send them.'
                  : 'What Groundcrew wrote to people, and what became of it.'
              }
            />
            <ListViews list="outbox" />
            <FilterBar
              placeholder="Recipient or subject"
              find={search.find ?? ''}
              onFind={(text) => setSearch({ find: text })}
              filters={[
                {
                  key: 'status',
                  label: 'How it stands',
                  single: true,
                  options: statuses.map((each) => ({ value: each, label: standing[each].word, count: counts[each] ?? 0 })),
                  chosen: status ? [status] : [],
                  onChange: ([chosen = '']) => setSearch({ status: chosen }),
                },
              ]}
              closer={closer}
              onCloser={setCloser}
            />
          </>
        }
      >
        <DataTable
          name="outbox"
          label="Outbox"
          noun={['message', 'messages']}
          columns={columnsWith(setShown)}
          rows={data?.pages.flatMap((page) => page.rows) ?? []}
          rowKey={({ id }) => id}
          rowName={({ subject }) => subject}
          total={first?.total ?? 0}
          closer={closer}
          fetching={isFetching}
          onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
          empty={<p>No message fits. Clear a filter to see more.</p>}
        />
      </ListBody>
      {shown !== null && <MailDialog mail={shown} canSend={first?.hasMailServer === true} onClose={() => setShown(null)} />}
    </>
  );
}

/** Where an address does not fit on a line it breaks before its `@`. */
function Address({ of }: { of: string }) {
  const at = of.lastIndexOf('@');
  if (at < 1) return of;
  return (
    <>
      {of.slice(0, at)}
      <wbr />
      {of.slice(at)}
    </>
  );
}

const columnsWith = (open: (mail: Mail) => void): Column<Mail>[] => [
  {
    id: 'subject',
    heading: 'Subject',
    cell: (row) => (
      <button type="button" className={classes.open} onClick={() => open(row)}>
        {row.subject || 'A message that was erased'}
      </button>
    ),
  },
  { id: 'to', heading: 'To', width: 250, phone: 'title', cell: ({ to }) => (to === '' ? 'erased' : <Address of={to} />) },
  {
    id: 'status',
    heading: 'How it stands',
    width: 150,
    phone: 'status',
    cell: ({ status }) => <StatusChip kind={standing[status].kind}>{standing[status].word}</StatusChip>,
  },
  { id: 'problem', heading: 'Why', width: 150, givenUp: true, cell: ({ problem }) => problem ?? '' },
  { id: 'at', heading: 'Written', width: 200, cell: ({ createdAt }) => <ZonedTime instant={createdAt} today /> },
];
