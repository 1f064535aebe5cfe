import { ActButton } from '../design/act.tsx';
import { type Place, zoneCity } from '../design/format-in-zones.ts';
import { FirstPassword } from './first-password.tsx';
import classes from './welcome.module.css';
import type { Welcome } from './welcome-page.tsx';

const whole = (startOn: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${startOn}T12:00:00Z`),
  );

const clock = (instant: string, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(Date.parse(instant));

type FactsProps = { secret: string; welcome: Welcome; onSent: () => Promise<unknown> };

/** What somebody who knows nobody yet wants to know first: when, where, who is there for them, which address will be theirs, and the way in. */
export function WelcomeFactsList({ secret, welcome, onSent }: FactsProps) {
  const { startOn, startsAt, zone, place, manager, workAddress, signIn } = welcome;
  const there: Place = { zone, name: place ?? zoneCity(zone) };
  return (
    <>
      <dl className={classes.facts}>
        <div>
          <dt>Your first day</dt>
          <dd>
            <b>{whole(startOn)}</b>
            <span className={classes.second}>
              {clock(startsAt, zone)} in {there.name}
            </span>
          </dd>
        </div>
        {manager !== null && (
          <div>
            <dt>Your manager</dt>
            <dd>
              <b>{manager}</b>
            </dd>
          </div>
        )}
        {workAddress !== null && (
          <div>
            <dt>Your work address</dt>
            <dd>
              <b>{workAddress}</b>
              {signIn === null && <span className={classes.second}>It works once your accounts are opened.</span>}
            </dd>
          </div>
        )}
      </dl>
      {signIn !== null && (
        <div className={classes.signIn}>
          <p>
            You sign in with <b>{signIn.app}</b> as <b className={classes.code}>{signIn.userName}</b>.
          </p>
          <FirstPassword secret={secret} signIn={signIn} onSent={onSent} />
          {signIn.link !== null && <ActButton act={{ label: `Open ${signIn.app}`, href: signIn.link }} />}
        </div>
      )}
    </>
  );
}
