import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import type { RunStep } from './run-state.ts';

/** Settles a step without doing it. */
export function StepDialog({ step, onClose }: { step: RunStep; onClose: () => void }) {
  const override = useAct('overrideStep', { onDone: onClose });
  return (
    <ReasonDialog
      title={`Leave out “${step.title}”?`}
      label="Why?"
      actLabel="Leave this step out"
      busy={override.isPending}
      error={override.error}
      onAct={(reason) => override.mutate({ params: { stepId: step.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>{step.words ?? 'It waits for a decision.'} The run goes on without it, and the history says that you decided so.</p>
    </ReasonDialog>
  );
}
