import { Button } from '@mantine/core';
import { useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useSession } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { bodyOf, type CompanySettings, draftOf } from './company/draft.ts';
import { PeoplePart } from './company/people-part.tsx';
import { ProviderPart } from './company/provider-part.tsx';
import { RolesPart } from './company/roles-part.tsx';
import { SwitchPart } from './company/switch-part.tsx';
import classes from './settings.module.css';

/** How the company signs in through its own provider: set up, tried, switched on. */
export default function CompanySignInPage() {
  const { data, error } = useCall('getCompanySignIn');
  const address = useSession().data?.address;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title={data === undefined ? 'Company sign-in' : titles[data.state]}
        lede={data && ledes[data.state]}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      {data !== undefined && address !== undefined && <Settings stored={data} domain={address.split('@')[1] ?? ''} />}
    </PageBody>
  );
}

const titles = {
  off: 'People sign in with a passkey or password',
  on: 'People may sign in through your company',
  enforced: 'People sign in through your company alone',
};
const ledes = {
  off: 'Let them come in through Google, Entra, Okta or another provider that your company has already. Whoever is on your people list then needs no invitation.',
  on: 'Passkeys and passwords work, too.',
  enforced: 'Only the owners named for emergencies get in by their own passkey or password.',
};

function Settings({ stored, domain }: { stored: CompanySettings; domain: string }) {
  const [draft, setDraft] = useState(() => draftOf(stored, domain));
  const [dirty, setDirty] = useState(stored.settings === null);
  const onChange = (change: Partial<typeof draft>) => {
    setDraft({ ...draft, ...change });
    setDirty(true);
  };
  const save = useAct('saveCompanySignIn', {
    onDone: () => {
      setDraft({ ...draft, clientSecret: '' });
      setDirty(false);
      toast('The company sign-in was saved.');
    },
  });
  const problems = fieldProblems(save.error);
  const part = { draft, onChange, problems };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: bodyOf(draft) });
        }}
      >
        <ProviderPart {...part} stored={stored} />
        <PeoplePart {...part} />
        <RolesPart {...part} />
        <div className={classes.form}>
          {save.error !== null && <Problem {...problemProps(save.error)} />}
          <div className={classes.acts}>
            <Button type="submit" variant="filled" disabled={!dirty} loading={save.isPending}>
              Save
            </Button>
          </div>
        </div>
      </form>
      {stored.settings !== null && <SwitchPart key={`${stored.state} ${stored.isTried}`} stored={stored} unsaved={dirty} />}
      {stored.settings !== null && stored.state === 'off' && <Remove />}
    </>
  );
}

function Remove() {
  const remove = useAct('removeCompanySignIn', {
    onDone: () => {
      toast('The company sign-in was removed.');
      location.reload();
    },
  });
  return (
    <Section
      title="Remove it"
      note="The settings and the secret go. Members stay; those who came in by it alone need an invitation to come in again."
    >
      {remove.error !== null && <Problem {...problemProps(remove.error)} />}
      <div className={classes.acts} style={{ marginTop: 12 }}>
        <Button loading={remove.isPending} onClick={() => remove.mutate({})}>
          Remove the company sign-in
        </Button>
      </div>
    </Section>
  );
}
