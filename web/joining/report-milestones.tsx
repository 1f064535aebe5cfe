import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { PlaceLink } from '../design/place-link.tsx';
import { Section } from '../design/section.tsx';
import { useMay } from '../shell/session.ts';
import classes from './report.module.css';
import { ReportChoice } from './report-choice.tsx';
import { ReportNames } from './report-names.tsx';
import { asideWords, dayWords, type MilestoneTimes, timeWords } from './report-words.ts';

type By = 'department' | 'title';
type Group = MilestoneTimes['byTitle'][number];

/** How long hires took to each milestone, against its target, and who is not there yet. */
export function ReportMilestones({ milestones, by, over }: { milestones: MilestoneTimes[]; by: By; over: string }) {
  const mayManage = useMay('joining:manage');
  // Of a part in which all have left the sentence says enough.
  const groupsOf = ({ byDepartment, byTitle }: MilestoneTimes) =>
    (by === 'title' ? byTitle : byDepartment).filter(({ reached, open }) => reached + open > 0);
  const canPart = milestones.some(({ byDepartment, byTitle }) => byDepartment.length > 1 || byTitle.length > 1);
  return (
    <Section
      title="How long they took to arrive"
      note="Counted from the first day, for those who reached a milestone. Whoever has not yet is named, and not counted."
    >
      {milestones.length === 0 && (
        <p>
          There is no milestone for any of them. {mayManage && <PlaceLink to="/joining/milestones">Set two or three for a role</PlaceLink>}
        </p>
      )}
      {canPart && (
        <ReportChoice
          label="In which parts"
          current={by}
          choices={[
            { key: 'department', label: 'By department', to: `/joining/report?over=${over}` },
            { key: 'title', label: 'By title', to: `/joining/report?over=${over}&by=title` },
          ]}
        />
      )}
      <ul className={classes.milestones}>
        {milestones.map((times) => (
          <li key={times.id}>
            <h3>{times.name}</h3>
            <p>{timeWords(times)}</p>
            <NotYet times={times} />
            {groupsOf(times).length > 1 && <Groups times={times} groups={groupsOf(times)} by={by} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NotYet({ times }: { times: MilestoneTimes }) {
  const now = useNow();
  const open = times.hires.filter(({ state }) => state === 'open');
  const aside = asideWords(times);
  if (open.length === 0 && aside === '') return null;
  return (
    <p>
      {open.length > 0 && (
        <>
          Not yet:{' '}
          <ReportNames
            rows={open.map(({ isLate, targetOn, ...hire }) => ({
              ...hire,
              words: isLate ? (
                <span className={classes.late}>(late, target {formatDay(targetOn, { now })})</span>
              ) : (
                <>(target {formatDay(targetOn, { now })})</>
              ),
            }))}
          />
          .{' '}
        </>
      )}
      {aside}
    </p>
  );
}

function Groups({ times, groups, by }: { times: MilestoneTimes; groups: Group[]; by: By }) {
  const heading = by === 'title' ? 'Title' : 'Department';
  return (
    <table className={classes.groups}>
      <caption className="gc-unseen">
        {times.name}, by {by}
      </caption>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">Reached</th>
          <th scope="col">Median (least to most)</th>
          <th scope="col">Working days</th>
          <th scope="col">In time</th>
          <th scope="col">Not yet</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ name, reached, days, workingDays, inTime, open }) => (
          <tr key={name ?? ''}>
            <th scope="row">{name ?? `No ${by} is known`}</th>
            <td data-label="Reached">{reached}</td>
            <td data-label="Median" data-none={reached === 0 || undefined}>
              {spreadWords(days)}
            </td>
            <td data-label="Working days" data-none={reached === 0 || undefined}>
              {spreadWords(workingDays)}
            </td>
            <td data-label="In time" data-none={reached === 0 || undefined}>
              {reached === 0 ? '–' : inTime}
            </td>
            <td data-label="Not yet">{open}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const spreadWords = (spread: MilestoneTimes['days']): string => {
  if (spread === null) return '–';
  return spread.least === spread.most ? dayWords(spread.median) : `${dayWords(spread.median)} (${spread.least} to ${spread.most})`;
};
