import { Button } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { chooseOrganization } from '../shell/chosen-organization.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './today.module.css';

/** A company to look around in before there are files: made on request, in an organization of its own. */
export function SampleCompany() {
  const [asked, setAsked] = useState(false);
  const found = useCall('getSample', {}, { everySeconds: asked ? 2 : undefined });
  const make = useAct('addSample', { changes: ['getSample'] });
  const sample = found.data?.sample ?? null;
  const making = sample?.status === 'making';
  if (asked !== making && found.data !== undefined && !make.isPending) setAsked(making);
  const open = (organizationId: string) => {
    chooseOrganization(organizationId);
    location.assign('/');
  };
  const error = make.error ?? found.error;
  return (
    <section className={classes.sample} aria-labelledby="first-sample">
      <h2 id="first-sample">Or look around first</h2>
      <p>
        A company of about 180 people and 25 apps, in an organization of its own that is marked as a sample. One click removes it again.
      </p>
      <div className={classes.sampleState}>
        {making && (
          <Progress
            verb="Made"
            done={sample.done}
            total={sample.total}
            noun="parts"
            note={`${sample.words}. It goes on without this page.`}
          />
        )}
        {sample?.status === 'failed' && (
          <Problem what={sample.problem ?? 'The sample company could not be made.'} unchanged="Your own organization is untouched." />
        )}
        {sample?.status === 'ready' && <Button onClick={() => open(sample.organizationId)}>Open the sample company</Button>}
        {!making && sample?.status !== 'ready' && (
          <Button loading={make.isPending} disabled={found.data === undefined} onClick={() => make.mutate({})}>
            Make the sample company
          </Button>
        )}
      </div>
      {error !== null && <Problem {...problemProps(error)} />}
    </section>
  );
}
