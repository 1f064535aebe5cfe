import { ActButton } from '../design/act.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useAct } from '../shell/use-call.ts';
import classes from './people.module.css';

export type Difference = OutputOf<'listPeopleDifferences'>['rows'][number];

/** What sources tell otherwise than the people list has, each with the choice beside it. `named`: the rows say of whom they are. */
export function DifferenceRows({ rows, named }: { rows: Difference[]; named: boolean }) {
  const decide = useAct('decidePeopleDifference');
  const now = useNow();
  const words = (value: string) => (/^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value, { now }) : value);
  const isBusy = ({ personId, field }: Difference, sourceId: string | null) =>
    decide.isPending &&
    decide.variables?.body.personId === personId &&
    decide.variables.body.field === field &&
    decide.variables.body.sourceId === sourceId;
  return (
    <>
      {decide.error !== null && <Problem {...problemProps(decide.error)} />}
      <RowList
        rows={rows.map((row) => ({
          key: `${row.personId} ${row.field}`,
          title: named ? `${row.name}: ${row.label.toLowerCase()}` : row.label,
          to: named ? `/people/${row.personId}` : undefined,
          detail: (
            <>
              {row.stands === null ? (
                'Nothing stands here.'
              ) : (
                <>
                  <strong>{words(row.stands)}</strong> stands here.
                </>
              )}{' '}
              {row.told.map(({ source, value }) => `${source} says ${words(value)}`).join('; ')}.
              {row.decidedAt !== null && (
                <>
                  {' '}
                  Decided by {row.decidedBy}, <ZonedTime instant={row.decidedAt} />.
                </>
              )}
            </>
          ),
          right: (
            <div className={classes.choices}>
              {row.told
                .filter(({ value }) => value !== row.stands)
                .map(({ sourceId, source, value }) => (
                  <ActButton
                    key={sourceId}
                    size="xs"
                    act={{
                      label: `Take ${source}’s`,
                      ariaLabel: `Take ${source}’s: ${words(value)}, ${row.label.toLowerCase()} of ${row.name}`,
                      busy: isBusy(row, sourceId),
                      onClick: () =>
                        decide.mutate({
                          body: {
                            personId: row.personId,
                            field: row.field,
                            sourceId,
                            ...(row.field === 'manager' ? {} : { seen: value }),
                          },
                        }),
                    }}
                  />
                ))}
              {row.decidedAt === null && (
                <ActButton
                  size="xs"
                  act={{
                    label: 'Keep what stands',
                    ariaLabel: `Keep what stands: ${row.label.toLowerCase()} of ${row.name}`,
                    busy: isBusy(row, null),
                    onClick: () => decide.mutate({ body: { personId: row.personId, field: row.field, sourceId: null } }),
                  }}
                />
              )}
            </div>
          ),
        }))}
      />
    </>
  );
}
