import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import type { Joiner, JoinerDialogKind, JoinerStep } from './joiner-state.ts';
import { MoveStartDialog } from './move-start-dialog.tsx';
import { NoShowDialog } from './no-show-dialog.tsx';
import { ReachedDialog } from './reached-dialog.tsx';
import { SendWelcomeDialog } from './send-welcome-dialog.tsx';

type JoinerDialogProps = { dialog: JoinerDialogKind | null; joiner: Joiner; now: number; onClose: () => void };

/** Whichever dialog of the page is open. */
export function JoinerDialog({ dialog, joiner, now, onClose }: JoinerDialogProps) {
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'move':
      return <MoveStartDialog joiner={joiner} now={now} onClose={onClose} />;
    case 'no-show':
      return <NoShowDialog joiner={joiner} now={now} onClose={onClose} />;
    case 'welcome':
      return <SendWelcomeDialog joiner={joiner} onClose={onClose} />;
    case 'reached':
      return <ReachedDialog joiner={joiner} milestone={dialog.milestone} now={now} onClose={onClose} />;
    case 'pause':
      return <PauseDialog joiner={joiner} onClose={onClose} />;
    case 'step':
      return <StepDialog step={dialog.step} onClose={onClose} />;
  }
}

function PauseDialog({ joiner, onClose }: { joiner: Joiner; onClose: () => void }) {
  const pause = useAct('pauseRun', { onDone: onClose });
  return (
    <ReasonDialog
      title={`Pause the steps of ${joiner.person}?`}
      actLabel="Pause them"
      keepLabel="Let them go on"
      busy={pause.isPending}
      error={pause.error}
      onAct={(reason) => pause.mutate({ params: { runId: joiner.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>No further step begins until you go on. The first day stays as it is; what has been opened stays open.</p>
    </ReasonDialog>
  );
}

function StepDialog({ step, onClose }: { step: JoinerStep; onClose: () => void }) {
  const override = useAct('overrideStep', { onDone: onClose });
  return (
    <ReasonDialog
      title={`Leave out “${step.title}”?`}
      actLabel="Leave this step out"
      busy={override.isPending}
      error={override.error}
      onAct={(reason) => override.mutate({ params: { stepId: step.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>{step.words ?? 'It waits for a decision.'} The rest goes on without it, and the history says that you decided so.</p>
    </ReasonDialog>
  );
}
