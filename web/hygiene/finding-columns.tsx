import { type Act, ActButton } from '../design/act.tsx';
import { Num } from '../design/num.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './hygiene.module.css';
import type { Open } from './list-page.tsx';
import type { FindingKind, FindingRow } from './words.ts';

/** The columns of one list; the last holds what is done about the row, or what can be. */
export function columnsOf(kind: FindingKind, onOpen: ((open: Open) => void) | null): Column<FindingRow>[] {
  return [
    {
      id: 'who',
      heading: kind === 'one-owner' ? 'App' : kind === 'app-grant' ? 'Program' : 'Whose',
      cell: (row) => <Who row={row} />,
    },
    ...(kind === 'one-owner'
      ? []
      : [
          {
            id: 'app',
            heading: 'App',
            width: 150,
            phone: 'title' as const,
            cell: ({ appId, app }: FindingRow) => <PlaceLink to={`/apps/${appId}`}>{app}</PlaceLink>,
          },
        ]),
    {
      id: 'why',
      heading: 'Why it is here',
      cell: (row) => <Why row={row} />,
      givenUp: false,
      phone: kind === 'one-owner' ? 'title' : 'when',
    },
    {
      id: 'since',
      heading: 'Seen since',
      width: 205,
      givenUp: true,
      cell: ({ firstSeenAt }) => (firstSeenAt === null ? 'now' : <ZonedTime instant={firstSeenAt} />),
    },
    { id: 'mend', heading: 'What to do', width: 190, phone: 'status', cell: (row) => <Mend row={row} onOpen={onOpen} /> },
  ];
}

function Who({ row }: { row: FindingRow }) {
  if (row.kind === 'one-owner') return <PlaceLink to={`/apps/${row.appId}`}>{row.who}</PlaceLink>;
  const name = row.personId === null ? row.who : <PlaceLink to={`/people/${row.personId}`}>{row.who}</PlaceLink>;
  return (
    <>
      {name}
      {row.account !== null && row.account !== row.who && <span className="gc-dimmed">, {row.account}</span>}
    </>
  );
}

function Why({ row }: { row: FindingRow }) {
  if (row.exception === null) return <>{row.why}</>;
  return (
    <>
      {row.exception.by}: “{row.exception.reason.replace(/\.$/, '')}”, until <ZonedTime instant={row.exception.until} />.{' '}
      <span className="gc-dimmed">{row.why}</span>
    </>
  );
}

function Mend({ row, onOpen }: { row: FindingRow; onOpen: ((open: Open) => void) | null }) {
  if (row.exception !== null) return <StatusChip kind="decided">Stays for now</StatusChip>;
  const act = onOpen === null || row.underWay !== null || row.askedAt !== null ? null : actOf(row, onOpen);
  return (
    <span className={classes.mend}>
      {row.underWay !== null && (
        <PlaceLink to={`/access-rules/plans/${row.underWay}`}>
          <StatusChip kind="waiting">Under way</StatusChip>
        </PlaceLink>
      )}
      {row.askedAt !== null && <StatusChip kind="waiting">Asked</StatusChip>}
      {row.onlyAdmin && <StatusChip kind="waiting">Only admin</StatusChip>}
      {row.kind === 'app-grant' && row.people !== null && (
        <Num value={row.people} of="accounts" onOpen={onOpen === null ? undefined : () => onOpen({ what: 'holders', row })} />
      )}
      {act !== null && <ActButton act={act} size="xs" />}
    </span>
  );
}

function actOf(row: FindingRow, onOpen: (open: Open) => void): Act | null {
  const of = (label: string, open: Open): Act => ({
    label,
    ariaLabel: `${label} ${row.who === row.app ? row.app : `${row.who} in ${row.app}`}`,
    onClick: () => onOpen(open),
  });
  if (row.kind === 'one-owner') return of('Name a deputy…', { what: 'person', row });
  if (row.kind === 'app-grant') return of('See and take…', { what: 'holders', row });
  if (row.accountId === null) return null;
  const items = [{ accountId: row.accountId }];
  if (row.kind === 'orphan') return of('Say whose…', { what: 'person', row });
  if (row.kind === 'administrator') return row.onlyAdmin ? null : of('Take the rights…', { what: 'take', take: 'revoke-admin', items });
  if (row.kind === 'second-factor') {
    if (row.personId === null) return of('Say whose…', { what: 'person', row });
    return of('Ask them…', { what: 'ask', accountIds: [row.accountId] });
  }
  return of('Suspend…', { what: 'take', take: 'suspend', items });
}
