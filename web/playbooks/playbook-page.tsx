import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { MoreMenu } from '../design/more-menu.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { toast } from '../design/toast.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { problemsByStep } from './draft-steps.ts';
import { PicturePart } from './picture-part.tsx';
import classes from './playbooks.module.css';
import { SaveDialog } from './save-dialog.tsx';
import { StepsPart } from './steps-part.tsx';
import { TextPart } from './text-part.tsx';
import type { Trial } from './try-panel.tsx';
import { useDraft } from './use-draft.ts';
import { VersionsPart } from './versions-part.tsx';
import { type Checked, momentWords, type Playbook, runsWords, versionWords } from './words.ts';

/** One playbook: its steps, edited and tried; what waits for what; its versions; its text. */
export default function PlaybookPage() {
  const { params } = usePlace();
  const { data, error, refetch } = useCall('getPlaybook', { params: { playbookId: params.playbookId ?? '' } });
  useTitle(data?.name);
  if (data === undefined) return <NotShown what="playbook" error={error} crumb={[{ label: 'Playbooks', to: '/playbooks' }]} />;
  return <Editor key={data.id} playbook={data} onReload={() => void refetch()} />;
}

const tabs = [
  ['steps', 'Steps'],
  ['picture', 'What waits for what'],
  ['versions', 'Versions'],
  ['text', 'Text'],
] as const;

function Editor({ playbook, onReload }: { playbook: Playbook; onReload: () => void }) {
  const { search, setSearch } = usePlace();
  const tab = tabs.find(([key]) => key === search.part)?.[0] ?? 'steps';
  const mayManage = useMay('playbooks:manage');
  const [draft, setDraft] = useDraft(playbook);
  const [saving, setSaving] = useState(false);
  const [trial, setTrial] = useState<Trial>({ person: null, dates: {} });
  const definition = draft?.definition ?? playbook.definition;
  const base = draft?.base ?? playbook.yaml;
  const checked = useCall(
    'checkPlaybook',
    { body: { playbookId: playbook.id, yaml: base, definition } },
    { enabled: draft !== null, keepPrevious: true },
  );
  const check: Checked | null = draft === null ? null : (checked.data ?? null);
  const problems = check?.problems ?? [];
  const outline = check === null ? playbook.outline : check.outline.length > 0 ? check.outline : playbook.outline;
  const tried = useCall(
    'tryPlaybook',
    { body: { definition, personId: trial.person?.id ?? '', dates: trial.dates } },
    { enabled: trial.person !== null && problems.length === 0, keepPrevious: true },
  );
  const shownTrial = trial.person === null || problems.length > 0 || tried.error !== null ? null : (tried.data ?? null);
  const fresh = !checked.isPlaceholderData && !checked.isFetching;
  const outdated = draft !== null && draft.basedOn !== playbook.version;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Playbooks', to: '/playbooks' }]}
        title={titleOf(playbook, draft !== null, check)}
        context={momentWords[playbook.moment]}
        lede={
          <>
            {versionWords(playbook)}, <ZonedTime instant={playbook.changedAt} />. {playbook.steps} steps, {runsWords(playbook.openRuns)}.
            {!mayManage && ' Owners and operations change it.'}
          </>
        }
        acts={
          mayManage && draft !== null
            ? [
                {
                  label: 'Save…',
                  filled: true,
                  disabled: problems.length > 0 || check?.yaml == null,
                  busy: !fresh && check === null,
                  onClick: () => setSaving(true),
                },
              ]
            : []
        }
        more={
          mayManage && draft !== null ? (
            <MoreMenu
              items={[
                {
                  label: 'Start over from what is in force',
                  onClick: () => {
                    const before = draft;
                    setDraft(null);
                    toast('Your changes were put away.', () => setDraft(before));
                  },
                },
              ]}
            />
          ) : undefined
        }
      />
      {outdated && (
        <Problem
          what={`Version ${playbook.version} was saved after you began with version ${draft.basedOn}.`}
          unchanged="What you edit stands below and cannot be saved over it."
          todo="Look under Versions at what changed, start over, and make your change again."
        />
      )}
      {checked.error !== null && draft !== null && <Problem {...problemProps(checked.error)} />}
      {problems.length > 0 && tab !== 'steps' && (
        <Problem
          what={problems.length === 1 ? 'One thing is wrong in the steps.' : `${problems.length} things are wrong in the steps.`}
          unchanged="It cannot be saved yet."
          act={{ label: 'Show the steps', onClick: () => setSearch({ part: '' }) }}
        />
      )}
      <p className={classes.wide}>Reading works here. Building a playbook is easier on a wide screen.</p>
      <Tabs
        className={classes.tabs}
        value={tab}
        keepMounted={false}
        onChange={(next) => setSearch({ part: next === 'steps' || next === null ? '' : next })}
      >
        <Tabs.List aria-label="Parts of this playbook">
          {tabs.map(([key, label]) => (
            <Tabs.Tab key={key} value={key}>
              {key === 'versions' ? `${label} (${playbook.versions.length})` : label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="steps">
          <StepsPart
            playbook={playbook}
            definition={definition}
            base={base}
            outline={outline}
            stale={draft !== null && !fresh}
            check={check}
            problems={problemsByStep(problems, definition.steps)}
            mayManage={mayManage}
            onChange={(next) => setDraft({ definition: next })}
            trial={trial}
            onTrial={setTrial}
            tried={shownTrial}
            triedLast={tried.data}
            tryError={trial.person === null ? null : tried.error}
          />
        </Tabs.Panel>
        <Tabs.Panel value="picture">
          <PicturePart playbook={playbook} outline={outline} tried={shownTrial} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <VersionsPart playbook={playbook} mayManage={mayManage} hasDraft={draft !== null} />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <TextPart playbook={playbook} yaml={check?.yaml ?? base} mayManage={mayManage} onChange={setDraft} />
        </Tabs.Panel>
      </Tabs>
      {saving && draft !== null && check?.yaml != null && check.changes !== null && fresh && (
        <SaveDialog
          playbook={playbook}
          basedOn={draft.basedOn}
          yaml={check.yaml}
          changes={check.changes}
          onSaved={() => {
            setSaving(false);
            setDraft(null);
          }}
          onLook={() => {
            setSaving(false);
            onReload();
            setSearch({ part: 'versions' });
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </PageBody>
  );
}

function titleOf(playbook: Playbook, edited: boolean, check: Checked | null): string {
  if (!edited) return playbook.name;
  if (check !== null && check.problems.length > 0)
    return `${playbook.name}: ${check.problems.length === 1 ? 'one thing has' : `${check.problems.length} things have`} to be mended. Not saved.`;
  const words = check?.changes?.words ?? '';
  return `${playbook.name}: ${words === '' ? 'changed.' : words} Not saved.`;
}
