import { Ask } from '../design/ask.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';

/** After a restore: what became due meanwhile, and the one confirmation with which everything goes on. */
export default function RestoredPage() {
  const { data, error } = useCall('getPause');
  const may = useMay('paused:continue');
  const goOn = useAct('continueAfterPause');
  const pause = data?.pause ?? null;
  const due = data?.due.filter(({ total }) => total > 0) ?? [];
  const total = due.reduce((sum, each) => sum + each.total, 0);
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title={data === undefined ? 'After a restore' : pause === null ? 'Groundcrew is at work' : 'Groundcrew is paused'}
        lede={pause === null ? (data === undefined ? undefined : 'Nothing waits for a confirmation.') : pause.reason}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {goOn.error !== null && <Problem {...problemProps(goOn.error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      {pause !== null && may && (
        <Ask
          when={
            <>
              since <ZonedTime instant={pause.since} />
            </>
          }
          title={
            total === 0
              ? 'Nothing became due meanwhile. Go on?'
              : total === 1
                ? 'One thing became due meanwhile. Go on?'
                : `${total} things became due meanwhile. Go on?`
          }
          acts={[{ label: 'Go on now', onClick: () => goOn.mutate({}), busy: goOn.isPending }]}
        >
          <p>What is listed below happens at once when you go on. Until then nothing is closed, opened or sent.</p>
        </Ask>
      )}
      {due.map(({ kind, words, rows, total: count }) => (
        <Section key={kind} title={words} note={count > rows.length ? `The first ${rows.length} of ${count}.` : undefined}>
          <RowList
            rows={rows.map((row) => ({
              key: row.id,
              title: row.title,
              detail: row.person ?? undefined,
              due: <ZonedTime instant={row.dueAt} />,
            }))}
          />
        </Section>
      ))}
    </PageBody>
  );
}
