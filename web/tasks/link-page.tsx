import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { type Reader, ReaderProvider, readerOfBrowser } from '../design/reader.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { Mark } from '../shell/mark.tsx';
import { useTitle } from '../shell/page-title.ts';
import { tasksWait } from './count-words.ts';
import { DueWords } from './due-words.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskForm, type Ways } from './task-form.tsx';
import classes from './tasks.module.css';

type Opened = OutputOf<'openTaskLink'>;
type Task = Opened['tasks'][number];

/** The page behind the link of a mail: works without a session, shows one task at a time, and acts only when its button is pressed. */
export default function LinkPage() {
  const secret = useLocation().hash.replace(/^#/, '');
  const link = useQuery({
    queryKey: ['task link', secret],
    queryFn: () => call('openTaskLink', { body: { secret } }),
    enabled: secret !== '',
    retry: false,
    // What somebody is writing must not move away under their hands: it is read again only after something was settled.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (secret === '') {
    return (
      <Sheet title="Open the link from your mail">
        <p className={classes.lede}>It ends in a secret that is missing here. Your tasks open with it, without a password.</p>
      </Sheet>
    );
  }
  if (link.error !== null && link.data === undefined) {
    return (
      <Sheet title="This link cannot be opened">
        <Problem {...problemProps(link.error)} />
      </Sheet>
    );
  }
  if (link.data === undefined) return <Skeleton />;
  return <TasksOf secret={secret} opened={link.data} onFinished={() => link.refetch()} />;
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
      <Sheet title={title} moved={done}>
        <p className={classes.lede}>
          For {name} at {organization}. {tasks.length > 0 ? 'Nothing happens until you press a button.' : 'You can close this page.'}
        </p>
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
      </Sheet>
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

/** One sheet with a heading, outside the frame. After something was settled the heading takes the focus. */
function Sheet({ title, moved = null, children }: { title: string; moved?: string | null; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    if (moved !== null) heading.current?.focus();
  }, [moved]);
  return (
    <div className={classes.outside}>
      <header className={classes.name}>
        <Mark />
        Groundcrew
      </header>
      <main id="main" className={classes.sheet}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}
