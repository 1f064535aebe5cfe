import { useCallback, useState } from 'react';
import type { Act } from '../design/act.tsx';
import { formatInZones, momentsInPlaces } from '../design/format-in-zones.ts';
import { MoreMenu } from '../design/more-menu.tsx';
import { now as presently, useNow } from '../design/now.ts';
import { Columns, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { RunAsk } from './run-ask.tsx';
import { RunData } from './run-data.tsx';
import { RunDialog } from './run-dialog.tsx';
import type { RunDialogKind } from './run-dialog-kind.ts';
import { RunLede } from './run-lede.tsx';
import { runNeeds } from './run-need.ts';
import { RunPicture } from './run-picture.tsx';
import { placeOfRun } from './run-place.ts';
import { RunProof } from './run-proof.tsx';
import { RunRestore } from './run-restore.tsx';
import { hasClosed, lookAgainSeconds, type RunDetail, runHeadline } from './run-state.ts';
import { RunTime } from './run-time.tsx';

/** One exit: what it comes to, what it needs now, its steps in time, its proof. */
export default function RunPage() {
  const { params } = usePlace();
  const now = useNow();
  const runId = params.runId ?? '';
  const [every, setEvery] = useState<number | undefined>(3);
  const { data, error } = useCall('getRun', { params: { runId } }, { everySeconds: every });
  const wanted = data === undefined ? every : lookAgainSeconds(data, now);
  if (wanted !== every) setEvery(wanted);
  if (data === undefined) return <NotShown what="run" error={error} crumb={[{ label: 'Runs', to: '/runs' }]} />;
  return <RunBody detail={data} everySeconds={every} problem={error} />;
}

function RunBody({ detail, everySeconds, problem }: { detail: RunDetail; everySeconds: number | undefined; problem: unknown }) {
  const { run } = detail;
  const now = useNow();
  const mayProof = useMay('proof:read');
  const proof = useCall('getProof', { params: { runId: run.id } }, { enabled: mayProof, everySeconds });
  const [dialog, setDialog] = useState<RunDialogKind | null>(null);
  const close = useCallback(() => setDialog(null), []);
  const place = placeOfRun(run);
  const [cutOff] = momentsInPlaces(run.cut_off_at, [place], { now });
  const title = runHeadline(detail, now, cutOff?.date ?? '');
  useTitle(title.replace(/\.$/, ''));
  // To the second: an app that is being tried just now is not silent.
  const needs = runNeeds(detail, presently());
  const [need, ...others] = needs;
  const more = useRunActs(detail, now, setDialog);
  return (
    <PageBody>
      <PageHeader
        crumb={[
          { label: 'Runs', to: '/runs' },
          { label: `${run.playbook} playbook, version ${run.version}`, to: `/runs?find=${encodeURIComponent(run.person)}` },
        ]}
        title={title}
        lede={<RunLede detail={detail} now={now} open={setDialog} />}
        acts={more.first}
        more={more.rest.length > 0 ? <MoreMenu items={more.rest} /> : undefined}
      />
      {problem !== null && <Problem {...problemProps(problem)} unchanged="What stands below is from before." />}
      {more.error !== null && <Problem {...problemProps(more.error)} />}
      {need !== undefined && <RunAsk detail={detail} need={need} now={now} open={setDialog} />}
      {others.length > 0 && (
        <p className="gc-dimmed gc-small" style={{ marginTop: 12 }}>
          {others.length === 1 ? 'One more thing waits' : `${others.length} more things wait`} after this.
        </p>
      )}
      <RunRestore detail={detail} clock={(instant) => formatInZones(instant, [place], { now })} />
      <Columns
        document
        main={<RunTime detail={detail} open={setDialog} />}
        side={
          proof.data === undefined ? (
            mayProof && proof.error !== null && <Problem {...problemProps(proof.error)} />
          ) : (
            <RunProof run={run} proof={proof.data} open={setDialog} />
          )
        }
      />
      <RunData detail={detail} open={setDialog} />
      <RunPicture detail={detail} />
      <RunDialog dialog={dialog} detail={detail} now={now} onClose={close} />
    </PageBody>
  );
}

function useRunActs({ run }: RunDetail, now: number, open: (dialog: RunDialogKind) => void) {
  const mayManage = useMay('leaving:manage');
  const resume = useAct('resumeRun');
  const going = run.status === 'running' || run.status === 'paused';
  const person: Act = { label: `Open ${run.person}`, to: `/people/${run.person_id}` };
  if (!mayManage) return { first: [], rest: [person], error: null };
  const first: Act[] = [];
  if (run.status === 'running') first.push({ label: 'Pause the run…', onClick: () => open({ kind: 'pause' }) });
  if (run.status === 'paused') {
    first.push({ label: 'Go on with the run', busy: resume.isPending, onClick: () => resume.mutate({ params: { runId: run.id } }) });
  }
  const closed = hasClosed(run, now);
  const rest: Act[] = [
    ...(going && !closed ? [{ label: 'Change the dates…', onClick: () => open({ kind: 'dates' }) }] : []),
    ...(run.status !== 'cancelled' && run.status !== 'rescinded'
      ? [{ label: closed ? 'They stay: give everything back…' : 'Call the exit off…', onClick: () => open({ kind: 'rescind' }) }]
      : []),
    person,
    { label: 'Check a signature', onClick: () => open({ kind: 'check' }) },
  ];
  return { first, rest, error: resume.error };
}
