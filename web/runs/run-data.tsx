import { useState } from 'react';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { useMay } from '../shell/session.ts';
import { DataDialog } from './data-dialog.tsx';
import { lineStatus } from './line-words.ts';
import type { OpenDialog } from './run-dialog-kind.ts';
import { placeOfRun } from './run-place.ts';
import { isOpenLine, type ProofLineAnswer, type RunDetail } from './run-state.ts';
import classes from './runs.module.css';

export type DataTopic = RunDetail['data']['topics'][number];

/** The titles of the parts, and the section of the proof in which each stands. */
const parts: Record<string, { title: string; section: string }> = {
  files: { title: 'Files', section: 'files' },
  mail: { title: 'Mail', section: 'mail' },
  meetings: { title: 'Meetings', section: 'calendar' },
  automations: { title: 'What runs by itself', section: 'automations' },
};

/** What becomes of the data: what goes to whom until when, and how it stands; what comes later; what a legal hold holds back. */
export function RunData({ detail, open }: { detail: RunDetail; open: OpenDialog }) {
  const { run, data, sections } = detail;
  const mayManage = useMay('leaving:manage') && run.status !== 'cancelled' && run.status !== 'rescinded';
  const [changed, setChanged] = useState<DataTopic | null>(null);
  if (data.topics.length === 0 && data.later.length === 0 && data.hold === null) return null;
  const place = placeOfRun(run);
  const linesOf = (topic: string) => sections.find(({ key }) => key === parts[topic]?.section)?.lines ?? [];
  const rows = [
    ...data.topics.map((topic) => ({
      key: topic.topic,
      title: `${parts[topic.topic]?.title ?? topic.topic}: ${wishWords(topic)}`,
      detail: topic.because ?? (data.asked === null ? undefined : 'Not decided yet.'),
      right: (
        <span className={classes.head}>
          <State lines={linesOf(topic.topic)} open={open} title={parts[topic.topic]?.title ?? ''} />
          {mayManage && (
            <button type="button" className={classes.link} onClick={() => setChanged(topic)}>
              Change…<span className="gc-unseen"> {parts[topic.topic]?.title}</span>
            </button>
          )}
        </span>
      ),
    })),
    ...data.later.map((section) => ({
      key: section.key,
      title: `${section.title}: ${section.lines.length === 1 ? section.lines[0]?.subject : `${section.lines.length} lines`}`,
      detail: firstWhy(section.lines[0]),
      right: <State lines={section.lines} open={open} title={section.title} later />,
    })),
  ];
  return (
    <Section
      title="Data"
      note={
        data.asked !== null ? (
          <>
            {data.asked.who ?? 'The owners of the organization'} was asked who inherits what
            {data.asked.dueAt !== null && (
              <>
                , due <ZonedTime instant={data.asked.dueAt} place={place} />
              </>
            )}
            . Without an answer it goes to the manager.
          </>
        ) : undefined
      }
    >
      {data.hold !== null && (
        <p>
          <StatusChip kind="decided">Legal hold</StatusChip> by {data.hold.placedBy} since{' '}
          <ZonedTime instant={data.hold.placedAt} place={place} />: “{data.hold.reason}”. Nothing is deleted and no licence is taken until
          it is lifted, on the person’s page.
        </p>
      )}
      <RowList rows={rows} />
      {changed !== null && (
        <DataDialog run={run} topic={changed} title={parts[changed.topic]?.title ?? ''} onClose={() => setChanged(null)} />
      )}
    </Section>
  );
}

const choiceWords = (topic: DataTopic): string => topic.choices.find(({ value }) => value === topic.choice)?.label ?? 'not decided';

function wishWords(topic: DataTopic): string {
  if (topic.choice === null) return 'not decided yet';
  const { to, until } = topic;
  const whom =
    to === null
      ? choiceWords(topic).toLowerCase()
      : topic.topic === 'mail'
        ? `${choiceWords(topic).toLowerCase()}, ${to.name}`
        : `to ${to.name}`;
  return until === null ? whom : `${whom}, until ${until}`;
}

function firstWhy(line: ProofLineAnswer | undefined): string | undefined {
  const why = line?.how.open?.why;
  return typeof why === 'string' ? why : undefined;
}

type StateProps = { lines: ProofLineAnswer[]; open: OpenDialog; title: string; later?: boolean };

/** How the lines of a part stand, with the way to each. */
function State({ lines, open, title, later = false }: StateProps) {
  const [first] = lines;
  if (first === undefined) return <StatusChip kind="planned">Not yet</StatusChip>;
  const waiting = lines.filter(isOpenLine);
  const { kind, word } =
    waiting.length > 0 ? { kind: 'waiting' as const, word: later ? 'Kept' : `${waiting.length} open` } : lineStatus(first);
  return (
    <button type="button" className={classes.row} onClick={() => open({ kind: 'lines', title, lines })}>
      <StatusChip kind={kind}>{word}</StatusChip>
      <span className="gc-unseen">: {title}, how it is known</span>
    </button>
  );
}
