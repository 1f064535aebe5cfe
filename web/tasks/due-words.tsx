import type { Place } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { ZonedTime } from '../design/zoned-time.tsx';

export const isOverdue = (dueAt: string | null, now: number): boolean => dueAt !== null && Date.parse(dueAt) <= now;

/** When a task is due, on the clock of whom it concerns; nothing where it has no hurry. */
export function DueWords({ dueAt, place }: { dueAt: string | null; place: Place }) {
  const now = useNow();
  if (dueAt === null) return null;
  return (
    <>
      {isOverdue(dueAt, now) ? 'Was due ' : 'Due '}
      <ZonedTime instant={dueAt} place={place} />
    </>
  );
}
