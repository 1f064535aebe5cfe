import { useEffect, useMemo, useRef, useState } from 'react';
import { type Reader, ReaderProvider, readerOfBrowser } from '../design/reader.tsx';
import { call, type OutputOf } from '../shell/call.ts';
import { OpenedByLink } from '../shell/opened-by-link.tsx';
import { OutsideSheet } from '../shell/outside-sheet.tsx';
import { tasksWait } from './count-words.ts';
import { DueWords } from './due-words.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskForm, type Ways } from './task-form.tsx';
import classes from './tasks.module.css';

type Opened = OutputOf<'openTaskLink'>;
type Task = Opened['tasks'][number];

/** The page behind the link of a mail: works without a session, shows one task at a time, and acts only when its button is pressed. */
export default function LinkPage() {
  return (
    <OpenedByLink opens="Your tasks open" open={(secret) => call('openTaskLink', { body: { secret } })}>
      {(opened, secret, again) => <TasksOf secret={secret} opened={opened} onFinished={again} />}
    </OpenedByLink>
  );
}

function TasksOf({ secret, opened, onFinished }: { secret: string; opened: Opened; onFinished: () => Promise<unknown> }) {
  const { tasks, settled, name, organization, place } = opened;
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const reader: Reader = useMemo(() => ({ ...readerOfBrowser, place }), [place]);
  const current = tasks.find((task) => task.id === chosen) ?? tasks[0];
  const others = tasks.filter((task) => task !== current);
  const title = tasks.length === 0 ? 'Nothing waits for you' : `${tasksWait(tasks.length)} for you`;
  return (
    <ReaderProvider reader={reader}>
      <OutsideSheet
        title={title}
        moved={done}
        lede={`For ${name} at ${organization}. ${tasks.length > 0 ? 'Nothing happens until you press a button.' : 'You can close this page.'}`}
      >
        <p className={classes.lede} role="status">
          {done !== null && `“${done}” is settled.`}
        </p>
        {current !== undefined && (
          <OneTask
            key={current.id}
            task={current}
            secret={secret}
            takesFocus={chosen === current.id}
            onLookAgain={() => void onFinished()}
            onFinished={async () => {
              await onFinished();
              setDone(current.title);
              setChosen(null);
            }}
          />
        )}
        {others.length > 0 && (
          <section className={classes.other} aria-labelledby="others">
            <h2 id="others">{others.length === 1 ? 'Then one more' : 'Then these'}</h2>
            {others.map((task) => (
              <button
                key={task.id}
                type="button"
                className={classes.row}
                onClick={() => {
                  setChosen(task.id);
                  setDone(null);
                }}
              >
                <b>{task.title}</b>
                <span className="gc-dimmed gc-small">
                  {task.dueAt === null ? 'No hurry' : <DueWords dueAt={task.dueAt} place={task.place} />}
                </span>
              </button>
            ))}
          </section>
        )}
        {settled.length > 0 && (
          <section className={classes.other} aria-labelledby="settled">
            <h2 id="settled">Settled already</h2>
            <ul className={classes.settled}>
              {settled.map((each) => (
                <li key={`${each.title} ${each.words}`}>
                  {each.title}
                  <p className={classes.by}>{each.words}</p>
                </li>
              ))}
            </ul>
          </section>
        )}
      </OutsideSheet>
    </ReaderProvider>
  );
}

type OneTaskProps = {
  task: Task;
  secret: string;
  /** It was opened by hand: its heading takes the focus. The first one is read with the page. */
  takesFocus: boolean;
  onFinished: () => void;
  onLookAgain: () => void;
};

function OneTask({ task, secret, takesFocus, onFinished, onLookAgain }: OneTaskProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <section className={classes.task} aria-labelledby={task.id}>
      <h2 id={task.id} ref={heading} tabIndex={-1}>
        {task.title}
      </h2>
      <TaskFacts {...task} open />
      <TaskForm task={task} ways={waysOf(secret, task.id)} onFinished={onFinished} onLookAgain={onLookAgain} wide />
    </section>
  );
}

const waysOf = (secret: string, taskId: string): Ways => {
  const send = (parts: Record<string, string | File>) => {
    const file = new FormData();
    for (const [name, value] of Object.entries({ secret, taskId, ...parts })) file.set(name, value);
    return call('attachEvidenceByLink', { file });
  };
  return {
    attachFile: (file) => send({ file }),
    attachLink: (url) => send({ url }),
    finish: (input) => call('finishTaskByLink', { body: { secret, taskId, ...input } }),
    findPeople: async (find) => (await call('listPeopleByLink', { body: { secret, taskId, find } })).rows,
  };
};
