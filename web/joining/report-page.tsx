import { EmptyPage } from '../design/empty-page.tsx';
import { Num } from '../design/num.tsx';
import { numberWord } from '../design/number-word.ts';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { PlaceLink } from '../design/place-link.tsx';
import { Problem } from '../design/problem.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { Tally } from '../design/tally.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useTitle } from '../shell/page-title.ts';
import { usePlace } from '../shell/place.ts';
import { useCall } from '../shell/use-call.ts';
import { ReportCauses } from './report-causes.tsx';
import { ReportChoice } from './report-choice.tsx';
import { ReportMilestones } from './report-milestones.tsx';
import { ReportNames } from './report-names.tsx';
import { causeNames, type JoiningReport, reportTitle, type Span, spans } from './report-words.ts';

/** What hires waited for over a time, and how long they took to arrive: where the next hire can be spared a wait. */
export default function ReportPage() {
  const { search } = usePlace();
  const span = spans.find(({ key }) => key === search.over) ?? spans[0];
  const { data, error } = useCall('joiningReport', { query: { over: span.key } }, { keepPrevious: true });
  const title = data === undefined ? 'What hires waited for' : reportTitle(data);
  useTitle(title);
  const by = search.by === 'title' ? 'title' : 'department';
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Joining', to: '/joining' }]}
        title={title}
        lede={data !== undefined && data.started > 0 ? <Whole report={data} span={span} /> : undefined}
      />
      <ReportChoice
        label="Over which time"
        current={span.key}
        choices={spans.map(({ key, label }) => ({
          key,
          label,
          to: `/joining/report?over=${key}${by === 'title' ? '&by=title' : ''}`,
        }))}
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined ? (
        error === null && <Skeleton as="rows" />
      ) : data.started === 0 ? (
        <Empty span={span} />
      ) : (
        <>
          <FirstMornings report={data} />
          <ReportCauses report={data} />
          <ReportMilestones milestones={data.milestones} by={by} over={span.key} />
        </>
      )}
    </PageBody>
  );
}

function Whole({ report, span }: { report: JoiningReport; span: Span }) {
  const [first] = report.causes;
  const open = new Set(report.causes.flatMap(({ hires }) => hires.filter(({ isOpen }) => isOpen).map(({ runId }) => runId))).size;
  const want = first === undefined || first.cause === 'other' ? '' : `for want of ${causeNames[first.cause].toLowerCase()}`;
  return (
    <>
      {first === undefined ? (
        `As far as is known, nobody who started ${span.words} had to wait for anything.`
      ) : report.days === 0 ? (
        `What was missing for those who started ${span.words} cost less than half an hour.`
      ) : (
        <>
          Those who started {span.words} lost <Num value={report.days} /> working {report.days === 1 ? 'day' : 'days'} waiting
          {want !== '' && (report.causes.length === 1 ? `, ${want}` : `, most of all ${want}`)}.
        </>
      )}
      {open > 0 && ` For ${numberWord(open).toLowerCase()} something is missing still.`}
      {report.found > report.hires.length && ` Counted are the newest ${report.hires.length} of ${report.found} hires.`}
    </>
  );
}

function FirstMornings({ report }: { report: JoiningReport }) {
  const of = (morning: 'ready' | 'missing' | 'unknown') => report.hires.filter((hire) => hire.morning === morning);
  const names = (hires: JoiningReport['hires']) => <ReportNames rows={hires.map(({ runId, person }) => ({ runId, person }))} />;
  const lines = [
    { key: 'ready', hires: of('ready'), words: 'had everything' },
    { key: 'missing', hires: of('missing'), words: 'lacked something' },
    { key: 'unknown', hires: of('unknown'), words: 'nobody knows of: they did not say, and no look could tell' },
  ];
  return (
    <Section title="On the first morning">
      <Tally
        lines={lines
          .filter(({ hires }) => hires.length > 0)
          .map(({ key, hires, words }) => ({
            key,
            value: hires.length,
            text: (
              <>
                {words}: {names(hires)}
              </>
            ),
          }))}
      />
    </Section>
  );
}

function Empty({ span }: { span: Span }) {
  return (
    <EmptyPage
      title={`Nobody has started ${span.words}`}
      other={span.key === 'all' ? undefined : { label: 'Show all hires', to: '/joining/report?over=all' }}
    >
      <p>
        Once hires have had their first morning, this page says who had everything, what the others waited for and how many working days it
        cost, and how long they took to each milestone. <PlaceLink to="/joining">Who joins next</PlaceLink>
      </p>
    </EmptyPage>
  );
}
