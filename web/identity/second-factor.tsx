import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldProblems } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { AuthenticatorKey } from './authenticator-key.tsx';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { canUsePasskeys, makePasskey } from './passkey.ts';
import { ProblemOf } from './problem-of.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import type { WayIn } from './way-in.tsx';

/** The step between a new sign-in and the application: the passkey, or the authenticator app with its recovery codes. */
export function SecondFactor({ way: first, password, onDone }: { way: WayIn; password: string | null; onDone: () => void }) {
  const [way, setWay] = useState<WayIn>(first === 'passkey' && !canUsePasskeys() ? 'app' : first);
  return way === 'passkey' ? (
    <PasskeyStep onDone={onDone} onOther={password === null && first === 'passkey' ? undefined : () => setWay('app')} />
  ) : (
    <AppStep known={password} onDone={onDone} onOther={canUsePasskeys() ? () => setWay('passkey') : undefined} />
  );
}

function PasskeyStep({ onDone, onOther }: { onDone: () => void; onOther?: () => void }) {
  const making = useMutation({ mutationFn: () => makePasskey(''), onSuccess: onDone });
  return (
    <Outside title="Make your passkey" lede="Your browser asks for your finger, face or PIN. From then on that is how you sign in.">
      <div className={classes.form}>
        <ProblemOf error={making.error} />
        <div className={classes.acts}>
          <Button variant="filled" loading={making.isPending} onClick={() => making.mutate()}>
            Make the passkey
          </Button>
          {onOther !== undefined && <Button onClick={onOther}>Use an authenticator app instead</Button>}
        </div>
      </div>
    </Outside>
  );
}

function AppStep({ known, onDone, onOther }: { known: string | null; onDone: () => void; onOther?: () => void }) {
  const [password, setPassword] = useState(known ?? '');
  const [code, setCode] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const begin = useMutation({ mutationFn: () => call('beginAuthenticator', { body: { password } }) });
  const confirm = useMutation({
    mutationFn: () => call('confirmAuthenticator', { body: { code } }),
    onSuccess: () => setConfirmed(true),
  });
  if (begin.data !== undefined && confirmed) {
    return (
      <Outside title="Keep your recovery codes" lede="If you lose your phone, each of these signs you in once. They are not shown again.">
        <RecoveryCodes codes={begin.data.recoveryCodes} onKept={onDone} />
      </Outside>
    );
  }
  if (begin.data !== undefined) {
    return (
      <Outside
        title="Add Groundcrew to your authenticator app"
        lede="A password alone opens nothing. Your app shows a new code every 30 seconds."
      >
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            confirm.mutate();
          }}
        >
          <AuthenticatorKey address={begin.data.uri} secret={begin.data.key} />
          <TextInput
            label="Code that your app shows now"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            maxLength={9}
            value={code}
            error={fieldProblems(confirm.error).code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <ProblemOf error={confirm.error} fields={['code']} />
          <div className={classes.acts}>
            <Button type="submit" variant="filled" loading={confirm.isPending} disabled={code.trim() === ''}>
              Confirm the code
            </Button>
          </div>
        </form>
      </Outside>
    );
  }
  return (
    <Outside
      title="One step is left: an authenticator app"
      lede="A password alone opens nothing. Take an app such as the one your phone has, or any other for one-time codes."
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate();
        }}
      >
        {known === null && (
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            value={password}
            error={fieldProblems(begin.error).password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <ProblemOf error={begin.error} fields={known === null ? ['password'] : []} />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={begin.isPending} disabled={password === ''}>
            Show the key for my app
          </Button>
          {onOther !== undefined && <Button onClick={onOther}>Use a passkey instead</Button>}
        </div>
      </form>
    </Outside>
  );
}
