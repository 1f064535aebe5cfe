import { Button } from '@mantine/core';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import classes from './playbooks.module.css';
import type { Definition, Outline, OutlinedStep } from './words.ts';

type RemoveDialogProps = {
  step: OutlinedStep;
  definition: Definition;
  outline: Outline;
  onRemove: () => void;
  onClose: () => void;
};

/** Names what waits for a step before it is taken out. */
export function RemoveDialog({ step, definition, outline, onRemove, onClose }: RemoveDialogProps) {
  const waiting = outline.filter(({ waitsFor }) => waitsFor.includes(step.key));
  const named = new Set(definition.steps.filter(({ waitsFor }) => waitsFor?.includes(step.key)).map(({ key }) => key));
  return (
    <Dialog opened onClose={onClose} title={`Remove “${step.title}”?`}>
      {step.fixed && (
        <p>
          This step stands at the cut-off. Without it {step.kind === 'revoke-access' ? 'no access is closed' : 'nothing falls to anybody'}{' '}
          then.
        </p>
      )}
      {waiting.length === 0 ? (
        <p>No other step waits for it.</p>
      ) : (
        <>
          <p>{waiting.length === 1 ? 'One step waits for it:' : `${waiting.length} steps wait for it:`}</p>
          <ul className={classes.changes}>
            {waiting.map(({ key, title }) => (
              <li key={key}>
                “{title}”{' '}
                {named.has(key) ? 'will not wait for it any more.' : 'reads its answer: it stands as a problem until you change that.'}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="gc-small gc-dimmed">
        It is only removed from what you are editing. The playbook in force stays as it is until you save.
      </p>
      <DialogActs>
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="filled" onClick={onRemove} data-autofocus>
          Remove the step
        </Button>
      </DialogActs>
    </Dialog>
  );
}
