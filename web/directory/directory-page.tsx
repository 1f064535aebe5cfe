import { useState } from 'react';
import { DryRun } from '../design/dry-run.tsx';
import { MoreMenu } from '../design/more-menu.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { AskedPart } from './asked-part.tsx';
import classes from './directory.module.css';
import { HeldPart } from './held-part.tsx';
import { ProblemsPart } from './problems-part.tsx';
import { ScimAddress } from './token-once.tsx';
import { TokensPart } from './tokens-part.tsx';
import { broughtWords, type Directory, directoryStatus, directoryTitle, many, setUpSteps, systemNames } from './words.ts';

/** One directory that pushes people in: what it asks, what it brought, how it is set up. */
export default function DirectoryPage() {
  const { params: place } = usePlace();
  const params = { directoryConnectionId: place.directoryConnectionId ?? '' };
  const { data: directory, error } = useCall('getDirectoryConnection', { params }, { everySeconds: 30 });
  const mayManage = useMay('directory:manage');
  const [removing, setRemoving] = useState(false);
  const crumb = [
    { label: 'Connections', to: '/connections' },
    { label: 'Directories', to: '/directory' },
  ];
  useTitle(directory?.name);
  if (error !== null || directory === undefined) return <NotShown what="directory" error={error} crumb={crumb} />;
  const { kind, word } = directoryStatus(directory);
  const below = `/directory/${directory.id}`;
  return (
    <PageBody>
      <PageHeader
        crumb={crumb}
        title={directoryTitle(directory)}
        context={
          <>
            <StatusChip kind={kind} alone>
              {word}
            </StatusChip>{' '}
            {systemNames[directory.system]},{' '}
            {directory.lastContactAt === null ? (
              'never heard of'
            ) : (
              <>
                last heard of <ZonedTime instant={directory.lastContactAt} />
              </>
            )}
          </>
        }
        more={mayManage ? <MoreMenu items={[{ label: 'Remove…', onClick: () => setRemoving(true) }]} /> : undefined}
      />
      {directory.held > 0 && <HeldPart directory={directory} />}
      <AskedPart directory={directory} />
      <ProblemsPart directory={directory} />
      <Section title="What it brought" link={{ label: many(directory.users, 'user', 'users'), to: `${below}/users` }}>
        <p>
          {broughtWords(directory)}. Active there: {directory.activeUsers.toLocaleString('en')}.
        </p>
      </Section>
      <Section title="Its groups" link={{ label: many(directory.groups, 'group', 'groups'), to: `${below}/groups` }}>
        <p>Groups are kept as the directory wrote them, to look at. They give nobody a role or access here.</p>
      </Section>
      <Section title="How it is set up" note="In the directory, once:">
        <ol className={classes.steps}>
          {setUpSteps[directory.system].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <div style={{ marginTop: 16 }}>
          <ScimAddress address={directory.address} />
        </div>
      </Section>
      <TokensPart directory={directory} />
      {removing && <RemoveDialog directory={directory} onClose={() => setRemoving(false)} />}
    </PageBody>
  );
}

function RemoveDialog({ directory, onClose }: { directory: Directory; onClose: () => void }) {
  const { go } = usePlace();
  const remove = useAct('removeDirectoryConnection', { onDone: () => go('/directory') });
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`Let ${directory.name} push nobody any more?`}
      lines={[
        { key: 'tokens', value: directory.tokens.length, text: 'of its tokens end at once' },
        { key: 'people', value: 0, text: 'people leave the roster: they stay as they are' },
        { key: 'asked', value: directory.asked + directory.held, text: 'people whom it took out are as before' },
      ]}
      undo="To have it back, make a new connection; it then pushes everybody again."
      actLabel={`Remove ${directory.name}`}
      onAct={() => remove.mutate({ params: { directoryConnectionId: directory.id } })}
      busy={remove.isPending}
      problem={remove.error === null ? undefined : problemProps(remove.error)}
    />
  );
}
