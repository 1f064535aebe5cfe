import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './people.module.css';
import { counted } from './words.ts';

type Answer = OutputOf<'listPeopleSources'>;

/** The systems that tell who works here: which of them is believed first, and field by field. */
export default function SourcesPage() {
  const { data, error } = useCall('listPeopleSources');
  const differences = useCall('listPeopleDifferences', { query: { limit: 1 } });
  const total = differences.data?.total ?? 0;
  const failed = error ?? differences.error;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'People', to: '/people' }]}
        title="Who tells of people"
        lede={
          data === undefined || data.sources.length === 0 ? undefined : (
            <>
              Where two differ, the one with the stronger rank is believed.{' '}
              {total === 0 ? (
                'Nothing waits for your decision.'
              ) : (
                <>
                  <Num value={total} to="/people/differences" of="differences" /> {total === 1 ? 'difference waits' : 'differences wait'}{' '}
                  for your decision.
                </>
              )}
            </>
          )
        }
      />
      {failed !== null && <Problem {...problemProps(failed)} />}
      {data === undefined && failed === null && <Skeleton as="rows" />}
      {data !== undefined && data.sources.length === 0 && (
        <EmptyPage
          title="No system has told of people yet"
          act={{ label: 'Connect an HR system', to: '/connections/new' }}
          other={{ label: 'Let a directory push', to: '/directory' }}
        >
          <p>
            BambooHR, Personio, HiBob, Gusto and directories can say by themselves who works here. Once two of them do, this page says which
            one is believed, field by field.
          </p>
        </EmptyPage>
      )}
      {data !== undefined && data.sources.length > 0 && (
        <>
          <Sources sources={data.sources} />
          {data.sources.length > 1 && <Fields {...data} />}
        </>
      )}
    </PageBody>
  );
}

const kindWords = { connection: 'Is read', directory: 'Pushes people', folder: 'Is watched' } as const;
const addressOf = ({ kind, refId }: Answer['sources'][number]) =>
  kind === 'folder' ? undefined : kind === 'directory' ? `/directory/${refId}` : `/connections/${refId}`;

const ranks = [1, 2, 3, 4, 5].map((rank) => ({
  value: String(rank),
  label: rank === 1 ? '1, believed first' : rank === 5 ? '5, believed last' : String(rank),
}));

function Sources({ sources }: { sources: Answer['sources'] }) {
  const rank = useAct('rankPeopleSource');
  const forget = useAct('forgetPeopleSource');
  const failed = rank.error ?? forget.error;
  return (
    <Section
      title="Sources"
      note="With the same rank the newest change counts, and a leaving date on which they differ is asked about. A rank counts from the next reading on."
    >
      {failed !== null && <Problem {...problemProps(failed)} />}
      <RowList
        rows={sources.map((source) => ({
          key: source.id,
          title: source.name,
          to: addressOf(source),
          detail: (
            <>
              {kindWords[source.kind]} · tells of {counted(source.people, 'person', 'people')} · last <ZonedTime instant={source.toldAt} />
              {source.note === null ? '' : `. ${source.note}`}
            </>
          ),
          right: (
            <div className={classes.choices}>
              <NativeSelect
                aria-label={`Rank of ${source.name}`}
                data={ranks}
                value={String(source.rank)}
                disabled={rank.isPending}
                onChange={(event) => rank.mutate({ params: { sourceId: source.id }, body: { rank: Number(event.currentTarget.value) } })}
              />
              <ActButton
                size="xs"
                act={{
                  label: 'Forget',
                  ariaLabel: `Forget what ${source.name} told`,
                  busy: forget.isPending && forget.variables?.params.sourceId === source.id,
                  onClick: () => forget.mutate({ params: { sourceId: source.id } }),
                }}
              />
            </div>
          ),
        }))}
      />
      <p className="gc-small" style={{ marginTop: 12 }}>
        Forget one that tells no more, so that what it said last stands in nobody’s way. Nobody in the people list is changed by it.
      </p>
    </Section>
  );
}

function Fields({ sources, fields }: Answer) {
  const [all, setAll] = useState(false);
  const set = useAct('setPeopleFieldAuthority');
  const usual = ['title', 'department', 'manager', 'workAddress', 'lastWorkingDay'];
  const shown = all ? fields : fields.filter(({ field, sourceId }) => usual.includes(field) || sourceId !== null);
  return (
    <Section
      title="Field by field"
      note="One source can decide a field alone, whatever the ranks. Another writes it only where that one is silent."
    >
      {set.error !== null && <Problem {...problemProps(set.error)} />}
      <RowList
        rows={shown.map(({ field, label, sourceId }) => ({
          key: field,
          title: label,
          right: (
            <NativeSelect
              aria-label={`Who decides: ${label.toLowerCase()}`}
              data={[{ value: '', label: 'By the ranks' }, ...sources.map(({ id, name }) => ({ value: id, label: name }))]}
              value={sourceId ?? ''}
              disabled={set.isPending}
              onChange={(event) => set.mutate({ body: { field, sourceId: event.currentTarget.value || null } })}
            />
          ),
        }))}
      />
      {!all && <ActButton act={{ label: 'Show all fields', onClick: () => setAll(true) }} size="xs" />}
    </Section>
  );
}
