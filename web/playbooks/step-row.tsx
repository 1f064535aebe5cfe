import { Button, Menu } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { Shape } from '../design/shape.tsx';
import classes from './playbooks.module.css';
import { type OutlinedStep, sentence, type Tried } from './words.ts';

export type StepRowActs = {
  edit: (step: OutlinedStep) => void;
  move: (key: string, by: -1 | 1) => void;
  duplicate: (key: string) => void;
  remove: (step: OutlinedStep) => void;
};

type StepRowProps = {
  step: OutlinedStep;
  change: 'added' | 'removed' | 'changed' | null;
  problems: { field: string; message: string }[];
  tried: Tried['steps'][number] | null;
  triedOn: string;
  acts: StepRowActs | null;
};

/** The element of a step that takes the focus after it moved. */
export const stepElementId = (key: string): string => `step-${key}`;

/** One step: what is done, when, by whom; what it would mean for somebody; what is wrong with it. */
export function StepRow({ step, change, problems, tried, triedOn, acts }: StepRowProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (acts === null || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    acts.move(step.key, event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li className={classes.step} data-wrong={problems.length > 0 || undefined}>
      <div className={classes.head}>
        {acts === null ? (
          <p className={classes.title}>{step.title}</p>
        ) : (
          <button
            type="button"
            id={stepElementId(step.key)}
            className={classes.title}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
            onClick={() => acts.edit(step)}
            onKeyDown={onKeyDown}
          >
            {step.title}
          </button>
        )}
        {change !== null && <span className={classes.change}>{change === 'added' ? 'New' : 'Changed'}</span>}
        {acts !== null && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="subtle" size="compact-sm" className={classes.more} aria-label={`More for ${step.title}`}>
                More
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => acts.edit(step)}>Change…</Menu.Item>
              <Menu.Item onClick={() => acts.move(step.key, -1)}>Move earlier</Menu.Item>
              <Menu.Item onClick={() => acts.move(step.key, 1)}>Move later</Menu.Item>
              <Menu.Item onClick={() => acts.duplicate(step.key)}>Duplicate</Menu.Item>
              <Menu.Item onClick={() => acts.remove(step)}>Remove…</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className={classes.words}>
        <b>{sentence([step.when])}</b> · {step.details.join(' · ')}
      </p>
      {step.rules.map((rule) => (
        <p key={rule} className={classes.rule}>
          {rule}
        </p>
      ))}
      {tried !== null && <TriedLine tried={tried} name={triedOn} />}
      {problems.map(({ field, message }) => (
        <p key={`${field} ${message}`} className={classes.problem}>
          <Shape kind="wrong" label="Problem: " /> <span>{message}</span>
        </p>
      ))}
    </li>
  );
}

function TriedLine({ tried, name }: { tried: Tried['steps'][number]; name: string }) {
  if (tried.applies === false)
    return (
      <p className={classes.tried} data-quiet>
        Not for {name}. {tried.why}
      </p>
    );
  return (
    <p className={classes.tried}>
      {tried.applies === null && <Shape kind="unknown" label="Not known yet: " />}
      <span>
        For {name}: <b>{tried.words}</b>
        {tried.late && ' · that is past: at once, marked late'}
        {tried.who !== null && ` · ${tried.kind === 'message' || tried.kind === 'welcome' ? 'written to' : 'asked of'} ${tried.who}`}
        {tried.why !== null && <span className="gc-dimmed"> · {tried.why}</span>}
        {tried.note !== null && <span className="gc-dimmed"> · {tried.note}</span>}
      </span>
    </p>
  );
}
