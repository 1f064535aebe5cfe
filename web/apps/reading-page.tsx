import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { RefusedRows } from '../design/refused-rows.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { Tally } from '../design/tally.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { call } from '../shell/call.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { saveFile } from '../shell/save-file.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './apps.module.css';
import { ListColumns } from './list-columns.tsx';
import { ScrollRegion } from './scroll-region.tsx';
import { TakeIn } from './take-in.tsx';
import { counted, countsOf, type Sync, syncStatus } from './words.ts';

const refusedShown = 50;

/** One reading of an app: a list before it is taken in, a sync under way or held, or what it did. */
export default function ReadingPage() {
  const { params } = usePlace();
  const syncId = params.syncId ?? '';
  const { data: sync, error } = useCall('getSync', { params: { syncId } }, { everySeconds: 2 });
  useTitle(sync === undefined ? undefined : titleOf(sync));
  if (error !== null || sync === undefined) return <NotShown what="reading" error={error} crumb={[{ label: 'Apps', to: '/apps' }]} />;
  const works = sync.status === 'queued' || sync.status === 'running';
  const waits = sync.status === 'preview' || sync.status === 'held';
  return (
    <PageBody>
      <PageHeader
        crumb={[
          { label: 'Apps', to: '/apps' },
          { label: sync.app, to: `/apps/${sync.appId}` },
        ]}
        title={titleOf(sync)}
        context={<Context sync={sync} />}
      />
      {works && <Work sync={sync} />}
      {sync.problem !== null && sync.status === 'failed' && <Problem what={sync.problem} />}
      {!works && sync.status !== 'failed' && sync.status !== 'discarded' && <Effects sync={sync} />}
      {waits && sync.list !== null && <Sample list={sync.list} />}
      {waits && sync.list !== null && <ListColumns key={JSON.stringify(sync.list.mapping)} sync={sync} list={sync.list} />}
      {countsOf(sync.counts).refused > 0 && !works && <Refused sync={sync} />}
      {waits && <TakeIn sync={sync} />}
    </PageBody>
  );
}

function titleOf(sync: Sync): string {
  const what = sync.kind === 'list' ? `“${sync.fileName ?? 'The list'}”` : sync.app;
  const counts = countsOf(sync.counts);
  switch (sync.status) {
    case 'queued':
    case 'running':
      return `${what} is being read`;
    case 'preview':
      return `${what} has ${counted(counts.rows - counts.refused - counts.merged, 'account', 'accounts')}. Nothing is taken in yet.`;
    case 'held':
      return sync.kind === 'list' ? `${what} is held. Nobody was touched.` : `A reading of ${what} is held. Nobody was touched.`;
    case 'done':
      return `${what} was taken in`;
    case 'failed':
      return `${what} could not be read. Nothing was changed.`;
    case 'discarded':
      return `${what} was let go. Nothing was changed.`;
  }
}

function Context({ sync }: { sync: Sync }) {
  const { kind, word } = syncStatus(sync);
  return (
    <>
      <StatusChip kind={kind} alone>
        {word}
      </StatusChip>{' '}
      {sync.by !== null && `By ${sync.by}. `}
      {sync.asOf !== null && (
        <>
          As of <ZonedTime instant={sync.asOf} />.
        </>
      )}
    </>
  );
}

function Work({ sync }: { sync: Sync }) {
  const { read, total, rows } = countsOf(sync.counts);
  if (sync.kind === 'list') return <Progress verb="Working on" done={rows} noun="rows" note="It goes on without this page." />;
  return (
    <Progress
      verb="Read"
      done={read}
      total={total ?? undefined}
      noun="accounts"
      note="It goes on without this page. What was read is taken in at the end, as one."
    />
  );
}

