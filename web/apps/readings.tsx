import { RowList } from '../design/row-list.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { type SyncLine, syncStatus, syncWords } from './words.ts';

/** Syncs and lists of an app with what each did, the newest first. */
export function Readings({ rows, total }: { rows: SyncLine[]; total: number }) {
  return (
    <>
      <RowList
        rows={rows.map((row) => ({
          key: row.id,
          title: (
            <>
              {row.kind === 'list' ? `“${row.fileName ?? 'a list'}”` : 'Over its connection'} ·{' '}
              <ZonedTime instant={row.finishedAt ?? row.startedAt ?? row.createdAt} />
            </>
          ),
          to: `/apps/${row.appId}/readings/${row.id}`,
          detail: [syncWords(row), row.by === null ? null : `By ${row.by}.`].filter(Boolean).join(' '),
          right: <StatusChip kind={syncStatus(row).kind}>{syncStatus(row).word}</StatusChip>,
        }))}
      />
      {total > rows.length && (
        <p className="gc-small gc-dimmed">
          The newest {rows.length} of {total} are shown.
        </p>
      )}
    </>
  );
}
