import { Fragment, useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import { MoreMenu } from '../design/more-menu.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { Checks } from './checks.tsx';
import classes from './connections.module.css';
import { ConnectorFacts } from './connector-facts.tsx';
import { counts, valueWords } from './form-rules.ts';
import { HookPart } from './hook-part.tsx';
import { SyncHistory } from './sync-history.tsx';
import { type Connection, type Connector, connectionStatus, rhythmWords } from './words.ts';

/** One connection: how it fares, how the app is reached, when it was read. */
export default function ConnectionPage() {
  const { params: place, go } = usePlace();
  const connectionId = place.connectionId ?? '';
  const params = { connectionId };
  const { data: connection, error } = useCall('getConnection', { params }, { everySeconds: 15 });
  const connector = useCall('listConnectors').data?.rows.find(({ id }) => id === connection?.connector);
  const mayManage = useMay('connections:manage');
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const test = useAct('testConnection');
  const pause = useAct('pauseConnection');
  const resume = useAct('resumeConnection');
  const sync = useAct('startSync', { onDone: ({ syncId }) => go(`/apps/${connection?.appId}/readings/${syncId}`) });
  useTitle(connection === undefined ? undefined : `${connection.app}, connection`);
  if (error !== null || connection === undefined)
    return <NotShown what="connection" error={error} crumb={[{ label: 'Connections', to: '/connections' }]} />;
  const failed = test.error ?? pause.error ?? resume.error ?? sync.error;
  const paused = connection.status === 'paused';
  const { kind, word } = connectionStatus(connection);
  const checks = test.data?.checks ?? connection.lastChecks ?? [];
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Connections', to: '/connections' }]}
        title={titleOf(connection)}
        context={
          <>
            <StatusChip kind={kind} alone>
              {word}
            </StatusChip>{' '}
            <PlaceLink to={`/apps/${connection.appId}`}>The app and its accounts</PlaceLink>
          </>
        }
        acts={
          mayManage
            ? [
                ...(paused
                  ? [{ label: 'Resume', onClick: () => resume.mutate({ params }), busy: resume.isPending }]
                  : [{ label: 'Read it now', onClick: () => sync.mutate({ params: { appId: connection.appId } }), busy: sync.isPending }]),
                { label: 'Test it', onClick: () => test.mutate({ params, body: {} }), busy: test.isPending },
              ]
            : []
        }
        more={
          mayManage ? (
            <MoreMenu
              items={[
                ...(connector === undefined ? [] : [{ label: 'Change…', onClick: () => setOpen('change') }]),
                ...(paused ? [] : [{ label: 'Pause', onClick: () => pause.mutate({ params }) }]),
                { label: 'Remove…', onClick: () => setOpen('remove') },
              ]}
            />
          ) : undefined
        }
      />
      {failed !== null && <Problem {...problemProps(failed)} />}
      {connection.status === 'failing' && connection.lastProblem !== null && (
        <Problem
          what={connection.lastProblem}
          unchanged={
            connection.failingSince === null ? undefined : (
              <SinceFailing
                since={connection.failingSince}
                app={connection.lastProblem.includes('Nothing was changed.') ? null : connection.app}
              />
            )
          }
          todo="Mend it, then test it. What is known of the accounts stays as it was read last."
        />
      )}
      {checks.length > 0 && (
        <Section title="The last test">
          <Checks checks={checks} />
        </Section>
      )}
      <Section title="How it is reached">
        <dl className={classes.facts}>
          <dt>Speaks</dt>
          <dd>{connector?.name ?? connection.connector}</dd>
          <Settings settings={connection.settings} connector={connector} />
          <dt>Secret</dt>
          <dd>{connection.hasSecrets ? 'Kept sealed; it is never shown again.' : 'None.'}</dd>
          <dt>Is read</dt>
          <dd>
            {rhythmWords(connection.syncEveryMinutes)}
            {connection.nextSyncAt !== null && !paused && (
              <>
                , next <ZonedTime instant={connection.nextSyncAt} />
              </>
            )}
          </dd>
        </dl>
      </Section>
      {connector !== undefined && (
        <Section title="What it can do, and what it cannot know">
          <ConnectorFacts connector={connector} />
        </Section>
      )}
      <HookPart connectionId={connection.id} vendor={connector?.name ?? 'The vendor'} />
      <SyncHistory appId={connection.appId} />
      {open === 'change' && connector !== undefined && (
        <ChangeDialog connection={connection} connector={connector} onClose={() => setOpen(null)} />
      )}
      {open === 'remove' && <RemoveDialog connection={connection} onClose={() => setOpen(null)} />}
    </PageBody>
  );
}

function titleOf({ app, status, lastSync }: Connection): string {
  if (status === 'failing') return `The connection of ${app} fails.`;
  if (status === 'paused') return `The connection of ${app} is paused.`;
  if (lastSync?.status === 'held') return `A reading of ${app} is held for you.`;
  return status === 'new' ? `${app} is connected and was not read yet.` : `The connection of ${app} works.`;
}

/** `app`: null where the problem says already that nothing was changed. */
function SinceFailing({ since, app }: { since: string; app: string | null }) {
  return (
    <>
      Since <ZonedTime instant={since} />.{app === null ? '' : ` Nothing was changed in ${app} or here.`}
    </>
  );
}

/** The settings that count, in the order of the form; those that were left as they come are not repeated. */
function Settings({ settings, connector }: { settings: Connection['settings']; connector: Connector | undefined }) {
  if (connector === undefined) return null;
  return connector.settings
    .filter((field) => counts(field, connector, settings))
    .map((field) => {
      const value = settings[field.name];
      const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
      if (isEmpty || (field.rare && value === field.default)) return null;
      return (
        <Fragment key={field.name}>
          <dt>{field.title}</dt>
          <dd>{valueWords(field, value)}</dd>
        </Fragment>
      );
    });
}

function RemoveDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { go } = usePlace();
  const remove = useAct('removeConnection', { onDone: () => go(`/apps/${connection.appId}`) });
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`Remove the connection of ${connection.app}?`}
      lines={[
        { key: 'accounts', value: 0, text: `accounts change in ${connection.app}` },
        { key: 'known', value: 0, text: 'of its accounts are forgotten here; they only grow old' },
        { key: 'leavers', value: null, text: 'people who leave later: the owner of the app is asked to close their account by hand' },
      ]}
      undo="The secret is forgotten at once. To have the connection back, enter it again."
      actLabel={`Remove the connection of ${connection.app}`}
      onAct={() => remove.mutate({ params: { connectionId: connection.id } })}
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemProps(remove.error)}
    />
  );
}
