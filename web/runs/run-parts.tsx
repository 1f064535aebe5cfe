import type { ReactNode } from 'react';
import { Num } from '../design/num.tsx';
import { numberWord } from '../design/number-word.ts';
import type { RailPart } from '../design/time-rail.tsx';
import { actionDetail, actionStatus, actionWhat } from './line-words.ts';
import { type Handover, hasClosed, type RunAction } from './run-state.ts';
import { stepItems } from './run-steps.tsx';
import classes from './runs.module.css';
import type { Made, Timed } from './timed-item.ts';

const folded = 2;

/** The run in time: what happened before, at the cut-off, and what comes, for a TimeRail. `cutOff` says the moment of the cut-off. */
export function runParts(made: Made & { cutOff: ReactNode }): RailPart[] {
  const { detail, now, cutOff } = made;
  const closed = hasClosed(detail.run, now);
  const cutOffAt = Date.parse(detail.run.cut_off_at);
  const items = [...beginning(made), ...stepItems(made)].sort((a, b) => a.time - b.time);
  const before = items.filter(({ time }) => time < cutOffAt);
  const after = items.filter(({ time }) => time >= cutOffAt);
  const next = [...after.filter(({ past }) => !past), ...(closed ? comingUp(made) : [])].sort((a, b) => a.time - b.time);
  const happened = closed ? [...closings(made), ...falls(made), ...after.filter(({ past }) => past)] : coming(made);
  return [
    { key: 'before', heading: 'Before', items: before },
    { key: 'cut-off', heading: 'At the cut-off', note: cutOff, items: happened.sort((a, b) => a.time - b.time) },
    { key: 'next', heading: closed ? 'Happens next' : 'Afterwards', items: next },
  ].filter(({ items: shown }) => shown.length > 0);
}

const beginning = ({ detail: { run }, clock }: Made): Timed[] => [
  {
    key: 'confirmed',
    time: Date.parse(run.confirmed_at),
    kind: 'good-vouched',
    past: true,
    what: 'The exit was confirmed',
    detail: `By ${run.confirmed_by}${run.reason === null ? '' : `: “${run.reason}”`}.`,
    at: clock.past(run.confirmed_at),
  },
];

function closings({ detail: { actions }, clock, open }: Made): Timed[] {
  const shown = actions.filter(({ status }) => status !== 'withdrawn');
  const verified = shown.filter(({ status, position }) => status === 'verified' && position > 0);
  const single = shown.filter((action) => !(verified.length > folded && verified.includes(action)));
  const items = single.map((action): Timed => {
    const { kind, word } = actionStatus(action);
    const at = action.status === 'evidenced' || action.status === 'overridden' ? action.decided_at : action.first_attempt_at;
    return {
      key: action.id,
      time: Date.parse(at ?? action.due_at),
      kind: kind === 'planned' ? 'working' : kind,
      past: true,
      what: (
        <button type="button" className={classes.row} onClick={() => open({ kind: 'history', action })}>
          {actionWhat(action)}
          <span className="gc-unseen">: every attempt and read</span>
        </button>
      ),
      status: word ?? undefined,
      detail: actionDetail(action, clock.said),
      at: clock.atCutOff(at ?? action.due_at),
    };
  });
  if (verified.length > folded) items.push(together(verified, { clock, open }));
  return items;
}

function together(verified: RunAction[], { clock, open }: Pick<Made, 'clock' | 'open'>): Timed {
  const begun = verified.map(({ first_attempt_at, due_at }) => first_attempt_at ?? due_at).sort()[0] ?? '';
  const last = verified.toSorted((a, b) => (a.verified_at ?? '').localeCompare(b.verified_at ?? '')).at(-1);
  const title = `${verified.length} more apps suspended`;
  return {
    key: 'together',
    time: Date.parse(begun) + 1,
    kind: 'good-read',
    past: true,
    what: (
      <>
        <Num value={verified.length} onOpen={() => open({ kind: 'actions', title, actions: verified })} /> more apps suspended
      </>
    ),
    detail:
      last?.verified_at == null ? 'All read back.' : `All read back by ${clock.atCutOff(last.verified_at)}. ${last.app} was the last.`,
    at: clock.atCutOff(begun),
  };
}

