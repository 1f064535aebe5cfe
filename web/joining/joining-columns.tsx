import { PlaceLink } from '../design/place-link.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { isOff, type JoiningRow } from './joining-groups.ts';
import { placeOfJoiner } from './place-of-joiner.ts';
import { firstMorningStatus, MissingThings, Readiness, readinessStatus } from './readiness.tsx';

/** Who, when, how ready, what the first morning said and what was lost. */
export const joiningColumns = (now: number): Column<JoiningRow>[] => [
  { id: 'person', heading: 'Person', width: 170, cell: ({ id, person }) => <PlaceLink to={`/joining/${id}`}>{person}</PlaceLink> },
  {
    id: 'title',
    heading: 'Title',
    width: 140,
    cell: ({ title, department }) => [title, department].filter(Boolean).join(', '),
    givenUp: true,
    phone: 'title',
  },
  {
    id: 'starts',
    heading: 'First morning',
    width: 250,
    cell: (row) => <ZonedTime instant={row.startsAt} place={placeOfJoiner(row)} />,
    phone: 'when',
    phoneCell: (row) => (
      <>
        {isOff(row) ? 'Was to start' : Date.parse(row.startsAt) > now ? 'Starts' : 'Started'}{' '}
        <ZonedTime instant={row.startsAt} place={placeOfJoiner(row)} />
        <MissingThings row={row} />
      </>
    ),
  },
  {
    id: 'ready',
    heading: 'Ready?',
    width: 310,
    cell: (row) => <Readiness row={row} now={now} />,
    phone: 'status',
    phoneCell: (row) => {
      // What is missing stands below: an answer that all is there would contradict it.
      const answer = row.readiness?.state === 'not-ready' ? null : firstMorningStatus(row, now, row.lostDays > 0);
      const { kind, word } = answer ?? readinessStatus(row, now);
      return <StatusChip kind={kind}>{word}</StatusChip>;
    },
  },
  {
    id: 'morning',
    heading: 'Their answer',
    cell: (row) => {
      const status = firstMorningStatus(row, now, row.lostDays > 0);
      return (
        <>
          {status !== null && <StatusChip kind={status.kind}>{status.word}</StatusChip>}
          {row.lostDays > 0 && <p className="gc-small">{lostWords(row.lostDays)}</p>}
        </>
      );
    },
    phone: 'count',
    phoneCell: ({ lostDays }) => (lostDays === 0 ? '' : lostWords(lostDays)),
  },
];

const lostWords = (days: number) => `${days} ${days === 1 ? 'day' : 'days'} lost`;
