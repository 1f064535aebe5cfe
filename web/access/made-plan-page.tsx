import { useState } from 'react';
import { Ask } from '../design/ask.tsx';
import { DataTable } from '../design/data-table.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useNow } from '../design/now.ts';
import { Num } from '../design/num.tsx';
import { ListBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Progress } from '../design/progress.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { Column } from '../design/table-types.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { NotShown } from '../shell/not-shown.tsx';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { DiscardDialog, ReleaseDialog } from './held-dialogs.tsx';
import { Names } from './names.tsx';
import { UndoDialog } from './undo-dialog.tsx';
import {
  actionWords,
  firstNames,
  listed,
  type MadePlan,
  type PlanLine,
  people,
  planLineStatus,
  planStatus,
  purposeWords,
} from './words.ts';

const groups = [
  { key: 'wrong', heading: 'Not as planned yet' },
  { key: 'waiting', heading: 'Waits for somebody' },
  { key: 'open', heading: 'Going on' },
  { key: 'settled', heading: 'Settled' },
  { key: 'withdrawn', heading: 'Not needed any more' },
];

const groupOf = ({ status }: PlanLine): string => {
  if (status === 'did-not-obey' || status === 'unknown' || status === 'retrying') return 'wrong';
  if (status === 'withdrawn') return 'withdrawn';
  if (status === 'asked') return 'waiting';
  return ['verified', 'evidenced', 'overridden'].includes(status) ? 'settled' : 'open';
};

const columns: Column<PlanLine>[] = [
  {
    id: 'person',
    heading: 'Person',
    sortBy: ({ person }) => person,
    cell: ({ personId, person }) => <PlaceLink to={`/people/${personId}#access`}>{person}</PlaceLink>,
  },
  {
    id: 'what',
    heading: 'What',
    sortBy: ({ app }) => app,
    cell: (line) => `${line.app}: ${actionWords(line)}`,
    phone: 'title',
  },
  {
    id: 'state',
    heading: 'State',
    width: 210,
    cell: (line) => {
      const { kind, word } = planLineStatus(line);
      return <StatusChip kind={kind}>{word}</StatusChip>;
    },
    phone: 'status',
  },
  { id: 'how', heading: 'How we know', cell: (line) => <Known line={line} />, givenUp: true, phone: 'when' },
];

function Known({ line: { status, words, verifiedAt, dueAt } }: { line: PlanLine }) {
  const now = useNow();
  if (verifiedAt !== null)
    return (
      <>
        {status === 'evidenced' ? 'Vouched for' : 'By a fresh reading'} <ZonedTime instant={verifiedAt} />
      </>
    );
  return (
    <>
      {words}
      {status === 'asked' && Date.parse(dueAt) > now && (
        <>
          {words !== null && ' '}Due <ZonedTime instant={dueAt} />
        </>
      )}
    </>
  );
}

type Open = 'undo' | 'release' | 'discard' | null;

