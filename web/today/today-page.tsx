import { Ask } from '../design/ask.tsx';
import { momentsInPlaces } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Columns, PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { useReader } from '../design/reader.tsx';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { Tally } from '../design/tally.tsx';
import { ZonedTime } from '../design/zoned-time.tsx';
import { problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { useTitle } from '../shell/page-title.ts';
import { useMay, useSession } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { FirstStart } from './first-start.tsx';
import { NextRail } from './next-rail.tsx';
import { OwnTasks } from './own-tasks.tsx';
import { TodayLede } from './today-lede.tsx';
import { firstName, fullDay, greeting, needsWords } from './today-words.ts';

export type Today = OutputOf<'getToday'>;

/** What needs me, what happens next, what went well without me. */
export default function TodayPage() {
  const { data, error } = useCall('getToday', {}, { everySeconds: 30 });
  const reach = useCall('getSession').data?.reach['today:read'];
  const session = useSession().data;
  const { place } = useReader();
  const now = useNow();
  useTitle('Today');
  if (data === undefined || reach === undefined) {
    return (
      <PageBody>
        {error === null ? (
          <Skeleton />
        ) : (
          <Problem {...problemProps(error)} act={{ label: 'Try again', onClick: () => location.reload() }} />
        )}
      </PageBody>
    );
  }
  const hello = `${greeting(now, place.zone)}, ${firstName(session?.name ?? '')}.`;
  const [moment] = momentsInPlaces(now, [place], { now });
  const above = `${fullDay(now, place.zone)}, ${moment?.time} in ${place.name}`;
  if (reach === 'own') return <OwnToday above={above} hello={hello} />;
  const nothingThere = data.counts.people === 0 && data.counts.apps === 0 && data.needs.length === 0;
  if (nothingThere) return <FirstStart above={above} hello={hello} />;
  return <Full data={data} above={above} hello={hello} now={now} />;
}

function Full({ data, above, hello, now }: { data: Today; above: string; hello: string; now: number }) {
  const [first, ...rest] = data.needs;
  const maySettle = useMay('leaving:manage');
  const listed = maySettle ? rest : data.needs;
  const [pressing, patient] = [listed.filter(({ urgency }) => urgency <= 1), listed.filter(({ urgency }) => urgency > 1)];
  const half = data.counts.people === 0 ? 'people' : data.counts.apps === 0 ? 'apps' : null;
  return (
    <PageBody>
      <PageHeader above={above} title={`${hello} ${needsWords(data.needs.length)}`} lede={<TodayLede counts={data.counts} />} />
      {first !== undefined && maySettle && (
        <Ask
          when={
            first.since === null ? undefined : (
              <>
                since <ZonedTime instant={first.since} today />
              </>
            )
          }
          title={first.title}
          acts={[{ label: first.verb, to: first.link }]}
        >
          <p>{first.text}</p>
        </Ask>
      )}
      {first === undefined && half !== null && (
        <Ask
          tag="Next step"
          title={half === 'people' ? 'Give us the list of your people.' : 'Give us the list of users of one app.'}
          acts={[
            half === 'people'
              ? { label: 'Import the people list', to: '/people/imports' }
              : { label: 'Add an app with its list', to: '/apps/new' },
          ]}
        >
          <p>
            {half === 'people'
              ? 'With it you see at once which accounts belong to nobody who works here.'
              : 'Any export of its users will do, without a credential. A minute later you see who has left and still has an account.'}
          </p>
        </Ask>
      )}
      <Columns
        main={
          <>
            {pressing.length > 0 && (
              <Section title="Needs you too">
                <RowList rows={pressing.map((need) => waiting(need, now))} />
              </Section>
            )}
            <Section title="Can wait a little">
              {patient.length === 0 ? (
                <p className="gc-dimmed">{data.needs.length === 0 ? 'Nothing waits for you.' : 'Nothing else waits for you.'}</p>
              ) : (
                <RowList rows={patient.map((need) => waiting(need, now))} />
              )}
            </Section>
          </>
        }
        side={<NextRail next={data.next} />}
        after={
          <Section title="Went well without you" aside={<span>since yesterday at this time</span>}>
            {data.wentWell.length === 0 ? (
              <p className="gc-dimmed">Nothing had to be done since yesterday.</p>
            ) : (
              <Tally lines={data.wentWell.map(({ count, text, link }) => ({ key: text, value: count, to: link, text }))} />
            )}
          </Section>
        }
      />
    </PageBody>
  );
}

const waiting = ({ key, title, text, link, verb, since, due }: Today['needs'][number], now: number) => ({
  key,
  title,
  to: link,
  detail: text,
  due:
    due !== null ? (
      <>
        {Date.parse(due) < now ? 'was due' : 'by'} <ZonedTime instant={due} today />
      </>
    ) : (
      since !== null && (
        <>
          since <ZonedTime instant={since} today />
        </>
      )
    ),
  act: { label: verb, to: link, ariaLabel: `${verb}: ${title}` },
});

function OwnToday({ above, hello }: { above: string; hello: string }) {
  const mayRead = useMay('tasks:read');
  return (
    <PageBody>
      {mayRead ? <OwnTasks above={above} hello={hello} /> : <PageHeader above={above} title={`${hello} Nothing needs you.`} />}
    </PageBody>
  );
}
