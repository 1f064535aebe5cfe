import { useState } from 'react';
import type { Act } from '../design/act.tsx';
import { Ask } from '../design/ask.tsx';
import { formatSpan } from '../design/format-in-zones.ts';
import { Num } from '../design/num.tsx';
import { numberWord } from '../design/number-word.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { useReader } from '../design/reader.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { atWords, inSentence } from './run-clock.ts';
import type { OpenDialog } from './run-dialog-kind.ts';
import type { RunNeed } from './run-need.ts';
import { placeOfRun } from './run-place.ts';
import type { Handover, RunAction, RunDetail, RunStep } from './run-state.ts';

type RunAskProps = { detail: RunDetail; need: RunNeed; now: number; open: OpenDialog };

/** The one thing that a run asks of its reader. */
export function RunAsk({ detail, need, now, open }: RunAskProps) {
  const mayManage = useMay('leaving:manage');
  const maySign = useMay('proof:sign');
  switch (need.kind) {
    case 'disobeyed':
    case 'silent':
    case 'late':
      return <ActionAsk detail={detail} action={need.action} kind={need.kind} now={now} open={open} />;
    case 'decide':
      return mayManage ? <StepAsk step={need.step} open={open} /> : null;
    case 'heir':
    case 'confirm':
      return mayManage ? <HandoverAsk handovers={need.handovers} heirless={need.kind === 'heir'} detail={detail} open={open} /> : null;
    case 'sign':
      return maySign ? (
        <Ask
          slim
          title={`${need.section.title} can be signed.`}
          acts={[{ label: `Sign ${need.section.title.toLowerCase()}…`, onClick: () => open({ kind: 'sign', section: need.section }) }]}
        >
          <p>
            {need.section.lines.length === 0 ? 'There was nothing in it to settle.' : 'Every line of it is settled.'} With your signature
            this section of the proof stands; it opens again by itself if a line changes.
          </p>
        </Ask>
      ) : null;
  }
}

const titles = {
  disobeyed: (app: string) => `${app} did not obey.`,
  silent: (app: string) => `${app} does not answer.`,
  late: (app: string) => `${app} is still open.`,
};

function ActionAsk({
  detail,
  action,
  kind,
  now,
  open,
}: {
  detail: RunDetail;
  action: RunAction;
  kind: keyof typeof titles;
  now: number;
  open: OpenDialog;
}) {
  const { run } = detail;
  const { hours } = useReader();
  const mayDecide = useMay('access:decide');
  const mayWork = useMay('tasks:work');
  const task = useCall('getTask', { params: { taskId: action.task_id ?? '' } }, { enabled: action.task_id !== null && mayWork });
  const [asked, setAsked] = useState(false);
  const retry = useAct('retryAction');
  const ask = useAct('askDeputy', { onDone: () => setAsked(true) });
  const clock = (instant: string) => atWords(instant, placeOfRun(run), { now, hours, seconds: true });
  const soon = (instant: string) => inSentence(atWords(instant, placeOfRun(run), { now, hours, today: true }));
  const open_ = task.data?.status === 'open' ? task.data : undefined;
  const deputy = open_?.deputy != null && open_.deputy.id !== open_.assignee?.personId && !asked ? open_.deputy : null;
  const acts: Act[] = [];
  if (deputy !== null && mayWork) {
    acts.push({
      label: `Ask the deputy, ${deputy.name}`,
      busy: ask.isPending,
      onClick: () =>
        ask.mutate({ params: { taskId: action.task_id ?? '' }, body: { reason: `${action.app} is still open for ${run.person}.` } }),
    });
  }
  const again: Act = { label: 'Try again now', busy: retry.isPending, onClick: () => retry.mutate({ params: { actionId: action.id } }) };
  const hand: Act = { label: 'I closed it by hand…', onClick: () => open({ kind: 'by-hand', action }) };
  if (mayDecide && kind !== 'late') acts.push(...(deputy === null ? [again, hand] : [hand, again]));
  else if (mayWork) acts.push(hand);
  const since = now - Date.parse(run.cut_off_at);
  const facts = [
    ...(action.answered_at === null
      ? []
      : [{ key: 'asked', term: `Asked ${clock(action.answered_at)}`, fact: `Suspend ${action.account ?? run.person}` }]),
    ...(action.answer === null ? [] : [{ key: 'answer', term: 'Its answer', fact: action.answer }]),
    {
      key: 'read',
      term: (
        <>
          Read <Num value={action.reads} onOpen={() => open({ kind: 'history', action })} /> {action.reads === 1 ? 'time' : 'times'}
          {action.read_at !== null && `, last ${clock(action.read_at)}`}
        </>
      ),
      fact: action.observed ?? 'Not read',
    },
  ];
  const error = retry.error ?? ask.error;
  return (
    <>
      <Ask
        slim
        when={`${formatSpan(since)} after the cut-off`}
        title={titles[kind](action.app)}
        acts={acts}
        facts={kind === 'late' ? undefined : facts}
      >
        <p>
          {saidOf(kind, action)}{' '}
          {action.task_id !== null && (
            <>
              {open_ === undefined
                ? 'Its task: '
                : `${open_.assignee?.name ?? 'Its owner'} ${open_.assignee?.mine === true ? '(you) ' : ''}was asked: `}
              <PlaceLink to={`/tasks/${action.task_id}`}>open the task</PlaceLink>.
            </>
          )}{' '}
          {action.next_at !== null &&
            Date.parse(action.next_at) > now &&
            `It is tried again ${soon(action.next_at)}, even if you do nothing.`}
        </p>
      </Ask>
      {error !== null && <Problem {...problemProps(error)} />}
    </>
  );
}

