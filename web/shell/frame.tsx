import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { Act } from '../design/act.tsx';
import { Problem } from '../design/problem.tsx';
import { type Reader, ReaderProvider, readerOfBrowser } from '../design/reader.tsx';
import { usePhone } from '../design/use-phone.ts';
import { ApiProblem, problemProps } from './api-problem.ts';
import classes from './frame.module.css';
import { PaletteDoor } from './palette-door.tsx';
import { PausedBanner } from './paused-banner.tsx';
import { PhoneTabs, PhoneTop } from './phone-bars.tsx';
import { Rail } from './rail.tsx';
import { endSession, signInAddress, useCounts, useSession } from './session.ts';

/** Whom their own sign-in lets in no more goes out, and comes in again through their company. */
const wayOut = (error: unknown): Act =>
  error instanceof ApiProblem && error.code === 'company_sign_in_only'
    ? { label: 'Sign out', onClick: () => void endSession().finally(() => location.assign('/sign-in')) }
    : { label: 'Try again', onClick: () => location.reload() };

/** The frame around every page that needs a session: rail and sheet, or the two bars of the phone. */
export function Frame() {
  const { data: session, error, isFetching } = useSession();
  const router = useRouter();
  const { pathname, href } = useLocation();
  const phone = usePhone();
  const counts = useCounts(session);
  // While it is asked again (after signing in), the answer before says nothing.
  const signedOut = !isFetching && error instanceof ApiProblem && error.status === 401;
  const reader: Reader = useMemo(() => ({ ...readerOfBrowser, place: session?.place ?? readerOfBrowser.place }), [session]);

  useEffect(() => {
    if (signedOut && !pathname.startsWith('/sign-in')) router.navigate({ href: signInAddress(href) });
  }, [signedOut, pathname, href, router]);

  if (signedOut) return null;
  if (session === undefined) {
    return error === null ? null : (
      <main id="main" tabIndex={-1} className={classes.alone}>
        <Problem {...problemProps(error)} act={wayOut(error)} />
      </main>
    );
  }
  return (
    <ReaderProvider reader={reader}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      {session.paused !== null && <PausedBanner since={session.paused.since} />}
      {phone && <PhoneTop session={session} />}
      <div className={classes.frame}>
        {!phone && <Rail session={session} counts={counts} path={pathname} />}
        <main id="main" tabIndex={-1} className={classes.sheet}>
          <Outlet />
        </main>
      </div>
      {phone && <PhoneTabs session={session} counts={counts} path={pathname} />}
      <PaletteDoor />
    </ReaderProvider>
  );
}
