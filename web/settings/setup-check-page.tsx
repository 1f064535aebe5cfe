import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './settings.module.css';

/** What a real installation needs, and what this one lacks. */
export default function SetupCheckPage() {
  const { data, error } = useCall('getSetupCheck');
  const findings = data?.findings ?? [];
  const rank = (ok: boolean | null) => (ok === false ? 0 : ok === null ? 1 : 2);
  const missing = findings.filter(({ ok }) => ok === false).length;
  const unsure = findings.filter(({ ok }) => ok === null).length;
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Settings', to: '/settings' }]}
        title={data === undefined ? 'Set-up check' : headline(missing)}
        lede={
          data === undefined
            ? undefined
            : unsure === 0
              ? 'Everything else is as it should be.'
              : `${unsure === 1 ? 'One thing' : `${unsure} things`} only you can know.`
        }
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined && error === null && <Skeleton as="rows" />}
      <ul className={classes.findings}>
        {findings
          .toSorted((a, b) => rank(a.ok) - rank(b.ok))
          .map(({ key, title, ok, words, mend }) => (
            <li key={key}>
              <div>
                <h2 style={{ fontSize: 16, lineHeight: '22px' }}>{title}</h2>
                <StatusChip kind={ok === true ? 'good-read' : ok === false ? 'wrong' : 'unknown'}>
                  {ok === true ? 'As it should be' : ok === false ? 'Missing' : 'Yours to check'}
                </StatusChip>
              </div>
              <div>
                <p>{words}</p>
                {mend !== '' && <p className="gc-second">{mend}</p>}
              </div>
            </li>
          ))}
      </ul>
    </PageBody>
  );
}

const headline = (missing: number): string =>
  missing === 0 ? 'Nothing is missing that we can see' : missing === 1 ? 'One thing is missing' : `${missing} things are missing`;
