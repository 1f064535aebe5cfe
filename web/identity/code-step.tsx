import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldProblems } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { ProblemOf } from './problem-of.tsx';

/** The second half of signing in with a password: the code of the authenticator app, or a recovery code. */
export function CodeStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');
  const finish = useMutation({
    mutationFn: () => call(recovery ? 'signInWithRecoveryCode' : 'signInWithCode', { body: { code } }),
    onSuccess: onDone,
  });
  const other = () => {
    setRecovery(!recovery);
    setCode('');
    finish.reset();
  };
  return (
    <Outside
      title={recovery ? 'Use a recovery code' : 'Enter the code of your app'}
      lede={recovery ? 'One of the ten that you kept. Each works once.' : 'Your authenticator app shows a new one every 30 seconds.'}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          finish.mutate();
        }}
      >
        <TextInput
          key={recovery ? 'recovery' : 'code'}
          label={recovery ? 'Recovery code' : 'Code'}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete={recovery ? 'off' : 'one-time-code'}
          required
          data-autofocus
          value={code}
          error={fieldProblems(finish.error).code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemOf error={finish.error} fields={['code']} />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={finish.isPending} disabled={code.trim() === ''}>
            Sign in
          </Button>
          <Button onClick={other}>{recovery ? 'Use the code of the app' : 'Use a recovery code'}</Button>
          <Button variant="subtle" onClick={onBack}>
            Start again
          </Button>
        </div>
      </form>
    </Outside>
  );
}
