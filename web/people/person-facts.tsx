import type { ReactNode } from 'react';
import { formatDay, zoneCity } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { RowList } from '../design/row-list.tsx';
import { Section } from '../design/section.tsx';
import classes from './people.module.css';
import { counted, employmentWord, type Person } from './words.ts';

/** What is known of a person, their former employments, and who reports to them. */
export function PersonFacts({ person }: { person: Person }) {
  const now = useNow();
  const day = (date: string | null) => (date === null ? null : formatDay(date, { now }));
  const facts: [string, ReactNode][] = [
    ['Employee number', person.employeeNumber],
    ['Employment', person.employmentType === null ? null : employmentWord(person.employmentType)],
    ['Start', day(person.startDate)],
    ['Location', [person.location, person.country].filter(Boolean).join(', ') || null],
    [
      'Clock',
      `${zoneCity(person.timeZone)} (${person.timeZone})${person.ownTimeZone === null || person.place !== null ? '' : ', their own'}`,
    ],
    ['Cost centre', person.costCentre],
    ['Work address', person.workAddress],
    ['Other addresses', person.aliases.join(', ') || null],
    ['Personal address', person.personalAddress],
    [
      'Away',
      person.leaveFrom === null
        ? null
        : `from ${day(person.leaveFrom)}${person.leaveUntil === null ? '' : ` until ${day(person.leaveUntil)}`}`,
    ],
    [
      'Earlier employments',
      person.former.length === 0
        ? null
        : person.former.map((each) => `${day(each.startDate) ?? 'not known'} to ${day(each.lastWorkingDay) ?? 'not known'}`).join('; '),
    ],
    ['Signs in here', person.memberId === null ? 'No' : 'Yes'],
  ];
  return (
    <>
      {person.reports.length > 0 && (
        <Section
          title={`Reports (${person.reports.length})`}
          link={{ label: counted(person.reports.length, 'person', 'people'), to: `/people?manager=${person.id}` }}
        >
          <RowList
            rows={person.reports
              .slice(0, 12)
              .map((report) => ({ key: report.id, title: report.name, to: `/people/${report.id}`, detail: report.title ?? undefined }))}
          />
        </Section>
      )}
      <Section title="What is known">
        <dl className={classes.facts}>
          {facts
            .filter(([, fact]) => fact !== null)
            .map(([term, fact]) => (
              <FactLine key={term} term={term} fact={fact} />
            ))}
        </dl>
      </Section>
    </>
  );
}

function FactLine({ term, fact }: { term: string; fact: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{fact}</dd>
    </>
  );
}
