import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { FileDrop } from '../design/file-drop.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { useAct } from '../shell/use-call.ts';
import { useOnce } from '../shell/use-once.ts';
import type { RunAction } from './run-state.ts';
import classes from './runs.module.css';

type How = 'closed' | 'stays';

/** Settles a line by a person: it is closed, with what shows it, or it stays open and that is decided. */
export function ByHandDialog({
  action,
  person,
  mayDecide,
  onClose,
}: {
  action: RunAction;
  person: string;
  mayDecide: boolean;
  onClose: () => void;
}) {
  const vouches = action.task_id !== null && action.task_status === 'open';
  const [how, setHow] = useState<How | null>(vouches ? null : 'stays');
  const [note, setNote] = useState('');
  const [link, setLink] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [attaching, setAttaching] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const override = useAct('overrideAction', { onDone: onClose });
  const finish = useAct('finishTask', { onDone: onClose });
  const error = failed ?? override.error ?? finish.error;
  const problems = fieldProblems(error);
  const busy = attaching || override.isPending || finish.isPending;
  const vouch = useOnce(async (taskId: string) => {
    setFailed(null);
    setAttaching(true);
    try {
      if (file !== null) await call('attachEvidenceFile', { params: { taskId }, query: { fileName: file.name }, file });
      if (link.trim() !== '') await call('attachEvidence', { params: { taskId }, body: { url: link.trim() } });
      finish.mutate({ params: { taskId }, body: { note: note.trim() } });
    } catch (problem) {
      setFailed(problem);
    } finally {
      setAttaching(false);
    }
  });
  return (
    <Dialog opened onClose={onClose} title={`${action.app} for ${person}`}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (how === 'closed' && action.task_id !== null) vouch(action.task_id);
          else override.mutate({ params: { actionId: action.id }, body: { reason: note.trim() } });
        }}
      >
        {vouches && (
          <ChoiceCards<How>
            legend="How is it settled?"
            value={how}
            onChange={setHow}
            choices={[
              {
                value: 'closed',
                label: 'I closed it by hand',
                detail: 'The proof says that you vouched for it, and shows what you attach.',
              },
              {
                value: 'stays',
                label: 'It stays open',
                detail: mayDecide ? 'You decide otherwise; the proof says so with your reason.' : 'Only operations may decide that.',
                disabled: !mayDecide,
              },
            ]}
          />
        )}
        {how !== null && (
          <Textarea
            label={how === 'closed' ? 'What did you do, and what did you see?' : 'Why does it stay so?'}
            minRows={2}
            autosize
            maxLength={1000}
            value={note}
            error={problems.note ?? problems.reason}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        {how === 'closed' && (
          <>
            <FileDrop
              label="A picture or file that shows it"
              hint="Optional, at most 10 MB."
              chosen={file?.name}
              onFiles={([chosen]) => setFile(chosen ?? null)}
              problem={problems.file}
            />
            <TextInput
              type="url"
              label="Or a link"
              placeholder="https://"
              value={link}
              error={problems.url}
              onChange={(event) => setLink(event.currentTarget.value)}
            />
          </>
        )}
        {error !== null && Object.keys(problems).length === 0 && <Problem {...problemProps(error)} />}
        <DialogActs>
          <Button onClick={onClose} disabled={busy}>
            Not yet
          </Button>
          <Button type="submit" variant="filled" loading={busy} disabled={how === null || note.trim().length < 3}>
            {how === 'stays' ? `Leave ${action.app} as it is` : `Vouch that ${action.app} is closed`}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
