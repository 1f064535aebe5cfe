import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import { without } from './asking-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { factsOf } from './condition-text.ts';
import { freeKey, problemsByStep, putStep } from './draft-steps.ts';
import { KindFields } from './kind-fields.tsx';
import { asKind, newStep } from './new-step.ts';
import classes from './playbooks.module.css';
import { WaitsFields } from './waits-fields.tsx';
import { WhenFields } from './when-fields.tsx';
import { type Definition, type OutlinedStep, type Playbook, type Step, sentence } from './words.ts';

type StepDialogProps = {
  playbook: Playbook;
  definition: Definition;
  base: string;
  /** The step that is edited as the list shows it; for a new one the part it goes to, and behind which step. */
  edited: { outlined: OutlinedStep } | { part: OutlinedStep['part']; after: string | null };
  onDone: (definition: Definition, key: string) => void;
  onClose: () => void;
};

/** One step as a form. What it comes to stands below while it is edited; it is put into the list, and saved with the playbook. */
export function StepDialog({ playbook, definition, base, edited, onDone, onClose }: StepDialogProps) {
  const old = 'outlined' in edited ? definition.steps.find(({ key }) => key === edited.outlined.key) : undefined;
  const part = 'outlined' in edited ? edited.outlined.part : edited.part;
  const after = 'outlined' in edited ? null : edited.after;
  const [step, setStep] = useState<Step>(() => old ?? newStep('task', part, definition));
  const put = (next: Step) => putStep(definition, next, after);
  const [asked] = useDebouncedValue(step, 250);
  const checked = useCall(
    'checkPlaybook',
    { body: { playbookId: playbook.id, yaml: base, definition: put(asked) } },
    { keepPrevious: true },
  );
  const found = problemsByStep(checked.data?.problems ?? [], put(asked).steps).get(step.key) ?? [];
  const touched = old !== undefined || step.title !== '';
  const problems = touched ? Object.fromEntries(found.map(({ field, message }) => [field, message])) : {};
  const outlined = checked.data?.outline.find(({ key }) => key === step.key);
  const fixed = outlined?.fixed ?? ('outlined' in edited && edited.outlined.fixed);
  const unplaced = found.filter(({ field }) => field === '' || !shownFields.some((name) => field === name || field.startsWith(`${name}.`)));
  const change = (next: Partial<Step>) => setStep(without({ ...step, ...next } as Step));
  const done = () => {
    const key = old === undefined ? freeKey(definition, step.title) : step.key;
    onDone(put({ ...step, title: step.title.trim(), key }), key);
  };
  // A step whose own fields cannot be read has no place in the list.
  const waiting = asked !== step || checked.isFetching;
  const unreadable = checked.data !== undefined && checked.data.outline.length === 0;
  return (
    <Dialog opened onClose={onClose} title={old === undefined ? 'A new step' : `Change “${old.title}”`}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!unreadable && step.title.trim() !== '') done();
        }}
      >
        <TextInput
          label="What is done"
          description={old === undefined ? 'As a short sentence: Order the laptop.' : undefined}
          autoComplete="off"
          maxLength={160}
          required
          data-autofocus
          value={step.title}
          error={problems.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        {old === undefined && (
          <NativeSelect
            label="What kind of step"
            value={step.kind}
            data={playbook.choices.kinds}
            onChange={(event) => setStep(asKind(step, event.currentTarget.value as Step['kind'], part, definition))}
          />
        )}
        {outlined !== undefined && outlined.rules.length > 0 && (
          <ul className={classes.rules}>
            {outlined.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        )}
        <WhenFields
          at={step.at}
          anchors={playbook.choices.anchors}
          onChange={(at) => change({ at })}
          problem={problems.at ?? problems['at.anchor'] ?? problems['at.plus'] ?? problems['at.time'] ?? problems['at.workingDays']}
        />
        <KindFields key={step.kind} step={step} definition={definition} choices={playbook.choices} onChange={setStep} problems={problems} />
        <ConditionFields
          value={step.when}
          rows={'outlined' in edited ? edited.outlined.condition : null}
          facts={factsOf(playbook.choices, definition, step.key)}
          onChange={(when) => change({ when })}
          problem={problems.when}
        />
        {fixed && step.waitsFor === undefined ? null : (
          <WaitsFields
            step={step}
            definition={definition}
            also={outlined?.waitsFor ?? []}
            onChange={(waitsFor) => change({ waitsFor })}
            problem={problems.waitsFor ?? found.find(({ field }) => field.startsWith('waitsFor['))?.message}
          />
        )}
        {playbook.moment === 'leaver' && !reachesLeaver(step) && (
          <Checkbox
            label="Hold it until they have been told"
            checked={step.onlyAfterTold === true}
            onChange={(event) => change({ onlyAfterTold: event.currentTarget.checked || undefined })}
          />
        )}
        <div className={classes.comes} aria-live="polite">
          <h3>This comes to</h3>
          {outlined === undefined ? (
            <p className="gc-small gc-dimmed">
              {step.title.trim() === '' ? 'Say what is done first.' : 'Something above is not complete yet.'}
            </p>
          ) : (
            <p className="gc-small">{sentence([outlined.when, ...outlined.details])}.</p>
          )}
          {touched &&
            unplaced.map(({ message }) => (
              <p key={message} className={classes.wrong}>
                {message}
              </p>
            ))}
        </div>
        {checked.error !== null && <Problem {...problemProps(checked.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button
            type="submit"
            variant="filled"
            disabled={step.title.trim() === '' || unreadable}
            loading={waiting && checked.data === undefined}
          >
            {old === undefined ? 'Add it' : 'Change it'}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

/** The fields beside which a problem is shown; others stand at the end. */
const shownFields = [
  ...['title', 'at', 'when', 'waitsFor', 'who', 'due', 'escalate', 'instructions', 'message', 'question', 'to', 'tell', 'access'],
  ...['connection', 'path', 'body'],
];

const reachesLeaver = (step: Step): boolean =>
  step.kind === 'message' ? step.message.to === 'leaver' || step.message.to === 'team' : 'who' in step && step.who === 'leaver';
