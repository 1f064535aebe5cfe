import { PasswordInput } from '@mantine/core';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { canUsePasskeys } from './passkey.ts';

export type WayIn = 'passkey' | 'app';

/** How somebody new wants to sign in: a passkey, or a password and an authenticator app. */
export function ChooseWayIn({
  way,
  onWay,
  password,
  onPassword,
  problem,
}: {
  way: WayIn;
  onWay: (way: WayIn) => void;
  password: string;
  onPassword: (password: string) => void;
  problem?: string;
}) {
  const passkeys = canUsePasskeys();
  return (
    <>
      <ChoiceCards
        legend="How do you want to sign in?"
        value={way}
        onChange={onWay}
        choices={[
          {
            value: 'passkey',
            label: 'With a passkey',
            detail: passkeys
              ? 'Your finger, face or PIN on this device. Nothing to remember, nothing to steal.'
              : 'This browser offers none here. Passkeys need HTTPS or localhost.',
            disabled: !passkeys,
          },
          { value: 'app', label: 'With a password and a code', detail: 'An authenticator app on your phone shows the code.' },
        ]}
      />
      {way === 'app' && (
        <PasswordInput
          label="Password"
          description="At least 12 characters. Four words that do not belong together are a good one."
          autoComplete="new-password"
          required
          value={password}
          error={problem}
          onChange={(event) => onPassword(event.currentTarget.value)}
        />
      )}
    </>
  );
}
