import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Skeleton } from '../design/skeleton.tsx';
import { fieldProblems } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { usePlace } from '../shell/place.ts';
import { CodeStep } from './code-step.tsx';
import { CompanyButton } from './company-button.tsx';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { canUsePasskeys, signInWithPasskey } from './passkey.ts';
import { ProblemOf } from './problem-of.tsx';
import { safeNext } from './safe-next.ts';
import { SecondFactor } from './second-factor.tsx';

/** Sign-in: a passkey, or an address and then the company's own sign-in where it has one, or a password and a code. */
export default function SignInPage() {
  const { search } = usePlace();
  const done = () => location.assign(safeNext(search.next));
  const [step, setStep] = useState<'start' | 'code' | 'enrol'>('start');
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const company = useCompany(address);
  const standing = useQuery({ queryKey: ['sign-in', 'page'], queryFn: () => call('getSignIn'), staleTime: Number.POSITIVE_INFINITY });
  const passkey = useMutation({ mutationFn: signInWithPasskey, onSuccess: done });
  const begin = useMutation({
    mutationFn: () => call('signInWithPassword', { body: { address, password } }),
    onSuccess: ({ next }) => setStep(next === 'passkey' ? 'start' : next),
  });
  if (step === 'code') return <CodeStep onDone={done} onBack={() => setStep('start')} />;
  if (step === 'enrol') return <SecondFactor way="app" password={password} onDone={done} />;
  if (standing.isPending) return <Skeleton />;
  const problems = fieldProblems(begin.error);
  const onlyPasskey = begin.data?.next === 'passkey';
  return (
    <Outside
      title="Sign in"
      lede={
        onlyPasskey
          ? 'You sign in with a passkey. A password alone opens nothing.'
          : standing.data?.state === 'in'
            ? `You are signed in as ${standing.data.name}. Sign in again, or go to Today.`
            : undefined
      }
    >
      <div className={classes.form}>
        {canUsePasskeys() && (
          <>
            <div className={classes.acts}>
              <Button variant={company === null ? 'filled' : 'default'} loading={passkey.isPending} onClick={() => passkey.mutate()}>
                Sign in with a passkey
              </Button>
            </div>
            <ProblemOf error={passkey.error} />
            <p className={classes.or}>or with your work address</p>
          </>
        )}
        <form
          className={classes.form}
          style={{ marginTop: 0 }}
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate();
          }}
        >
          <TextInput
            label="Work address"
            type="email"
            autoComplete="username webauthn"
            required
            value={address}
            error={problems.address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          {company !== null && (
            <>
              <CompanyButton {...company} next={safeNext(search.next)} />
              <p className={classes.or}>or with a password</p>
            </>
          )}
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            error={problems.password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemOf error={begin.error} fields={['address', 'password']} />
          <div className={classes.acts}>
            <Button type="submit" variant={canUsePasskeys() || company !== null ? 'default' : 'filled'} loading={begin.isPending}>
              Go on to the code
            </Button>
          </div>
        </form>
        <p className="gc-small gc-dimmed">
          You lost your passkey or your codes? An owner of your organization can send you a link to set up your sign-in anew. There is no
          open sign-up.
        </p>
      </div>
    </Outside>
  );
}

/** The company's own sign-in for the domain that was typed, once it stands there whole; null where there is none. It knows domains, never people. */
function useCompany(address: string): { organizationId: string; name: string } | null {
  const [typed] = useDebouncedValue(address.trim().toLowerCase(), 400);
  const domain = /^[^\s@]+@([^\s@]+\.[^\s@]{2,})$/.exec(typed)?.[1];
  const found = useQuery({
    queryKey: ['company of', domain ?? ''],
    queryFn: () => call('findCompanySignIn', { body: { address: `x@${domain}` } }),
    enabled: domain !== undefined,
    staleTime: 60_000,
    retry: false,
  });
  const organizationId = domain === undefined ? null : (found.data?.organizationId ?? null);
  return organizationId === null || domain === undefined ? null : { organizationId, name: domain };
}
