import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useAct } from '../shell/use-call.ts';
import type { DataTopic } from './run-data.tsx';
import type { Run } from './run-state.ts';
import classes from './runs.module.css';

const withSomebody = ['give', 'take', 'reply', 'forward', 'read'];

type DataDialogProps = { run: Run; topic: DataTopic; title: string; onClose: () => void };

/** Decides who inherits one part of the data. */
export function DataDialog({ run, topic, title, onClose }: DataDialogProps) {
  const [choice, setChoice] = useState<string | null>(topic.choice);
  const [heir, setHeir] = useState<ChosenPerson | null>(topic.to);
  const [text, setText] = useState(topic.text ?? '');
  const [until, setUntil] = useState(topic.until ?? '');
  const decide = useAct('decideData', { onDone: onClose });
  const problems = fieldProblems(decide.error);
  const isMail = topic.topic === 'mail' && choice !== null && choice !== 'nothing';
  return (
    <Dialog opened onClose={onClose} title={`${title} of ${run.person}`}>
      <form
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (choice === null) return;
          decide.mutate({
            params: { runId: run.id },
            body: {
              topic: topic.topic as 'files',
              choice,
              personId: withSomebody.includes(choice) ? (heir?.id ?? null) : null,
              text: isMail && text.trim() !== '' ? text.trim() : null,
              until: isMail && until !== '' ? until : null,
            },
          });
        }}
      >
        <ChoiceCards legend="What becomes of it?" value={choice} onChange={setChoice} choices={topic.choices} />
        {choice !== null && withSomebody.includes(choice) && (
          <PersonChoice label="Who?" value={heir} onChange={setHeir} withJoiners except={[run.person_id]} />
        )}
        {isMail && (
          <>
            <Textarea
              label="What the automatic reply says"
              description="Left empty: that they do not work here any more, that the message was not read, and who follows."
              autosize
              minRows={2}
              maxLength={2000}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <TextInput
              label="Until when?"
              description="Left empty: 30 days after access closes."
              type="date"
              value={until}
              error={problems.until}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
          </>
        )}
        {decide.error !== null && <Problem {...problemProps(decide.error)} />}
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button type="submit" variant="filled" loading={decide.isPending} disabled={choice === null}>
            Decide it so
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}
