import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './apps.module.css';
import type { FindingRow } from './words.ts';

/** Says whether somebody whom the people list lacks, or calls left without a day, has left. */
export function LeftDialog({ row, onClose }: { row: FindingRow; onClose: () => void }) {
  const [decision, setDecision] = useState<'left' | 'stays' | null>(null);
  const [on, setOn] = useState('');
  const name = row.person ?? 'This person';
  const decide = useAct('decidePeopleMissing', {
    onDone: ({ left }) => {
      toast(left > 0 ? `${name} counts as left now.` : `${name} stays.`);
      onClose();
    },
  });
  const problems = fieldProblems(decide.error);
  return (
    <Dialog opened onClose={onClose} title={`Has ${name} left?`}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (decision === null || row.personId === null || row.importId === null) return;
          const one = { personId: row.personId, decision, ...(decision === 'left' && on !== '' ? { on } : {}) };
          decide.mutate({ params: { importId: row.importId }, body: { decisions: [one] } });
        }}
      >
        <p>{row.reason}</p>
        <ChoiceCards
          legend="What do you know?"
          value={decision}
          onChange={setDecision}
          choices={[
            { value: 'left', label: 'Left', detail: 'Their open accounts then stand among those to be closed. Nothing is closed by this.' },
            { value: 'stays', label: 'Stays', detail: 'The list was wrong. You are not asked again for it.' },
          ]}
        />
        {decision === 'left' && (
          <TextInput
            type="date"
            label="Last working day"
            description="Left blank: the day before the list was given."
            value={on}
            error={problems.on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
        )}
        {decide.error !== null && problems.on === undefined && <Problem {...problemProps(decide.error)} />}
        <div className={classes.acts}>
          <Button onClick={onClose}>Leave it open</Button>
          <Button type="submit" variant="filled" loading={decide.isPending} disabled={decision === null}>
            {decision === 'stays' ? `${name} stays` : `${name} has left`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
