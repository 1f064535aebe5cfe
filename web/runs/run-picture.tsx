import { useState } from 'react';
import { formatInZones } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { useReader } from '../design/reader.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { type WaitingStep, WaitsPicture } from '../design/waits-picture.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useCall } from '../shell/use-call.ts';
import { placeOfRun } from './run-place.ts';
import type { RunDetail } from './run-state.ts';
import classes from './runs.module.css';

type PictureStep = OutputOf<'getRunPicture'>['steps'][number];

/** What waits for what in this run: a second view of its steps, read when it is opened. */
export function RunPicture({ detail: { run } }: { detail: RunDetail }) {
  const [shown, setShown] = useState(false);
  return (
    <Section
      title="What waits for what"
      note="The same steps from left to right in time. A line leads from a step to the one that waits for it."
      aside={
        <button type="button" className={classes.link} aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide the picture' : 'Show the picture'}
        </button>
      }
    >
      {shown && <Picture run={run} />}
    </Section>
  );
}

function Picture({ run }: { run: RunDetail['run'] }) {
  const now = useNow();
  const { hours } = useReader();
  const { data, error } = useCall('getRunPicture', { params: { runId: run.id } }, { everySeconds: 20 });
  if (error !== null) return <Problem {...problemProps(error)} />;
  if (data === undefined) return <Skeleton />;
  const instants = [...new Set(data.steps.map(({ at }) => at))].sort((a, b) => (a ?? '9').localeCompare(b ?? '9'));
  const said = (at: string | null) => (at === null ? 'Once its date is known' : formatInZones(at, [placeOfRun(run)], { now, hours }));
  const steps = data.steps
    .map(
      (step): WaitingStep => ({
        key: step.key,
        title: step.title,
        moment: instants.indexOf(step.at),
        waitsFor: step.waitsFor,
        when: said(step.at),
        status: stateOf(step),
      }),
    )
    .sort((a, b) => a.moment - b.moment);
  const next = instants.findIndex((at) => at === null || Date.parse(at) > now);
  return (
    <WaitsPicture
      of={`the run of ${run.person}`}
      steps={steps}
      moments={new Map(instants.map((at, moment) => [moment, said(at)]))}
      nowBefore={next < 1 ? undefined : next}
    />
  );
}

const vouched = new Set(['task', 'question', 'approval']);

function stateOf({ status, kind, waitsForPerson }: PictureStep): WaitingStep['status'] {
  switch (status) {
    case 'planned':
      return { kind: 'planned', word: 'Planned' };
    case 'working':
      return { kind: 'waiting', word: 'Is being done' };
    case 'waiting':
      return { kind: 'waiting', word: `Waits for ${waitsForPerson ?? 'the owners of the organization'}` };
    case 'done':
      if (kind === 'revoke-access' || kind === 'grant-access') return { kind: 'good-read', word: 'Done' };
      return { kind: vouched.has(kind) ? 'good-vouched' : 'working', word: 'Done' };
    case 'refused':
      return { kind: 'decided', word: 'Answered with no' };
    case 'overridden':
      return { kind: 'decided', word: 'Decided otherwise' };
    case 'skipped':
      return { kind: 'away', word: 'Not needed here' };
    case 'cancelled':
      return { kind: 'away', word: 'Called off' };
    default:
      return { kind: 'unknown', word: 'Somebody has to decide' };
  }
}
