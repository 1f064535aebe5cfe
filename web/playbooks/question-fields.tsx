import { Button, NativeSelect, TextInput } from '@mantine/core';
import { without } from './asking-fields.tsx';
import { freeKey } from './draft-steps.ts';
import classes from './playbooks.module.css';
import type { Step, StepOf } from './words.ts';

type Question = StepOf<'question'>['question'];

const answers: { value: Question['answer']; label: string }[] = [
  { value: 'yes-no', label: 'Yes or no' },
  { value: 'choice', label: 'One of several' },
  { value: 'person', label: 'A person' },
  { value: 'text', label: 'A text' },
  { value: 'date', label: 'A date' },
];

type QuestionFieldsProps = { step: StepOf<'question'>; onChange: (step: Step) => void; problems: Record<string, string> };

/** How a question is answered, and what counts without an answer. */
export function QuestionFields({ step, onChange, problems }: QuestionFieldsProps) {
  const { question } = step;
  const put = (change: Partial<Question>) =>
    onChange({ ...step, question: without({ ...question, ...change } as unknown as Step) as unknown as Question });
  const options = question.options ?? [];
  return (
    <fieldset className={classes.group}>
      <legend>The answer</legend>
      <NativeSelect
        label="It is answered with"
        value={question.answer}
        data={answers}
        onChange={(event) => {
          const answer = event.currentTarget.value as Question['answer'];
          const first = [
            { value: 'first', label: 'First answer' },
            { value: 'second', label: 'Second answer' },
          ];
          put({ answer, otherwise: undefined, options: answer === 'choice' ? first : undefined });
        }}
      />
      {question.answer === 'choice' &&
        options.map((option, index) => (
          <div key={option.value} className={classes.line}>
            <TextInput
              className={classes.grow}
              label={`Answer ${index + 1}`}
              description={`Conditions call it ${option.value}.`}
              value={option.label}
              error={problems[`question.options[${index}].label`]}
              onChange={(event) => put({ options: options.with(index, { ...option, label: event.currentTarget.value }) })}
            />
            {options.length > 2 && (
              <Button size="xs" onClick={() => put({ options: options.toSpliced(index, 1) })} aria-label={`Remove answer ${index + 1}`}>
                Remove
              </Button>
            )}
          </div>
        ))}
      {question.answer === 'choice' && options.length < 20 && (
        <Button
          size="xs"
          onClick={() => {
            const taken = { steps: options.map(({ value }) => ({ key: value })) } as never;
            put({ options: [...options, { value: freeKey(taken, 'another'), label: 'Another answer' }] });
          }}
        >
          Add an answer
        </Button>
      )}
      {(question.answer === 'yes-no' || question.answer === 'choice') && (
        <NativeSelect
          label="Without an answer in time"
          value={question.otherwise === undefined ? '' : String(question.otherwise)}
          error={problems['question.otherwise']}
          data={[
            { value: '', label: 'nothing is assumed: it stays open' },
            ...(question.answer === 'yes-no'
              ? [
                  { value: 'true', label: 'yes counts' },
                  { value: 'false', label: 'no counts' },
                ]
              : options.map(({ value, label }) => ({ value, label: `“${label}” counts` }))),
          ]}
          onChange={(event) => {
            const value = event.currentTarget.value;
            put({ otherwise: value === '' ? undefined : question.answer === 'yes-no' ? value === 'true' : value });
          }}
        />
      )}
      {problems.question !== undefined && <p className={classes.wrong}>{problems.question}</p>}
    </fieldset>
  );
}
