import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import { hasClosed, type RunDetail } from './run-state.ts';
import { type NamedLine, useNamedLines } from './use-named-lines.tsx';

const over = new Set(['done', 'refused', 'skipped', 'overridden', 'cancelled']);

/** Calls an exit off: what was taken is given back, what is open ends. Says both before it does it. */
export function RescindDialog({ detail, now, onClose }: { detail: RunDetail; now: number; onClose: () => void }) {
  const { run } = detail;
  const [reason, setReason] = useState('');
  const rescind = useAct('rescindLeaving', { onDone: onClose });
  const closed = hasClosed(run, now);
  const lines = useNamedLines(givenBack(detail, closed));
  return (
    <DryRun
      opened
      onClose={onClose}
      title={closed ? `Does ${run.person} stay?` : `Call off the exit of ${run.person}?`}
      lines={lines}
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

function givenBack({ actions, handovers, steps }: RunDetail, closed: boolean): NamedLine[] {
  const open = steps.filter(({ status }) => !over.has(status)).map(({ title }) => title);
  const ends = (many: string, one: string) => ({ key: 'steps', names: open, text: open.length === 1 ? one : many });
  if (!closed) {
    return [
      { key: 'accounts', names: [], text: 'accounts were closed: all stay as they are' },
      ends('steps that were to come end', 'step that was to come ends'),
    ];
  }
  const machine = actions.filter(({ kind, answered_at }) => answered_at !== null && (kind === 'suspend' || kind === 'revoke-entitlement'));
  const hand = actions.filter(({ status, account }) => status === 'evidenced' && account !== null);
  const back = handovers.filter(({ status }) => status === 'moved' || status === 'confirmed');
  const of = (some: { app: string }[]) => some.map(({ app }) => app);
  const are = (count: number) => (count === 1 ? 'account is' : 'accounts are');
  return [
    { key: 'machine', names: of(machine), text: `${are(machine.length)} opened again and read back` },
    { key: 'hand', names: of(hand), text: `${are(hand.length)} asked back by hand, from whoever owns the app` },
    {
      key: 'owned',
      names: back.map(({ label }) => label),
      text: back.length === 1 ? 'thing they answered for goes back to them' : 'things they answered for go back to them',
    },
    ends('open steps end', 'open step ends'),
  ];
}
