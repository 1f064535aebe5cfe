import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Asking, AskingFields, without } from './asking-fields.tsx';
import classes from './playbooks.module.css';
import { QuestionFields } from './question-fields.tsx';
import { WhoField } from './who-field.tsx';
import type { Choices, Definition, Step, StepOf } from './words.ts';

export type KindFieldsProps = {
  step: Step;
  definition: Definition;
  choices: Choices;
  onChange: (step: Step) => void;
  problems: Record<string, string>;
};

/** The fields that a kind of step has beside those that all have. */
export function KindFields({ step, ...more }: KindFieldsProps) {
  switch (step.kind) {
    case 'question':
      return (
        <>
          <QuestionFields step={step} onChange={more.onChange} problems={more.problems} />
          <AskingFields step={step as Asking} {...more} />
        </>
      );
    case 'task':
    case 'approval':
      return <AskingFields step={step as Asking} {...more} />;
    case 'message':
      return <MessageFields step={step} {...more} />;
    case 'revoke-access':
      return (
        <NativeSelect
          label="What happens to access"
          value={step.access ?? 'suspend'}
          error={more.problems.access}
          data={[
            { value: 'count', label: 'Every account is read afresh; nothing is closed' },
            { value: 'suspend', label: 'Every account is suspended and read back' },
            { value: 'remove-licences', label: 'Licences are taken away, after an approval' },
            { value: 'delete', label: 'Accounts are kept for their days, then asked about' },
          ]}
          onChange={(event) => more.onChange({ ...step, access: event.currentTarget.value as StepOf<'revoke-access'>['access'] })}
        />
      );
    case 'hand-over-ownership':
      return <HandOverFields step={step} {...more} />;
    case 'welcome':
      return (
        <NativeSelect
          label="What it is about"
          value={step.about ?? 'before'}
          data={[
            { value: 'before', label: 'The link to the welcome page, before the first day' },
            { value: 'first-morning', label: 'The question “Do you have everything?” on the first morning' },
          ]}
          onChange={(event) => more.onChange({ ...step, about: event.currentTarget.value as StepOf<'welcome'>['about'] })}
        />
      );
    case 'check-readiness':
      return <TellFields step={step} {...more} />;
    case 'http-call':
      return <CallFields step={step} {...more} />;
    case 'wait':
      return <p className="gc-small gc-dimmed">Nothing is done. Other steps can wait for this moment.</p>;
    case 'grant-access':
      return (
        <p className="gc-small gc-dimmed">
          Groundcrew gives what the access rules say for this person, the sign-in system first, and reads every account back.
        </p>
      );
  }
}

function MessageFields({ step, choices, onChange, problems }: Omit<KindFieldsProps, 'step'> & { step: StepOf<'message'> }) {
  const set = (change: Partial<StepOf<'message'>['message']>) => onChange({ ...step, message: { ...step.message, ...change } });
  return (
    <>
      <WhoField
        label="Written to"
        team
        value={step.message.to}
        choices={choices.who}
        problem={problems['message.to'] ?? problems['message.to.person']}
        onChange={(to) => set({ to: to ?? 'manager' })}
      />
      <TextInput
        label="Subject"
        autoComplete="off"
        maxLength={200}
        value={step.message.subject}
        error={problems['message.subject']}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
      <Textarea
        label="Text"
        description={`What is filled in: ${choices.placeholders.map((name) => `{{${name}}}`).join(' ')}`}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={8000}
        value={step.message.text}
        error={problems['message.text']}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
    </>
  );
}

function HandOverFields({ step, definition, onChange, problems }: Omit<KindFieldsProps, 'step'> & { step: StepOf<'hand-over-ownership'> }) {
  const questions = definition.steps.filter((each) => each.kind === 'question' && each.question.answer === 'person');
  return (
    <>
      <NativeSelect
        label="Who gets what they own"
        value={typeof step.to === 'object' ? step.to.answer : ''}
        error={problems.to ?? problems['to.answer']}
        data={[
          { value: '', label: 'The deputy, else the manager' },
          ...questions.map(({ key, title }) => ({ value: key, label: `Whoever the answer to “${title}” names` })),
        ]}
        onChange={(event) => {
          const answer = event.currentTarget.value;
          onChange({ ...step, to: answer === '' ? 'deputy-or-manager' : { answer } });
        }}
      />
      <Checkbox
        label="Only for now, until somebody confirms it"
        checked={step.provisional === true}
        onChange={(event) => onChange(without({ ...step, provisional: event.currentTarget.checked || undefined }))}
      />
    </>
  );
}

function TellFields({ step, choices, onChange, problems }: Omit<KindFieldsProps, 'step'> & { step: StepOf<'check-readiness'> }) {
  const told = (step.tell ?? []).filter((who) => typeof who === 'string');
  const people = (step.tell ?? []).filter((who) => typeof who === 'object');
  return (
    <Checkbox.Group
      label="Who is written to when something is missing"
      description="Nobody chosen: whoever can mend it."
      error={problems.tell}
      value={told}
      onChange={(roles) => {
        const tell = [...(roles as typeof told), ...people];
        onChange(without({ ...step, tell: tell.length > 0 ? tell : undefined }));
      }}
    >
      <div className={classes.checks}>
        {choices.who.map(({ value, label }) => (
          <Checkbox key={value} value={value} label={label} />
        ))}
      </div>
    </Checkbox.Group>
  );
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function CallFields({ step, onChange, problems }: Omit<KindFieldsProps, 'step'> & { step: StepOf<'http-call'> }) {
  const [body, setBody] = useState(step.body === undefined ? '' : JSON.stringify(step.body, null, 2));
  const [unreadable, setUnreadable] = useState(false);
  return (
    <>
      <TextInput
        label="Connection"
        description="The name of the app whose connection is used: the call goes to its host and no other."
        autoComplete="off"
        value={step.connection}
        error={problems.connection}
        onChange={(event) => onChange({ ...step, connection: event.currentTarget.value })}
      />
      <div className={classes.fields}>
        <NativeSelect
          label="Method"
          value={step.method}
          data={[...methods]}
          onChange={(event) => onChange({ ...step, method: event.currentTarget.value as (typeof methods)[number] })}
        />
        <TextInput
          label="Path"
          autoComplete="off"
          value={step.path}
          error={problems.path}
          onChange={(event) => onChange({ ...step, path: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label="What is sent (JSON)"
        autosize
        minRows={2}
        spellCheck={false}
        classNames={{ input: classes.code }}
        value={body}
        error={unreadable ? 'This is no JSON yet. What was here before is kept.' : problems.body}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setBody(text);
          try {
            onChange(without({ ...step, body: text.trim() === '' ? undefined : JSON.parse(text) }));
            setUnreadable(false);
          } catch {
            setUnreadable(true);
          }
        }}
      />
      <NativeSelect
        label="If it is sent twice"
        value={step.effect ?? (step.method === 'GET' ? 'convergent' : 'unrepeatable')}
        data={[
          { value: 'convergent', label: 'nothing else happens: it may be repeated' },
          { value: 'keyed', label: 'the other side recognises its key: it may be repeated' },
          { value: 'unrepeatable', label: 'it happens twice: after a crash somebody is asked' },
        ]}
        onChange={(event) => onChange({ ...step, effect: event.currentTarget.value as StepOf<'http-call'>['effect'] })}
      />
    </>
  );
}
