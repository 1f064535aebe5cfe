import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { chooseOrganization } from '../shell/chosen-organization.ts';
import { usePlace } from '../shell/place.ts';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { safeNext } from './safe-next.ts';

type Trial = NonNullable<OutputOf<'finishCompanySignIn'>['trial']>;

/** Where the company's provider sends the browser back to: what it brought is checked, once, and the reader goes on. */
export default function CompanyReturnPage() {
  const { params } = usePlace();
  const organizationId = params.organizationId ?? '';
  const [answer] = useState(() => Object.fromEntries(new URLSearchParams(location.search)));
  const begun = useRef(false);
  const finish = useMutation({
    mutationFn: () => call('finishCompanySignIn', { params: { organizationId }, body: { answer } }),
    onSuccess: ({ next, trial }) => {
      if (trial !== null) return;
      chooseOrganization(organizationId);
      location.replace(safeNext(next));
    },
  });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // What it brought works once; nobody is to find it in the history.
    history.replaceState(history.state, '', location.pathname);
    finish.mutate();
  }, [finish]);
  if (finish.data?.trial) return <TrialShown trial={finish.data.trial} />;
  if (finish.error !== null) {
    return (
      <Outside title="You are not signed in">
        <div className={classes.form}>
          <Problem {...problemProps(finish.error)} />
          <div className={classes.acts}>
            <ActButton act={{ label: 'Begin again', to: `/sign-in/with/${organizationId}` }} filled />
            <ActButton act={{ label: 'Sign in another way', to: '/sign-in' }} />
          </div>
        </div>
      </Outside>
    );
  }
  return <Outside title="One moment" lede="What your company’s sign-in said is being checked." />;
}

function TrialShown({ trial }: { trial: Trial }) {
  return (
    <Outside title="The provider works" lede="Nobody was signed in by this try. This is what came.">
      <div className={classes.form}>
        <p>
          <StatusChip kind={trial.wouldComeIn ? 'good-read' : 'wrong'}>
            {trial.wouldComeIn ? 'Would be let in' : 'Would be refused'}
          </StatusChip>
        </p>
        <p>{trial.outcome}</p>
        {trial.linked && <p>This account at the provider is linked to you from now on.</p>}
        <dl className={classes.came}>
          <dt>Address</dt>
          <dd>
            {trial.address ?? 'None came'}
            {trial.address !== null && verifiedWords(trial.isVerified)}
          </dd>
          <dt>Name</dt>
          <dd>{trial.name ?? 'None came'}</dd>
          {trial.groups !== null && (
            <>
              <dt>Groups</dt>
              <dd>{trial.groups.length === 0 ? 'None came' : trial.groups.join(', ')}</dd>
            </>
          )}
        </dl>
        <details className={classes.all}>
          <summary>Everything that came ({trial.claims.length})</summary>
          <dl className={classes.came}>
            {trial.claims.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
        <div className={classes.acts}>
          <ActButton act={{ label: 'Back to the settings', to: '/settings/company-sign-in' }} filled />
        </div>
      </div>
    </Outside>
  );
}

const verifiedWords = (isVerified: boolean | null): string =>
  isVerified === true
    ? ', confirmed by the provider'
    : isVerified === false
      ? ', not confirmed by the provider'
      : '; whether it is confirmed was not said';
