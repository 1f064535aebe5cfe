import { ActButton } from '../design/act.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import type { StatusKind } from '../design/status-kind.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useCallPages } from '../shell/use-call.ts';

type Line = OutputOf<'listAppSyncs'>['rows'][number];

const standing: Record<Line['status'], { kind: StatusKind; word: string }> = {
  preview: { kind: 'waiting', word: 'Waits for your word' },
  queued: { kind: 'planned', word: 'Begins' },
  running: { kind: 'planned', word: 'Being read' },
  held: { kind: 'waiting', word: 'Held' },
  done: { kind: 'good-read', word: 'Read' },
  failed: { kind: 'wrong', word: 'Failed' },
  discarded: { kind: 'decided', word: 'Discarded' },
};

function words({ status, counts, problem, heldReasons, notes }: Line): string {
  const of = (name: string) => (typeof counts[name] === 'number' ? (counts[name] as number).toLocaleString('en') : '0');
  if (status === 'failed' || status === 'discarded') return problem ?? '';
  if (status === 'held') return `Nobody was touched. ${heldReasons.join(' ')}`;
  const people = typeof counts.people === 'number' ? notes.at(-1) : undefined;
  if (status === 'done' && people !== undefined && counts.rows === undefined) return people;
  if (status === 'done')
    return `Read ${of('rows')} accounts: ${of('added')} new, ${of('changed')} changed, ${of('unchanged')} as before, ${of('gone')} gone, ${of('refused')} refused.${people === undefined ? '' : ` ${people}`}`;
  return `${of('read')} accounts so far.`;
}

/** When an app was read, with what each reading did. */
export function SyncHistory({ appId }: { appId: string }) {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useCallPages(
    'listAppSyncs',
    { params: { appId }, query: { limit: 10 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  if (error === null && rows.length === 0) return null;
  return (
    <Section title="When it was read">
      {error !== null && <Problem {...problemProps(error)} />}
      <RowList
        rows={rows.map((row) => ({
          key: row.id,
          title: (
            <>
              {row.kind === 'list' && `“${row.fileName}”, `}
              <ZonedTime instant={row.finishedAt ?? row.startedAt ?? row.createdAt} />
            </>
          ),
          to: `/apps/${appId}/readings/${row.id}`,
          detail: words(row),
          right: <StatusChip kind={standing[row.status].kind}>{standing[row.status].word}</StatusChip>,
        }))}
      />
      {hasNextPage && (
        <ActButton act={{ label: 'Show older ones', onClick: () => void fetchNextPage(), busy: isFetchingNextPage }} size="xs" />
      )}
    </Section>
  );
}
