import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../../design/choice-cards.tsx';
import { PlaceLink } from '../../design/place-link.tsx';
import { Problem } from '../../design/problem.tsx';
import { Section } from '../../design/section.tsx';
import { StatusChip } from '../../design/status-chip.tsx';
import { toast } from '../../design/toast.tsx';
import { ZonedTime } from '../../design/zoned-time.tsx';
import { problemProps } from '../../shell/api-problem.ts';
import { useAct } from '../../shell/use-call.ts';
import classes from '../settings.module.css';
import own from './company.module.css';
import type { CompanySettings } from './draft.ts';
import { CopyLine } from './guide.tsx';

/** Trying what is stored, and switching it on: beside passkeys and passwords, or instead of them. */
export function SwitchPart({ stored, unsaved }: { stored: CompanySettings; unsaved: boolean }) {
  const [state, setState] = useState(stored.state);
  const [breakGlass, setBreakGlass] = useState(() => stored.breakGlass.filter((id) => stored.owners.some((owner) => owner.id === id)));
  const attempt = useAct('tryCompanySignIn', { changes: [], onDone: ({ address }) => location.assign(address) });
  const change = useAct('switchCompanySignIn', { onDone: () => toast('How your company signs in was changed.') });
  const same =
    state === stored.state && breakGlass.length === stored.breakGlass.length && breakGlass.every((id) => stored.breakGlass.includes(id));
  return (
    <Section title="Try it, then switch it on">
      <div className={classes.form}>
        <p>
          {stored.isTried && stored.triedAt !== null ? (
            <StatusChip kind="good-read">
              Tried by {stored.triedBy} <ZonedTime instant={stored.triedAt} />
            </StatusChip>
          ) : (
            <StatusChip kind="waiting">Not tried yet as it is set up now</StatusChip>
          )}
        </p>
        <p className="gc-small gc-second">You go to the provider, come back, and see what it sent. Nobody is signed in by a try.</p>
        <div className={classes.acts}>
          <Button disabled={unsaved} loading={attempt.isPending || attempt.isSuccess} onClick={() => attempt.mutate({})}>
            Try it
          </Button>
        </div>
        {unsaved && <p className="gc-small gc-dimmed">Save first: what is tried is what is stored.</p>}
        {attempt.error !== null && <Problem {...problemProps(attempt.error)} />}
        <ChoiceCards
          legend="How people sign in"
          value={state}
          onChange={(next) => {
            change.reset();
            setState(next);
          }}
          choices={[
            { value: 'off', label: 'With a passkey or password', detail: 'The company’s sign-in is off.' },
            { value: 'on', label: 'Both ways', detail: 'The company’s sign-in, or a passkey or password.', disabled: !stored.isTried },
            {
              value: 'enforced',
              label: 'Through the company alone',
              detail: 'Passkeys and passwords open nothing here any more, but for the owners named below.',
              disabled: !stored.isTried,
            },
          ]}
        />
        {state === 'enforced' && stored.state !== 'enforced' && <Effect stored={stored} named={breakGlass.length} />}
        {state === 'enforced' && (
          <fieldset className={own.owners}>
            <legend>Owners who get in by their own means when the provider fails</legend>
            {stored.owners.map(({ id, name, hasOwnSignIn }) => (
              <Checkbox
                key={id}
                label={name}
                description={
                  hasOwnSignIn
                    ? 'Each use is on record, and the other owners are told by mail.'
                    : 'Has no passkey and no password with a code yet.'
                }
                disabled={!hasOwnSignIn && !breakGlass.includes(id)}
                checked={breakGlass.includes(id)}
                onChange={(event) =>
                  setBreakGlass(event.currentTarget.checked ? [...breakGlass, id] : breakGlass.filter((each) => each !== id))
                }
              />
            ))}
          </fieldset>
        )}
        {change.error !== null && <Problem {...problemProps(change.error)} />}
        <div className={classes.acts}>
          <Button disabled={same} loading={change.isPending} onClick={() => change.mutate({ body: { state, breakGlass } })}>
            {deeds[state]}
          </Button>
        </div>
        {stored.state !== 'off' && (
          <CopyLine label="A direct link for your people, or for a tile at the provider" value={stored.ours.direct} />
        )}
      </div>
    </Section>
  );
}

const deeds = { off: 'Switch it off', on: 'Switch it on beside the others', enforced: 'Close every other way in' };

/** Whom closing every other way in would touch, before it is done. */
function Effect({ stored: { members }, named }: { stored: CompanySettings; named: number }) {
  const held = Math.max(0, members.own - named);
  const unknown = Math.max(0, members.own - members.linked);
  return (
    <p>
      <PlaceLink to="/settings/members">{members.own === 1 ? 'One person comes' : `${members.own} people come`} in</PlaceLink> by a passkey
      or password of their own today; for {held === 0 ? 'nobody' : held === 1 ? 'one' : held} of them it opens nothing here any more, and
      who is signed in by it is out at once.{' '}
      {unknown === 0
        ? 'All of them came in through the company before.'
        : `${unknown === 1 ? 'One has' : `${unknown} have`} never come in through the company: the provider has to know ${unknown === 1 ? 'them' : 'each'} by the work address.`}{' '}
      API tokens go on working. You can undo it here at any time.
    </p>
  );
}
