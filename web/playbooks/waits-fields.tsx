import { Button, NativeSelect } from '@mantine/core';
import { Fragment } from 'react';
import classes from './playbooks.module.css';
import type { Definition, Step } from './words.ts';

type WaitsFieldsProps = {
  step: Step;
  definition: Definition;
  /** Waits that come from its condition or its successor, and cannot be taken away here. */
  also: string[];
  onChange: (waitsFor: string[] | undefined) => void;
  problem?: string;
};

/** The steps that have to be settled before this one. */
export function WaitsFields({ step, definition, also, onChange, problem }: WaitsFieldsProps) {
  const named = step.waitsFor ?? [];
  const titleOf = (key: string) => definition.steps.find((each) => each.key === key)?.title ?? key;
  const others = definition.steps.filter(({ key }) => key !== step.key && !named.includes(key));
  const implied = also.filter((key) => !named.includes(key));
  const put = (keys: string[]) => onChange(keys.length > 0 ? keys : undefined);
  return (
    <fieldset className={classes.group}>
      <legend>What it waits for</legend>
      {named.length === 0 && implied.length === 0 && <p className="gc-small gc-dimmed">Nothing: it begins at its moment.</p>}
      {named.map((key) => (
        <div key={key} className={classes.line}>
          <span className={classes.grow}>{titleOf(key)}</span>
          <Button size="xs" onClick={() => put(named.filter((name) => name !== key))} aria-label={`Do not wait for ${titleOf(key)}`}>
            Remove
          </Button>
        </div>
      ))}
      {implied.map((key) => (
        <Fragment key={key}>
          <p className="gc-small">“{titleOf(key)}”, because its answer is needed.</p>
        </Fragment>
      ))}
      {others.length > 0 && (
        <NativeSelect
          label="Also wait for"
          value=""
          data={[{ value: '', label: 'Choose a step' }, ...others.map(({ key, title }) => ({ value: key, label: title }))]}
          onChange={(event) => event.currentTarget.value !== '' && put([...named, event.currentTarget.value])}
        />
      )}
      {problem !== undefined && <p className={classes.wrong}>{problem}</p>}
    </fieldset>
  );
}
