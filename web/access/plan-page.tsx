import { useState } from 'react';
import { Ask } from '../design/ask.tsx';
import { DataTable } from '../design/data-table.tsx';
import { FilterBar } from '../design/filter-bar.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { MoreMenu } from '../design/more-menu.tsx';
import { Num } from '../design/num.tsx';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { ListViews } from '../shell/list-views.tsx';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { NothingToDo } from './nothing-to-do.tsx';
import { planColumns } from './plan-columns.tsx';
import { kindOfLine, planFilters } from './plan-filters.ts';
import { SetAsideDialog } from './set-aside-dialog.tsx';
import { useOffsetPages } from './use-offset-pages.ts';
import { changeWords, counted, dealWords, type Gap, type Plan, people } from './words.ts';

const pageSize = 200;

/** The gap between what rules say and what people have, before anything is done about it: by app, with names and reasons. */
export default function PlanPage() {
  const { search, setSearch } = usePlace();
  const [applying, setApplying] = useState(false);
  const [closer, setCloser] = useKeptChoice('closer-rows', false);
  const mayManage = useMay('access:manage');
  const only = { ...(search.person ? { personId: search.person } : {}), ...(search.app ? { appId: search.app } : {}) };
  const gap = useOffsetPages('previewPlan', only, pageSize);
  const plans = useCall('listPlans', { query: { limit: 20 } }, { everySeconds: 15 });
  const rules = useCall('listAccessRules');
  const seesApps = useMay('apps:read');
  const apps = useCall('listApps', { query: { limit: 200 } }, { enabled: seesApps });
  const header = { crumb: [{ label: 'Access rules', to: '/access-rules' }] };
  if (gap.error !== null)
    return (
      <PageBody>
        <PageHeader {...header} title="Plan" />
        <Problem {...problemProps(gap.error)} />
      </PageBody>
    );
  const [first] = gap.data?.pages ?? [];
  const held = mayManage ? plans.data?.rows.find(({ status }) => status === 'held') : undefined;
  const going = plans.data?.rows.find(({ status, counts }) => status === 'applying' && counts.open > 0);
  const rows = gap.data?.pages.flatMap((page) => page.rows) ?? [];
  const more = <MoreMenu items={[{ label: 'Plans made so far', to: '/access-rules/plans' }]} />;
  const below = (
    <>
      {held !== undefined && <HeldAsk plan={held} />}
      {going !== undefined && <Going plan={going} />}
    </>
  );
  if (first !== undefined && first.total === 0) {
    const narrowed = Object.keys(only).length > 0;
    const underWay = (plans.data?.rows ?? []).filter(isUnderWay);
    const waits = plans.data?.rows.some(({ status }) => status === 'held') === true;
    return (
      <PageBody>
        <PageHeader
          {...header}
          title={
            narrowed
              ? 'There is nothing to do here.'
              : waits
                ? 'What differs from the rules waits on a held plan.'
                : underWay.length > 0
                  ? 'All that differs from the rules is under way.'
                  : rules.data?.rows.length === 0
                    ? 'Plan'
                    : 'Everybody has what the rules say.'
          }
          lede={
            <>
              {underWay.length > 0 && <UnderWay plans={underWay} />} {first.unknown.total > 0 && <Unknown aside={first.unknown} alone />}{' '}
              {first.keptForNow.total > 0 && <KeptForNow aside={first.keptForNow} />}
            </>
          }
          more={more}
        />
        {below}
        <NothingToDo narrowed={narrowed} />
      </PageBody>
    );
  }
  const find = (search.find ?? '').trim().toLowerCase();
  const found = rows.filter(
    (line) => line.person.toLowerCase().includes(find) && (!search.show || kindOfLine(line).includes(search.show as 'given')),
  );
  const groups = [...new Map(rows.map(({ appId, app }) => [appId, app]))]
    .map(([key, heading]) => ({ key, heading }))
    .sort((a, b) => a.heading.localeCompare(b.heading));
  const owners = new Map((apps.data?.rows ?? []).map(({ id, owner, ownerHasLeft }) => [id, ownerHasLeft ? null : owner]));
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader
              {...header}
              title={first === undefined ? 'Plan' : titleOf(first)}
              lede={first === undefined ? undefined : <Lede gap={first} show={(what) => setSearch({ show: what })} />}
              acts={
                mayManage && first !== undefined
                  ? [{ label: `${dealWords(first.totals)}…`, onClick: () => setApplying(true), filled: held === undefined }]
                  : []
              }
              more={more}
            />
            {below}
            <ListViews list="plan" />
            <FilterBar
              placeholder="Name"
              find={search.find ?? ''}
              onFind={(text) => setSearch({ find: text })}
              filters={planFilters(rows, search, setSearch)}
              closer={closer}
              onCloser={setCloser}
            />
          </>
        }
      >
        <DataTable
          name="plan"
          label="What would happen"
          noun={['line', 'lines']}
          columns={planColumns(owners)}
          rows={found}
          rowKey={({ personId, appId, entitlement, change }) => `${personId} ${appId} ${entitlement} ${change}`}
          rowName={(line) => `${line.person} ${changeWords(line)} in ${line.app}`}
          total={first?.total}
          groups={groups}
          groupOf={({ appId }) => appId}
          closer={closer}
          fetching={gap.isFetching && gap.data === undefined}
          onNeedMore={gap.hasNextPage && !gap.isFetchingNextPage ? () => void gap.fetchNextPage() : undefined}
          empty={<p>Nothing on this plan fits what you look for.</p>}
        />
      </ListBody>
      {applying && first !== undefined && <ApplyDialog gap={first} lines={rows} only={only} onClose={() => setApplying(false)} />}
    </>
  );
}

