import { Button } from '@mantine/core';
import { formatDay } from '../design/format-in-zones.ts';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { useMay } from '../shell/session.ts';
import { hasStarted, isGoingOn, type Joiner, type OpenJoinerDialog } from './joiner-state.ts';
import classes from './joining.module.css';
import { isOff } from './joining-groups.ts';
import { placeOfJoiner } from './place-of-joiner.ts';
import { firstMorningStatus } from './readiness.tsx';
import { givenFacts } from './welcome-facts.ts';

type SideProps = { joiner: Joiner; now: number; open: OpenJoinerDialog };

/** Beside the steps: the first morning's answer, what the new colleague told us, what shows that they have arrived. */
export function JoinerSide(props: SideProps) {
  return (
    <>
      <Welcome {...props} />
      {!isOff(props.joiner) && <Milestones {...props} />}
    </>
  );
}

function Welcome({ joiner, now, open }: SideProps) {
  const { welcome, personalAddress, credentialTo, manager, endDate } = joiner;
  const mayManage = useMay('joining:manage');
  const morning = firstMorningStatus(joiner, now, joiner.lost.length > 0);
  const facts = givenFacts(welcome.given);
  const recipient =
    credentialTo === 'manager' ? (manager ?? 'the manager') : (personalAddress ?? 'the personal address, which is not known');
  const place = placeOfJoiner(joiner);
  return (
    <Section title="The welcome page">
      {morning !== null && (
        <p>
          Their answer: <StatusChip kind={morning.kind}>{morning.word}</StatusChip>
        </p>
      )}
      <dl className={classes.facts}>
        <div>
          <dt>The link and the first credential go to</dt>
          <dd>{recipient}</dd>
        </div>
        <div>
          <dt>Opened</dt>
          <dd>{welcome.openedAt === null ? 'not yet' : <ZonedTime instant={welcome.openedAt} place={place} />}</dd>
        </div>
        {facts.map(({ key, term, fact }) => (
          <div key={key}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
        {welcome.openedAt !== null && facts.length === 0 && (
          <div>
            <dt>What they told us</dt>
            <dd>nothing yet</dd>
          </div>
        )}
        {endDate !== null && (
          <div>
            <dt>Last day</dt>
            <dd>{formatDay(endDate, { now })}</dd>
          </div>
        )}
      </dl>
      {mayManage && isGoingOn(joiner) && (
        <div className={classes.acts}>
          <Button size="xs" onClick={() => open({ kind: 'welcome' })}>
            Send it again…
          </Button>
        </div>
      )}
    </Section>
  );
}

function Milestones({ joiner, now, open }: SideProps) {
  const mayConfirm = useMay('joining:confirm');
  if (joiner.milestones.length === 0) return null;
  const started = hasStarted(joiner, now);
  return (
    <Section title="Milestones" note="What shows that somebody has arrived, counted from the first day.">
      <ul className={classes.lines}>
        {joiner.milestones.map((milestone) => {
          const { id, name, targetOn, targetDays, reachedOn, confirmedBy } = milestone;
          const isLate = reachedOn === null ? Date.parse(`${targetOn}T23:59:59Z`) < now : reachedOn > targetOn;
          return (
            <li key={id}>
              <b>{name}</b>
              {reachedOn !== null ? (
                <StatusChip kind="good-vouched" small>
                  Reached
                </StatusChip>
              ) : isLate ? (
                <StatusChip kind="waiting" small>
                  Not yet
                </StatusChip>
              ) : (
                <StatusChip kind="planned" small>
                  {started ? 'Ahead' : 'Later'}
                </StatusChip>
              )}
              <p>
                {reachedOn !== null
                  ? `On ${formatDay(reachedOn, { now })}${confirmedBy === null ? '' : `, confirmed by ${confirmedBy}`}. Target: ${formatDay(targetOn, { now })}.`
                  : `Target: ${formatDay(targetOn, { now })}, ${targetDays} ${targetDays === 1 ? 'day' : 'days'} after the start.`}{' '}
                {started && mayConfirm && reachedOn === null && (
                  <button
                    type="button"
                    className={classes.link}
                    aria-label={`Reached… ${name}`}
                    onClick={() => open({ kind: 'reached', milestone })}
                  >
                    Reached…
                  </button>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