const saidOf = (kind: keyof typeof titles, action: RunAction): string => {
  if (kind === 'disobeyed')
    return `We asked it to suspend the account. It answered “done” and changed nothing: the account is ${action.observed ?? 'active'}.`;
  if (kind === 'silent') return `${action.problem ?? 'It could not be reached.'} Nobody knows whether the account is closed.`;
  return action.account === null ? 'Nobody has said whether there is an account.' : 'It is closed by hand, and nobody has done it yet.';
};

function StepAsk({ step, open }: { step: RunStep; open: OpenDialog }) {
  const retry = useAct('retryStep');
  return (
    <>
      <Ask
        slim
        title={`${step.title}: somebody has to decide.`}
        acts={[
          {
            label: step.status === 'asks' ? 'Do it' : 'Try again now',
            busy: retry.isPending,
            onClick: () => retry.mutate({ params: { stepId: step.id } }),
          },
          { label: 'Leave it out…', onClick: () => open({ kind: 'step', step }) },
        ]}
      >
        <p>{step.words ?? 'It could not be done.'} The run waits with what depends on it, and goes on with the rest.</p>
      </Ask>
      {retry.error !== null && <Problem {...problemProps(retry.error)} />}
    </>
  );
}

function HandoverAsk({
  handovers,
  heirless,
  detail,
  open,
}: {
  handovers: Handover[];
  heirless: boolean;
  detail: RunDetail;
  open: OpenDialog;
}) {
  const [first] = handovers;
  const what = handovers.length === 1 && first !== undefined ? first.label : `${numberWord(handovers.length)} things`;
  const title = heirless
    ? `Who takes over from ${detail.run.person}?`
    : `${what} fell to ${handovers.length === 1 ? (first?.heir ?? 'somebody') : 'others'} for now. Does it stay so?`;
  return (
    <Ask
      slim
      title={title}
      acts={[
        { label: heirless ? 'Choose who takes it over…' : 'Confirm or change…', onClick: () => open({ kind: 'handovers', handovers }) },
      ]}
    >
      <p>
        {heirless
          ? `${what} ${handovers.length === 1 ? 'has' : 'have'} nobody to fall to. Until then it stays with somebody who has left.`
          : 'At the cut-off it went to the deputy or the manager, so that nothing was without an owner. The proof waits for your word.'}
      </p>
    </Ask>
  );
}