function Effects({ sync }: { sync: Sync }) {
  const counts = countsOf(sync.counts);
  const done = sync.status === 'done';
  const account = (count: number) => (count === 1 ? 'account' : 'accounts');
  const opens = (count: number, show: string, taken = '') => {
    if (done) return `/apps/${sync.appId}/accounts${taken}`;
    return count === 0 ? undefined : `/apps/${sync.appId}/readings/${sync.id}/accounts?show=${show}`;
  };
  return (
    <Section title={done ? 'What it did' : 'What it would do'}>
      <Tally
        lines={[
          { key: 'added', value: counts.added, to: opens(counts.added, 'new'), text: `new ${account(counts.added)}` },
          {
            key: 'changed',
            value: counts.changed,
            to: opens(counts.changed, 'changed'),
            text: `${account(counts.changed)} with something changed`,
          },
          {
            key: 'unchanged',
            value: counts.unchanged,
            to: opens(counts.unchanged, 'same'),
            text: `${account(counts.unchanged)} as before`,
          },
          {
            key: 'gone',
            value: counts.gone,
            to: opens(counts.gone, 'gone', '?show=gone'),
            text: done
              ? `${account(counts.gone)} not there any more`
              : `${account(counts.gone)} missing on it, gone only if it is complete`,
          },
          {
            key: 'refused',
            value: counts.refused,
            text: counts.refused === 1 ? 'row refused, with its reason below' : 'rows refused, each with its reason below',
          },
          ...(counts.merged > 0 ? [{ key: 'merged', value: counts.merged, text: 'rows about an account that another row holds too' }] : []),
          ...(done
            ? [
                {
                  key: 'whose',
                  value: counts.matched,
                  to: `/apps/${sync.appId}/accounts`,
                  text: (
                    <>
                      {account(counts.matched)} of the app {counts.matched === 1 ? 'belongs' : 'belong'} to people on your list;{' '}
                      <Num value={counts.suggested} to={`/apps/${sync.appId}/accounts?show=orphan`} of="suggested" /> with somebody
                      suggested, <Num value={counts.unmatched} to={`/apps/${sync.appId}/accounts?show=orphan`} of="of nobody" /> of nobody
                      we know
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      {!done && (
        <p className="gc-small gc-dimmed">
          {counted(counts.matched, 'account of the app would', 'accounts of the app would')} then belong to people on your list,{' '}
          {counted(counts.suggested, 'would have', 'would have')} somebody suggested, {counts.unmatched} would be of nobody we know.
        </p>
      )}
      {[...sync.notes, ...counts.notes].length > 0 && (
        <ul className={classes.reasons}>
          {[...sync.notes, ...counts.notes].map((note) => (
            <li key={note} className="gc-small gc-dimmed">
              {note}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Sample({ list }: { list: NonNullable<Sync['list']> }) {
  return (
    <Section title="Its first rows, as they would be taken in">
      <ScrollRegion label="First rows of the list">
        <table className={classes.columns}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Account</th>
              <th scope="col">Name</th>
              <th scope="col">Status</th>
              <th scope="col">Admin</th>
            </tr>
          </thead>
          <tbody>
            {list.sample.slice(0, 8).map((row) => (
              <tr key={row.row}>
                <td>{row.row}</td>
                <td>{row.account}</td>
                <td>{row.name ?? ''}</td>
                <td>{row.status ?? 'not known'}</td>
                <td>{row.isAdmin === null ? 'not known' : row.isAdmin ? 'yes' : 'no'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}

function Refused({ sync }: { sync: Sync }) {
  const { data } = useCall('listSyncRows', { params: { syncId: sync.id }, query: { limit: refusedShown } });
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <Section title={`Refused rows (${data.total})`} note="The rest is not held up by them.">
      <RefusedRows
        rows={data.rows.flatMap((row) => row.problems.map((problem) => ({ row: row.number, ...problem })))}
        total={data.total}
        download={{
          label: 'Save the refused rows as a file',
          onClick: () => void call('getSyncRefusedFile', { params: { syncId: sync.id } }).then(saveFile),
        }}
      />
    </Section>
  );
}
