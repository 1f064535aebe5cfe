import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { ApiProblem, problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './access.module.css';
import { BrakePart, isReleased } from './brake-part.tsx';
import { counted, type MadePlan } from './words.ts';

/** Undoes a plan by another one, which does the reverse of each line; and sets the rules back, if they are what was wrong. */
export function UndoDialog({ plan, onClose }: { plan: MadePlan; onClose: () => void }) {
  const { go } = usePlace();
  const [rules, setRules] = useState<'back' | 'stay' | null>(null);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const undo = useAct('undoPlan', {
    onDone: ({ planId, rulesSetBack }) => {
      onClose();
      if (rulesSetBack > 0) toast(`${counted(rulesSetBack, 'rule is', 'rules are')} as before.`);
      else if (planId === null) toast('Nothing of it had changed anything yet. What had not begun does not begin.');
      if (planId !== null) go(`/access-rules/plans/${planId}`);
    },
  });
  const settled = plan.counts.settled;
  // What has stood for more than a day is taken from many only after a look at their names; the server says when, and how many.
  const brake = undo.error instanceof ApiProblem && undo.error.code === 'brake' ? undo.error : null;
  const losing = brake === null ? 0 : Number.parseInt(brake.detail, 10);
  const released = brake === null || isReleased(losing, typed, reason);
  return (
    <Dialog opened onClose={onClose} title="Undo this plan?">
      <form
        className={classes.choice}
        onSubmit={(event) => {
          event.preventDefault();
          if (rules !== null)
            undo.mutate({
              params: { planId: plan.id },
              body: {
                reason: reason.trim(),
                rules: rules === 'back',
                ...(brake === null ? {} : { brake: { people: losing, reason: reason.trim() } }),
              },
            });
        }}
      >
        <p>
          {plan.counts.wrong + plan.counts.open > 0
            ? `What was changed so far is reversed, ${counted(settled, 'settled line', 'settled lines')} and what else was begun:`
            : `${counted(settled, 'line that was settled is', 'lines that were settled are')} reversed:`}{' '}
          what was given is taken, what was taken is given back, accounts that were opened are suspended, what was done by hand is asked
          back. What has not begun does not begin. Each is read back again.
        </p>
        <ChoiceCards
          legend="And the rules?"
          value={rules}
          onChange={setRules}
          choices={[
            {
              value: 'back',
              label: 'Set them back',
              detail: 'As they were before this plan. Otherwise the same stands on the plan again.',
            },
            { value: 'stay', label: 'Leave them', detail: 'The rules are right. What is undone here then stands on the plan again.' },
          ]}
        />
        <Textarea
          label="Why"
          description="It stands in the history, with your name."
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {brake !== null && (
          <BrakePart
            losing={losing}
            names={brake.problems.map(({ value = '' }) => ({ id: null, name: value, apps: [] }))}
            typed={typed}
            onTyped={setTyped}
            takesFocus
          />
        )}
        {undo.error !== null && brake === null && <Problem {...problemProps(undo.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={undo.isPending}>
            Keep it as it is
          </Button>
          <Button
            type="submit"
            variant="filled"
            loading={undo.isPending}
            disabled={rules === null || reason.trim().length < 3 || !released}
          >
            Undo the plan
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
