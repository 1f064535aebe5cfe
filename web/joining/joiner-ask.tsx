import type { Act } from '../design/act.tsx';
import { Ask } from '../design/ask.tsx';
import { formatSpan } from '../design/format-in-zones.ts';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct } from '../shell/use-call.ts';
import {
  hasStarted,
  isGoingOn,
  type Joiner,
  type JoinerLine,
  type JoinerStep,
  missingLines,
  type OpenJoinerDialog,
} from './joiner-state.ts';
import { whoWords } from './readiness.tsx';

const soon = 3 * 86_400_000;

/** The one thing that asks now: a step that nobody could decide, else what is missing for a first morning that is near or past. */
export function JoinerAsk({ joiner, now, open }: { joiner: Joiner; now: number; open: OpenJoinerDialog }) {
  const mayManage = useMay('joining:manage');
  if (!mayManage || !isGoingOn(joiner)) return null;
  const step = joiner.steps.find(({ status }) => status === 'failed' || status === 'asks' || status === 'unknown');
  if (step !== undefined) return <StepAsk step={step} open={open} />;
  const [line, ...others] = missingLines(joiner, now);
  if (line === undefined || Date.parse(joiner.startsAt) - now > soon) return null;
  return <LineAsk joiner={joiner} line={line} others={others.length} now={now} />;
}

function StepAsk({ step, open }: { step: JoinerStep; open: OpenJoinerDialog }) {
  const retry = useAct('retryStep');
  const again: Act = {
    label: step.status === 'asks' ? 'Do it' : 'Try again now',
    busy: retry.isPending,
    onClick: () => retry.mutate({ params: { stepId: step.id } }),
  };
  return (
    <>
      <Ask
        slim
        title={`${step.title}: somebody has to decide.`}
        acts={[again, { label: 'Leave it out…', onClick: () => open({ kind: 'step', step }) }]}
      >
        <p>{step.words ?? 'It could not be done.'} What depends on it waits; the rest goes on.</p>
      </Ask>
      {retry.error !== null && <Problem {...problemProps(retry.error)} />}
    </>
  );
}

function LineAsk({ joiner, line, others, now }: { joiner: Joiner; line: JoinerLine; others: number; now: number }) {
  const acts: Act[] = [];
  if (line.taskId !== null) acts.push({ label: 'Open the task', to: `/tasks/${line.taskId}` });
  if (line.appId !== null) acts.push({ label: `Open ${line.app ?? 'the app'}`, to: `/apps/${line.appId}` });
  if (acts.length === 0) acts.push({ label: `Open ${joiner.person}`, to: `/people/${joiner.personId}` });
  const left = Date.parse(joiner.startsAt) - now;
  return (
    <Ask
      slim
      tag={hasStarted(joiner, now) ? 'Needs you now' : 'Needs you'}
      when={left > 0 ? `${formatSpan(left)} before the first morning` : `${formatSpan(left)} after the first morning began`}
      title={line.appId === null ? `Not done yet: ${line.what}.` : `${line.what} is missing.`}
      acts={acts}
    >
      <p>
        {line.why}
        {whoWords(line.why, line.who)}
      </p>
      {others > 0 && (
        <p>{others === 1 ? 'One more thing is missing; it stands below.' : `${others} more things are missing; they stand below.`}</p>
      )}
    </Ask>
  );
}
