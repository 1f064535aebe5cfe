import { Button } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './leaving.module.css';
import { type LeavingDraft, termsOf } from './leaving-draft.ts';
import { LeavingForm, leaverOf } from './leaving-form.tsx';
import { NowOrLater } from './now-or-later.tsx';

type ChangeDatesDialogProps = {
  run: {
    id: string;
    person_id: string;
    person: string;
    zone: string;
    place: string | null;
    cut_off_local: string | null;
    cut_off_at: string;
    told_at: string;
    last_working_day: string | null;
    legal_end: string | null;
    sensitive: boolean;
    reason: string | null;
  };
  /** Steps that have not happened yet: they move with it. */
  movable: number;
  onClose: () => void;
};

const draftOf = (run: ChangeDatesDialogProps['run'], now: number): LeavingDraft => {
  const [date = '', time = ''] = (run.cut_off_local ?? '').split('T');
  const told = new Date(run.told_at).toLocaleString('sv-SE', { timeZone: run.zone }).split(' ');
  const past = Date.parse(run.told_at) <= now;
  return {
    when: 'later',
    moment: { date, time: time.slice(0, 5), zone: run.zone },
    lastWorkingDay: run.last_working_day === date ? '' : (run.last_working_day ?? ''),
    legalEnd: run.legal_end ?? '',
    told: run.told_at === run.cut_off_at ? 'cut-off' : past ? 'now' : 'chosen',
    toldMoment: { date: told[0] ?? '', time: (told[1] ?? '').slice(0, 5), zone: run.zone },
    sensitive: run.sensitive,
    named: [],
    reason: run.reason ?? '',
  };
};

/** Moves the dates of an exit that has not closed access yet. */
export function ChangeDatesDialog({ run, movable, onClose }: ChangeDatesDialogProps) {
  const now = useNow();
  const [draft, setDraft] = useState(() => draftOf(run, now));
  const move = useAct('moveLeaving', { onDone: onClose });
  const leaver = leaverOf({ id: run.person_id, name: run.person, zone: run.zone, place: run.place });
  const chosen = termsOf(draft, now, false);
  // Who has been told stays told: the moment of that is not moved to today.
  const terms = chosen === null || draft.told !== 'now' || Date.parse(run.told_at) > now ? chosen : { ...chosen, toldAt: run.told_at };
  const problems = fieldProblems(move.error);
  const deed =
    draft.when === 'now' ? 'Close access now' : terms === null ? 'Move it' : `Move it to ${formatDay(terms.at.slice(0, 10), { now })}`;
  return (
    <Dialog opened onClose={onClose} title={`When does ${run.person} leave?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (terms !== null) move.mutate({ params: { runId: run.id }, body: terms });
        }}
      >
        <NowOrLater leavers={[leaver]} value={draft.when} onChange={(when) => setDraft({ ...draft, when })} />
        <LeavingForm leavers={[leaver]} draft={draft} onChange={setDraft} problems={problems} keepsKnowing />
        <p className={classes.undo}>
          {movable === 1 ? 'One step that has not happened moves' : `${movable} steps that have not happened move`} with it; what has
          happened stays. You can move it again until access has closed.
        </p>
        {move.error !== null && Object.keys(problems).length === 0 && (
          <div className={classes.problem}>
            <Problem {...problemProps(move.error)} />
          </div>
        )}
        <DialogActs>
          <Button onClick={onClose} disabled={move.isPending}>
            Keep as it is
          </Button>
          <Button type="submit" variant="filled" loading={move.isPending} disabled={terms === null}>
            {deed}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