function falls({ detail: { handovers, run }, clock, open }: Made): Timed[] {
  const moved = handovers.filter(({ moved_at }) => moved_at !== null);
  if (moved.length === 0) return [];
  const at = moved.map(({ moved_at }) => moved_at ?? run.cut_off_at).sort()[0] ?? run.cut_off_at;
  const waiting = moved.filter(({ status }) => status === 'moved');
  return [
    {
      key: 'falls',
      time: Date.parse(at) + 2,
      kind: waiting.length > 0 ? 'waiting' : 'good-vouched',
      past: true,
      what: (
        <>
          <Num value={moved.length} onOpen={() => open({ kind: 'handovers', handovers: moved })} />{' '}
          {moved.length === 1 ? 'ownership fell to somebody else' : 'ownerships fell to others'}
        </>
      ),
      status:
        waiting.length === 0
          ? undefined
          : waiting.length === moved.length
            ? 'For now; not confirmed yet'
            : `${waiting.length} not confirmed yet`,
      detail: heirs(moved),
      at: clock.atCutOff(at),
    },
  ];
}

const heirs = (handovers: Handover[]): string =>
  handovers.length > 3
    ? `${numberWord(handovers.length)} things, each with its heir.`
    : handovers.map(({ label, heir }) => `${label}: ${heir ?? 'nobody yet'}`).join('. ');

// Before the cut-off: what it will do.
function coming({ detail: { actions, handovers, run }, clock, open }: Made): Timed[] {
  const time = Date.parse(run.cut_off_at);
  const shown = actions.filter(({ status }) => status !== 'withdrawn');
  const later = (key: string, after: number, what: ReactNode, detail?: ReactNode): Timed => ({
    key,
    time: time + after,
    kind: 'planned',
    past: false,
    what,
    detail,
    at: clock.atCutOff(new Date(time).toISOString()),
  });
  const of = (key: string, after: number, some: RunAction[], one: string, many: string, detail: string): Timed[] =>
    some.length === 0
      ? []
      : [
          later(
            key,
            after,
            <>
              <Num
                value={some.length}
                onOpen={() => open({ kind: 'actions', title: `${some.length} ${some.length === 1 ? one : many}`, actions: some })}
              />{' '}
              {some.length === 1 ? one : many}
            </>,
            detail,
          ),
        ];
  const hand = shown.filter(({ kind }) => kind === 'ask');
  const machine = shown.filter(({ kind }) => kind !== 'ask');
  return [
    ...machine
      .filter(({ position }) => position === 0)
      .map((action) =>
        later(action.id, 0, `${action.app} closes first`, 'It is how they sign in. The others follow seconds later, whatever it answers.'),
      ),
    ...of(
      'machine',
      1,
      machine.filter(({ position }) => position > 0),
      'app is closed by Groundcrew',
      'apps are closed by Groundcrew',
      'Each is read back afterwards.',
    ),
    ...of('hand', 2, hand, 'app is closed by hand', 'apps are closed by hand', 'Their owners are asked with an exact instruction.'),
    ...(handovers.length === 0
      ? []
      : [
          later(
            'falls',
            3,
            <>
              <Num value={handovers.length} onOpen={() => open({ kind: 'handovers', handovers })} />{' '}
              {handovers.length === 1 ? 'thing they answer for falls to somebody else' : 'things they answer for fall to others'}
            </>,
            'To whom was chosen, else to the deputy or the manager. Even if you do nothing.',
          ),
        ]),
  ];
}

// After the cut-off: what happens even if nobody does anything.
function comingUp({ detail: { actions }, now, clock }: Made): Timed[] {
  const ahead = (instant: string | null): instant is string => instant !== null && Date.parse(instant) > now;
  const retries = actions
    .filter(({ status, next_at }) => (status === 'did-not-obey' || status === 'retrying') && ahead(next_at))
    .map(
      ({ id, app, next_at }): Timed => ({
        key: `again ${id}`,
        time: Date.parse(next_at ?? ''),
        kind: 'planned',
        past: false,
        what: `${app} is tried again`,
        detail: 'Even if you do nothing.',
        at: clock.next(next_at ?? ''),
      }),
    );
  const dues = actions
    .filter(({ status, task_due_at }) => status === 'asked' && ahead(task_due_at))
    .map(
      ({ id, app, task_due_at }): Timed => ({
        key: `due ${id}`,
        time: Date.parse(task_due_at ?? ''),
        kind: 'planned',
        past: false,
        what: `${app} is due`,
        detail: 'If it is still open then, somebody else is asked.',
        at: clock.next(task_due_at ?? ''),
      }),
    );
  return [...retries, ...dues];
}
