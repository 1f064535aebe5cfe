import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { useSession } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './identity.module.css';
import { canUsePasskeys, makePasskey } from './passkey.ts';
import { ProblemOf } from './problem-of.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

const width = { maxWidth: 480 };

/** How I sign in: passkeys, password, recovery codes. */
export default function MySignInPage() {
  const session = useSession().data;
  const byCompany = session?.byCompany === true;
  const { data, error } = useCall('listSecondFactors', undefined, { enabled: session !== undefined && !byCompany });
  const name = session?.name;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title="How I sign in"
        lede={name === undefined ? undefined : `You are ${name}.`}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {byCompany && (
        <p style={{ maxWidth: '68ch', marginTop: 16 }}>
          You are signed in through your company. How you sign in is looked after there. Should you have a passkey or password of your own
          here, it is changed once you have signed in with it.
        </p>
      )}
      {data === undefined && error === null && !byCompany && <Skeleton as="rows" />}
      {data !== undefined && <Passkeys passkeys={data.passkeys} />}
      {data?.password === true && <ChangePassword />}
      {data?.app === true && <NewRecoveryCodes />}
    </PageBody>
  );
}

function Passkeys({ passkeys }: { passkeys: { id: string; name: string; createdAt: string | null }[] }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () => makePasskey(name),
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: ['listSecondFactors'] });
    },
  });
  const remove = useAct('deletePasskey', { changes: ['listSecondFactors'] });
  return (
    <Section title="Passkeys" note="One on each device that you use. With two, losing one is no trouble.">
      <RowList
        rows={passkeys.map((passkey) => ({
          key: passkey.id,
          title: passkey.name,
          detail:
            passkey.createdAt === null ? undefined : (
              <>
                made <ZonedTime instant={passkey.createdAt} />
              </>
            ),
          act: {
            label: 'Remove',
            ariaLabel: `Remove ${passkey.name}`,
            onClick: () => remove.mutate({ params: { passkeyId: passkey.id } }),
          },
        }))}
      />
      {remove.error !== null && <Problem {...problemProps(remove.error)} />}
      {canUsePasskeys() ? (
        <form
          className={classes.part}
          style={width}
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate();
          }}
        >
          <TextInput
            label="Name of the device"
            placeholder="Laptop"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ProblemOf error={add.error} />
          <div className={classes.acts}>
            <Button type="submit" loading={add.isPending}>
              Add a passkey on this device
            </Button>
          </div>
        </form>
      ) : (
        <p className="gc-dimmed">This browser offers none at this address. Passkeys need HTTPS or localhost.</p>
      )}
    </Section>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useAct('changePassword', {
    changes: [],
    onDone: () => {
      setCurrent('');
      setNext('');
      toast('Your password was changed. You were signed out everywhere else.');
    },
  });
  const problems = fieldProblems(change.error);
  return (
    <Section title="Password">
      <form
        className={classes.part}
        style={width}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ body: { current, next } });
        }}
      >
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters."
          autoComplete="new-password"
          required
          value={next}
          error={problems.password}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <ProblemOf error={change.error} fields={['password']} />
        <div className={classes.acts}>
          <Button type="submit" loading={change.isPending}>
            Change the password
          </Button>
        </div>
      </form>
    </Section>
  );
}

function NewRecoveryCodes() {
  const [password, setPassword] = useState('');
  const make = useMutation({ mutationFn: () => call('makeRecoveryCodes', { body: { password } }), onSuccess: () => setPassword('') });
  return (
    <Section title="Recovery codes" note="Ten codes that each sign you in once without your phone. New ones end the old ones.">
      {make.data === undefined ? (
        <form
          className={classes.part}
          style={width}
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            required
            value={password}
            error={fieldProblems(make.error).password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemOf error={make.error} fields={['password']} />
          <div className={classes.acts}>
            <Button type="submit" loading={make.isPending}>
              Make new recovery codes
            </Button>
          </div>
        </form>
      ) : (
        <div style={width}>
          <RecoveryCodes codes={make.data.recoveryCodes} onKept={() => make.reset()} />
        </div>
      )}
    </Section>
  );
}
