import { formatSpan } from '../design/format-in-zones.ts';
import { Num } from '../design/num.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import type { OpenDialog } from './run-dialog-kind.ts';
import { placeOfRun } from './run-place.ts';
import { hasClosed, isOpenLine, type ProofLineAnswer, type RunDetail } from './run-state.ts';

const said: [ProofLineAnswer['status'], string][] = [
  ['verified', 'verified'],
  ['evidenced', 'evidenced'],
  ['overridden', 'overridden'],
  ['unknown', 'unknown'],
];

/** One sentence on a run with its numbers, each of which opens its rows. */
export function RunLede({ detail, now, open }: { detail: RunDetail; now: number; open: OpenDialog }) {
  const { run, actions, handovers, sections } = detail;
  const place = placeOfRun(run);
  const who = [run.person_title, run.person_department].filter(Boolean).join(', ');
  const head = who === '' ? `${place.name}.` : `${who}, in ${place.name}.`;
  const shown = actions.filter(({ status }) => status !== 'withdrawn');
  if (run.status === 'cancelled' || run.status === 'rescinded') {
    return (
      <>
        {head}{' '}
        {run.ended_at !== null && (
          <>
            It was called off on <ZonedTime instant={run.ended_at} place={place} />.{' '}
          </>
        )}
        {detail.restore.length > 0 && (
          <>
            <Num value={detail.restore.length} onOpen={() => open({ kind: 'actions', title: 'Given back', actions: detail.restore })} />{' '}
            accounts are opened again and read back.
          </>
        )}
        {run.status === 'cancelled' && 'Nothing had been closed.'}
      </>
    );
  }
  if (!hasClosed(run, now)) {
    return (
      <>
        {head} Access closes on <ZonedTime instant={run.cut_off_at} place={place} strong />, in{' '}
        {formatSpan(Date.parse(run.cut_off_at) - now)}.{' '}
        <Num value={shown.length} onOpen={() => open({ kind: 'actions', title: 'What closes', actions: shown })} />{' '}
        {shown.length === 1 ? 'line closes' : 'lines close'} and{' '}
        <Num value={handovers.length} onOpen={handovers.length === 0 ? undefined : () => open({ kind: 'handovers', handovers })} />{' '}
        {handovers.length === 1 ? 'thing falls' : 'things fall'} to somebody else.{' '}
        {Date.parse(run.told_at) > now ? (
          <>
            {run.given_name ?? run.person} does not know of it until <ZonedTime instant={run.told_at} place={place} />
            {run.sensitive && '; it is sensitive, and only those named see it'}.
          </>
        ) : (
          `${run.given_name ?? run.person} knows of it.`
        )}
      </>
    );
  }
  const lines = sections.flatMap((section) => section.lines);
  const openOnes = lines.filter(isOpenLine);
  const counted = said
    .map(([status, word]) => ({ word, lines: lines.filter((line) => line.status === status) }))
    .filter(({ lines: some }) => some.length > 0);
  const took = run.attempted_at === null ? null : Date.parse(run.attempted_at) - Date.parse(run.cut_off_at);
  return (
    <>
      {head} Access was cut on <ZonedTime instant={run.cut_off_at} place={place} strong />.{' '}
      {took === null ? 'Not everything has been attempted yet. ' : `Everything was attempted within ${seconds(took)}. `}
      Of <Num value={lines.length} onOpen={() => open({ kind: 'lines', title: 'All lines', lines })} />{' '}
      {lines.length === 1 ? 'line' : 'lines'},{' '}
      {counted.map(({ word, lines: some }, index) => (
        <span key={word}>
          {index > 0 && (index === counted.length - 1 && openOnes.length === 0 ? ' and ' : ', ')}
          <Num value={some.length} onOpen={() => open({ kind: 'lines', title: `${some.length} ${word}`, lines: some })} />{' '}
          {index === 0 ? (some.length === 1 ? 'is ' : 'are ') : ''}
          {word}
        </span>
      ))}
      {openOnes.length > 0 && (
        <>
          {counted.length > 0 && ' and '}
          <Num value={openOnes.length} onOpen={() => open({ kind: 'lines', title: `${openOnes.length} open`, lines: openOnes })} /> open
        </>
      )}
      .
    </>
  );
}

const seconds = (milliseconds: number): string => {
  const all = Math.max(0, Math.round(milliseconds / 1000));
  if (all < 60) return `${all} s`;
  return all < 3600 ? `${Math.floor(all / 60)} min ${all % 60} s` : formatSpan(milliseconds);
};
