import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { SampleState } from '../shell/sample-state.tsx';
import { useMay, useSession } from '../shell/session.ts';

/** The sample company: made, opened and removed here, by an owner. */
export default function SamplePage() {
  const inside = useSession().data?.organization?.sample === true;
  const may = useMay('organization:manage');
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title={inside ? 'You are in the sample company' : 'Sample company'}
        lede={
          inside
            ? 'Nothing in it is real, and nothing that you do here reaches anybody. Remove it once you have seen enough.'
            : 'A company of about 180 people and 25 apps to look around in, in an organization of its own that is marked as a sample. Your own organization is not touched by it.'
        }
      />
      {may ? <SampleState /> : <p className="gc-dimmed">An owner makes and removes it.</p>}
    </PageBody>
  );
}
