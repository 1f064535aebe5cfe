import { ChangeDatesDialog } from '../leaving/leave-dialog.tsx';
import { useMay } from '../shell/session.ts';
import { ByHandDialog } from './by-hand-dialog.tsx';
import { CheckDialog } from './check-dialog.tsx';
import { HandoversDialog } from './handovers-dialog.tsx';
import { ActionsDialog, HistoryDialog, LinesDialog } from './lines-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { RescindDialog } from './rescind-dialog.tsx';
import type { RunDialogKind } from './run-dialog-kind.ts';
import { hasClosed, movableSteps, type RunDetail } from './run-state.ts';
import { SignDialog } from './sign-dialog.tsx';
import { StepDialog } from './step-dialog.tsx';
import { StepsDialog } from './steps-dialog.tsx';

/** Whichever dialog of the run page is open. What it shows is taken afresh from the run, which may have moved on meanwhile. */
export function RunDialog({
  dialog,
  detail,
  now,
  onClose,
}: {
  dialog: RunDialogKind | null;
  detail: RunDetail;
  now: number;
  onClose: () => void;
}) {
  const mayManage = useMay('leaving:manage');
  const mayDecide = useMay('access:decide');
  if (dialog === null) return null;
  const { run } = detail;
  const fresh = <Row extends { id: string }>(row: Row, rows: Row[]): Row => rows.find(({ id }) => id === row.id) ?? row;
  switch (dialog.kind) {
    case 'lines':
      return <LinesDialog run={run} title={dialog.title} lines={dialog.lines} onClose={onClose} />;
    case 'actions':
      return (
        <ActionsDialog run={run} title={dialog.title} actions={dialog.actions.map((one) => fresh(one, detail.actions))} onClose={onClose} />
      );
    case 'steps':
      return <StepsDialog run={run} title={dialog.title} steps={dialog.steps.map((one) => fresh(one, detail.steps))} onClose={onClose} />;
    case 'history':
      return <HistoryDialog detail={detail} action={fresh(dialog.action, detail.actions)} onClose={onClose} />;
    case 'by-hand':
      return <ByHandDialog action={fresh(dialog.action, detail.actions)} person={run.person} mayDecide={mayDecide} onClose={onClose} />;
    case 'step':
      return <StepDialog step={dialog.step} onClose={onClose} />;
    case 'handovers':
      return (
        <HandoversDialog
          run={run}
          handovers={dialog.handovers.map((one) => fresh(one, detail.handovers))}
          closed={hasClosed(run, now)}
          mayManage={mayManage && run.status !== 'cancelled' && run.status !== 'rescinded'}
          onClose={onClose}
        />
      );
    case 'sign':
      return <SignDialog run={run} section={dialog.section} onClose={onClose} />;
    case 'check':
      return <CheckDialog onClose={onClose} />;
    case 'pause':
      return <PauseDialog run={run} now={now} onClose={onClose} />;
    case 'rescind':
      return <RescindDialog detail={detail} now={now} onClose={onClose} />;
    case 'dates':
      return <ChangeDatesDialog run={run} movable={movableSteps(detail.steps)} onClose={onClose} />;
  }
}
