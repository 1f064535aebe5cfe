import { useEffect, useRef, useState } from 'react';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { Section } from '../design/section.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { Tally } from '../design/tally.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { NotShown } from '../shell/not-shown.tsx';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useCall } from '../shell/use-call.ts';
import { ImportColumns } from './import-columns.tsx';
import { ImportConfirm } from './import-confirm.tsx';
import { ImportMissing } from './import-missing.tsx';
import { ImportRows, type Shown } from './import-rows.tsx';
import classes from './people.module.css';
import { counted, importStatus, type PeopleImport } from './words.ts';

/** One people list: how its columns are read, what it would change, taking it in, and what is to be decided afterwards. */
export default function ImportPage() {
  const { params } = usePlace();
  const importId = params.importId ?? '';
  const [runs, setRuns] = useState(true);
  const { data: list, error } = useCall('getPeopleImport', { params: { importId } }, runs ? { everySeconds: 1 } : {});
  const works = list?.status === 'running';
  useEffect(() => setRuns(works), [works]);
  useTitle(list === undefined ? undefined : titleOf(list));
  if (error !== null || list === undefined) return <NotShown what="people list" error={error} crumb={crumb} />;
  return <Import list={list} />;
}

const crumb = [
  { label: 'People', to: '/people' },
  { label: 'Import a list', to: '/people/imports' },
];

function Import({ list }: { list: PeopleImport }) {
  const [shown, setShown] = useState<Shown | null>(null);
  const rows = useRef<HTMLDivElement>(null);
  const open = list.status === 'preview' || list.status === 'held' || list.status === 'failed';
  const { kind, word } = importStatus[list.status];
  const show = (what: Shown) => {
    setShown(what);
    rows.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <PageBody>
      <PageHeader
        crumb={crumb}
        title={titleOf(list)}
        context={
          <>
            <StatusChip kind={kind} alone>
              {word}
            </StatusChip>{' '}
            {list.by !== null && `By ${list.by}, `}
            <ZonedTime instant={list.createdAt} />
          </>
        }
      />
      {list.problem !== null && <Problem what={list.problem} />}
      {list.status === 'running' && (
        <div className={classes.part}>
          <Progress
            verb="Written"
            done={list.progress.done}
            total={list.progress.total}
            noun="people"
            note="It goes on without this page. All of it counts at once, at the end."
          />
        </div>
      )}
      {list.status !== 'running' && list.status !== 'discarded' && <Effects list={list} onShow={show} />}
      {list.status === 'done' && <ImportMissing list={list} />}
      <div ref={rows}>
        {list.status !== 'running' && list.status !== 'discarded' && <ImportRows list={list} shown={shown} onShow={setShown} />}
      </div>
      {open && <ImportColumns key={JSON.stringify([list.mapping, list.dateOrder, list.defaultTimeZone, list.sheet])} list={list} />}
      {open && <ImportConfirm list={list} />}
    </PageBody>
  );
}

function titleOf({ status, fileName, counts }: PeopleImport): string {
  const file = `“${fileName}”`;
  switch (status) {
    case 'preview':
      return `${file} has ${counted(counts.rows, 'row', 'rows')}. Nobody is changed yet.`;
    case 'held':
      return `${file} is held. Nobody was changed.`;
    case 'running':
      return `${file} is being taken in`;
    case 'done':
      return counts.undecided > 0
        ? `${file} was taken in. ${counted(counts.undecided, 'person', 'people')}: left, or still here?`
        : `${file} was taken in`;
    case 'failed':
      return `${file} could not be taken in. Nobody was changed.`;
    case 'discarded':
      return `${file} was discarded. Nobody was changed.`;
  }
}

function Effects({ list, onShow }: { list: PeopleImport; onShow: (shown: Shown) => void }) {
  const { counts } = list;
  const done = list.status === 'done';
  const line = (key: Shown, value: number, text: string) => ({ key, value, text, ...(value > 0 ? { onOpen: () => onShow(key) } : {}) });
  const people = (count: number) => (count === 1 ? 'person' : 'people');
  return (
    <Section
      title={done ? 'What it did' : 'What it would do'}
      note={`${counted(counts.rows, 'row', 'rows')}: new, changed, as before, or refused.`}
    >
      <Tally
        lines={[
          line('new', counts.new, `new ${people(counts.new)}`),
          line('changed', counts.changed, `${people(counts.changed)} with something changed`),
          line('unchanged', counts.unchanged, `${people(counts.unchanged)} as before`),
          line('refused', counts.refused, counts.refused === 1 ? 'row refused, with its reason' : 'rows refused, each with its reason'),
          ...(list.declaredComplete
            ? [
                line(
                  'missing',
                  counts.missing,
                  `${counts.missing === 1 ? 'person is' : 'people are'} here and not on the list: left? You are asked, nobody ends by itself`,
                ),
              ]
            : []),
          ...(counts.questions > 0
            ? [line('questions', counts.questions, counts.questions === 1 ? 'row asks you something' : 'rows ask you something')]
            : []),
        ]}
      />
      {list.notes.length > 0 && (
        <ul className={classes.notes}>
          {list.notes.map((note) => (
            <li key={note} className="gc-small gc-dimmed">
              {note}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
