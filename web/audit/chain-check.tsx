import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './audit.module.css';

const count = (number: number, one: string, many: string) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Recomputes the chain and says whether anything was changed since it was sealed. */
export function ChainCheck() {
  const { data, error } = useCall('verifyAudit');
  if (error !== null) return <Problem {...problemProps(error)} />;
  if (data === undefined) return <p role="status">Recomputing every event from the first one…</p>;
  return (
    <div role="status" className={classes.check}>
      <p>
        <StatusChip kind={data.ok ? 'good-read' : 'wrong'}>
          {data.ok ? 'Nothing was changed' : `The audit was changed: ${count(data.problemCount, 'finding', 'findings')}`}
        </StatusChip>{' '}
        {count(data.events, 'event', 'events')} recomputed. {count(data.unsealed, 'waits', 'wait')} for their seal,{' '}
        {count(data.erased, 'lost its values', 'lost their values')} by erasure.{' '}
        {data.lastHead === null ? (
          'No head was signed yet.'
        ) : (
          <>
            The newest signed head is event {data.lastHead.sequence.toLocaleString('en')} of <ZonedTime instant={data.lastHead.at} />.
          </>
        )}
      </p>
      {data.problems.length > 0 && (
        <ul className={classes.found}>
          {data.problems.map(({ sequence, eventId, words }) => (
            <li key={`${sequence} ${eventId} ${words}`}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
