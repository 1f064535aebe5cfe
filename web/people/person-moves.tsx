import type { ReactNode } from 'react';
import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import type { OutputOf } from '../shell/call.ts';
import { useCall } from '../shell/use-call.ts';
import { employmentWord, type Person, placeOf } from './words.ts';

type Moves = OutputOf<'listPersonMoves'>;
type Change = Moves['rows'][number]['changes'][number];

const sixtyDays = 60 * 24 * 3_600_000;

/** What the newest move of somebody changes: what becomes due, what ends when, and who is asked. Nothing once it is past and settled. */
export function PersonMoves({ person }: { person: Person }) {
  const { data } = useCall('listPersonMoves', { params: { personId: person.id } });
  const now = useNow();
  const newest = data?.rows[0];
  if (data === undefined || newest === undefined) return null;
  const asked = data.rows.find(({ task }) => task?.status === 'open')?.task ?? null;
  const isOld = now - Date.parse(newest.at) > sixtyDays;
  if (isOld && asked === null && data.ends.length === 0) return null;
  const name = ({ app, entitlement }: { app: string; entitlement: string | null }) =>
    entitlement === null ? app : `${entitlement} in ${app}`;
  const rows = [
    ...data.ends.map((end) => ({
      key: `ends ${end.appId} ${end.entitlement}`,
      title: name(end),
      detail: end.words,
      right: (
        <StatusChip kind="waiting">
          Ends <ZonedTime instant={end.until} place={placeOf(person)} />
        </StatusChip>
      ),
    })),
    ...data.due.map((due) => ({
      key: `due ${due.appId} ${due.entitlement}`,
      title: name(due),
      to: `/access-rules/plan?person=${person.id}`,
      detail: due.words,
      right: <StatusChip kind="planned">Due now, on the plan</StatusChip>,
    })),
    ...(asked === null
      ? []
      : [
          {
            key: 'asked',
            title: 'What no rule gives',
            to: `/tasks/${asked.id}`,
            detail: 'It stays until somebody decides whether they keep it.',
            right: <StatusChip kind="waiting">{asked.asked === null ? 'Waits for somebody' : `Waits for ${asked.asked}`}</StatusChip>,
          },
        ]),
    ...(data.contractEnds === null
      ? []
      : [
          {
            key: 'contract',
            title: 'The end of their contract still stands',
            detail: `Their last working day is ${formatDay(data.contractEnds, { now })}: access closes then, unless it is taken away.`,
            right: <StatusChip kind="waiting">Look at it</StatusChip>,
          },
        ]),
  ];
  return (
    <Section
      title="What the last move changes"
      note={
        <>
          On <ZonedTime instant={newest.at} place={placeOf(person)} />: {newest.changes.map(changeWords)}.{' '}
          {rows.length === 0 && 'Nothing is due, nothing ends, and nothing is to be decided.'}
        </>
      }
    >
      {rows.length > 0 && <RowList rows={rows} />}
    </Section>
  );
}

function changeWords(change: Change, index: number): ReactNode {
  const shown = (value: string) => (change.field === 'employmentType' ? employmentWord(value) : value);
  return (
    <span key={change.field}>
      {index > 0 && ', '}
      {change.label.toLowerCase()} {shown(change.from)} → {shown(change.to)}
    </span>
  );
}
