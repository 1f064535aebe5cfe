import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { FileDrop } from '../design/file-drop.tsx';
import { Problem } from '../design/problem.tsx';
import { ApiProblem, fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useOnce } from '../shell/use-once.ts';
import { AnswerField } from './answer-field.tsx';
import { FormAnswer, type FormPart } from './form-answer.tsx';
import type { FoundPerson } from './named-person.tsx';
import classes from './tasks.module.css';

/** What the form needs to know of a task. */
export type AskedTask = {
  kind: string;
  answerKind: string | null;
  options: { value: string; label: string }[];
  form: FormPart[];
  evidenceRequired: boolean;
  evidence: { id: string }[];
};

/** How the form reaches the server: through the session, or through the secret of a link. */
export type Ways = {
  attachFile: (file: File) => Promise<unknown>;
  attachLink: (url: string) => Promise<unknown>;
  finish: (input: { answer: string | null; note: string | null }) => Promise<unknown>;
  findPeople: (words: string) => Promise<FoundPerson[]>;
};

const largest = 10 * 1024 * 1024;

type TaskFormProps = {
  task: AskedTask;
  ways: Ways;
  onFinished: () => void;
  /** Reads the task again, once somebody else settled it meanwhile. */
  onLookAgain: () => void;
  /** One button over the whole width, as a thumb likes it. */
  wide?: boolean;
};

/** Answers or finishes one task, with evidence by file, link or note. What was attached stays attached and is not sent twice: not after a refusal, not by a double click. */
export function TaskForm({ task, ways, onFinished, onLookAgain, wide = false }: TaskFormProps) {
  const id = useId();
  const asks = task.kind !== 'task';
  const isForm = task.answerKind === 'form';
  const [answer, setAnswer] = useState('');
  const [parts, setParts] = useState<Record<string, string>>({});
  const [note, setNote] = useState('');
  const [link, setLink] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const finish = useMutation({
    mutationFn: async () => {
      for (const file of files) {
        await ways.attachFile(file);
        setFiles((left) => left.filter((each) => each !== file));
      }
      if (link.trim() !== '') {
        await ways.attachLink(link.trim());
        setLink('');
      }
      await ways.finish({ answer: asks ? (isForm ? JSON.stringify(parts) : answer) : null, note: note.trim() === '' ? null : note });
    },
    onSuccess: onFinished,
  });
  const send = useOnce(() => finish.mutateAsync());
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  const refused = fieldProblems(finish.error);
  const problems = Object.fromEntries(Object.entries(refused).filter(([field]) => !mended.has(field)));
  const mend = (field: string) => setMended(new Set([...mended, field]));
  const takeFiles = (taken: File[]) => {
    const large = taken.find((file) => file.size > largest);
    setTooLarge(large === undefined ? null : `${large.name} is larger than 10 MB. Attach a smaller picture or a link.`);
    setFiles((before) => [...before, ...taken.filter((file) => file.size <= largest)]);
    mend('file');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMended(new Set());
    send();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {asks && isForm && (
        <FormAnswer
          id={id}
          parts={task.form}
          values={parts}
          onChange={(key, value) => {
            setParts((before) => ({ ...before, [key]: value }));
            mend(`answer.${key}`);
          }}
          find={ways.findPeople}
          problems={problems}
        />
      )}
      {asks && !isForm && task.answerKind !== null && (
        <AnswerField
          id={id}
          kind={task.answerKind}
          options={task.options}
          value={answer}
          onChange={(chosen) => {
            setAnswer(chosen);
            mend('answer');
          }}
          find={ways.findPeople}
          error={problems.answer}
        />
      )}
      <Shown task={task}>
        <Textarea
          label={task.evidenceRequired ? 'What shows that it is done' : 'Note'}
          description={task.evidenceRequired ? 'Write what you saw, or attach a picture or a link below.' : undefined}
          autosize
          minRows={2}
          maxLength={10_000}
          value={note}
          error={problems.note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
            mend('note');
          }}
        />
        <FileDrop
          label="Picture or file"
          hint="At most 10 MB. It is kept as it is."
          multiple
          onFiles={takeFiles}
          busy={finish.isPending}
          problem={tooLarge ?? problems.file}
        />
        {files.length > 0 && (
          <ul className={classes.files} aria-label="Files that will be attached">
            {files.map((file, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same file may be chosen twice
              <li key={`${file.name} ${index}`}>
                <span>{file.name}</span>
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={`Take ${file.name} away`}
                  onClick={() => setFiles(files.filter((each) => each !== file))}
                >
                  Take away
                </Button>
              </li>
            ))}
          </ul>
        )}
        <TextInput
          label="Link"
          placeholder="https://"
          type="url"
          inputMode="url"
          autoComplete="off"
          maxLength={2_000}
          value={link}
          error={problems.url}
          onChange={(event) => {
            setLink(event.currentTarget.value);
            mend('url');
          }}
        />
      </Shown>
      {finish.error !== null && Object.keys(refused).length === 0 && (
        <Problem
          {...problemProps(finish.error)}
          act={isSettled(finish.error) ? { label: 'Look again', onClick: onLookAgain } : undefined}
        />
      )}
      <div className={classes.acts} data-wide={wide || undefined}>
        <Button type="submit" variant="filled" size={wide ? 'md' : 'sm'} fullWidth={wide} loading={finish.isPending}>
          {asks ? 'Send the answer' : 'It is done'}
        </Button>
      </div>
    </form>
  );
}

const isSettled = (error: unknown) => error instanceof ApiProblem && (error.status === 409 || error.status === 404);

/** Evidence stands open where it is required; else behind a word. */
function Shown({ task, children }: { task: AskedTask; children: ReactNode }) {
  if (task.evidenceRequired && task.evidence.length === 0) return <div className={classes.part}>{children}</div>;
  return (
    <details className={classes.fold}>
      <summary>Add a note, a file or a link</summary>
      <div className={classes.part}>{children}</div>
    </details>
  );
}
