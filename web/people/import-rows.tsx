import { Button } from '@mantine/core';
import { useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { RefusedRows } from '../design/refused-rows.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { saveFile } from '../shell/save-file.ts';
import { useCallPages } from '../shell/use-call.ts';
import { columnWords } from './import-columns.tsx';
import classes from './people.module.css';
import { counted, type ImportLine, type PeopleImport } from './words.ts';

export type Shown = 'new' | 'changed' | 'unchanged' | 'refused' | 'missing' | 'questions';

const headings: Record<Shown, string> = {
  new: 'New people',
  changed: 'People with something changed',
  unchanged: 'As before',
  refused: 'Refused rows',
  missing: 'Here, and not on the list',
  questions: 'Rows that ask you something',
};

const order: Shown[] = ['questions', 'refused', 'changed', 'new', 'missing', 'unchanged'];

/** The rows of a list by what they would do. Opens with those that need a look first. */
export function ImportRows({ list, shown, onShow }: { list: PeopleImport; shown: Shown | null; onShow: (shown: Shown) => void }) {
  const kinds = order.filter((kind) => list.counts[kind] > 0);
  const current = shown !== null && kinds.includes(shown) ? shown : kinds[0];
  if (current === undefined) return null;
  return (
    <Section title={`${headings[current]} (${list.counts[current].toLocaleString('en')})`}>
      <fieldset className={classes.kinds}>
        <legend className="gc-unseen">Which rows are shown</legend>
        {kinds.map((kind) => (
          <Button
            key={kind}
            size="xs"
            variant={kind === current ? 'light' : 'subtle'}
            aria-pressed={kind === current}
            onClick={() => onShow(kind)}
          >
            {headings[kind]} {list.counts[kind].toLocaleString('en')}
          </Button>
        ))}
      </fieldset>
      <Rows key={current} list={list} shown={current} />
    </Section>
  );
}

function Rows({ list, shown }: { list: PeopleImport; shown: Shown }) {
  const [failed, setFailed] = useState<unknown>(null);
  const query = shown === 'questions' ? { question: 'true' as const } : { change: shown };
  const { data, error, fetchNextPage, hasNextPage, isFetching } = useCallPages(
    'listPeopleImportRows',
    { params: { importId: list.id }, query: { ...query, limit: 50 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  if (error !== null) return <Problem {...problemProps(error)} />;
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  return (
    <div className={classes.part}>
      {shown === 'refused' ? (
        <RefusedRows
          rows={rows.flatMap((row) =>
            row.problems.map(({ field, ...problem }) => ({
              row: row.row ?? undefined,
              ...problem,
              ...(field === undefined ? {} : { field: columnWords[field] ?? field }),
            })),
          )}
          total={rows.length === total ? undefined : total}
          download={{
            label: 'Save the refused rows as a file',
            onClick: () => void call('getRefusedPeopleRows', { params: { importId: list.id } }).then(saveFile, setFailed),
          }}
        />
      ) : (
        <RowList
          rows={rows.map((row) => ({
            key: String(row.number),
            title: row.name ?? '',
            to: row.personId === null ? undefined : `/people/${row.personId}`,
            detail: <Detail row={row} />,
            due: row.row === null ? undefined : `row ${row.row}`,
          }))}
        />
      )}
      {failed !== null && <Problem {...problemProps(failed)} />}
      {hasNextPage && (
        <Button mt="md" loading={isFetching} onClick={() => void fetchNextPage()}>
          Show more: {counted(total - rows.length, 'row', 'rows')}
        </Button>
      )}
    </div>
  );
}

function Detail({ row }: { row: ImportLine }) {
  return (
    <span className={classes.changes}>
      {row.questionWords !== null && <span>{row.questionWords}</span>}
      {row.change === 'changed' &&
        row.changes.map(({ field, label, from, to }) => (
          <span key={field}>
            {label}: {from === null ? '' : <s className="gc-dimmed">{from}</s>} {to}
          </span>
        ))}
      {row.change === 'new' && (
        <span>
          {row.changes
            .filter(({ field }) => !['givenName', 'familyName'].includes(field))
            .map(({ label, to }) => `${label} ${to}`)
            .join(', ')}
        </span>
      )}
      {row.notes.map((note) => (
        <span key={note} className="gc-dimmed">
          {note}
        </span>
      ))}
    </span>
  );
}
