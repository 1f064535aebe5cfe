import { useState } from 'react';
import { Ask } from '../design/ask.tsx';
import { DryRun } from '../design/dry-run.tsx';
import { EmptyPage } from '../design/empty-page.tsx';
import { MoreMenu } from '../design/more-menu.tsx';
import { Num } from '../design/num.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { AppDialog } from './app-dialog.tsx';
import classes from './apps.module.css';
import { Readings } from './readings.tsx';
import { WhoseDialog } from './whose-dialog.tsx';
import { type Account, type App, accountName, accountStatus, counted, writerWords } from './words.ts';

const shownAtFirst = 8;

/** One app: its accounts by what they need, who changes it, and when it was read. */
export default function AppPage() {
  const { params, go } = usePlace();
  const appId = params.appId ?? '';
  const { data: app, error } = useCall('getApp', { params: { appId } });
  const seesReadings = useMay('connections:read');
  const syncs = useCall('listAppSyncs', { params: { appId }, query: { limit: 8 } }, { enabled: seesReadings, everySeconds: 20 });
  const mayManage = useMay('apps:manage');
  const mayList = useMay('lists:manage');
  const mayConnect = useMay('connections:manage');
  const [open, setOpen] = useState<'change' | 'remove' | Account | null>(null);
  const sync = useAct('startSync', { onDone: ({ syncId }) => go(`/apps/${appId}/readings/${syncId}`) });
  useTitle(app?.name);
  if (error !== null || app === undefined) return <NotShown what="app" error={error} crumb={[{ label: 'Apps', to: '/apps' }]} />;
  const waiting = syncs.data?.rows.find(({ status }) => status === 'held' || status === 'preview');
  const connected = app.writer === 'connection';
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Apps', to: '/apps' }]}
        title={titleOf(app, waiting, seesReadings && syncs.data === undefined && syncs.error === null)}
        context={[app.capability, app.owner === null ? 'Nobody owns it' : `Owner ${app.owner}${app.ownerHasLeft ? ', who has left' : ''}`]
          .filter(Boolean)
          .join(' · ')}
        lede={<Lede app={app} />}
        acts={[
          ...(connected && mayConnect
            ? [{ label: 'Read it now', onClick: () => sync.mutate({ params: { appId } }), busy: sync.isPending }]
            : []),
          ...(mayList && app.reading !== null ? [{ label: 'Give a list…', to: `/apps/${appId}/list` }] : []),
        ]}
        more={
          mayManage ? (
            <MoreMenu
              items={[
                { label: 'Change…', onClick: () => setOpen('change') },
                ...(connected || !mayConnect ? [] : [{ label: 'Connect it…', to: `/connections/new?app=${appId}` }]),
                { label: 'Take it out of the catalogue…', onClick: () => setOpen('remove') },
              ]}
            />
          ) : undefined
        }
      />
      {sync.error !== null && <Problem {...problemProps(sync.error)} />}
      {waiting !== undefined && mayList && (
        <Ask
          tag="Needs you"
          when={<ZonedTime instant={waiting.createdAt} />}
          title={waiting.status === 'held' ? 'A reading is held. Nobody was touched.' : `“${waiting.fileName}” waits for your word.`}
          acts={[{ label: 'Look at it', to: `/apps/${appId}/readings/${waiting.id}` }]}
          slim
        >
          <p>{waiting.heldReasons[0] ?? 'Nothing of it was taken in yet.'}</p>
        </Ask>
      )}
      {app.reading === null && waiting === undefined ? (
        <EmptyPage
          title={`The accounts of ${app.name} are not known yet.`}
          act={mayList ? { label: 'Give a list of its users', to: `/apps/${appId}/list` } : undefined}
          other={mayConnect && !connected ? { label: 'Connect it', to: `/connections/new?app=${appId}` } : undefined}
        >
          <p>Any list of users that its admin page exports will do (CSV or XLSX). You see what it says before anything is taken in.</p>
        </EmptyPage>
      ) : (
        <NeedSections app={app} onChoose={setOpen} />
      )}
      <Facts app={app} />
      {seesReadings && syncs.data !== undefined && syncs.data.rows.length > 0 && (
        <Section title="When it was read">
          <Readings rows={syncs.data.rows} total={syncs.data.total} />
        </Section>
      )}
      {open === 'change' && <AppDialog app={app} onClose={() => setOpen(null)} />}
      {open === 'remove' && <RemoveDialog app={app} onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && <WhoseDialog account={open} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}

/** The state of the app in words. `loading`: whether a reading waits is not known yet. */
function titleOf(app: App, waiting: { status: string } | undefined, loading: boolean): string {
  if (app.reading === null) return app.name;
  if (app.zombies > 0) return `${app.name}: ${counted(app.zombies, 'account is', 'accounts are')} still open after somebody left.`;
  if (app.orphans > 0) return `${app.name}: ${counted(app.orphans, 'account belongs', 'accounts belong')} to nobody we know.`;
  if (app.unknown > 0)
    return `${app.name}: of ${counted(app.unknown, 'account', 'accounts')} of people who left it is not known whether they can sign in.`;
  if (waiting !== undefined) return `${app.name}: a ${waiting.status === 'held' ? 'held reading' : 'list'} waits for a decision.`;
  if (app.unownedServices > 0)
    return `${app.name}: nobody answers for ${counted(app.unownedServices, 'service account', 'service accounts')}.`;
  if (loading) return app.name;
  return app.stale ? `${app.name} was in order when it was last read.` : `${app.name} is in order.`;
}

function Lede({ app }: { app: App }) {
  if (app.reading === null) return null;
  return (
    <>
      <Num value={app.accounts} to={`/apps/${app.id}/accounts`} of={`accounts in ${app.name}`} />{' '}
      {app.accounts === 1 ? 'account' : 'accounts'}
      {app.suspended > 0 && (
        <>
          , <Num value={app.suspended} to={`/apps/${app.id}/accounts?show=suspended`} of="suspended accounts" /> of them suspended
        </>
      )}
      . Read <ZonedTime instant={app.reading.asOf} /> {sourceWords(app.reading)}
      {app.reading.complete ? '' : ', which was not complete'}.{app.stale && ' That is more than a week ago.'}
    </>
  );
}

const sourceWords = ({ source, label }: NonNullable<App['reading']>): string =>
  source === 'sync' ? 'over its connection' : `from “${label}”`;

const sections = [
  { show: 'zombie', title: 'Their person has left', count: (app: App) => app.zombies },
  { show: 'unknown', title: 'Left, and not known whether active', count: (app: App) => app.unknown },
  { show: 'orphan', title: 'Of nobody we know', count: (app: App) => app.orphans },
  { show: 'unowned', title: 'Service accounts that nobody answers for', count: (app: App) => app.unownedServices },
] as const;

function NeedSections({ app, onChoose }: { app: App; onChoose: (account: Account) => void }) {
  const needed = sections.filter(({ count }) => count(app) > 0);
  if (needed.length === 0) return null;
  return needed.map((section) => <NeedSection key={section.show} app={app} {...section} total={section.count(app)} onChoose={onChoose} />);
}

type NeedSectionProps = {
  app: App;
  show: (typeof sections)[number]['show'];
  title: string;
  total: number;
  onChoose: (account: Account) => void;
};

function NeedSection({ app, show, title, total, onChoose }: NeedSectionProps) {
  const { data, error } = useCall('listAppAccounts', { params: { appId: app.id }, query: { show, limit: shownAtFirst } });
  const mayDecide = useMay('accounts:manage');
  const all = `/apps/${app.id}/accounts?show=${show === 'unowned' ? 'service' : show}`;
  return (
    <Section title={`${title} (${total})`} link={total > shownAtFirst ? { label: `All ${total}`, to: all } : undefined}>
      {error !== null && <Problem {...problemProps(error)} />}
      <RowList
        rows={(data?.rows ?? []).map((account) => ({
          key: account.id,
          title: account.person ?? accountName(account),
          to: account.personId === null ? undefined : `/people/${account.personId}`,
          detail: account.person === null ? account.reason : `${accountName(account)}. ${account.reason}`,
          right: (
            <div className={classes.right}>
              <StatusChip kind={accountStatus(account).kind}>{accountStatus(account).word}</StatusChip>
              {mayDecide && (show === 'orphan' || show === 'unowned') && (
                <button
                  type="button"
                  className={classes.link}
                  onClick={() => onChoose(account)}
                  aria-label={`Say whose ${accountName(account)} is`}
                >
                  Say whose
                </button>
              )}
              {(show === 'zombie' || show === 'unknown') && account.personId !== null && (
                <PlaceLink to={`/people/${account.personId}`}>Close it…</PlaceLink>
              )}
            </div>
          ),
        }))}
      />
    </Section>
  );
}

function Facts({ app }: { app: App }) {
  return (
    <Section title="What holds for it">
      <dl className={classes.facts}>
        <dt>Changed by</dt>
        <dd>{writerWords(app)}</dd>
        <dt>Owner, deputy</dt>
        <dd>{[app.owner ?? 'nobody', app.deputy ?? 'no deputy'].join(', ')}</dd>
        <dt>Closing by hand</dt>
        <dd>{app.instructionsRevoke ?? <span className="gc-dimmed">Not written down yet.</span>}</dd>
        {app.deepLink !== null && (
          <>
            <dt>Admin page</dt>
            <dd>
              <a href={app.deepLink} target="_blank" rel="noreferrer noopener">
                {app.deepLink}
              </a>
            </dd>
          </>
        )}
        {app.signIn && (
          <>
            <dt>Sign-in</dt>
            <dd>People sign in to other apps with it: it is closed first.</dd>
          </>
        )}
      </dl>
    </Section>
  );
}

function RemoveDialog({ app, onClose }: { app: App; onClose: () => void }) {
  const { go } = usePlace();
  const remove = useAct('removeApp', { onDone: () => go('/apps') });
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`Take ${app.name} out of the catalogue?`}
      lines={[
        { key: 'accounts', value: app.accounts, text: `${app.accounts === 1 ? 'account counts' : 'accounts count'} nowhere any more` },
        { key: 'left', value: app.zombies, text: 'of them belong to people who have left, and nobody is told of them any more' },
        { key: 'changed', value: 0, text: `accounts change in ${app.name} itself` },
      ]}
      undo="What is known of it stays in the audit. To have it back, add it again."
      actLabel={`Take ${app.name} out`}
      onAct={() => remove.mutate({ params: { appId: app.id } })}
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemProps(remove.error)}
    />
  );
}
