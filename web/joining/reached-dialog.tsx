import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import type { Joiner, JoinerMilestone } from './joiner-state.ts';
import classes from './joining.module.css';

type ReachedDialogProps = { joiner: Joiner; milestone: JoinerMilestone; now: number; onClose: () => void };

/** Confirms the day on which a milestone was reached. */
export function ReachedDialog({ joiner, milestone, now, onClose }: ReachedDialogProps) {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: joiner.zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
  const [day, setDay] = useState(today);
  const reach = useAct('reachMilestone', { onDone: onClose });
  const problems = fieldProblems(reach.error);
  return (
    <Dialog opened onClose={onClose} title={`When was it reached: “${milestone.name}”?`}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          reach.mutate({ params: { runId: joiner.id, milestoneId: milestone.id }, body: { reachedOn: day } });
        }}
      >
        <TextInput
          type="date"
          label="Day"
          description={`The aim was ${formatDay(milestone.targetOn, { now })}.`}
          value={day}
          min={joiner.startOn}
          max={today}
          error={problems.reachedOn}
          data-autofocus
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <p className="gc-small gc-dimmed">Your name stands beside it as the one who confirmed it.</p>
        {reach.error !== null && problems.reachedOn === undefined && <Problem {...problemProps(reach.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={reach.isPending}>
            Not yet
          </Button>
          <Button type="submit" variant="filled" loading={reach.isPending} disabled={day === ''}>
            Confirm {day === '' ? 'the day' : formatDay(day, { now })}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
