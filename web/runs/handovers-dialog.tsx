import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { HeirChoice } from './heir-choice.tsx';
import type { Handover, Run } from './run-state.ts';
import classes from './runs.module.css';

const states: Record<string, { kind: StatusKind; word: string }> = {
  open: { kind: 'waiting', word: 'Nobody yet' },
  moved: { kind: 'waiting', word: 'For now' },
  confirmed: { kind: 'good-vouched', word: 'Confirmed' },
  overridden: { kind: 'decided', word: 'Decided otherwise' },
  withdrawn: { kind: 'planned', word: 'Given back' },
};

type HandoversDialogProps = { run: Run; handovers: Handover[]; closed: boolean; mayManage: boolean; onClose: () => void };

/** What the leaver answered for, to whom it falls or fell; choose, confirm, or settle it without an heir. */
export function HandoversDialog({ run, handovers, closed, mayManage, onClose }: HandoversDialogProps) {
  const confirm = useAct('confirmHandover');
  const error = confirm.error;
  const waiting = handovers.filter(({ status }) => status === 'moved');
  const confirmAll = () => {
    for (const { id } of waiting) confirm.mutate({ params: { handoverId: id } });
  };
  return (
    <Dialog opened onClose={onClose} title={`What ${run.person} answered for`}>
      {!closed && <p>It falls at the cut-off: to whom you choose here, else to the deputy, else to the manager.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={classes.scroll} tabIndex={0} aria-label="What they answered for">
        <ul className={classes.lines}>
          {handovers.map((handover) => (
            <OneHandover key={handover.id} run={run} handover={handover} closed={closed} mayManage={mayManage} />
          ))}
        </ul>
      </section>
      {error !== null && <Problem {...problemProps(error)} />}
      <DialogActs>
        <Button onClick={onClose}>Close</Button>
        {mayManage && waiting.length > 0 && (
          <Button variant="filled" loading={confirm.isPending} onClick={confirmAll}>
            {waiting.length === 1 ? 'Confirm it' : `Confirm all ${waiting.length}`}
          </Button>
        )}
      </DialogActs>
    </Dialog>
  );
}

function OneHandover({ run, handover, closed, mayManage }: { run: Run; handover: Handover; closed: boolean; mayManage: boolean }) {
  const { id, label, heir, status, decided_reason } = handover;
  const [mode, setMode] = useState<'heir' | 'without' | null>(null);
  const [reason, setReason] = useState('');
  const choose = useAct('chooseHeir', { onDone: () => setMode(null) });
  const override = useAct('overrideHandover', { onDone: () => setMode(null) });
  const error = choose.error ?? override.error;
  const { kind, word } =
    !closed && status === 'open'
      ? { kind: 'planned' as const, word: heir === null ? 'Falls at the cut-off' : 'Chosen' }
      : (states[status] ?? { kind: 'unknown', word: status });
  return (
    <li>
      <div className={classes.head}>
        <b>{label}</b>
        <StatusChip kind={kind} small>
          {word}
        </StatusChip>
      </div>
      <p>{heir === null ? 'To nobody yet.' : `To ${heir}.`}</p>
      {decided_reason !== null && <p>“{decided_reason}”</p>}
      {mayManage && ['open', 'moved', 'confirmed'].includes(status) && mode === null && (
        <p>
          <button type="button" className={classes.link} onClick={() => setMode('heir')}>
            {heir === null ? 'Choose who takes it over' : 'Choose somebody else'}
            <span className="gc-unseen">: {label}</span>
          </button>
          {closed && status !== 'confirmed' && (
            <>
              {' · '}
              <button type="button" className={classes.link} onClick={() => setMode('without')}>
                Settle it without an heir
                <span className="gc-unseen">: {label}</span>
              </button>
            </>
          )}
        </p>
      )}
      {mode === 'heir' && (
        <HeirChoice
          label={`Who takes over: ${label}?`}
          never={run.person_id}
          busy={choose.isPending}
          onChoose={(personId) => choose.mutate({ params: { handoverId: id }, body: { personId } })}
        />
      )}
      {mode === 'without' && (
        <form
          className={classes.body}
          onSubmit={(event) => {
            event.preventDefault();
            override.mutate({ params: { handoverId: id }, body: { reason: reason.trim() } });
          }}
        >
          <Textarea
            label="Why does nobody take it over?"
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" loading={override.isPending} disabled={reason.trim().length < 3}>
            Settle it
          </Button>
        </form>
      )}
      {error !== null && <Problem {...problemProps(error)} />}
    </li>
  );
}
