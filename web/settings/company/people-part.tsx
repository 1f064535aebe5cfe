import { NumberInput, TextInput } from '@mantine/core';
import { ChoiceCards } from '../../design/choice-cards.tsx';
import { Section } from '../../design/section.tsx';
import classes from '../settings.module.css';
import type { Draft } from './draft.ts';

type PartProps = { draft: Draft; onChange: (change: Partial<Draft>) => void; problems: Record<string, string> };

/** Whom the provider may let in, and for how long. */
export function PeoplePart({ draft, onChange, problems }: PartProps) {
  return (
    <Section
      title="Who comes in"
      note="People of your list become employees here at their first sign-in, linked by their work address. Whoever has left, or whose access is cut off, is refused."
    >
      <div className={classes.form}>
        <TextInput
          label="Domains of your work addresses"
          description="Several with a comma. Each has to be the domain of somebody who signs in here already."
          required
          autoComplete="off"
          value={draft.domains}
          error={problems.domains}
          onChange={(event) => onChange({ domains: event.currentTarget.value })}
        />
        <ChoiceCards
          legend="People who are not on your people list"
          value={draft.outsideRoster}
          onChange={(outsideRoster) => onChange({ outsideRoster })}
          choices={[
            { value: 'refuse', label: 'Are not let in', detail: 'Only people on the list, and members you invited.' },
            { value: 'admit', label: 'Are let in', detail: 'Everybody whom the provider lets through becomes a member.' },
          ]}
        />
        <NumberInput
          label="Hours until people sign in anew"
          description="Between 1 and 336 (two weeks)."
          min={1}
          max={336}
          allowDecimal={false}
          value={draft.sessionHours}
          error={problems.sessionHours}
          onChange={(value) => onChange({ sessionHours: Number(value) || 24 })}
        />
      </div>
    </Section>
  );
}
