import { lazy, Suspense, useState } from 'react';
import { Ask } from '../design/ask.tsx';
import { MoreMenu } from '../design/more-menu.tsx';
import { useNow } from '../design/now.ts';
import { Columns, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { ChangePersonDialog } from './change-person-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { FoldedAccounts } from './folded-accounts.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { LeaveOfAbsenceDialog } from './leave-of-absence-dialog.tsx';
import { PersonAbsence } from './person-absence.tsx';
import { PersonAccess } from './person-access.tsx';
import { PersonAccounts } from './person-accounts.tsx';
import { PersonBand } from './person-band.tsx';
import { PersonDifferences } from './person-differences.tsx';
import { PersonFacts } from './person-facts.tsx';
import { PersonMoves } from './person-moves.tsx';
import { PersonTimeline } from './person-timeline.tsx';
import { counted, type Person, placeOf } from './words.ts';

const LeaveDialog = lazy(() => import('../leaving/leave-dialog.tsx').then((module) => ({ default: module.LeaveDialog })));

type Open = 'leave' | 'change' | 'absence' | 'erase' | 'hold' | null;

/** One person: the dates that matter, what is asked, their accounts, what happened. */
export default function PersonPage() {
  const { params } = usePlace();
  const personId = params.personId ?? '';
  const { data: person, error } = useCall('getPerson', { params: { personId } });
  useTitle(person?.name);
  if (error !== null || person === undefined) return <NotShown what="person" error={error} crumb={[{ label: 'People', to: '/people' }]} />;
  return <PersonView key={person.id} person={person} />;
}

function PersonView({ person }: { person: Person }) {
  const [open, setOpen] = useState<Open>(null);
  const mayManage = useMay('people:manage');
  const mayLeave = useMay('leaving:manage');
  const mayErase = useMay('people:erase');
  const mayHold = useMay('people:hold');
  const seesRuns = useMay('leaving:read');
  const seesAccounts = useMay('accounts:read');
  const seesAccess = useMay('access:read') && person.status !== 'left';
  const Accounts = seesAccess ? FoldedAccounts : PersonAccounts;
  const params = { personId: person.id };
  const holds = useCall('listLegalHolds', { params }, { enabled: mayHold });
  const hold = holds.data?.rows.find(({ liftedAt }) => liftedAt === null) ?? null;
  const runs = useCall('listRuns', { query: { personId: person.id, limit: 1 } }, { enabled: seesRuns });
  const accounts = useCall('listPersonAccounts', { params }, { enabled: seesAccounts });
  const seesHires = useMay('joining:read') && person.status === 'joining';
  const mayHire = useMay('joining:manage');
  const hires = useCall('listJoining', { query: { personId: person.id, limit: 1 } }, { enabled: seesHires });
  const hire = hires.data?.rows[0];
  const run = runs.data?.rows[0];
  const running = run !== undefined && (run.status === 'running' || run.status === 'paused');
  const stillOpen = (accounts.data?.rows ?? []).filter(({ status }) => status === 'active' || status === null);
  const asks = person.status === 'left' && !running && stillOpen.length > 0;
  const canLeave = mayLeave && !running && person.erasedAt === null;
  const more = [
    ...(mayManage && person.erasedAt === null
      ? [
          { label: 'Leave of absence…', onClick: () => setOpen('absence') },
          ...(canLeave && person.status === 'left' && !asks ? [{ label: 'Close access…', onClick: () => setOpen('leave') }] : []),
          ...(canLeave && person.status === 'joining' ? [{ label: 'Let leave…', onClick: () => setOpen('leave') }] : []),
        ]
      : []),
    ...(mayHold && person.erasedAt === null
      ? [{ label: hold === null ? 'Place a legal hold…' : 'Lift the legal hold…', onClick: () => setOpen('hold') }]
      : []),
    ...(mayErase && person.status === 'left' && person.erasedAt === null
      ? [{ label: 'Erase their data…', onClick: () => setOpen('erase') }]
      : []),
  ];
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'People', to: '/people' }, ...(person.status === 'left' ? [{ label: 'Left', to: '/people?view=left' }] : [])]}
        title={person.name}
        context={<Context person={person} />}
        lede={
          person.erasedAt === null ? (
            hold === null ? undefined : (
              <>
                Legal hold by {hold.placedBy} since <ZonedTime instant={hold.placedAt} place={placeOf(person)} />: “{hold.reason}”. Nothing
                of theirs is deleted or erased until it is lifted.
              </>
            )
          ) : (
            <>
              Their data was erased on <ZonedTime instant={person.erasedAt} place={placeOf(person)} />. What was done, and when, stays. What
              stands in the apps themselves has to be erased there.
            </>
          )
        }
        acts={[
          ...(run !== undefined && running ? [{ label: 'Open the exit', to: `/runs/${run.id}` }] : []),
          ...(hire !== undefined ? [{ label: 'Open the hire', to: `/joining/${hire.id}` }] : []),
          ...(mayHire && seesHires && hires.data?.total === 0
            ? [{ label: 'Prepare the first day…', to: `/joining?hire=${person.id}` }]
            : []),
          ...(canLeave && person.status !== 'left' && person.status !== 'joining'
            ? [{ label: 'Let leave…', onClick: () => setOpen('leave') }]
            : []),
          ...(mayManage && person.erasedAt === null ? [{ label: 'Change…', onClick: () => setOpen('change') }] : []),
        ].slice(0, 2)}
        more={more.length > 0 ? <MoreMenu items={more} /> : undefined}
      />
      <PersonBand person={person} told={run?.told_at ?? null} />
      <Columns
        main={
          <>
            {asks && canLeave && (
              <Ask
                tag="Needs you"
                slim
                title={`${person.givenName} has left and can still sign in to ${counted(stillOpen.length, 'app', 'apps')}.`}
                acts={[{ label: 'Close access…', onClick: () => setOpen('leave') }]}
              >
                <p>{[...new Set(stillOpen.map(({ app }) => app))].join(', ')}. Until somebody closes them they stay open.</p>
              </Ask>
            )}
            <PersonDifferences personId={person.id} />
            {seesAccess && <PersonMoves person={person} />}
            {seesAccess && <PersonAbsence person={person} />}
            {seesAccess && <PersonAccess person={person} />}
            {seesAccounts && <Accounts person={person} accounts={accounts.data?.rows ?? null} error={accounts.error} />}
          </>
        }
        side={<PersonTimeline person={person} />}
        after={<PersonFacts person={person} />}
      />
      {open === 'leave' && (
        <Suspense>
          <LeaveDialog personIds={[person.id]} opened onClose={() => setOpen(null)} />
        </Suspense>
      )}
      {open === 'change' && <ChangePersonDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'absence' && <LeaveOfAbsenceDialog person={person} onClose={() => setOpen(null)} />}
      {open === 'hold' && <HoldDialog person={person} hold={hold} onClose={() => setOpen(null)} />}
      {open === 'erase' && <EraseDialog person={person} accounts={accounts.data?.rows.length ?? null} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}

function Context({ person }: { person: Person }) {
  const now = useNow();
  const { zone, name } = placeOf(person);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
  const work = [person.title, person.department].filter(Boolean).join(' in ');
  return (
    <>
      {work !== '' && `${work} · `}
      {name}, where it is <span className="gc-figures">{time}</span>
      {person.manager !== null && (
        <>
          {' · reports to '}
          <PlaceLink to={`/people/${person.manager.id}`}>{person.manager.name}</PlaceLink>
          {person.manager.status === 'left' && ', who has left'}
        </>
      )}
    </>
  );
}
