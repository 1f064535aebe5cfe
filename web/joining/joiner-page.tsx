import { useCallback, useState } from 'react';
import type { Act } from '../design/act.tsx';
import { momentsInPlaces } from '../design/format-in-zones.ts';
import { MoreMenu } from '../design/more-menu.tsx';
import { useNow } from '../design/now.ts';
import { Columns, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { JoinerAsk } from './joiner-ask.tsx';
import { JoinerDialog } from './joiner-dialog.tsx';
import { JoinerLede } from './joiner-lede.tsx';
import { JoinerSide } from './joiner-side.tsx';
import {
  hasStarted,
  isGoingOn,
  type Joiner,
  type JoinerDialogKind,
  joinerHeadline,
  joinerLookSeconds,
  type OpenJoinerDialog,
} from './joiner-state.ts';
import { JoinerTime } from './joiner-time.tsx';
import { isOff } from './joining-groups.ts';
import { LostDays } from './lost-days.tsx';
import { placeOfJoiner } from './place-of-joiner.ts';
import { ReadinessLines } from './readiness-lines.tsx';

/** One new colleague: ready on the first morning or not, what is missing and who can mend it, the steps in time, what they told us. */
export default function JoinerPage() {
  const { params } = usePlace();
  const now = useNow();
  const runId = params.runId ?? '';
  const [every, setEvery] = useState<number | undefined>(4);
  const { data, error } = useCall('getJoining', { params: { runId } }, { everySeconds: every });
  const wanted = data === undefined ? every : joinerLookSeconds(data, now);
  if (wanted !== every) setEvery(wanted);
  if (data === undefined) return <NotShown what="page" error={error} crumb={[{ label: 'Joining', to: '/joining' }]} />;
  return <JoinerBody joiner={data} problem={error} />;
}

function JoinerBody({ joiner, problem }: { joiner: Joiner; problem: unknown }) {
  const now = useNow();
  const [dialog, setDialog] = useState<JoinerDialogKind | null>(null);
  const close = useCallback(() => setDialog(null), []);
  const [start] = momentsInPlaces(joiner.startsAt, [placeOfJoiner(joiner)], { now });
  const title = joinerHeadline(joiner, now, start?.date ?? '');
  useTitle(title.replace(/\.$/, ''));
  const acts = useJoinerActs(joiner, now, setDialog);
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Joining', to: '/joining' }]}
        title={title}
        lede={<JoinerLede joiner={joiner} now={now} />}
        acts={acts.first}
        more={acts.rest.length > 0 ? <MoreMenu items={acts.rest} /> : undefined}
      />
      {problem !== null && <Problem {...problemProps(problem)} unchanged="What stands below is from before." />}
      {acts.error !== null && <Problem {...problemProps(acts.error)} />}
      <JoinerAsk joiner={joiner} now={now} open={setDialog} />
      <Columns
        main={
          <>
            {!isOff(joiner) && <ReadinessLines joiner={joiner} now={now} />}
            <LostDays joiner={joiner} />
            <JoinerTime joiner={joiner} open={setDialog} />
          </>
        }
        side={<JoinerSide joiner={joiner} now={now} open={setDialog} />}
      />
      <JoinerDialog dialog={dialog} joiner={joiner} now={now} onClose={close} />
    </PageBody>
  );
}

function useJoinerActs(joiner: Joiner, now: number, open: OpenJoinerDialog) {
  const mayManage = useMay('joining:manage');
  const mayLeaving = useMay('leaving:read');
  const resume = useAct('resumeRun');
  const isGone = isOff(joiner);
  const exits = useCall('listRuns', { query: { personId: joiner.personId, limit: 1 } }, { enabled: isGone && mayLeaving });
  const exit = isGone ? exits.data?.rows.find(({ id }) => id !== joiner.id) : undefined;
  const person: Act = { label: `Open ${joiner.person}`, to: `/people/${joiner.personId}` };
  const started = hasStarted(joiner, now);
  if (exit !== undefined) return { first: [{ label: 'Open the proof', to: `/runs/${exit.id}` }], rest: [person], error: null };
  if (!mayManage || !isGoingOn(joiner)) return { first: [], rest: [person], error: null };
  const first: Act[] = [
    joiner.status === 'paused'
      ? { label: 'Go on', busy: resume.isPending, onClick: () => resume.mutate({ params: { runId: joiner.id } }) }
      : started
        ? { label: 'Pause…', onClick: () => open({ kind: 'pause' }) }
        : { label: 'Move the start…', onClick: () => open({ kind: 'move' }) },
  ];
  const rest: Act[] = [
    ...(joiner.status === 'paused' || started ? [{ label: 'Move the start…', onClick: () => open({ kind: 'move' }) }] : []),
    ...(joiner.status === 'running' && !started ? [{ label: 'Pause…', onClick: () => open({ kind: 'pause' }) }] : []),
    { label: started ? 'They did not come…' : 'They do not come…', onClick: () => open({ kind: 'no-show' }) },
    { label: 'Send the welcome again…', onClick: () => open({ kind: 'welcome' }) },
    person,
  ];
  return { first, rest, error: resume.error };
}
