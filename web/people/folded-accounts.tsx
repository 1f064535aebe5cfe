import { useState } from 'react';
import { Num } from '../design/num.tsx';
import { Section } from '../design/section.tsx';
import { useAnchor } from '../shell/use-anchor.ts';
import { PersonAccounts } from './person-accounts.tsx';
import type { Person } from './words.ts';

/** The accounts below what a person should have, which names them already: a number that opens them. */
export function FoldedAccounts(props: Parameters<typeof PersonAccounts>[0] & { person: Person }) {
  const [opened, setOpened] = useState(location.hash === '#accounts');
  useAnchor('accounts', props.accounts !== null);
  const count = props.accounts?.length ?? 0;
  if (opened || count === 0 || props.error !== null) return <PersonAccounts {...props} />;
  return (
    <Section
      title="Accounts"
      note={
        <>
          <Num value={count} onOpen={() => setOpened(true)} of="accounts" /> {count === 1 ? 'account' : 'accounts'} as they were read, with
          address and everything they hold.
        </>
      }
    >
      {null}
    </Section>
  );
}
