import { Button } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import type { Joiner } from './joiner-state.ts';
import classes from './joining.module.css';

/** Sends the link of the welcome page again: to the new colleague, or to whoever hands it over. */
export function SendWelcomeDialog({ joiner, onClose }: { joiner: Joiner; onClose: () => void }) {
  const [to, setTo] = useState<'personal' | 'manager'>(joiner.personalAddress === null ? 'manager' : 'personal');
  const send = useAct('sendWelcome', { onDone: onClose });
  return (
    <Dialog opened onClose={onClose} title="Send the welcome again?">
      <div className={classes.body}>
        <ChoiceCards
          legend="To whom?"
          value={to}
          onChange={setTo}
          choices={[
            {
              value: 'personal',
              label: joiner.person,
              detail: joiner.personalAddress ?? 'No personal address is known.',
              disabled: joiner.personalAddress === null,
            },
            {
              value: 'manager',
              label: joiner.manager ?? 'Their manager',
              detail: joiner.manager === null ? 'Nobody is named as manager.' : 'To hand the link over.',
              disabled: joiner.manager === null,
            },
          ]}
        />
        <p>A new link is mailed, and the ones before end. No password is in it, and it opens only their own page.</p>
        {send.error !== null && <Problem {...problemProps(send.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={send.isPending}>
            Keep as it is
          </Button>
          <Button
            variant="filled"
            loading={send.isPending}
            disabled={joiner.personalAddress === null && joiner.manager === null}
            onClick={() => send.mutate({ params: { runId: joiner.id }, body: { to } })}
          >
            Send the link
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
