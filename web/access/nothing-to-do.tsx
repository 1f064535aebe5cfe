import { EmptyPage } from '../design/empty-page.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';

/** The plan where nothing differs: which apps that rests on, and when each was read. */
export function NothingToDo({ narrowed }: { narrowed: boolean }) {
  const seesApps = useMay('apps:read');
  const rules = useCall('listAccessRules');
  const apps = useCall('listApps', { query: { limit: 200 } }, { enabled: seesApps });
  if (rules.data === undefined) return null;
  if (rules.data.rows.length === 0)
    return (
      <EmptyPage
        title="No rule says anything yet."
        act={{ label: 'See the access rules', to: '/access-rules' }}
        other={{ label: 'Propose rules', to: '/access-rules/proposals' }}
      >
        <p>Once rules say who gets what, this page shows who lacks it and who has more than they should, before anything is changed.</p>
      </EmptyPage>
    );
  const named = new Set(rules.data.rows.flatMap(({ grants }) => grants.map(({ appId }) => appId)));
  const read = (apps.data?.rows ?? []).filter(({ id }) => named.has(id));
  return (
    <>
      {narrowed && (
        <EmptyPage title="Nothing differs in what you chose." other={{ label: 'See the whole plan', to: '/access-rules/plan' }} />
      )}
      {read.length > 0 && (
        <Section title="What was read, and when" note="The apps that rules name. What an app has not told is not on the plan.">
          <RowList
            rows={read.map(({ id, name, reading }) => ({
              key: id,
              title: name,
              to: `/apps/${id}`,
              right: reading === null ? <StatusChip kind="unknown">Never read</StatusChip> : <ZonedTime instant={reading.asOf} />,
            }))}
          />
        </Section>
      )}
    </>
  );
}
