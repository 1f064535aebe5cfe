import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { type ChosenPerson, PersonChoice } from '../shell/person-choice.tsx';
import { useCall } from '../shell/use-call.ts';
import classes from './playbooks.module.css';
import type { Playbook, Tried } from './words.ts';

/** On whom the playbook is tried, and with which dates; what is empty is taken as usual. */
export type Trial = { person: ChosenPerson | null; dates: Tried['dates'] };

type TryPanelProps = {
  moment: Playbook['moment'];
  trial: Trial;
  onChange: (trial: Trial) => void;
  tried: Tried | undefined;
  error: unknown;
  /** The playbook has problems: it cannot be tried before they are mended. */
  broken: boolean;
};

/** Tries the playbook on a real person: their local times, who is asked, what holds for them. Nothing is sent or changed. */
export function TryPanel({ moment, trial, onChange, tried, error, broken }: TryPanelProps) {
  const problems = fieldProblems(error);
  const joins = useCall(
    'getPerson',
    { params: { personId: trial.person?.id ?? '' } },
    { enabled: moment !== 'leaver' && trial.person !== null },
  );
  const firstDay = joins.data?.status === 'joining' ? joins.data.startDate : null;
  useEffect(() => {
    if (firstDay !== null && trial.dates.startDate === undefined) onChange({ ...trial, dates: { ...trial.dates, startDate: firstDay } });
  }, [firstDay, trial, onChange]);
  const shown = tried?.person.id === trial.person?.id ? tried : undefined;
  const dates = { ...shown?.dates, ...trial.dates };
  const set = (change: Tried['dates']) => onChange({ ...trial, dates: { ...trial.dates, ...change } });
  const [date = '', time = '17:00'] = (dates.cutOffLocal ?? '').split('T');
  return (
    <section className={classes.panel} aria-labelledby="try-heading">
      <h2 id="try-heading">Try it on somebody</h2>
      <p className="gc-small gc-dimmed">
        What it would mean for a real person, on their clock. Nobody is written to, nothing is changed
        {moment === 'leaver' ? ', and dates that they may have already are not looked at.' : '. If they have a first day, that is taken.'}
      </p>
      <PersonChoice label="Person" withJoiners value={trial.person} onChange={(person) => onChange({ person, dates: {} })} />
      {trial.person !== null && moment === 'leaver' && (
        <div className={classes.fields}>
          <TextInput
            type="date"
            label="Access closes"
            value={date}
            error={problems.at ?? problems.cutOffLocal}
            onChange={(event) =>
              event.currentTarget.value !== '' && set({ cutOffLocal: `${event.currentTarget.value}T${time}`, lastWorkingDay: undefined })
            }
          />
          <TextInput
            type="time"
            label="At (their local time)"
            value={time}
            onChange={(event) =>
              event.currentTarget.value !== '' && date !== '' && set({ cutOffLocal: `${date}T${event.currentTarget.value}` })
            }
          />
          <TextInput
            type="date"
            label="Legal end"
            value={dates.legalEnd ?? ''}
            onChange={(event) => set({ legalEnd: event.currentTarget.value || undefined })}
          />
        </div>
      )}
      {trial.person !== null && moment !== 'leaver' && (
        <div className={classes.fields}>
          <TextInput
            type="date"
            label="First day"
            value={dates.startDate ?? ''}
            error={problems.startDate}
            onChange={(event) => event.currentTarget.value !== '' && set({ startDate: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label="At (their local time)"
            value={dates.startTime ?? '09:00'}
            onChange={(event) => event.currentTarget.value !== '' && set({ startTime: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Last day"
            description={moment === 'contractor' ? undefined : 'Where an end is known.'}
            value={dates.endDate ?? ''}
            error={problems.endDate}
            onChange={(event) => set({ endDate: event.currentTarget.value || undefined })}
          />
        </div>
      )}
      <div aria-live="polite">
        {broken && trial.person !== null && (
          <p className="gc-small gc-dimmed">What is wrong in the steps has to be mended before it can be tried.</p>
        )}
        {!broken && shown !== undefined && error === null && <TriedSummary tried={shown} />}
        {!broken && error !== null && error !== undefined && <Problem {...problemProps(error)} />}
      </div>
    </section>
  );
}

function TriedSummary({ tried }: { tried: Tried }) {
  const not = tried.steps.filter(({ applies }) => applies === false).length;
  const open = tried.steps.filter(({ applies }) => applies === null).length;
  const late = tried.steps.filter((step) => step.late && step.applies !== false).length;
  return (
    <>
      <p className={classes.summary}>
        <b>{tried.words}.</b> {tried.steps.length - not - open} of {tried.steps.length} steps would be done for {tried.person.givenName}
        {not > 0 && `, ${not} not`}
        {open > 0 && `, ${open} depend${open === 1 ? 's' : ''} on what is not known yet`}.
        {late > 0 && ` ${late} ${late === 1 ? 'is' : 'are'} due already: at once, and marked late.`}
      </p>
      {tried.note !== null && <p className="gc-small gc-dimmed">{tried.note}</p>}
      <p className="gc-small gc-dimmed">What it means stands at each step.</p>
    </>
  );
}
