import { NativeSelect, TextInput } from '@mantine/core';
import classes from './playbooks.module.css';
import type { Choices, StepOf } from './words.ts';

export type Who = StepOf<'message'>['message']['to'];

type WhoFieldProps = {
  label: string;
  value: Who | null;
  choices: Choices['who'];
  onChange: (who: Who | null) => void;
  /** The word for nobody; without it somebody has to be chosen. */
  nobody?: string;
  /** Also the whole team may be written to. */
  team?: boolean;
  problem?: string;
};

/** A role, or one person by their work address. */
export function WhoField({ label, value, choices, onChange, nobody, team = false, problem }: WhoFieldProps) {
  const isNamed = typeof value === 'object' && value !== null;
  return (
    <div className={classes.who}>
      <NativeSelect
        label={label}
        value={value === null ? '' : isNamed ? 'person' : value}
        error={isNamed ? undefined : problem}
        data={[
          ...(nobody === undefined ? [] : [{ value: '', label: nobody }]),
          ...choices.map((choice) => ({ value: choice.value, label: choice.label })),
          ...(team ? [{ value: 'team', label: 'their team' }] : []),
          { value: 'person', label: 'one person, by address…' },
        ]}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onChange(chosen === '' ? null : chosen === 'person' ? { person: '' } : (chosen as Who));
        }}
      />
      {isNamed && (
        <TextInput
          type="email"
          label="Work address"
          placeholder="maya@acme.example"
          autoComplete="off"
          value={value.person}
          error={problem}
          onChange={(event) => onChange({ person: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
