import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { LocalMomentPicker } from '../design/local-moment-picker.tsx';
import { Problem } from '../design/problem.tsx';
import { resolveLocalMoment } from '../design/resolve-local-moment.ts';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import type { Joiner } from './joiner-state.ts';
import classes from './joining.module.css';
import { placeOfJoiner } from './place-of-joiner.ts';

const localTime = (instant: string, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(Date.parse(instant));

/** Moves the first morning: says what that closes again, what moves, and what stays. */
export function MoveStartDialog({ joiner, now, onClose }: { joiner: Joiner; now: number; onClose: () => void }) {
  const place = placeOfJoiner(joiner);
  const [moment, setMoment] = useState({ date: joiner.startOn, time: localTime(joiner.startsAt, joiner.zone), zone: joiner.zone });
  const [reason, setReason] = useState('');
  const move = useAct('moveStart', { onDone: onClose });
  const problems = fieldProblems(move.error);
  const resolved = resolveLocalMoment(moment);
  const isSame = resolved !== null && resolved.instant === Date.parse(joiner.startsAt);
  const isLater = resolved !== null && resolved.instant > Date.parse(joiner.startsAt);
  const opened = joiner.lines.filter(({ state, kind }) => state === 'ready' && (kind === 'account' || kind === 'sign-in')).length;
  const movable = joiner.steps.filter(({ status }) => status === 'planned').length;
  return (
    <Dialog opened onClose={onClose} title={`When does ${joiner.person} start?`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({
            params: { runId: joiner.id },
            body: { startDate: moment.date, startTime: moment.time, reason: reason.trim() || undefined },
          });
        }}
      >
        <LocalMomentPicker
          legend="The first morning"
          value={moment}
          onChange={setMoment}
          places={[place]}
          problem={problems.startDate ?? problems.startTime}
        />
        <div className={classes.part}>
          <TextInput
            label="Reason"
            description="For the history."
            maxLength={500}
            value={reason}
            error={problems.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <h3 className={classes.heading}>If you confirm</h3>
        <ul className={classes.notes}>
          <li>
            {movable === 1 ? 'One step that has not happened moves' : `${movable} steps that have not happened move`} with it; what has
            happened stays.
          </li>
          {isLater && (
            <li>
              {opened === 0
                ? 'No account is open yet, so nothing closes.'
                : `${opened} ${opened === 1 ? 'account that is open closes' : 'accounts that are open close'} again and ${opened === 1 ? 'is' : 'are'} opened anew before the new day. Nothing is deleted.`}
            </li>
          )}
          {!isLater && !isSame && resolved !== null && <li>Steps whose time has then passed are done at once, and marked late.</li>}
          <li>You can move it again, or say that {joiner.person} does not come.</li>
        </ul>
        {move.error !== null && Object.keys(problems).length === 0 && (
          <div className={classes.part}>
            <Problem {...problemProps(move.error)} />
          </div>
        )}
        <DialogActs>
          <Button onClick={onClose} disabled={move.isPending}>
            Keep as it is
          </Button>
          <Button type="submit" variant="filled" loading={move.isPending} disabled={resolved === null || isSame}>
            {resolved === null || isSame ? 'Move the start' : `Move the start to ${formatDay(moment.date, { now })}`}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
