import { useState } from 'react';
import { DataTable } from '../design/data-table.tsx';
import { useKeptChoice } from '../design/kept-choice.ts';
import { ListBody, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { SavedViews } from '../design/saved-views.tsx';
import { nothingSelected, type Selection } from '../design/selection.ts';
import { problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { NotFound } from '../shell/not-found.tsx';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall, useCallPages } from '../shell/use-call.ts';
import { columnsOf } from './finding-columns.tsx';
import { HoldersDialog } from './holders-dialog.tsx';
import { AcceptDialog, AskDialog, PersonDialog } from './mend-dialogs.tsx';
import { NotWhole } from './not-whole.tsx';
import { type Item, TakeDialog } from './take-dialog.tsx';
import { type FindingKind, type FindingRow, isKind, lists, type What } from './words.ts';

export type Open =
  | { what: 'take'; take: What; items: Item[] }
  | { what: 'accept'; subjects: string[] }
  | { what: 'ask'; accountIds: string[] }
  | { what: 'person' | 'holders'; row: FindingRow };

/** One hygiene list, with the mend beside each row. */
export default function ListPage() {
  const { params } = usePlace();
  return isKind(params.kind) ? <FindingsOf key={params.kind} kind={params.kind} /> : <NotFound />;
}

/** As many as one plan, or one exception, takes. */
const mostAtOnce = 200;

function FindingsOf({ kind }: { kind: FindingKind }) {
  const { search } = usePlace();
  const view = search.view === 'accepted' ? 'accepted' : 'open';
  const query = { kind, view, ...(search.fresh === 'true' ? { fresh: 'true' as never } : {}) } as const;
  const words = lists[kind];
  const mayManage = useMay('hygiene:manage');
  const [closer] = useKeptChoice('closer-rows', false);
  const [selection, setSelection] = useState<Selection>(nothingSelected);
  const [open, setOpen] = useState<Open | null>(null);
  const counts = useCall('getHygiene').data?.lists.find((list) => list.kind === kind);
  const { data, error, isFetching, fetchNextPage, hasNextPage } = useCallPages(
    'listFindings',
    { query: { ...query, limit: 100 } },
    ({ nextOffset }) => (nextOffset === null ? null : { offset: nextOffset }),
  );
  const back = useAct('withdrawExceptions', { onDone: () => setSelection(nothingSelected) });
  if (error !== null)
    return (
      <PageBody>
        <PageHeader crumb={[{ label: 'Hygiene', to: '/hygiene' }]} title={words.title} />
        <Problem {...problemProps(error)} />
      </PageBody>
    );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  const close = () => {
    setOpen(null);
    setSelection(nothingSelected);
  };
  const chosen = async (): Promise<FindingRow[]> => {
    if (!selection.all) return rows.filter(({ subject }) => selection.ids.has(subject));
    const all = (await call('listFindings', { query: { ...query, limit: mostAtOnce } })).rows;
    return all.filter(({ subject }) => !selection.ids.has(subject));
  };
  const withChosen = (then: (rows: FindingRow[]) => void) => () => void chosen().then(then);
  const to = `/hygiene/${kind}`;
  return (
    <>
      <ListBody
        head={
          <>
            <PageHeader crumb={[{ label: 'Hygiene', to: '/hygiene' }]} title={words.title} lede={words.note} />
            <SavedViews
              current={view === 'accepted' ? 'accepted' : search.fresh === 'true' ? 'fresh' : 'open'}
              views={[
                { key: 'open', label: 'On the list', count: counts?.open ?? null, to },
                { key: 'fresh', label: 'New this week', count: counts?.fresh ?? null, to: `${to}?fresh=true` },
                { key: 'accepted', label: 'Stays for now', count: counts?.accepted ?? null, to: `${to}?view=accepted` },
              ]}
            />
            {back.error !== null && <Problem {...problemProps(back.error)} />}
            <NotWhole kind={kind} list={data?.pages[0]} />
          </>
        }
      >
        <DataTable
          name={`hygiene ${kind}`}
          label={words.title}
          noun={words.noun}
          columns={columnsOf(kind, mayManage ? setOpen : null)}
          rows={rows}
          rowKey={({ subject }) => subject}
          rowName={({ who, app }) => (who === app ? app : `${who} in ${app}`)}
          total={total}
          selection={mayManage ? selection : undefined}
          onSelect={mayManage ? setSelection : undefined}
          bulk={
            view === 'accepted'
              ? [
                  {
                    label: 'Put back on the list',
                    busy: back.isPending,
                    onClick: withChosen((some) => back.mutate({ body: { kind, subjects: some.map(({ subject }) => subject) } })),
                  },
                ]
              : [
                  ...(takes[kind] === undefined
                    ? []
                    : [
                        {
                          label: takes[kind].label,
                          onClick: withChosen((some) => setOpen({ what: 'take', take: takes[kind]!.what, items: itemsOf(some) })),
                        },
                      ]),
                  ...(kind === 'second-factor'
                    ? [
                        {
                          label: 'Ask them…',
                          onClick: withChosen((some) =>
                            setOpen({ what: 'ask', accountIds: itemsOf(some).map(({ accountId }) => accountId) }),
                          ),
                        },
                      ]
                    : []),
                  {
                    label: 'Leave as it is…',
                    onClick: withChosen((some) => setOpen({ what: 'accept', subjects: some.map(({ subject }) => subject) })),
                  },
                ]
          }
          closer={closer}
          fetching={isFetching && data === undefined}
          onNeedMore={hasNextPage ? () => void fetchNextPage() : undefined}
          empty={
            <p>
              {view === 'accepted' ? 'Nothing stays by an exception.' : search.fresh === 'true' ? 'Nothing is new this week.' : words.none}
            </p>
          }
        />
      </ListBody>
      {open?.what === 'take' && <TakeDialog what={open.take} items={open.items} onClose={close} />}
      {open?.what === 'accept' && <AcceptDialog kind={kind} subjects={open.subjects} onClose={close} />}
      {open?.what === 'ask' && <AskDialog accountIds={open.accountIds} onClose={close} />}
      {open?.what === 'person' && <PersonDialog row={open.row} onClose={close} />}
      {open?.what === 'holders' && (
        <HoldersDialog row={open.row} onClose={close} onTake={(items) => setOpen({ what: 'take', take: 'revoke-app-grant', items })} />
      )}
    </>
  );
}

const itemsOf = (rows: FindingRow[]): Item[] => rows.flatMap(({ accountId }) => (accountId === null ? [] : [{ accountId }]));

const takes: Partial<Record<FindingKind, { what: What; label: string }>> = {
  zombie: { what: 'suspend', label: 'Suspend…' },
  orphan: { what: 'suspend', label: 'Suspend…' },
  outside: { what: 'suspend', label: 'Suspend…' },
  administrator: { what: 'revoke-admin', label: 'Take the rights…' },
};
