import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Skeleton } from '../design/skeleton.tsx';
import { fieldProblems } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { chooseOrganization } from '../shell/chosen-organization.ts';
import classes from './identity.module.css';
import { Outside } from './outside.tsx';
import { canUsePasskeys } from './passkey.ts';
import { ProblemOf } from './problem-of.tsx';
import { SecondFactor } from './second-factor.tsx';
import { browserZone, timeZones } from './time-zones.ts';
import { ChooseWayIn, type WayIn } from './way-in.tsx';

const fields = ['organization', 'timeZone', 'name', 'address', 'password'];
const toToday = () => location.assign('/');

/** The first start: the link that the server printed makes the organization and its first owner. */
export default function SetupPage() {
  const [secret] = useState(() => location.hash.slice(1));
  const [made, setMade] = useState<{ way: WayIn; password: string | null } | null>(null);
  const standing = useQuery({ queryKey: ['sign-in', 'setup'], queryFn: () => call('getSignIn'), staleTime: Number.POSITIVE_INFINITY });
  const usable = useQuery({
    queryKey: ['setup-link'],
    queryFn: () => call('checkSetupSecret', { body: { secret } }).then(() => true),
    enabled: secret !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (made !== null) return <SecondFactor way={made.way} password={made.password} onDone={toToday} />;
  if (standing.data?.state === 'enrol') return <SecondFactor way={canUsePasskeys() ? 'passkey' : 'app'} password={null} onDone={toToday} />;
  if (secret === '') {
    return (
      <Outside
        title="Open the link that Groundcrew printed"
        lede="When Groundcrew starts for the first time it prints a link that begins with this address and ends in a secret. Open that one."
      />
    );
  }
  if (usable.error !== null) {
    return (
      <Outside title="This link cannot be used">
        <div className={classes.form}>
          <ProblemOf error={usable.error} />
        </div>
      </Outside>
    );
  }
  if (usable.data === undefined || standing.isPending) return <Skeleton />;
  return <SetupForm secret={secret} onMade={setMade} />;
}

function SetupForm({ secret, onMade }: { secret: string; onMade: (made: { way: WayIn; password: string | null }) => void }) {
  const [organization, setOrganization] = useState('');
  const [timeZone, setTimeZone] = useState<string | null>(browserZone);
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [password, setPassword] = useState('');
  const [way, setWay] = useState<WayIn>(canUsePasskeys() ? 'passkey' : 'app');
  const make = useMutation({
    mutationFn: () =>
      call('setUp', { body: { secret, organization, timeZone: timeZone ?? '', name, address, password: way === 'app' ? password : null } }),
    onSuccess: ({ organizationId }) => {
      chooseOrganization(organizationId);
      history.replaceState(history.state, '', '/setup');
      onMade({ way, password: way === 'app' ? password : null });
    },
  });
  const problems = fieldProblems(make.error);
  return (
    <Outside title="Set up Groundcrew" lede="Two minutes: your company, and you as its first owner. Everything can be changed later.">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          label="Company"
          autoComplete="organization"
          required
          maxLength={200}
          value={organization}
          error={problems.organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
        />
        <Select
          label="Time zone"
          description="For everybody whose own zone is not known."
          data={timeZones}
          searchable
          required
          value={timeZone}
          error={problems.timeZone}
          nothingFoundMessage="No zone has this name. Try a large city nearby."
          onChange={setTimeZone}
        />
        <TextInput
          label="Your name"
          autoComplete="name"
          required
          maxLength={200}
          value={name}
          error={problems.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Your work address"
          type="email"
          autoComplete="username"
          required
          value={address}
          error={problems.address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <ChooseWayIn way={way} onWay={setWay} password={password} onPassword={setPassword} problem={problems.password} />
        <ProblemOf error={make.error} fields={fields} />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" loading={make.isPending}>
            Set up and go on
          </Button>
        </div>
      </form>
    </Outside>
  );
}
