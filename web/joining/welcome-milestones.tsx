import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { useReader } from '../design/reader.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { useOnce } from '../shell/use-once.ts';
import classes from './welcome.module.css';
import type { Welcome } from './welcome-page.tsx';

/** What shows that they have arrived; they may say so themselves. */
export function WelcomeMilestones({ secret, welcome, onSent }: { secret: string; welcome: Welcome; onSent: () => Promise<unknown> }) {
  const id = useId();
  const now = useNow();
  const { place } = useReader();
  const reach = useMutation({
    mutationFn: (milestoneId: string) => {
      const reachedOn = new Intl.DateTimeFormat('en-CA', {
        timeZone: place.zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      }).format(now);
      return call('reachOwnMilestone', { body: { secret, milestoneId, reachedOn } });
    },
    onSuccess: onSent,
  });
  const say = useOnce(reach.mutateAsync);
  if (welcome.milestones.length === 0) return null;
  const hasStarted = Date.parse(welcome.startsAt) <= now;
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id}>In your first weeks</h2>
      <p className={classes.second}>No exam: it tells us whether we gave you what you need.</p>
      <ul className={classes.list}>
        {welcome.milestones.map(({ id: milestoneId, name, targetOn, reachedOn }) => (
          <li key={milestoneId} className={classes.milestone}>
            <div>
              {name}
              <span className={classes.second}>
                {reachedOn === null ? `about ${formatDay(targetOn, { now })}` : `reached on ${formatDay(reachedOn, { now })}`}
              </span>
            </div>
            {hasStarted && reachedOn === null && (
              <Button
                size="xs"
                loading={reach.isPending && reach.variables === milestoneId}
                aria-label={`Done today: ${name}`}
                onClick={() => say(milestoneId)}
              >
                Done today
              </Button>
            )}
          </li>
        ))}
      </ul>
      {reach.error !== null && <Problem {...problemProps(reach.error)} />}
    </section>
  );
}