const titleOf = ({ totals, brake }: Gap): string =>
  brake !== null
    ? brake.people > totals.losing
      ? `${people(totals.losing)} would lose something: with those of the last 24 hours that is ${brake.people}, more than may in a day.`
      : `${people(totals.losing)} would lose something: more than may in a day.`
    : totals.losing === totals.people && totals.losing > 0
      ? `${people(totals.losing)} would lose something.`
      : totals.losing > 0
        ? `${people(totals.people)} ${totals.people === 1 ? 'differs' : 'differ'} from the rules, ${totals.losing} of them would lose something.`
        : `${people(totals.people)} ${totals.people === 1 ? 'lacks' : 'lack'} what the rules say.`;

function Lede({ gap: { totals, unknown, underWay, keptForNow }, show }: { gap: Gap; show: (what: string) => void }) {
  return (
    <>
      <Num value={totals.gives} onOpen={totals.gives > 0 ? () => show('given') : undefined} of="grants to give" />{' '}
      {totals.gives === 1 ? 'grant' : 'grants'} would be given,{' '}
      <Num value={totals.takes} onOpen={totals.takes > 0 ? () => show('taken') : undefined} of="grants to take" /> taken
      {totals.byHand > 0 && (
        <>
          , <Num value={totals.byHand} onOpen={() => show('hand')} of="lines by hand" /> of it by hand
        </>
      )}
      . Nothing has happened yet. {unknown.total > 0 && <Unknown aside={unknown} />}{' '}
      {underWay.total > 0 && <AlreadyUnderWay aside={underWay} />} {keptForNow.total > 0 && <KeptForNow aside={keptForNow} />}
    </>
  );
}

function Unknown({ aside, alone = false }: { aside: Gap['unknown']; alone?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      For <Num value={aside.total} onOpen={() => setOpen(true)} of="grants of which nobody can say" /> {alone ? '' : 'more '}nobody can say
      whether they differ: they stay as they are.
      {open && (
        <SetAsideDialog title="Nobody can say whether these differ" aside={aside} tellsWhy onClose={() => setOpen(false)}>
          <p>What people have, or what the rules mean for them, is not known. They stay as they are until it is.</p>
        </SetAsideDialog>
      )}
    </>
  );
}

function KeptForNow({ aside }: { aside: Gap['keptForNow'] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Num value={aside.total} onOpen={() => setOpen(true)} of="grants kept for now" /> {aside.total === 1 ? 'is' : 'are'} kept for now,
      because somebody moved.
      {open && (
        <SetAsideDialog title="Kept for now" aside={aside} tellsWhy onClose={() => setOpen(false)}>
          <p>A rule gave these and means the person no more. They go when its days of grace are over, unless the person moves back.</p>
        </SetAsideDialog>
      )}
    </>
  );
}

function AlreadyUnderWay({ aside }: { aside: Gap['underWay'] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Num value={aside.total} onOpen={() => setOpen(true)} of="grants under way" /> more {aside.total === 1 ? 'is' : 'are'} under way.
      {open && (
        <SetAsideDialog title="Under way already" aside={aside} onClose={() => setOpen(false)}>
          <p>
            A plan that was applied is about these. See how it goes among the{' '}
            <PlaceLink to="/access-rules/plans">plans made so far</PlaceLink>.
          </p>
        </SetAsideDialog>
      )}
    </>
  );
}

const isUnderWay = ({ status, counts }: Plan): boolean => status === 'applying' && counts.open + counts.asked + counts.wrong > 0;

function UnderWay({ plans }: { plans: Plan[] }) {
  const lines = plans.reduce((sum, { counts }) => sum + counts.open + counts.asked + counts.wrong, 0);
  const [first] = plans;
  return (
    <>
      <Num
        value={lines}
        to={plans.length === 1 && first !== undefined ? `/access-rules/plans/${first.id}` : '/access-rules/plans'}
        of="lines under way"
      />{' '}
      {lines === 1 ? 'line' : 'lines'} of {counted(plans.length, 'plan', 'plans')} {lines === 1 ? 'is' : 'are'} not settled yet.
    </>
  );
}

function HeldAsk({ plan }: { plan: Plan }) {
  return (
    <Ask
      tag="Needs you"
      slim
      title="A plan is held. Nobody was touched."
      acts={[{ label: 'Look at it', to: `/access-rules/plans/${plan.id}` }]}
    >
      <p>{plan.heldReasons.join(' ')} It waits until you let it go on or discard it.</p>
    </Ask>
  );
}

function Going({ plan }: { plan: Plan }) {
  return (
    <p className="gc-second" style={{ marginTop: 12 }} role="status">
      A plan is being applied: {plan.counts.settled} of {plan.counts.total} lines are settled.{' '}
      <PlaceLink to={`/access-rules/plans/${plan.id}`}>See how it goes</PlaceLink>
    </p>
  );
}
