import { Button, CopyButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { toast } from '../design/toast.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './connections.module.css';

type Hook = OutputOf<'getHook'>;

/** Lets the vendor say when something changed, so that the app is read then; nothing where it cannot. */
export function HookPart({ connectionId, vendor }: { connectionId: string; vendor: string }) {
  const params = { connectionId };
  const { data: hook } = useCall('getHook', { params });
  const mayManage = useMay('connections:manage');
  const [typed, setTyped] = useState('');
  const [made, setMade] = useState<OutputOf<'openHook'> | null>(null);
  const open = useAct('openHook', { onDone: setMade });
  const close = useAct('closeHook', {
    onDone: () => {
      setMade(null);
      toast(`${vendor} is not listened to any more. The app is read by its rhythm.`);
    },
  });
  if (!hook?.offered) return null;
  const isOn = hook.address !== null;
  const failed = open.error ?? close.error;
  return (
    <Section
      title="Hear of changes at once"
      note={`${vendor} can say when somebody was added, changed or removed; the app is then read within minutes, and not only by its rhythm. What ${vendor} says is never taken for a fact. The installation must be reachable from outside for it.`}
    >
      <Standing hook={hook} vendor={vendor} />
      {failed !== null && <Problem {...problemProps(failed)} />}
      {made !== null && <Copy label="Address" text={made.address} />}
      {made?.secret != null && <Copy label="Secret, shown this once" text={made.secret} />}
      {made === null && isOn && hook.secret !== 'subscribed' && <Copy label="Address" text={hook.address!} />}
      {hook.secret !== 'subscribed' && (
        <ol className={classes.steps}>
          {hook.steps.map(({ words, link }) => (
            <li key={words}>
              {words}{' '}
              {link !== null && (
                <a href={link} target="_blank" rel="noreferrer">
                  Open {new URL(link).hostname}
                </a>
              )}
            </li>
          ))}
        </ol>
      )}
      {hook.secret === 'subscribed' && hook.steps.map(({ words }) => <p key={words}>{words}</p>)}
      {mayManage && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            open.mutate({ params, body: hook.secret === 'theirs' ? { secret: typed.trim() } : {} });
            setTyped('');
          }}
        >
          {hook.secret === 'theirs' && (
            <TextInput
              label={`Secret that ${vendor} shows`}
              type="password"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
          <div className={classes.acts}>
            <Button type="submit" loading={open.isPending} disabled={hook.secret === 'theirs' && typed.trim().length < 8}>
              {isOn ? 'Make a new address' : `Listen to ${vendor}`}
            </Button>
            {isOn && (
              <Button type="button" loading={close.isPending} onClick={() => close.mutate({ params })}>
                Stop listening
              </Button>
            )}
          </div>
        </form>
      )}
    </Section>
  );
}

function Standing({ hook, vendor }: { hook: Hook; vendor: string }) {
  if (hook.address === null) return null;
  return (
    <p aria-live="polite">
      {hook.lastHeardAt === null ? (
        `${vendor} was not heard yet.`
      ) : (
        <>
          {vendor} was last heard <ZonedTime instant={hook.lastHeardAt} />.
        </>
      )}
      {hook.endsAt !== null && (
        <>
          {' '}
          It calls until <ZonedTime instant={hook.endsAt} />; Groundcrew asks again before.
        </>
      )}
      {hook.problem !== null && ` ${hook.problem}`}
    </p>
  );
}

function Copy({ label, text }: { label: string; text: string }) {
  return (
    <p>
      {label}: <code>{text}</code>{' '}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button type="button" size="xs" onClick={copy} aria-label={`Copy: ${label}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </p>
  );
}
