import { Fragment } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { SavedViews } from '../design/saved-views.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { usePhone } from '../design/use-phone.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { accountStatus, countsOf, type Sync } from './words.ts';

type Row = OutputOf<'listSyncEffects'>['rows'][number];

const views = [
  { show: 'gone', label: 'Missing on it', of: 'gone' },
  { show: 'new', label: 'New', of: 'added' },
  { show: 'changed', label: 'With something changed', of: 'changed' },
  { show: 'same', label: 'As before', of: 'unchanged' },
] as const;

const ledes: Record<(typeof views)[number]['show'], string> = {
  gone: 'These accounts are known here and not in the reading. They count as gone only if you say that it is complete. People who have not left come first.',
  new: 'These accounts are in the reading and not known here yet. Whose they are is shown where it is certain.',
  changed: 'What the reading says differently from what is known.',
  same: 'The reading says of these accounts what is known already.',
};

/** The accounts behind the numbers of a list or reading that waits: whose they are, before anything is decided. */
export default function ReadingAccountsPage() {
  const { params, search } = usePlace();
  const syncId = params.syncId ?? '';
  const show = views.find((view) => view.show === search.show)?.show ?? 'gone';
  const [closer] = useKeptChoice('closer-rows', false);
  const phone = usePhone();
  const sync = useCall('getSync', { params: { syncId } }).data;
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listSyncEffects',
    { params: { syncId }, query: { show, limit: 200 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  useTitle(sync === undefined ? undefined : `${sync.app}: the accounts of a reading`);
  if (error !== null)
    return (
      <PageBody>
        <PageHeader crumb={[{ label: 'Apps', to: '/apps' }]} title="Accounts of a reading" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  if (sync === undefined) return <Skeleton as="table" />;
  const here = `/apps/${sync.appId}/readings/${sync.id}`;
  const counts = countsOf(sync.counts);
  return (
    <ListBody
      head={
        <>
          <PageHeader
            crumb={[
              { label: 'Apps', to: '/apps' },
              { label: sync.app, to: `/apps/${sync.appId}` },
              { label: sync.kind === 'list' ? `“${sync.fileName ?? 'The list'}”` : 'The reading', to: here },
            ]}
            title={titleOf(sync)}
            lede={ledes[show]}
            acts={[{ label: 'Back to decide', to: here }]}
          />
          <SavedViews
            current={show}
            views={views.map((view) => ({
              key: view.show,
              label: view.label,
              count: counts[view.of],
              to: `${here}/accounts?show=${view.show}`,
            }))}
          />
        </>
      }
    >
      <DataTable
        name={`reading ${syncId} ${show}`}
        label={titleOf(sync)}
        noun={['account', 'accounts']}
        columns={columnsOf(show, phone)}
        rows={data?.pages.flatMap((page) => page.rows) ?? []}
        rowKey={({ externalId }) => externalId}
        rowName={({ account }) => account}
        total={data?.pages[0]?.total ?? 0}
        closer={closer}
        fetching={isFetching}
        onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
        empty={<p>There is none.</p>}
      />
    </ListBody>
  );
}

const titleOf = (sync: Sync): string =>
  sync.kind === 'list' ? `The accounts of “${sync.fileName ?? 'the list'}”` : `The accounts of the held reading of ${sync.app}`;

const columnsOf = (show: (typeof views)[number]['show'], phone: boolean): Column<Row>[] => [
  {
    id: 'account',
    heading: 'Account',
    sortBy: ({ account }) => account.toLowerCase(),
    cell: ({ account }) => <span className={classes.name}>{account}</span>,
  },
  {
    id: 'person',
    heading: 'Whose it is',
    width: 200,
    phone: 'title',
    sortBy: ({ person, name }) => person ?? name,
    cell: (row) => <Whose row={row} phone={phone} />,
  },
  {
    id: 'status',
    heading: show === 'new' ? 'It says' : 'How it stands today',
    width: 220,
    phone: show === 'changed' ? undefined : 'status',
    cell: (row) => <Standing row={row} />,
  },
  show === 'changed'
    ? { id: 'change', heading: 'What would change', phone: 'status', cell: (row) => <Changes row={row} /> }
    : {
        id: 'reason',
        heading: show === 'new' ? 'May' : 'Why we say so',
        givenUp: true,
        cell: (row) => row.reason ?? (row.isAdmin ? 'Admin' : ''),
      },
];

function Whose({ row, phone }: { row: Row; phone: boolean }) {
  if (row.person === null) return <span className="gc-dimmed">{row.name ?? 'Nobody we know'}</span>;
  return row.personId === null || phone ? row.person : <PlaceLink to={`/people/${row.personId}`}>{row.person}</PlaceLink>;
}

function Standing({ row }: { row: Row }) {
  if (row.state !== null) {
    const { kind, word } = accountStatus({ state: row.state, serviceOwner: row.serviceOwner, suggestedPerson: row.suggestedPerson });
    return <StatusChip kind={kind}>{word}</StatusChip>;
  }
  if (row.status === null) return <StatusChip kind="unknown">Not said</StatusChip>;
  return row.status === 'suspended' ? <StatusChip kind="away">Suspended</StatusChip> : <StatusChip kind="working">In use</StatusChip>;
}

const fieldWords: Record<string, string> = {
  status: 'status',
  admin: 'administrator',
  role: 'role',
  userName: 'user name',
  addresses: 'addresses',
  name: 'name',
  givenName: 'given name',
  familyName: 'family name',
  employeeNumber: 'employee number',
  service: 'service account',
  lastUsed: 'last used',
};

function Changes({ row }: { row: Row }) {
  return row.changes.map(({ field, from, to }, index) => (
    <Fragment key={field}>
      {index > 0 && '; '}
      {fieldWords[field] ?? field}: <Value field={field} value={from} /> → <Value field={field} value={to} />
    </Fragment>
  ));
}

function Value({ field, value }: { field: string; value: string | null }) {
  if (value === null) return 'not known';
  return field === 'lastUsed' ? <ZonedTime instant={value} /> : value;
}
