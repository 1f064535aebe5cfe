import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { InputOf } from '../shell/call.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './connections.module.css';

type TryStepsProps = { input: Omit<InputOf<'tryConnection'>['body'], 'step' | 'value'> };

/** Tries a described app step by step: what is asked, what it answers, what is understood of it. Nothing is changed in the app. */
export function TrySteps({ input }: TryStepsProps) {
  const [step, setStep] = useState('list');
  const [value, setValue] = useState('');
  const attempt = useAct('tryConnection', { changes: [] });
  const steps = attempt.data?.steps ?? [];
  const chosen = steps.find(({ id }) => id === step);
  const shown = attempt.data?.tried ?? null;
  const problem = attempt.data?.problem ?? null;
  return (
    <div className={classes.try}>
      <NativeSelect
        label="Try a step"
        description="Reading is done; a change is only shown as it would be sent."
        data={
          steps.length === 0 ? [{ value: 'list', label: 'List accounts' }] : steps.map(({ id, title }) => ({ value: id, label: title }))
        }
        value={step}
        onChange={(event) => setStep(event.currentTarget.value)}
      />
      {chosen?.asks != null && (
        <TextInput label={chosen.asks} autoComplete="off" value={value} onChange={(event) => setValue(event.currentTarget.value)} />
      )}
      <div className={classes.acts}>
        <Button type="button" loading={attempt.isPending} onClick={() => attempt.mutate({ body: { ...input, step, value } })}>
          Try it
        </Button>
      </div>
      <div aria-live="polite">
        {attempt.error !== null && <Problem {...problemProps(attempt.error)} />}
        {problem !== null && <Problem what={problem} />}
        {shown !== null && problem === null && (
          <dl className={classes.facts}>
            <dt>Understood</dt>
            <dd>
              <StatusChip kind={shown.ok === null ? 'unknown' : shown.ok ? 'good-read' : 'wrong'}>
                {shown.ok === null ? 'Not sent' : shown.ok ? 'Works' : 'Look at it'}
              </StatusChip>
              <ul className={classes.know}>
                {shown.understood.map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </dd>
            <dt>Asked</dt>
            <dd>
              <pre className={classes.code}>{shown.request}</pre>
            </dd>
            {shown.answer !== null && (
              <>
                <dt>Answered</dt>
                <dd>
                  {/* Scrolls by itself, so that it can be read by keyboard too. */}
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard */}
                  <pre className={classes.code} tabIndex={0}>
                    {shown.answer}
                  </pre>
                </dd>
              </>
            )}
          </dl>
        )}
      </div>
    </div>
  );
}
