import { useState } from 'react';
import { type Act, ActButton } from '../design/act.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { saveFile } from '../shell/save-file.ts';
import { useMay } from '../shell/session.ts';
import { useCall, useCallPages } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { LeftDialog } from './left-dialog.tsx';
import { WhoseDialog } from './whose-dialog.tsx';
import { accountName, accountStatus, counted, type Finding, type FindingRow } from './words.ts';

type Group = Finding['groups'][number];

const headings: Record<Group['group'], { title: string; note: string }> = {
  left: { title: 'Has left, and can still sign in', note: 'Their access should have ended. Suspended accounts are not counted.' },
  missing: {
    title: 'On your list no more: left?',
    note: 'Your people list lacks them, or calls them left without a day. Nobody has decided about them yet.',
  },
  unknown: { title: 'Has left; whether the account is active is not known', note: 'The app can tell, and did not.' },
  nobody: {
    title: 'Nobody on your list matches',
    note: 'Most staff lists omit people who have left: these may be theirs. Others belong to programs.',
  },
};

/** Who has left and still has accounts: each with the reason, and the mend beside it. */
export default function FindingPage() {
  const { data, error } = useCall('getFinding', { query: { limit: 1 } });
  const [deciding, setDeciding] = useState<FindingRow | null>(null);
  if (error !== null)
    return (
      <PageBody>
        <PageHeader title="Left, and still has accounts" />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  if (data === undefined) return <Skeleton />;
  const { people, appsRead } = data.known;
  if (people === 0 || appsRead === 0) return <NotYet people={people} appsRead={appsRead} />;
  const shown = data.groups.filter(({ accounts }) => accounts > 0);
  return (
    <PageBody>
      <PageHeader
        title={titleOf(data)}
        lede={
          <>
            From <Num value={people} to="/people" of="people" /> people on your list and{' '}
            <Num value={appsRead} to="/apps" of="apps that were read" /> of {data.known.apps} {data.known.apps === 1 ? 'app' : 'apps'} that
            were read.
            {data.known.completeList === null && ' No people list was declared complete yet, so nobody counts as missing.'}
          </>
        }
        acts={data.total > 0 ? [{ label: 'Save as a file', onClick: () => void call('getFindingFile', { query: {} }).then(saveFile) }] : []}
      />
      {shown.map((group) => (
        <FindingSection key={group.group} group={group} onDecide={setDeciding} />
      ))}
      {shown.length === 0 && (
        <EmptyPage title="Nothing is left open." other={{ label: 'See the apps', to: '/apps' }}>
          <p>Nobody who has left has an account in the apps that were read, and every account belongs to somebody.</p>
        </EmptyPage>
      )}
      {deciding?.group === 'missing' && <LeftDialog row={deciding} onClose={() => setDeciding(null)} />}
      {deciding !== null && deciding.group !== 'missing' && <WhoseDialog account={deciding} onClose={() => setDeciding(null)} />}
    </PageBody>
  );
}

function NotYet({ people, appsRead }: { people: number; appsRead: number }) {
  return (
    <PageBody>
      <PageHeader
        title="Who has left and still has accounts?"
        lede="Two files answer it: your people list, and the user list of any app."
      />
      {people === 0 ? (
        <EmptyPage
          title="Your people list comes first."
          act={{ label: 'Give the people list', to: '/people/imports' }}
          other={{ label: 'Give an app’s list', to: '/apps/new' }}
        >
          <p>Any export of your staff list will do (CSV or XLSX). You see what it says before anything is taken in.</p>
        </EmptyPage>
      ) : (
        <EmptyPage
          title="Now the users of one app."
          act={{ label: 'Give a list of its users', to: '/apps/new' }}
          other={{ label: 'Connect an app', to: '/connections/new' }}
        >
          <p>
            {counted(people, 'person is', 'people are')} on your list. {appsRead === 0 && 'No app was read yet.'} Begin with the one that
            would hurt most.
          </p>
        </EmptyPage>
      )}
    </PageBody>
  );
}

function titleOf(data: Finding): string {
  const of = (name: Group['group']) => data.groups.find(({ group }) => group === name) ?? { accounts: 0, people: 0 };
  const left = of('left');
  if (left.accounts > 0)
    return `${counted(left.people, 'person has', 'people have')} left and can still sign in to ${counted(left.accounts, 'account', 'accounts')}.`;
  const open = of('missing').accounts + of('nobody').accounts + of('unknown').accounts;
  return open > 0
    ? `Nobody known to have left can still sign in. ${counted(open, 'account needs', 'accounts need')} a word.`
    : 'Nobody who has left has an account.';
}

const pageSize = 30;

function FindingSection({ group, onDecide }: { group: Group; onDecide: (row: FindingRow) => void }) {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useCallPages(
    'getFinding',
    { query: { group: group.group, limit: pageSize } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const { title, note } = headings[group.group];
  return (
    <Section title={`${title} (${group.accounts})`} note={note}>
      {error !== null && <Problem {...problemProps(error)} />}
      <RowList
        rows={rows.map((row) => ({
          key: row.id,
          title: `${row.person ?? accountName(row)} in ${row.app}`,
          to: row.personId === null ? `/apps/${row.appId}` : `/people/${row.personId}`,
          detail: (
            <>
              {row.person !== null && `${accountName(row)}${row.isAdmin ? ', an administrator' : ''}. `}
              {row.reason} <span className="gc-dimmed">{row.mend}</span>
            </>
          ),
          right: <Mend row={row} onDecide={onDecide} />,
        }))}
      />
      {hasNextPage && (
        <ActButton
          act={{ label: `Show more of ${group.accounts}`, onClick: () => void fetchNextPage(), busy: isFetchingNextPage }}
          size="xs"
        />
      )}
    </Section>
  );
}

function Mend({ row, onDecide }: { row: FindingRow; onDecide: (row: FindingRow) => void }) {
  const mayDecide = useMay('accounts:manage');
  const mayImport = useMay('people:import');
  const act = actOf(row, mayDecide ? onDecide : null, mayImport ? onDecide : null);
  const { kind, word } = row.group === 'missing' ? { kind: 'waiting' as const, word: 'Left?' } : accountStatus(row);
  return (
    <div className={classes.right}>
      <StatusChip kind={kind}>{word}</StatusChip>
      {act !== null && <ActButton act={act} size="xs" />}
    </div>
  );
}

function actOf(row: FindingRow, onDecide: ((row: FindingRow) => void) | null, onLeft: ((row: FindingRow) => void) | null): Act | null {
  const name = accountName(row);
  if (row.group === 'nobody')
    return onDecide === null ? null : { label: 'Say whose…', ariaLabel: `Say whose… ${name} in ${row.app}`, onClick: () => onDecide(row) };
  if (row.group === 'missing') {
    return onLeft === null ? null : { label: 'Decide…', ariaLabel: `Decide… whether ${row.person} has left`, onClick: () => onLeft(row) };
  }
  if (row.writer === 'manual' || row.writer === 'outside') {
    if (row.deepLink !== null) return { label: `Open ${row.app}`, href: row.deepLink };
  }
  return row.personId === null ? null : { label: 'Close it…', ariaLabel: `Close it… ${name} in ${row.app}`, to: `/people/${row.personId}` };
}
