import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { ActButton } from '../design/act.tsx';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { numberWord } from '../design/number-word.ts';
import { Problem } from '../design/problem.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { call } from '../shell/call.ts';
import { useOnce } from '../shell/use-once.ts';
import { FoldedPart } from './folded-part.tsx';
import classes from './welcome.module.css';
import type { Welcome } from './welcome-page.tsx';

type WelcomeTasksProps = { secret: string; welcome: Welcome; onSent: () => Promise<unknown> };

/** What waits for the new colleague: a policy to read, a question. Each is finished here, without a password. */
export function WelcomeTasks({ secret, welcome: { tasks }, onSent }: WelcomeTasksProps) {
  const id = useId();
  const [done, setDone] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (done !== null) heading.current?.focus();
  }, [done]);
  if (tasks.length === 0 && done === null) return null;
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {tasks.length === 0
          ? 'Nothing else waits for you'
          : tasks.length === 1
            ? 'One thing to finish'
            : `${numberWord(tasks.length)} things to finish`}
      </h2>
      <p role="status" className={classes.second}>
        {done !== null && `“${done}” is done. Thank you.`}
      </p>
      {tasks.length > 0 && (
        <ul className={classes.list}>
          {tasks.map((task) => (
            <li key={task.id}>
              <FoldedPart heading={task.title} opened={tasks.length === 1}>
                <OneTask
                  secret={secret}
                  task={task}
                  onDone={async () => {
                    await onSent();
                    setDone(task.title);
                  }}
                />
              </FoldedPart>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function OneTask({ secret, task, onDone }: { secret: string; task: Welcome['tasks'][number]; onDone: () => Promise<unknown> }) {
  const [answer, setAnswer] = useState('');
  const [note, setNote] = useState('');
  const asks = task.kind !== 'task' && task.answerKind !== null;
  const finish = useMutation({
    mutationFn: () =>
      call('finishWelcomeTask', {
        body: { secret, taskId: task.id, answer: asks ? answer : null, note: note.trim() === '' ? null : note },
      }),
    onSuccess: onDone,
  });
  const send = useOnce(() => finish.mutateAsync());
  const problems = fieldProblems(finish.error);
  const options = task.options.length === 0 && task.answerKind === 'yes-no' ? yesNo : task.options;
  const needsNote = task.evidenceRequired;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {task.instructions !== '' && <p className={classes.words}>{task.instructions}</p>}
      {task.dueAt !== null && (
        <p className={classes.second}>
          Until <ZonedTime instant={task.dueAt} />.
        </p>
      )}
      {task.linkUrl !== null && (
        <div className={classes.acts}>
          <ActButton act={{ label: 'Open it', href: task.linkUrl, ariaLabel: `Open it: ${task.title}` }} />
        </div>
      )}
      {asks && options.length > 0 && (
        <ChoiceCards legend="Your answer" value={answer === '' ? null : answer} onChange={setAnswer} choices={options} />
      )}
      {asks && options.length === 0 && task.answerKind === 'date' && (
        <TextInput
          type="date"
          label="Which day?"
          value={answer}
          error={problems.answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
      )}
      {asks && options.length === 0 && task.answerKind !== 'date' && (
        <Textarea
          label="Your answer"
          autosize
          minRows={2}
          maxLength={4000}
          value={answer}
          error={problems.answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
      )}
      {needsNote && (
        <Textarea
          label="What shows that it is done"
          description="A sentence is enough."
          autosize
          minRows={2}
          maxLength={4000}
          value={note}
          error={problems.note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {finish.error !== null && <Problem {...problemProps(finish.error)} />}
      <div className={classes.acts}>
        <Button type="submit" loading={finish.isPending} disabled={(asks && answer.trim() === '') || (needsNote && note.trim() === '')}>
          {asks ? 'Send the answer' : 'It is done'}
        </Button>
      </div>
    </form>
  );
}

const yesNo = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];
