import { Button } from '@mantine/core';
import { useState } from 'react';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import classes from './runs.module.css';

type HeirChoiceProps = { label: string; never: string; busy: boolean; onChoose: (personId: string) => void };

/** Finds a person who takes something over; nothing falls to them before the button is pressed. */
export function HeirChoice({ label, never, busy, onChoose }: HeirChoiceProps) {
  const [heir, setHeir] = useState<ChosenPerson | null>(null);
  return (
    <form
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault();
        if (heir !== null) onChoose(heir.id);
      }}
    >
      <PersonChoice label={label} value={heir} onChange={setHeir} withJoiners except={[never]} />
      <Button type="submit" size="xs" loading={busy} disabled={heir === null}>
        {heir === null ? 'Let them take it over' : `${heir.name} takes it over`}
      </Button>
    </form>
  );
}
