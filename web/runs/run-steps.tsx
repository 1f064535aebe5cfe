import { Num } from '../design/num.tsx';
import { numberWord } from '../design/number-word.ts';
import type { StatusKind } from '../design/status-kind.ts';
import type { RunStep } from './run-state.ts';
import classes from './runs.module.css';
import type { Made, Timed } from './timed-item.ts';

const together = 2;

/** The steps in time. What waits for one person at once stands in one item, and so does what cannot begin yet; each opens its steps. */
export function stepItems(made: Made): Timed[] {
  const { detail, now } = made;
  const cutOffAt = Date.parse(detail.run.cut_off_at);
  const part = (step: RunStep) => Date.parse(step.started_at ?? detail.run.confirmed_at) < cutOffAt;
  const waiting = Map.groupBy(
    detail.steps.filter(({ status, key }) => status === 'waiting' && !drawnElsewhere.has(key)),
    (step) => `${part(step)} ${step.waits_for ?? ''}`,
  );
  const bundles = [...waiting.values()].filter((steps) => steps.length >= together);
  const stuck = detail.steps.filter(({ status, due_at }) => status === 'planned' && due_at !== null && Date.parse(due_at) <= now);
  const isStuck = stuck.length >= together;
  const apart = new Set([...bundles.flat(), ...(isStuck ? stuck : [])]);
  return [
    ...bundles.map((steps) => bundleItem(steps, made)),
    ...(isStuck ? [stuckItem(stuck, made)] : []),
    ...detail.steps.filter((step) => !apart.has(step)).flatMap((step) => stepItem(step, made)),
  ];
}

function bundleItem(steps: RunStep[], { detail: { run }, now, clock, open }: Made): Timed {
  const who = steps[0]?.waits_for ?? 'The owners of the organization';
  const at = steps.map(({ started_at }) => started_at ?? run.confirmed_at).sort()[0] ?? run.confirmed_at;
  const dues = steps.flatMap(({ task_due_at }) => task_due_at ?? []).sort();
  const late = dues.filter((due) => Date.parse(due) <= now).length;
  const [next] = dues.filter((due) => Date.parse(due) > now);
  const title = `${who} was asked for ${steps.length} things`;
  const lateWords =
    late === 0 ? '' : late === steps.length ? 'All were due already. ' : `${numberWord(late)} ${late === 1 ? 'was' : 'were'} due already. `;
  return {
    key: `bundle ${steps[0]?.id}`,
    time: Date.parse(at),
    kind: 'waiting',
    past: true,
    what: (
      <>
        {who} was asked for <Num value={steps.length} onOpen={() => open({ kind: 'steps', title, steps })} of="things" /> things
      </>
    ),
    status: `Waits for ${who}`,
    detail: `${lateWords}${next === undefined ? '' : `The next is due ${clock.said(next)}.`}`,
    at: Date.parse(at) < Date.parse(run.cut_off_at) ? clock.past(at) : clock.atCutOff(at),
  };
}

const stuckItem = (steps: RunStep[], { detail: { run }, now, open }: Made): Timed => ({
  key: 'stuck',
  time: Math.max(now, Date.parse(run.cut_off_at)),
  kind: 'planned',
  past: false,
  what: (
    <>
      <Num value={steps.length} onOpen={() => open({ kind: 'steps', title: `${steps.length} steps wait`, steps })} /> steps wait for an
      answer
    </>
  ),
  detail: 'Each begins once what it waits for has happened.',
  at: 'not yet',
});

const drawnElsewhere = new Set(['close_access', 'ownerships_fall']);

const doneKind = ({ kind, status }: RunStep): StatusKind =>
  status === 'overridden' || status === 'refused'
    ? 'decided'
    : kind === 'revoke-access'
      ? 'good-read'
      : kind === 'message'
        ? 'working'
        : 'good-vouched';

function stepItem(step: RunStep, { detail: { run }, now, clock, open }: Made): Timed[] {
  if (drawnElsewhere.has(step.key) || step.status === 'skipped' || step.status === 'cancelled') return [];
  const cutOffAt = Date.parse(run.cut_off_at);
  const shared = { key: step.id, what: step.title };
  const tell = (instant: string) => (Date.parse(instant) < cutOffAt ? clock.past(instant) : clock.atCutOff(instant));
  if (['done', 'overridden', 'refused'].includes(step.status)) {
    const at = step.done_at ?? step.started_at ?? run.confirmed_at;
    const said = step.decided_reason === null ? (step.words ?? '') : `${step.words ?? ''} “${step.decided_reason}”`;
    return [{ ...shared, time: Date.parse(at), kind: doneKind(step), past: true, detail: said, at: tell(at) }];
  }
  if (step.status === 'planned' || step.status === 'working') {
    const due = step.due_at;
    const late = due !== null && Date.parse(due) <= now;
    const detail = step.status === 'working' ? 'Is being done.' : late ? 'Begins once what it waits for has happened.' : comes(step);
    const time = due === null ? Number.MAX_SAFE_INTEGER : late ? Math.max(now, cutOffAt) : Date.parse(due);
    return [{ ...shared, time, kind: 'planned', past: false, detail, at: due === null || late ? 'not yet' : clock.next(due) }];
  }
  const at = step.started_at ?? run.confirmed_at;
  if (step.status === 'waiting') {
    const due = step.task_due_at;
    const late = due !== null && Date.parse(due) <= now;
    return [
      {
        ...shared,
        time: Date.parse(at),
        kind: 'waiting',
        past: true,
        status: `Waits for ${step.waits_for ?? 'the owners of the organization'}`,
        detail: due === null ? undefined : `${late ? 'Was due' : 'Due'} ${clock.said(due)}.`,
        at: tell(at),
      },
    ];
  }
  return [
    {
      ...shared,
      time: Date.parse(at),
      kind: step.status === 'failed' ? 'wrong' : 'unknown',
      past: true,
      status: 'Somebody has to decide',
      detail: step.words ?? undefined,
      more: (
        <button type="button" className={classes.link} onClick={() => open({ kind: 'step', step })}>
          Decide…
        </button>
      ),
      at: tell(at),
    },
  ];
}

const comes = ({ kind, due_note }: RunStep): string | undefined => {
  if (due_note !== null) return due_note;
  return kind === 'approval' ? 'You are asked first.' : undefined;
};
