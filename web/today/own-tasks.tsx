import { Ask } from '../design/ask.tsx';
import { useNow } from '../design/now.ts';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import { needsWords } from './today-words.ts';

/** Today for somebody who does not run operations: what they were asked to do. */
export function OwnTasks({ above, hello }: { above: string; hello: string }) {
  const now = useNow();
  const { data, error } = useCall('listTasks', { query: { scope: 'mine', status: 'open' } }, { everySeconds: 30 });
  if (data === undefined) return error === null ? <Skeleton /> : <Problem {...problemProps(error)} />;
  const byDue = data.rows.toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
  const [first, ...rest] = byDue;
  const late = first?.dueAt != null && Date.parse(first.dueAt) < now;
  return (
    <>
      <PageHeader
        above={above}
        title={`${hello} ${needsWords(data.total)}`}
        lede={data.total === 0 ? 'When somebody asks you to do something, it stands here, and you get a mail.' : undefined}
      />
      {first !== undefined && (
        <Ask
          tag={late ? 'Needs you now' : 'Needs you'}
          when={
            first.dueAt === null ? undefined : (
              <>
                {late ? 'was due' : 'by'} <ZonedTime instant={first.dueAt} today />
              </>
            )
          }
          title={first.title}
          acts={[{ label: 'Open it', to: `/tasks/${first.id}` }]}
        >
          <p>
            {first.subject === null ? '' : `It is about ${first.subject.name}. `}
            {first.fallback}
          </p>
        </Ask>
      )}
      {rest.length > 0 && (
        <Section title="Can wait a little" link={{ label: `All ${data.total}`, to: '/tasks' }}>
          <RowList
            rows={rest.slice(0, 8).map(({ id, title, subject, fallback, dueAt }) => ({
              key: id,
              title,
              to: `/tasks/${id}`,
              detail: [subject === null ? null : `About ${subject.name}.`, fallback].filter(Boolean).join(' '),
              due: dueAt === null ? 'no hurry' : <ZonedTime instant={dueAt} today />,
              act: { label: 'Open', to: `/tasks/${id}`, ariaLabel: `Open: ${title}` },
            }))}
          />
        </Section>
      )}
    </>
  );
}
