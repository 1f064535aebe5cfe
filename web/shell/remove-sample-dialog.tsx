import { DryRun } from '../design/dry-run.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from './api-problem.ts';
import type { OutputOf } from './call.ts';
import { chooseOrganization } from './chosen-organization.ts';
import { useSession } from './session.ts';
import { useAct, useCall } from './use-call.ts';

type RemoveSampleDialogProps = { sample: NonNullable<OutputOf<'getSample'>['sample']>; onClose: () => void };

/** Says what goes with the sample company, then removes it. Whoever works in it lands in their own organization. */
export function RemoveSampleDialog({ sample, onClose }: RemoveSampleDialogProps) {
  const session = useSession().data;
  const inside = session?.organization?.id === sample.organizationId;
  const own = session?.organizations.find((organization) => !organization.sample);
  const counts = useCall('getToday', {}, { enabled: inside }).data?.counts;
  const remove = useAct('deleteSample', {
    onDone: () => {
      if (!inside) {
        // Where the last choice was the sample, a new tab would look for it.
        if (session?.organization) chooseOrganization(session.organization.id);
        onClose();
        toast('The sample company was removed.');
        return;
      }
      if (own !== undefined) chooseOrganization(own.id);
      location.assign('/');
    },
  });
  const ofIt =
    counts === undefined
      ? []
      : [
          { key: 'people', value: counts.people, text: 'made-up people go' },
          { key: 'apps', value: counts.apps, text: 'made-up apps go, with their accounts' },
        ];
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`Remove ${sample.name}?`}
      lines={
        inside && counts === undefined
          ? null
          : [
              ...ofIt,
              { key: 'organization', value: 1, text: 'organization goes whole: its people, apps, runs, proofs, tasks, messages and audit' },
              { key: 'own', value: 0, text: 'people and apps of your own organization are touched' },
              { key: 'real', value: 0, text: 'accounts anywhere change: nothing in it was ever real' },
            ]
      }
      undo={`What you tried in it is gone for good. A new sample can be made at any time.${inside && own !== undefined ? ` You go on in ${own.name}.` : ''}`}
      actLabel="Remove the sample company"
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemProps(remove.error)}
      onAct={() => remove.mutate({})}
    />
  );
}
