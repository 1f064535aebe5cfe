import { Button } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { problemProps } from './api-problem.ts';
import { chooseOrganization } from './chosen-organization.ts';
import { RemoveSampleDialog } from './remove-sample-dialog.tsx';
import classes from './sample-state.module.css';
import { useSession } from './session.ts';
import { useAct, useCall } from './use-call.ts';

/** How the sample company stands, and what can be done with it: make it, open it, remove it. */
export function SampleState() {
  const [asked, setAsked] = useState(false);
  const [removing, setRemoving] = useState(false);
  const here = useSession().data?.organization;
  const found = useCall('getSample', {}, { everySeconds: asked ? 2 : undefined });
  const make = useAct('addSample', { changes: ['getSample', 'getSession'] });
  const sample = found.data?.sample ?? null;
  const making = sample?.status === 'making';
  if (asked !== making && found.data !== undefined && !make.isPending) setAsked(making);
  const open = (organizationId: string) => {
    chooseOrganization(organizationId);
    location.assign('/');
  };
  const error = make.error ?? found.error;
  return (
    <div className={classes.state}>
      {making && sample.total <= 1 && <p role="status">It is being made. It goes on without this page.</p>}
      {making && sample.total > 1 && (
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
      {found.data !== undefined && (
        <div className={classes.acts}>
          {sample === null && (
            <Button loading={make.isPending} onClick={() => make.mutate({})}>
              Make the sample company
            </Button>
          )}
          {sample?.status === 'ready' && sample.organizationId !== here?.id && (
            <Button onClick={() => open(sample.organizationId)}>Open the sample company</Button>
          )}
          {sample !== null && <Button onClick={() => setRemoving(true)}>Remove the sample company…</Button>}
        </div>
      )}
      {error !== null && <Problem {...problemProps(error)} />}
      {removing && sample !== null && <RemoveSampleDialog sample={sample} onClose={() => setRemoving(false)} />}
    </div>
  );
}
