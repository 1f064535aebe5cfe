import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { toast } from '../design/toast.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { ChangeList } from './change-list.tsx';
import classes from './playbooks.module.css';
import { type Playbook, runsWords, versionWords } from './words.ts';

type Version = Playbook['versions'][number];

/** Every version with what it changed, newest first. */
export function VersionsPart({ playbook, mayManage, hasDraft }: { playbook: Playbook; mayManage: boolean; hasDraft: boolean }) {
  const [again, setAgain] = useState<Version | null>(null);
  return (
    <Section title="Versions" note="A version never changes. A run keeps the one it began with.">
      <ol>
        {playbook.versions.map((version) => (
          <li key={version.id} className={classes.step}>
            <div className={classes.head}>
              <p className={classes.title}>{versionWords(version)}</p>
              {version.version === playbook.version ? (
                <span className={classes.change}>In force</span>
              ) : (
                mayManage && (
                  <Button size="xs" onClick={() => setAgain(version)} aria-label={`Use it again…: version ${version.version}`}>
                    Use it again…
                  </Button>
                )
              )}
            </div>
            <p className="gc-small gc-dimmed">
              <ZonedTime instant={version.createdAt} /> · {runsWords(version.openRuns)}
            </p>
            {version.note !== null && <p className="gc-small">“{version.note}”</p>}
            {version.changes !== null &&
              (version.changes.words === '' ? (
                <p className="gc-small gc-dimmed">Only comments or the layout of its text changed.</p>
              ) : (
                <details className={classes.difference}>
                  <summary>{version.changes.words.replace(/\.$/, '')}</summary>
                  <ChangeList changes={version.changes} />
                </details>
              ))}
          </li>
        ))}
      </ol>
      {again !== null && <AgainDialog playbook={playbook} version={again} hasDraft={hasDraft} onClose={() => setAgain(null)} />}
    </Section>
  );
}

type AgainDialogProps = { playbook: Playbook; version: Version; hasDraft: boolean; onClose: () => void };

function AgainDialog({ playbook, version, hasDraft, onClose }: AgainDialogProps) {
  const [note, setNote] = useState(`As version ${version.version}`);
  const { data, error } = useCall('getPlaybookVersion', { params: { playbookId: playbook.id, versionId: version.id } });
  const save = useAct('savePlaybook', {
    onDone: ({ version: made, changed }) => {
      toast(changed ? `Version ${made} is in force: it is version ${version.version} again.` : 'That is what is in force already.');
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`Use version ${version.version} again?`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (data === undefined) return;
          save.mutate({
            params: { playbookId: playbook.id },
            body: { yaml: data.yaml, basedOn: playbook.version, note: note.trim() || null },
          });
        }}
      >
        {error !== null && <Problem {...problemProps(error)} />}
        {data?.againstCurrent != null && (
          <div>
            <h3>Against what is in force: {data.againstCurrent.words === '' ? 'nothing' : data.againstCurrent.words.replace(/\.$/, '')}</h3>
            <ChangeList changes={data.againstCurrent} />
          </div>
        )}
        <p className="gc-small">
          It becomes version {playbook.version + 1}, with the old text. Runs that are open keep theirs.
          {hasDraft && ' What you are editing now began with another version: finish it or start over before.'}
        </p>
        <TextInput
          label="Why (for whoever looks later)"
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {save.error !== null && <Problem {...problemProps(save.error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={save.isPending}>
            Keep as it is
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={data === undefined || hasDraft}>
            Use version {version.version} again
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
