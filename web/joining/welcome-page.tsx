import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { formatSpan, zoneCity } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { type Reader, ReaderProvider, readerOfBrowser } from '../design/reader.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { Mark } from '../shell/mark.tsx';
import { useTitle } from '../shell/page-title.ts';
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
  const secret = useLocation().hash.replace(/^#/, '');
  const link = useQuery({
    queryKey: ['welcome', secret],
    queryFn: () => call('openWelcome', { body: { secret } }),
    enabled: secret !== '',
    retry: false,
    // What somebody is writing must not move away under their hands: it is read again only after something was sent.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (secret === '') {
    return (
      <Sheet title="Open the link from your mail">
        <p className={classes.lede}>It ends in a secret that is missing here. Your welcome page opens with it, without a password.</p>
      </Sheet>
    );
  }
  if (link.error !== null && link.data === undefined) {
    return (
      <Sheet title="This link cannot be opened">
        <Problem {...problemProps(link.error)} />
      </Sheet>
    );
  }
  if (link.data === undefined) return <Skeleton />;
  return <WelcomeOf secret={secret} welcome={link.data} onSent={() => link.refetch()} />;
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
      <Sheet title={title} organization={organization} moved={moved}>
        <p className={classes.lede}>
          {left > 0
            ? `We are glad that you come. Your first day begins in ${formatSpan(left)}.`
            : `We are glad that you are here, at ${organization}.`}
        </p>
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
      </Sheet>
    </ReaderProvider>
  );
}

type SheetProps = { title: string; organization?: string; moved?: number; children: ReactNode };

/** One sheet with a heading, outside the frame. After the first morning was answered the heading takes the focus. */
function Sheet({ title, organization, moved = 0, children }: SheetProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    if (moved > 0) heading.current?.focus();
  }, [moved]);
  return (
    <div className={classes.outside}>
      <header className={classes.name}>
        {organization === undefined ? (
          <>
            <Mark />
            Groundcrew
          </>
        ) : (
          organization
        )}
      </header>
      <main id="main" className={classes.sheet}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}
