import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import type { OutputOf } from '../shell/call.ts';
import { useCall } from '../shell/use-call.ts';
import { type Person, placeOf } from './words.ts';

type Line = NonNullable<OutputOf<'getPersonAbsence'>['absence']>['lines'][number];

/** What is suspended for a leave of absence, and how that stands; nothing where there is none. */
export function PersonAbsence({ person }: { person: Person }) {
  const { data } = useCall(
    'getPersonAbsence',
    { params: { personId: person.id } },
    { enabled: person.leaveFrom !== null || person.status === 'away' },
  );
  const absence = data?.absence;
  if (!absence) return null;
  const closes = data.accounts.filter(({ how }) => how === 'machine' || how === 'by-hand');
  const note =
    absence.status === 'planned'
      ? `When it begins, ${closes.length === 1 ? '1 account is' : `${closes.length} accounts are`} suspended and what they have is kept. After the last day everything opens as it was.`
      : absence.status === 'away'
        ? 'What is suspended stays so until they are back. No rule takes or gives anything meanwhile.'
        : 'They are back. Each account is opened and read back, and what it had is there again.';
  const since = absence.status === 'returning' ? absence.returnedAt : absence.beganAt;
  return (
    <Section title="Leave of absence" note={note}>
      {since !== null && (
        <p className="gc-small gc-dimmed">
          {absence.status === 'returning' ? 'They came back on ' : 'It began on '}
          <ZonedTime instant={since} place={placeOf(person)} />.
        </p>
      )}
      <RowList
        rows={(absence.status === 'planned' ? [] : absence.lines).map((line) => ({
          key: line.id,
          title: line.kind === 'grant-entitlement' ? `${line.app}: what it had` : line.app,
          to: `/apps/${line.appId}`,
          detail: line.status === 'verified' || line.words === null ? undefined : line.words,
          right: <Standing line={line} />,
        }))}
      />
    </Section>
  );
}

function Standing({ line }: { line: Line }) {
  const { kind, word } = standingOf(line);
  return <StatusChip kind={kind}>{word}</StatusChip>;
}

function standingOf({ status, asked, kind }: Line): { kind: StatusKind; word: string } {
  switch (status) {
    case 'verified':
      return { kind: 'good-read', word: kind === 'suspend' ? 'Suspended' : 'As before' };
    case 'evidenced':
      return { kind: 'good-vouched', word: 'Done by hand' };
    case 'overridden':
      return { kind: 'decided', word: 'Left as it is' };
    case 'did-not-obey':
      return { kind: 'wrong', word: 'Did not obey' };
    case 'unknown':
      return { kind: 'unknown', word: 'Unknown' };
    case 'asked':
      return { kind: 'waiting', word: asked === null ? 'Waits for somebody' : `Waits for ${asked}` };
    default:
      return { kind: 'waiting', word: 'Under way' };
  }
}
