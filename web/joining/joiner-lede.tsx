import { formatSpan } from '../design/format-in-zones.ts';
import { Num } from '../design/num.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { hasStarted, type Joiner } from './joiner-state.ts';
import { isOff } from './joining-groups.ts';
import { placeOfJoiner } from './place-of-joiner.ts';

/** Who it is, when the first morning is, how much of it is ready, the work address. */
export function JoinerLede({ joiner, now }: { joiner: Joiner; now: number }) {
  const { readiness, title, department, workAddress } = joiner;
  const place = placeOfJoiner(joiner);
  const who = [title, department].filter(Boolean).join(', ');
  const head = who === '' ? `In ${place.name}.` : `${who}, in ${place.name}.`;
  if (isOff(joiner)) {
    return (
      <>
        {head} The start was <ZonedTime instant={joiner.startsAt} place={place} />. What was opened is closed again and read back.
      </>
    );
  }
  return (
    <>
      {head} The first morning {hasStarted(joiner, now) ? 'was' : 'is'} <ZonedTime instant={joiner.startsAt} place={place} strong />
      {!hasStarted(joiner, now) && `, in ${formatSpan(Date.parse(joiner.startsAt) - now)}`}.{' '}
      {readiness.total > 0 && (
        <>
          <Num value={readiness.ready} to={`/joining/${joiner.id}#ready`} /> of{' '}
          <Num value={readiness.total} to={`/joining/${joiner.id}#ready`} /> {readiness.total === 1 ? 'thing is' : 'things are'} ready.{' '}
        </>
      )}
      {workAddress !== null && (
        <>
          Work address <b style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{workAddress}</b>.
        </>
      )}
    </>
  );
}
