import { useQuery } from '@tanstack/react-query';
import { PlaceLink } from '../design/place-link.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { call } from '../shell/call.ts';
import { usePlace } from '../shell/place.ts';
import { CompanyButton } from './company-button.tsx';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { ProblemOf } from './problem-of.tsx';
import { safeNext } from './safe-next.ts';

/** A company's direct link: its own sign-in and nothing else. */
export default function CompanyLinkPage() {
  const { params, search } = usePlace();
  const organizationId = params.organizationId ?? '';
  const { data, error } = useQuery({
    queryKey: ['company sign-in', organizationId],
    queryFn: () => call('describeCompanySignIn', { params: { organizationId } }),
    retry: false,
  });
  if (data === undefined && error === null) return <Skeleton />;
  const other = (
    <p className="gc-small gc-dimmed">
      <PlaceLink to="/sign-in">Sign in with a passkey or password instead</PlaceLink>
    </p>
  );
  return (
    <Outside
      title={data === undefined ? 'This link leads nowhere' : `Sign in to ${data.organization}`}
      lede={data === undefined ? undefined : 'You go to your company’s own sign-in and come back here.'}
    >
      <div className={classes.form}>
        <ProblemOf error={error} />
        {data !== undefined && <CompanyButton organizationId={organizationId} name={data.organization} next={safeNext(search.next)} />}
        {other}
      </div>
    </Outside>
  );
}
