import { Button } from '@mantine/core';
import { Section } from '../design/section.tsx';
import classes from './playbooks.module.css';
import { StepRow, type StepRowActs } from './step-row.tsx';
import { type Changes, type Outline, type OutlinedStep, type Playbook, partWords, type Tried } from './words.ts';

type StepListProps = {
  playbook: Playbook;
  outline: Outline;
  changes: Changes | null;
  problems: ReadonlyMap<string, { field: string; message: string }[]>;
  tried: Tried | null;
  /** Nothing may be edited without them. */
  acts: (StepRowActs & { add: (part: OutlinedStep['part'], after: string | null) => void }) | null;
};

const parts = ['before', 'day', 'after'] as const;

/** The steps in time, in plain words. */
export function StepList({ playbook, outline, changes, problems, tried, acts }: StepListProps) {
  const headings = partWords(playbook.moment);
  const triedByKey = new Map((tried?.steps ?? []).map((step) => [step.key, step]));
  return (
    <>
      {parts.map((part) => {
        const steps = outline.filter((step) => step.part === part);
        return (
          <Section key={part} title={headings[part]} aside={steps.length === 1 ? 'one step' : `${steps.length} steps`}>
            <ol>
              {steps.map((step) => (
                <StepRow
                  key={step.key}
                  step={step}
                  change={changes?.steps.find(({ key }) => key === step.key)?.change ?? null}
                  problems={problems.get(step.key) ?? []}
                  tried={triedByKey.get(step.key) ?? null}
                  triedOn={tried?.person.givenName ?? ''}
                  acts={acts}
                />
              ))}
            </ol>
            {steps.length === 0 && <p className="gc-small gc-dimmed">Nothing happens then.</p>}
            {acts !== null && (
              <Button size="xs" className={classes.add} onClick={() => acts.add(part, steps.at(-1)?.key ?? null)}>
                Add a step {headings[part].charAt(0).toLowerCase()}
                {headings[part].slice(1)}…
              </Button>
            )}
          </Section>
        );
      })}
    </>
  );
}
