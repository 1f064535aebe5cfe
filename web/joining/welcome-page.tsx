import { useMemo, useState } from 'react';
import { formatSpan, zoneCity } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { type Reader, ReaderProvider, readerOfBrowser } from '../design/reader.tsx';
import { call, type OutputOf } from '../shell/call.ts';
import { OpenedByLink } from '../shell/opened-by-link.tsx';
import { OutsideSheet } from '../shell/outside-sheet.tsx';
import { FirstMorning } from './first-morning.tsx';
import classes from './welcome.module.css';
import { WelcomeFactsList } from './welcome-facts-list.tsx';
import { WelcomeForm } from './welcome-form.tsx';
import { WelcomeMilestones } from './welcome-milestones.tsx';
import { WelcomeTasks } from './welcome-tasks.tsx';
import { WelcomeTime } from './welcome-time.tsx';

export type Welcome = OutputOf<'openWelcome'>;

/** The page of a new colleague, behind the link of a mail: works without a session, and nothing happens until a button is pressed. */
export default function WelcomePage() {
  return (
    <OpenedByLink opens="Your welcome page opens" open={(secret) => call('openWelcome', { body: { secret } })}>
      {(welcome, secret, again) => <WelcomeOf secret={secret} welcome={welcome} onSent={again} />}
    </OpenedByLink>
  );
}

function WelcomeOf({ secret, welcome, onSent }: { secret: string; welcome: Welcome; onSent: () => Promise<unknown> }) {
  const { organization, place, zone, isDayOne, startsAt } = welcome;
  const now = useNow();
  const reader: Reader = useMemo(() => ({ ...readerOfBrowser, place: { zone, name: place ?? zoneCity(zone) } }), [zone, place]);
  const [moved, setMoved] = useState(0);
  const answered = async () => {
    await onSent();
    setMoved(moved + 1);
  };
  const name = welcome.given.preferredName || welcome.givenName;
  const left = Date.parse(startsAt) - now;
  const form = <WelcomeForm secret={secret} welcome={welcome} onSent={onSent} folded={isDayOne} />;
  const title = left <= 0 ? `Good to have you here, ${name}` : `Welcome to ${organization}, ${name}`;
  return (
    <ReaderProvider reader={reader}>
      <OutsideSheet
        title={title}
        organization={organization}
        moved={moved}
        lede={
          left > 0
            ? `We are glad that you come. Your first day begins in ${formatSpan(left)}.`
            : `We are glad that you are here, at ${organization}.`
        }
      >
        {isDayOne && <FirstMorning secret={secret} welcome={welcome} onSent={answered} />}
        <WelcomeFactsList secret={secret} welcome={welcome} onSent={onSent} />
        {!isDayOne && form}
        <WelcomeTasks secret={secret} welcome={welcome} onSent={onSent} />
        {isDayOne && form}
        <WelcomeTime welcome={welcome} />
        <WelcomeMilestones secret={secret} welcome={welcome} onSent={onSent} />
        <p className={classes.foot}>
          This page is yours alone: whoever has its link can read it, so do not pass it on. Nobody will ever ask you for a password by mail
          or phone.
        </p>
      </OutsideSheet>
    </ReaderProvider>
  );
}
