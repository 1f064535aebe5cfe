import { useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { DataTable } from '../design/data-table.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { usePhone } from '../design/use-phone.ts';
import { problemProps } from '../shell/api-problem.ts';
import type { InputOf } from '../shell/call.ts';
import { ListViews } from '../shell/list-views.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useSortInAddress } from '../shell/sort-in-address.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { WhoseDialog } from './whose-dialog.tsx';
import { type Account, type App, accountGroups, accountName, accountStatus } from './words.ts';

type Show = NonNullable<NonNullable<InputOf<'listAppAccounts'>['query']>['show']>;

const views: { show: Show; label: string; count: (app: App) => number }[] = [
  { show: 'there', label: 'All that are there', count: ({ accounts }) => accounts },
  { show: 'zombie', label: 'Of people who left', count: ({ zombies }) => zombies },
  { show: 'unknown', label: 'Not known', count: ({ unknown }) => unknown },
  { show: 'orphan', label: 'Of nobody', count: ({ orphans }) => orphans },
  { show: 'service', label: 'Services', count: ({ services }) => services },
  { show: 'suspended', label: 'Suspended', count: ({ suspended }) => suspended },
  { show: 'gone', label: 'Gone', count: ({ gone }) => gone },
];

/** The accounts of one app, by what they need, each with its reason. */
export default function AccountsPage() {
  const { params, search, setSearch } = usePlace();
  const appId = params.appId ?? '';
  const show = views.find((view) => view.show === search.show)?.show ?? 'there';
  const find = search.find ?? '';
  const order = useSortInAddress();
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const [chosen, setChosen] = useState<Account | null>(null);
  const phone = usePhone();
  const mayDecide = useMay('accounts:manage');
  const app = useCall('getApp', { params: { appId } });
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listAppAccounts',
    { params: { appId }, query: { show, limit: 200, ...(find.trim() === '' ? {} : { search: find.trim() }) } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  useTitle(app.data === undefined ? undefined : `Accounts in ${app.data.name}`);
  const failed = app.error ?? error;
  if (failed !== null)
    return (
      <PageBody>
        <PageHeader crumb={[{ label: 'Apps', to: '/apps' }]} title="Accounts" />
        <Problem {...problemProps(failed)} />
      </PageBody>
    );
  if (app.data === undefined) return <Skeleton as="table" />;
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const columns: Column<Account>[] = [
    {
      id: 'account',
      heading: 'Account',
      sortBy: (row) => accountName(row).toLowerCase(),
      cell: (row) =>
        mayDecide ? (
          <button type="button" className={classes.link} onClick={() => setChosen(row)} aria-label={`${accountName(row)}: whose is it?`}>
            {accountName(row)}
          </button>
        ) : (
          <span className={classes.name}>{accountName(row)}</span>
        ),
    },
    {
      id: 'person',
      heading: 'Person',
      width: 160,
      phone: 'title',
      sortBy: ({ person }) => person,
      cell: (row) =>
        row.personId !== null && row.person !== null && !phone ? (
          <PlaceLink to={`/people/${row.personId}`}>{row.person}</PlaceLink>
        ) : (
          (row.person ?? row.displayName ?? '')
        ),
    },
    { id: 'status', heading: 'How it stands', width: 210, phone: 'status', cell: (row) => <Standing account={row} /> },
    {
      id: 'admin',
      heading: 'May',
      width: 110,
      givenUp: true,
      sortBy: ({ isAdmin, role }) => (isAdmin ? `0 ${role}` : role),
      cell: mayWords,
    },
    { id: 'reason', heading: 'Why we say so', givenUp: true, cell: ({ reason }) => reason },
  ];
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              crumb={[
                { label: 'Apps', to: '/apps' },
                { label: app.data.name, to: `/apps/${appId}` },
              ]}
              title={`Accounts in ${app.data.name}`}
            />
            <ListViews
              list="accounts"
              current={show}
              views={views.map((view) => ({
                key: view.show,
                label: view.label,
                count: app.data === undefined ? null : view.count(app.data),
                to: `/apps/${appId}/accounts?show=${view.show}`,
              }))}
            />
            <FilterBar
              placeholder="Name, address or person"
              find={find}
              onFind={(text) => setSearch({ find: text })}
              closer={closer}
              onCloser={setCloser}
            />
          </>
        }
      >
        <DataTable
          name={`accounts ${appId}`}
          label={`Accounts in ${app.data.name}`}
          noun={['account', 'accounts']}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowName={accountName}
          total={data?.pages[0]?.total ?? 0}
          groups={accountGroups.map((group) => ({ ...group, count: countOf(group.key, app.data, find) }))}
          groupOf={({ state }) => state}
          {...order}
          closer={closer}
          fetching={isFetching}
          onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
          empty={<Empty app={app.data} find={find} />}
        />
      </ListBody>
      {chosen !== null && <WhoseDialog account={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

const mayWords = ({ isAdmin, role }: Account): string => {
  if (isAdmin !== true) return role ?? '';
  return role === null || /admin/i.test(role) ? (role ?? 'Admin') : `Admin, ${role}`;
};

function Standing({ account }: { account: Account }) {
  const { kind, word } = accountStatus(account);
  return <StatusChip kind={kind}>{word}</StatusChip>;
}

function countOf(state: Account['state'], app: App, find: string): number | undefined {
  if (find.trim() !== '') return undefined;
  const { zombies, unknown, orphans, services, suspended, gone, accounts } = app;
  return {
    zombie: zombies,
    unknown,
    orphan: orphans,
    service: services,
    suspended,
    gone,
    fine: accounts - zombies - unknown - orphans - services - suspended,
  }[state];
}

function Empty({ app, find }: { app: App; find: string }) {
  if (find.trim() !== '') return <p>No account here is called “{find.trim()}”.</p>;
  if (app.reading !== null) return <p>There is none.</p>;
  return (
    <>
      <p>The accounts of {app.name} were never read.</p>
      <ActButton act={{ label: 'Give a list of its users', to: `/apps/${app.id}/list` }} />
    </>
  );
}
