import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCallPages } from '../shell/use-call.ts';
import classes from './people.module.css';
import { counted, type ImportLine, lastDay, type PeopleImport } from './words.ts';

/** Whom a complete list does not have any more, or calls left without a date: left, or still here? One by one or together. */
export function ImportMissing({ list }: { list: PeopleImport }) {
  const [asked, setAsked] = useState<ImportLine | 'all' | null>(null);
  const mayDecide = useMay('people:import');
  const missing = useRows(list, { change: 'missing' });
  const asking = useRows(list, { question: 'true' });
  const decide = useAct('decidePeopleMissing', {
    onDone: ({ left, stay }) => {
      setAsked(null);
      toast(left > 0 ? `${counted(left, 'person counts', 'people count')} as left.` : `${counted(stay, 'person stays', 'people stay')}.`);
    },
  });
  const rows = [
    ...(asking.data?.pages.flatMap((page) => page.rows) ?? []).filter(
      ({ question, change }) => question === 'says-left' && change !== 'missing',
    ),
    ...(missing.data?.pages.flatMap((page) => page.rows) ?? []),
  ];
  const error = missing.error ?? asking.error;
  if (error !== null) return <Problem {...problemProps(error)} />;
  if (rows.length === 0) return null;
  const params = { importId: list.id };
  return (
    <Section
      title={`On your list no more: left? (${list.counts.undecided} open)`}
      note="Until you say so they count as working here, and their accounts as theirs."
      aside={
        mayDecide && list.counts.undecided > 1 ? (
          <Button size="xs" onClick={() => setAsked('all')}>
            All {list.counts.undecided} have left…
          </Button>
        ) : undefined
      }
    >
      <RowList
        rows={rows.map((row) => ({
          key: String(row.number),
          title: row.name ?? '',
          to: row.personId === null ? undefined : `/people/${row.personId}`,
          detail: row.questionWords ?? undefined,
          right:
            row.decision === 'left' ? (
              <StatusChip kind="good-vouched">Left, you said</StatusChip>
            ) : row.decision === 'stays' ? (
              <StatusChip kind="good-vouched">Stays, you said</StatusChip>
            ) : mayDecide ? (
              <div className={classes.right}>
                <Button size="xs" aria-label={`${row.name} has left…`} onClick={() => setAsked(row)}>
                  Has left…
                </Button>
                <Button
                  size="xs"
                  aria-label={`${row.name} stays`}
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ params, body: { decisions: [{ personId: row.personId ?? '', decision: 'stays' }] } })}
                >
                  Stays
                </Button>
              </div>
            ) : (
              <StatusChip kind="waiting">Waits for an answer</StatusChip>
            ),
        }))}
      />
      {missing.hasNextPage && (
        <Button mt="md" loading={missing.isFetching} onClick={() => void missing.fetchNextPage()}>
          Show more
        </Button>
      )}
      {decide.error !== null && asked === null && <Problem {...problemProps(decide.error)} />}
      {asked !== null && (
        <LeftDialog
          list={list}
          who={asked}
          busy={decide.isPending}
          error={decide.error}
          onClose={() => {
            decide.reset();
            setAsked(null);
          }}
          onAct={(on) =>
            decide.mutate({
              params,
              body: asked === 'all' ? { all: 'left', on } : { decisions: [{ personId: asked.personId ?? '', decision: 'left', on }] },
            })
          }
        />
      )}
    </Section>
  );
}

function useRows(list: PeopleImport, query: { change?: 'missing'; question?: 'true' }) {
  return useCallPages('listPeopleImportRows', { params: { importId: list.id }, query: { ...query, limit: 200 } }, ({ nextOffset }) =>
    nextOffset === null ? null : { offset: nextOffset },
  );
}

type LeftDialogProps = {
  list: PeopleImport;
  who: ImportLine | 'all';
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onAct: (on: string) => void;
};

function LeftDialog({ list, who, busy, error, onClose, onAct }: LeftDialogProps) {
  const now = useNow();
  const suggested = who === 'all' ? null : who.suggestedDay;
  const [on, setOn] = useState(
    () => suggested ?? lastDay(new Date(Date.parse(list.createdAt) - 24 * 3_600_000).toISOString(), list.defaultTimeZone),
  );
  const count = who === 'all' ? list.counts.undecided : 1;
  const name = who === 'all' ? `these ${count} people` : (who.name ?? 'this person');
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`On which day did ${name} last work?`}
      lines={[
        {
          key: 'left',
          value: count,
          text:
            count === 1
              ? 'person counts as left from the end of that day, where they are'
              : 'people count as left from the end of that day, where each of them is. Where the list says on which day, that day counts',
        },
        { key: 'closed', value: 0, text: 'accounts are closed by this. Those still open show up as “left and can still sign in”' },
      ]}
      undo="You can undo it: change the person’s dates on their page."
      actLabel={on === '' ? 'Count as left' : `Left on ${formatDay(on, { now })}`}
      incomplete={on === ''}
      confirmName={count > 5 ? String(count) : undefined}
      busy={busy}
      problem={error === null ? undefined : problemProps(error)}
      onAct={() => onAct(on)}
    >
      <TextInput mt="md" type="date" label="Last working day" value={on} onChange={(event) => setOn(event.currentTarget.value)} />
    </DryRun>
  );
}
