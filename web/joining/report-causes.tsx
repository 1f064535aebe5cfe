import type { ReactNode } from 'react';
import { useState } from 'react';
import { PlaceLink } from '../design/place-link.tsx';
import { Section } from '../design/section.tsx';
import { useMay } from '../shell/session.ts';
import classes from './report.module.css';
import { causeNames, costWords, type JoiningReport } from './report-words.ts';

type Hires = JoiningReport['causes'][number]['hires'];

const shown = 5;

/** What hires waited for, by cause and by app, the dearest first, with the hires behind each. */
export function ReportCauses({ report: { causes, apps } }: { report: JoiningReport }) {
  const mayApps = useMay('apps:read');
  if (causes.length === 0) return null;
  return (
    <>
      <Section
        title="What they waited for"
        note="From the first morning until it was there: working hours where they are, eight to a day. Public holidays count as working days. A day on which two things were missing counts for each of them, and once in the total."
      >
        <ul className={classes.causes}>
          {causes.map(({ cause, days, hires }) => (
            <Cause key={cause} title={causeNames[cause]} days={days} hires={hires} />
          ))}
        </ul>
      </Section>
      {apps.length > 0 && (
        <Section title="In which apps">
          <ul className={classes.causes}>
            {apps.map(({ appId, app, days, hires }) => (
              <Cause key={appId} title={mayApps ? <PlaceLink to={`/apps/${appId}`}>{app}</PlaceLink> : app} days={days} hires={hires} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Cause({ title, days, hires }: { title: ReactNode; days: number; hires: Hires }) {
  const [all, setAll] = useState(false);
  const first = all ? hires : hires.slice(0, shown);
  return (
    <li>
      <div className={classes.cause}>
        <h3>{title}</h3>
        <b>{costWords(days)}</b>
      </div>
      <ul className={classes.behind}>
        {first.map(({ runId, person, days: theirs, things, isOpen }) => (
          <li key={runId}>
            <PlaceLink to={`/joining/${runId}`}>{person}</PlaceLink>
            <span>
              {things.join(', ')}
              {isOpen && <span className={classes.late}> (missing still)</span>}
            </span>
            <span className={classes.days}>{costWords(theirs)}</span>
          </li>
        ))}
      </ul>
      {hires.length > first.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          Show {hires.length - first.length} more
        </button>
      )}
    </li>
  );
}
