import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { fieldProblems } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { chooseOrganization } from '../shell/chosen-organization.ts';
import { endSession, signInAddress } from '../shell/session.ts';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { canUsePasskeys } from './passkey.ts';
import { ProblemOf } from './problem-of.tsx';
import { SecondFactor } from './second-factor.tsx';
import { ChooseWayIn, type WayIn } from './way-in.tsx';

type Invitation = OutputOf<'checkInvitation'>;
const toToday = () => location.assign('/');
/** Whether what stands in the link cannot be a secret of ours. */
const cutShort = (error: unknown): boolean => fieldProblems(error).secret !== undefined;

/** An invitation's link: says what it is for; only its button accepts. */
export default function InvitationPage() {
  const [secret] = useState(() => location.hash.slice(1));
  const [enrolling, setEnrolling] = useState<{ way: WayIn; password: string | null } | null>(null);
  const invitation = useQuery({
    queryKey: ['invitation'],
    queryFn: () => call('checkInvitation', { body: { secret } }),
    enabled: secret !== '' && enrolling === null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const standing = useQuery({ queryKey: ['sign-in', 'invitation'], queryFn: () => call('getSignIn'), enabled: secret === '' });
  if (enrolling !== null) return <SecondFactor {...enrolling} onDone={toToday} />;
  if (secret === '' && standing.data?.state === 'enrol') {
    return <SecondFactor way={canUsePasskeys() ? 'passkey' : 'app'} password={null} onDone={toToday} />;
  }
  if (secret === '') return <Outside title="Open the link from your mail" lede="It ends in a secret that is missing here." />;
  if (invitation.error !== null) {
    return (
      <Outside title="This link cannot be used">
        <div className={classes.form}>
          {cutShort(invitation.error) ? (
            <Problem
              what="This link is none of ours, or was cut short on its way. Nothing was changed."
              todo="Open it from the mail again, or ask whoever invited you for a new one."
            />
          ) : (
            <ProblemOf error={invitation.error} />
          )}
        </div>
      </Outside>
    );
  }
  if (invitation.data === undefined) return <Skeleton />;
  return <Accept secret={secret} invitation={invitation.data} onEnrol={setEnrolling} />;
}

type AcceptProps = { secret: string; invitation: Invitation; onEnrol: (next: { way: WayIn; password: string | null }) => void };

function Accept({ secret, invitation, onEnrol }: AcceptProps) {
  const { organization, purpose, signedInAs, hasSignIn } = invitation;
  const joining = purpose === 'join';
  const title = joining ? `Join ${organization}` : 'Set up your sign-in anew';
  if (!joining && signedInAs !== null) {
    return (
      <Outside title={title} lede={`You are signed in as ${signedInAs.name}. Sign out first, then open the link again. It was not used.`}>
        <SignOut />
      </Outside>
    );
  }
  if (joining && signedInAs !== null)
    return <AcceptAsMyself secret={secret} title={title} name={signedInAs.name} address={signedInAs.address} />;
  if (hasSignIn) {
    return (
      <Outside title={title} lede={`There is a sign-in for ${invitation.address} already. Sign in with it, then you come back here.`}>
        <div className={classes.form}>
          <div className={classes.acts}>
            <ActButton act={{ label: 'Sign in', to: signInAddress(`/invitation#${secret}`) }} filled />
          </div>
        </div>
      </Outside>
    );
  }
  return <AcceptAnew secret={secret} title={title} invitation={invitation} onEnrol={onEnrol} />;
}

function SignOut() {
  return (
    <div className={classes.form}>
      <div className={classes.acts}>
        <Button variant="filled" onClick={() => endSession().then(() => location.reload())}>
          Sign out
        </Button>
      </div>
    </div>
  );
}

function AcceptAsMyself({ secret, title, name, address }: { secret: string; title: string; name: string; address: string }) {
  const accept = useMutation({
    mutationFn: () => call('acceptInvitation', { body: { secret, as: 'signed-in' } }),
    onSuccess: ({ organizationId }) => {
      chooseOrganization(organizationId);
      toToday();
    },
  });
  return (
    <Outside title={title} lede={`You are signed in as ${name} (${address}). You switch between your organizations below your name.`}>
      <div className={classes.form}>
        <ProblemOf error={accept.error} />
        <div className={classes.acts}>
          <Button variant="filled" loading={accept.isPending} onClick={() => accept.mutate()}>
            Accept as {name}
          </Button>
          <Button onClick={() => endSession().then(() => location.reload())}>This is not me</Button>
        </div>
      </div>
    </Outside>
  );
}

function AcceptAnew({ secret, title, invitation, onEnrol }: AcceptProps & { title: string }) {
  const [way, setWay] = useState<WayIn>(canUsePasskeys() ? 'passkey' : 'app');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => call('acceptInvitation', { body: { secret, as: 'new', password: way === 'app' ? password : null } }),
    onSuccess: ({ organizationId }) => {
      chooseOrganization(organizationId);
      history.replaceState(history.state, '', '/invitation');
      onEnrol({ way, password: way === 'app' ? password : null });
    },
  });
  const joining = invitation.purpose === 'join';
  return (
    <Outside
      title={title}
      lede={
        joining
          ? `${invitation.name}, you sign in as ${invitation.address}. Nothing happens until you press the button.`
          : `Your old password, passkeys and codes for ${invitation.address} end when you press the button.`
      }
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate();
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={invitation.address} readOnly />
        <ChooseWayIn way={way} onWay={setWay} password={password} onPassword={setPassword} problem={fieldProblems(accept.error).password} />
        <ProblemOf error={accept.error} fields={['password']} />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={accept.isPending}>
            {joining ? 'Accept the invitation' : 'Replace my sign-in'}
          </Button>
        </div>
      </form>
    </Outside>
  );
}
