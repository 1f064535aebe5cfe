import { ActButton } from '../design/act.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCallPages } from '../shell/use-call.ts';
import classes from './directory.module.css';
import { causeWords, type Directory, type Suspension } from './words.ts';

const answers = [
  { answer: 'leaving', label: 'They are leaving' },
  { answer: 'leave', label: 'Leave of absence' },
  { answer: 'mistake', label: 'A mistake' },
] as const;

/** Whom the directory took out, and what it is to mean. */
export function AskedPart({ directory }: { directory: Directory }) {
  const mayDecide = useMay('directory:decide');
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useCallPages(
    'listDirectorySuspensions',
    { query: { connectionId: directory.id, limit: 200 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const answer = useAct('answerDirectorySuspension');
  const rows = (data?.pages.flatMap((page) => page.rows) ?? []).filter(({ status }) => status !== 'held');
  const open = rows.filter(({ status }) => status === 'open');
  const past = rows.filter(({ status }) => status !== 'open');
  const failed = error ?? answer.error;
  if (failed === null && rows.length === 0) return null;
  return (
    <>
      {failed !== null && <Problem {...problemProps(failed)} />}
      {open.length > 0 && (
        <Section
          title="Whom it took out"
          note="Until you answer, their accounts are suspended as for a leave of absence. Nothing was deleted; a mistake opens everything again exactly as it was."
        >
          <RowList
            rows={open.map((row) => ({
              key: row.id,
              title: row.person,
              to: `/people/${row.personId}`,
              detail: (
                <>
                  {capital(causeWords[row.cause])} there <ZonedTime instant={row.at} />
                </>
              ),
              right: mayDecide ? (
                <div className={classes.answers}>
                  {answers.map(({ answer: value, label }) => (
                    <ActButton
                      key={value}
                      size="xs"
                      act={{
                        label,
                        ariaLabel: `${label}: ${row.person}`,
                        busy:
                          answer.isPending && answer.variables?.params.suspensionId === row.id && answer.variables.body.answer === value,
                        onClick: () => answer.mutate({ params: { suspensionId: row.id }, body: { answer: value } }),
                      }}
                    />
                  ))}
                </div>
              ) : undefined,
            }))}
          />
        </Section>
      )}
      {past.length > 0 && (
        <Section title="Answered before">
          <RowList
            rows={past.map((row) => ({ key: row.id, title: row.person, to: `/people/${row.personId}`, detail: <Answered row={row} /> }))}
          />
          {hasNextPage && (
            <ActButton act={{ label: 'Show older ones', onClick: () => void fetchNextPage(), busy: isFetchingNextPage }} size="xs" />
          )}
        </Section>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Answered({ row }: { row: Suspension }) {
  const words = { away: 'away on leave', leaving: 'leaving', ended: row.endedWhy ?? 'as before', open: '', held: '' }[row.status];
  return (
    <>
      {capital(causeWords[row.cause])} there <ZonedTime instant={row.at} />: {words}
      {row.answeredBy !== null && row.answeredAt !== null && (
        <>
          {' '}
          ({row.answeredBy}, <ZonedTime instant={row.answeredAt} />)
        </>
      )}
    </>
  );
}
