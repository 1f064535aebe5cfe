import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import { hasClosed, type Run } from './run-state.ts';

/** Holds a run. It says what is not held. */
export function PauseDialog({ run, now, onClose }: { run: Run; now: number; onClose: () => void }) {
  const pause = useAct('pauseRun', { onDone: onClose });
  return (
    <ReasonDialog
      title={`Pause the run of ${run.person}?`}
      label="Why?"
      actLabel="Pause the run"
      keepLabel="Let it go on"
      busy={pause.isPending}
      error={pause.error}
      onAct={(reason) => pause.mutate({ params: { runId: run.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>
        No further step begins until you resume it.{' '}
        {hasClosed(run, now)
          ? 'What is being closed and read back goes on.'
          : 'Closing access is not held: it happens at the cut-off all the same. To prevent it, change the dates or call the exit off.'}
      </p>
    </ReasonDialog>
  );
}
