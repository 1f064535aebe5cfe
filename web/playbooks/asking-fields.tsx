import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { LengthField } from './length-field.tsx';
import { dueForm, dueOf, lengthOf, lengthText } from './lengths.ts';
import classes from './playbooks.module.css';
import { WhoField } from './who-field.tsx';
import type { Choices, Step, StepOf } from './words.ts';

export type Asking = StepOf<'task'> | StepOf<'question'> | StepOf<'approval'>;

type AskingFieldsProps = {
  step: Asking;
  choices: Choices;
  onChange: (step: Step) => void;
  problems: Record<string, string>;
};

/** Who is asked, until when, who reminds them, and whom it goes to otherwise. */
export function AskingFields({ step, choices, onChange, problems }: AskingFieldsProps) {
  const set = (change: Partial<StepOf<'task'>>) => onChange(without({ ...step, ...change } as Step));
  return (
    <>
      <WhoField
        label="Asked of"
        value={step.who}
        choices={choices.who}
        onChange={(who) => set({ who: (who ?? 'ops') as Asking['who'] })}
        problem={problems.who ?? problems['who.person']}
      />
      <DueFields step={step} set={set} problem={problems.due} />
      {step.due !== undefined && <ReminderFields step={step} set={set} />}
      {step.due !== undefined && (
        <div className={classes.fields}>
          <WhoField
            label="If it is not done in time it goes to"
            nobody="nobody else"
            value={step.escalate?.to ?? null}
            choices={choices.who}
            problem={problems['escalate.to'] ?? problems['escalate.to.person']}
            onChange={(to) => set({ escalate: to === null ? undefined : { ...step.escalate, to: to as Asking['who'] } })}
          />
          {step.escalate !== undefined && (
            <LengthField
              label="So long after the due time"
              value={lengthOf(step.escalate.after ?? 'PT0S')}
              onChange={(after) => step.escalate && set({ escalate: { ...step.escalate, after: lengthText(after) } })}
            />
          )}
        </div>
      )}
      <Textarea
        label="What is said to whoever does it"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={step.instructions ?? ''}
        error={problems.instructions}
        onChange={(event) => set({ instructions: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
      />
      {step.kind === 'task' && (
        <Checkbox
          label="Evidence is needed: a file or a sentence that shows it"
          checked={step.evidence === true}
          onChange={(event) => set({ evidence: event.currentTarget.checked || undefined })}
        />
      )}
      {step.kind === 'task' && choices.kinds.some(({ value }) => value === 'check-readiness') && (
        <NativeSelect
          label="Being ready on the first morning"
          value={step.readiness ?? ''}
          data={[
            { value: '', label: 'does not depend on it' },
            { value: 'device', label: 'needs it: a device' },
            { value: 'sign-in', label: 'needs it: the way in' },
            { value: 'policy', label: 'needs it: a policy signed' },
            { value: 'other', label: 'needs it: something else' },
          ]}
          onChange={(event) => set({ readiness: (event.currentTarget.value || undefined) as StepOf<'task'>['readiness'] })}
        />
      )}
    </>
  );
}

/** The step without the fields that hold nothing. */
export const without = (step: Step): Step => Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as Step;

function DueFields({ step, set, problem }: { step: Asking; set: (change: Partial<StepOf<'task'>>) => void; problem: string | undefined }) {
  const form = step.due === undefined ? null : dueForm(step.due);
  return (
    <fieldset className={classes.group}>
      <legend>Until when</legend>
      <Checkbox
        label="It has a due time"
        checked={form !== null}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { due: { workingDays: 2, time: '17:00' } }
              : { due: undefined, remind: undefined, escalate: undefined },
          )
        }
      />
      {form !== null && (
        <div className={classes.fields}>
          <LengthField
            label="So long after it began"
            units={['minutes', 'hours', 'days', 'workingDays']}
            value={form}
            onChange={(length) => set({ due: dueOf({ ...form, ...length }) })}
          />
          {(form.unit === 'days' || form.unit === 'workingDays') && (
            <TextInput
              type="time"
              label="At (their local time)"
              value={form.time}
              onChange={(event) => set({ due: dueOf({ ...form, time: event.currentTarget.value }) })}
            />
          )}
        </div>
      )}
      {problem !== undefined && <p className={classes.wrong}>{problem}</p>}
    </fieldset>
  );
}

function ReminderFields({ step, set }: { step: Asking; set: (change: Partial<StepOf<'task'>>) => void }) {
  const reminders = step.remind ?? [];
  const put = (remind: string[]) => set({ remind: remind.length > 0 ? remind : undefined });
  return (
    <fieldset className={classes.group}>
      <legend>Reminders before the due time</legend>
      {reminders.map((reminder, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: reminders have no other name
        <div key={index} className={classes.line}>
          <LengthField
            label={`Reminder ${index + 1}`}
            least={1}
            value={lengthOf(reminder)}
            onChange={(length) => put(reminders.with(index, lengthText(length)))}
          />
          <Button size="xs" onClick={() => put(reminders.toSpliced(index, 1))} aria-label={`Remove reminder ${index + 1}`}>
            Remove
          </Button>
        </div>
      ))}
      {reminders.length < 5 && (
        <Button size="xs" onClick={() => put([...reminders, 'PT24H'])}>
          Add a reminder
        </Button>
      )}
    </fieldset>
  );
}
