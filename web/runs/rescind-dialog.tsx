import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import type { TallyLine } from '../design/tally.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { hasClosed, type RunDetail } from './run-state.ts';

const over = new Set(['done', 'refused', 'skipped', 'overridden', 'cancelled']);

/** Calls an exit off: what was taken is given back, what is open ends. Says both before it does it. */
export function RescindDialog({ detail, now, onClose }: { detail: RunDetail; now: number; onClose: () => void }) {
  const { run } = detail;
  const [reason, setReason] = useState('');
  const rescind = useAct('rescindLeaving', { onDone: onClose });
  const closed = hasClosed(run, now);
  return (
    <DryRun
      opened
      onClose={onClose}
      title={closed ? `Does ${run.person} stay?` : `Call off the exit of ${run.person}?`}
      lines={givenBack(detail, closed)}
      undo={
        closed
          ? 'Each account that is given back is read back, and the run stays with its proof. Somebody who leaves after all gets a new run.'
          : 'Nothing has been closed yet. Somebody who leaves after all gets a new run.'
      }
      keepLabel="Keep the exit"
      actLabel={closed ? 'Give everything back' : 'Call it off'}
      incomplete={reason.trim().length < 3}
      busy={rescind.isPending}
      problem={rescind.error === null ? undefined : problemProps(rescind.error)}
      onAct={() => rescind.mutate({ params: { runId: run.id }, body: { reason: reason.trim() } })}
    >
      <Textarea
        label="Why?"
        description="The history keeps it."
        minRows={2}
        autosize
        maxLength={1000}
        value={reason}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DryRun>
  );
}

function givenBack({ actions, handovers, steps }: RunDetail, closed: boolean): TallyLine[] {
  const machine = actions.filter(({ kind, answered_at }) => answered_at !== null && (kind === 'suspend' || kind === 'revoke-entitlement'));
  const hand = actions.filter(({ status, account }) => status === 'evidenced' && account !== null);
  const back = handovers.filter(({ status }) => status === 'moved' || status === 'confirmed');
  const open = steps.filter(({ status }) => !over.has(status));
  const line = (key: string, value: number, one: string, many: string): TallyLine => ({ key, value, text: value === 1 ? one : many });
  if (!closed) {
    return [
      line('accounts', 0, '', 'accounts were closed: all stay as they are'),
      line('steps', open.length, 'step that was to come ends', 'steps that were to come end'),
    ];
  }
  return [
    {
      ...line('machine', machine.length, 'account is opened again and read back', 'accounts are opened again and read back'),
      text: named(machine, 'opened again and read back'),
    },
    { ...line('hand', hand.length, '', ''), text: named(hand, 'asked back by hand, from whoever owns the app') },
    line('owned', back.length, 'thing they answered for goes back to them', 'things they answered for go back to them'),
    line('steps', open.length, 'open step ends', 'open steps end'),
  ];
}

const named = (actions: { app: string }[], what: string) =>
  `${actions.length === 1 ? 'account is' : 'accounts are'} ${what}${actions.length === 0 ? '' : `: ${actions.map(({ app }) => app).join(', ')}`}`;
