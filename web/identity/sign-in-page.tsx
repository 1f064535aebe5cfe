import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Skeleton } from '../design/skeleton.tsx';
import { fieldProblems } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { usePlace } from '../shell/place.ts';
import { CodeStep } from './code-step.tsx';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { canUsePasskeys, signInWithPasskey } from './passkey.ts';
import { ProblemOf } from './problem-of.tsx';
import { SecondFactor } from './second-factor.tsx';

/** Where to go after signing in: only to a place of this page. */
export const safeNext = (wanted: string | undefined): string => (wanted !== undefined && /^\/(?![/\\])/.test(wanted) ? wanted : '/');

/** Sign-in: a passkey, or address and password and then a code. */
export default function SignInPage() {
  const { search } = usePlace();
  const done = () => location.assign(safeNext(search.next));
  const [step, setStep] = useState<'start' | 'code' | 'enrol'>('start');
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
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
              <Button variant="filled" loading={passkey.isPending} onClick={() => passkey.mutate()}>
                Sign in with a passkey
              </Button>
            </div>
            <ProblemOf error={passkey.error} />
            <p className={classes.or}>or with a password and a code</p>
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
            <Button type="submit" variant={canUsePasskeys() ? 'default' : 'filled'} loading={begin.isPending}>
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