/** One plan: each line with how it is known, while it runs and afterwards; let go, discarded or undone from here. */
export default function MadePlanPage() {
  const { params, search, setSearch } = usePlace();
  const planId = params.planId ?? '';
  const mayManage = useMay('access:manage');
  const [open, setOpen] = useState<Open>(null);
  const first = useCall('getPlan', { params: { planId } });
  const runs = first.data !== undefined && first.data.status === 'applying' && first.data.counts.open > 0;
  const { data: plan, error } = useCall('getPlan', { params: { planId } }, { everySeconds: runs ? 2 : 30 });
  const header = {
    crumb: [
      { label: 'Access rules', to: '/access-rules' },
      { label: 'Plans', to: '/access-rules/plans' },
    ],
  };
  if (plan === undefined) return <NotShown what="plan" error={error} {...header} />;
  const held = plan.status === 'held';
  const undoable =
    mayManage && (plan.status === 'applying' || plan.status === 'applied') && plan.undoneBy === null && plan.purpose !== 'undo';
  const find = (search.find ?? '').trim().toLowerCase();
  const lines = plan.lines.filter((line) => `${line.person} ${line.app}`.toLowerCase().includes(find));
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              {...header}
              title={titleOf(plan)}
              lede={<Lede plan={plan} />}
              acts={undoable ? [{ label: 'Undo it…', onClick: () => setOpen('undo') }] : []}
            />
            {held && <Held plan={plan} mayManage={mayManage} open={setOpen} />}
            {runs && (
              <div style={{ marginTop: 12 }}>
                <Progress
                  verb="Settled"
                  done={plan.counts.settled}
                  total={plan.counts.total}
                  noun="lines"
                  note="It goes on without this page. Each line is read back before it counts."
                />
              </div>
            )}
            <FilterBar placeholder="Name or app" find={search.find ?? ''} onFind={(text) => setSearch({ find: text })} />
          </>
        }
      >
        <DataTable
          name={`plan ${plan.id}`}
          label="Lines of the plan"
          noun={['line', 'lines']}
          columns={columns}
          rows={lines}
          rowKey={({ actionId }) => actionId}
          rowName={(line) => `${line.person}, ${line.app}`}
          groups={held ? undefined : groups}
          groupOf={held ? undefined : groupOf}
          empty={<p>{find === '' ? 'It has no line.' : `Nothing here is called “${search.find}”.`}</p>}
        />
      </ListBody>
      {open === 'undo' && <UndoDialog plan={plan} onClose={() => setOpen(null)} />}
      {open === 'release' && <ReleaseDialog plan={plan} onClose={() => setOpen(null)} />}
      {open === 'discard' && <DiscardDialog plan={plan} onClose={() => setOpen(null)} />}
    </>
  );
}

function titleOf(plan: MadePlan): string {
  const { counts, status } = plan;
  if (status === 'held') return 'This plan is held. Nobody was touched.';
  if (plan.undoneBy !== null) return 'This plan was undone.';
  if (status === 'withdrawn') return 'This plan was discarded. Nobody was touched.';
  if (counts.wrong > 0)
    return counts.wrong === 1 ? 'One line did not come out as planned yet.' : `${counts.wrong} lines did not come out as planned yet.`;
  if (counts.open > 0) return 'This plan is being applied.';
  const waits = counts.asked === 1 ? '1 line waits for somebody' : `${counts.asked} lines wait for somebody`;
  if (counts.asked > 0) return counts.settled === 0 ? `${waits}.` : `${waits}, the others are settled.`;
  return 'Everything on this plan is settled.';
}

function Lede({ plan }: { plan: MadePlan }) {
  const { word } = planStatus(plan);
  return (
    <>
      {purposeWords(plan)}, {plan.madeBy === null ? 'by Groundcrew' : `by ${plan.madeBy}`}, <ZonedTime instant={plan.createdAt} />
      {plan.reason !== null && `: “${plan.reason}”`}. {people(plan.people)}, {plan.counts.settled} of {plan.counts.total} lines settled.
      {plan.undoneBy !== null && (
        <>
          {' '}
          {word} by <PlaceLink to={`/access-rules/plans/${plan.undoneBy}`}>another plan</PlaceLink>.
        </>
      )}
    </>
  );
}

function Held({ plan, mayManage, open }: { plan: MadePlan; mayManage: boolean; open: (what: Open) => void }) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <Ask
        tag="Needs you"
        slim
        title="Look at the names, then let it go on or discard it."
        acts={
          mayManage
            ? [
                { label: 'Let it go on…', onClick: () => open('release') },
                { label: 'Discard it…', onClick: () => open('discard') },
              ]
            : []
        }
      >
        <p>{plan.heldReasons.join(' ')} It stays held until somebody decides; meanwhile nothing of it happens.</p>
      </Ask>
      <p style={{ marginTop: 14 }}>
        <Num value={plan.losing.length} onOpen={() => setShown(!shown)} of="people who would lose something" /> would lose something:{' '}
        {firstNames(plan.losing, plan.losing.length)}.
      </p>
      {shown && (
        <Names
          label="Who would lose something"
          rows={plan.losing.map(({ id, name, apps }) => ({ id, name, more: listed(apps) }))}
          total={plan.losing.length}
        />
      )}
    </>
  );
}
