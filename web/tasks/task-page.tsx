import { useState } from 'react';
import type { Act } from '../design/act.tsx';
import { MoreMenu } from '../design/more-menu.tsx';
import { useNow } from '../design/now.ts';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { toast } from '../design/toast.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { call, type OutputOf } from '../shell/call.ts';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { queryClient } from '../shell/query-client.ts';
import { saveFile } from '../shell/save-file.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { isOverdue } from './due-words.tsx';
import { type EvidenceLine, EvidenceList } from './evidence-list.tsx';
import { DeedDialog, nextAsked, ReassignDialog } from './task-dialogs.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskForm, type Ways } from './task-form.tsx';
import classes from './tasks.module.css';

type Task = OutputOf<'getTask'>;
type Deed = 'reassign' | 'deputy' | 'cancel';

/** One task: what is to be done, where, until when; evidence; and the button that finishes it. */
export default function TaskPage() {
  const { params } = usePlace();
  const { data: task, error } = useCall('getTask', { params: { taskId: params.taskId! } });
  useTitle(task?.title);
  if (error !== null || task === undefined) return <NotShown what="task" error={error} crumb={[{ label: 'My tasks', to: '/tasks' }]} />;
  return (
    <PageBody>
      <TaskOf key={task.id} task={task} />
    </PageBody>
  );
}

function TaskOf({ task }: { task: Task }) {
  const { go } = usePlace();
  const [deed, setDeed] = useState<Deed | null>(null);
  const [unsaved, setUnsaved] = useState<unknown>(null);
  const { acts, error: notReminded } = useDeeds(task, setDeed);
  const mayWork = useMay('tasks:work');
  const open = task.status === 'open';
  const readAgain = () => queryClient.invalidateQueries();
  const finished = () => {
    toast(task.kind === 'task' ? `“${task.title}” is done.` : `Your answer to “${task.title}” was sent.`);
    void readAgain();
    go('/tasks');
  };
  const save = async (line: EvidenceLine) => {
    try {
      saveFile(await call('getEvidence', { params: { taskId: task.id, evidenceId: line.id } }));
      setUnsaved(null);
    } catch (error) {
      setUnsaved(error);
    }
  };
  return (
    <>
      <PageHeader
        crumb={[{ label: 'My tasks', to: '/tasks' }]}
        title={task.title}
        context={
          <span className={classes.context}>
            <Context task={task} />
          </span>
        }
        more={open && mayWork && acts.length > 0 ? <MoreMenu items={acts} /> : undefined}
      />
      {notReminded !== null && <Problem {...problemProps(notReminded)} />}
      <TaskFacts {...task} open={open} />
      {task.evidence.length > 0 && (
        <Section title="What shows that it is done">
          <EvidenceList lines={task.evidence} place={task.place} onSave={save} />
          {unsaved !== null && <Problem {...problemProps(unsaved)} />}
        </Section>
      )}
      {open && task.aboutMe && <p style={{ marginTop: 20 }}>This is about you, so somebody else does it.</p>}
      {open && mayWork && !task.aboutMe && (
        <TaskForm task={task} ways={waysOf(task.id)} onFinished={finished} onLookAgain={() => void readAgain()} />
      )}
      {deed === 'reassign' && <ReassignDialog task={task} onClose={() => setDeed(null)} />}
      {deed === 'deputy' && <DeedDialog task={task} deed="askDeputy" onClose={() => setDeed(null)} />}
      {deed === 'cancel' && <DeedDialog task={task} deed="cancelTask" onClose={() => setDeed(null)} />}
    </>
  );
}

function useDeeds(task: Task, start: (deed: Deed) => void): { acts: Act[]; error: Error | null } {
  const mayManage = useMay('tasks:manage');
  const remind = useAct('remindTask', { onDone: () => toast('A mail with a fresh link is on its way.') });
  if (task.aboutMe) return { acts: [], error: null };
  const acts = [
    { label: 'Give it to somebody else…', onClick: () => start('reassign') },
    ...(task.assignee?.personId ? [{ label: `Ask ${nextAsked(task)} now…`, onClick: () => start('deputy') }] : []),
    ...(mayManage && task.assignee?.mine === false
      ? [{ label: `Remind ${task.assignee.name}`, onClick: () => remind.mutate({ params: { taskId: task.id } }) }]
      : []),
    ...(mayManage ? [{ label: 'Not needed any more…', onClick: () => start('cancel') }] : []),
  ];
  return { acts, error: remind.error };
}

const waysOf = (taskId: string): Ways => ({
  attachFile: (file) => call('attachEvidenceFile', { params: { taskId }, query: { fileName: file.name, contentType: file.type }, file }),
  attachLink: (url) => call('attachEvidence', { params: { taskId }, body: { url } }),
  finish: (body) => call('finishTask', { params: { taskId }, body }),
  findPeople: async (find) => (await call('listTaskPeople', { params: { taskId }, query: { find } })).rows,
});

function Context({ task }: { task: Task }) {
  const now = useNow();
  const about = task.subject === null ? null : <span>About {task.subject.name}</span>;
  if (task.status !== 'open') {
    return (
      <>
        {about}
        <StatusChip kind={task.status === 'done' ? 'good-vouched' : 'away'}>
          {task.status === 'done' ? `Done by ${task.doneBy ?? 'somebody'}` : `Not needed any more, says ${task.doneBy ?? 'somebody'}`}
        </StatusChip>
        {task.doneAt !== null && <ZonedTime instant={task.doneAt} place={task.place} />}
        {task.answerWords !== null && <span>Answer: {task.answerWords}</span>}
        {task.status === 'cancelled' && task.note !== null && <span>{task.note}</span>}
      </>
    );
  }
  const whom = task.assignee === null ? 'nobody yet' : task.assignee.mine ? 'you' : task.assignee.name;
  const before = task.askedBefore;
  return (
    <>
      {about}
      {isOverdue(task.dueAt, now) ? (
        <StatusChip kind="wrong">Overdue with {whom}</StatusChip>
      ) : (
        <StatusChip kind="waiting">Waits for {whom}</StatusChip>
      )}
      {before.length > 0 && (
        <span>
          {before.join(' and ')} {before.length === 1 ? 'was' : 'were'} asked before and may still do it.
        </span>
      )}
    </>
  );
}
