import { Section } from '../design/section.tsx';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { DifferenceRows } from './difference-rows.tsx';

/** What sources tell of this person otherwise than the people list has; nothing where they agree. */
export function PersonDifferences({ personId }: { personId: string }) {
  const may = useMay('people:manage');
  const { data } = useCall('listPeopleDifferences', { query: { person: personId, limit: 30 } }, { enabled: may });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <Section title="The sources differ" note="What stands here stays until you choose.">
      <DifferenceRows rows={data.rows} named={false} />
    </Section>
  );
}
