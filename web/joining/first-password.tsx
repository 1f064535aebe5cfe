import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { useOnce } from '../shell/use-once.ts';
import classes from './welcome.module.css';
import type { Welcome } from './welcome-page.tsx';

type FirstPasswordProps = { secret: string; signIn: NonNullable<Welcome['signIn']>; onSent: () => Promise<unknown> };

/** How the new colleague gets in the first time: they choose a password here, once, or the sign-in system asks them itself. */
export function FirstPassword({ secret, signIn, onSent }: FirstPasswordProps) {
  const [password, setPassword] = useState('');
  const chosen = useMutation({
    mutationFn: () => call('chooseFirstPassword', { body: { secret, password } }),
    onSuccess: () => {
      setPassword('');
      return onSent();
    },
  });
  const send = useOnce(() => chosen.mutateAsync());
  if (signIn.password === 'chosen') {
    return (
      <p>
        <StatusChip kind="good-vouched">You have chosen your password.</StatusChip>
      </p>
    );
  }
  if (signIn.password === 'app') return <p>It asks you to choose how: nobody knows your password but you.</p>;
  const refused = fieldProblems(chosen.error);
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <PasswordInput
        label="Choose your password"
        description="At least 12 characters. Three or four words that do not belong together are easy to remember and hard to guess. You can do this once, with this invitation."
        autoComplete="new-password"
        maxLength={200}
        value={password}
        error={refused.password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {chosen.error !== null && refused.password === undefined && <Problem {...problemProps(chosen.error)} />}
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={chosen.isPending} disabled={password.length < 12}>
          Set my password
        </Button>
      </div>
    </form>
  );
}
