import { EmptyPage } from '../design/empty-page.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import { momentWords, runsWords, versionWords } from './words.ts';

/** The playbooks in force. */
export default function PlaybooksPage() {
  const { data, error } = useCall('listPlaybooks');
  return (
    <PageBody>
      <PageHeader
        title="Playbooks"
        lede="What happens in what order when somebody leaves or joins: who is asked, when, and what waits for what. A run keeps the version it began with; a change holds for the next one."
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && data.rows.length === 0 && (
        <EmptyPage title="There is no playbook yet" act={{ label: 'Open the leaving board', to: '/leaving' }}>
          <p>The first exit or hire brings the one that Groundcrew comes with.</p>
        </EmptyPage>
      )}
      {data !== undefined && data.rows.length > 0 && (
        <div style={{ marginTop: 24 }}>
          <RowList
            rows={data.rows.map((playbook) => ({
              key: playbook.id,
              title: playbook.name,
              to: `/playbooks/${playbook.id}`,
              detail: (
                <>
                  {momentWords[playbook.moment]}. {playbook.steps} steps. {versionWords(playbook)},{' '}
                  <ZonedTime instant={playbook.changedAt} />.
                </>
              ),
              right: <span className="gc-small gc-dimmed">{runsWords(playbook.openRuns)}</span>,
            }))}
          />
        </div>
      )}
    </PageBody>
  );
}
