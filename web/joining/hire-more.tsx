import { NativeSelect, TextInput } from '@mantine/core';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { PersonChoice } from '../shell/person-choice.tsx';
import { useCall } from '../shell/use-call.ts';
import { FoldedPart } from './folded-part.tsx';
import { type HireDraft, limitedEmployments, usualStart } from './hire-draft.ts';
import classes from './joining.module.css';
import { WorkAddress } from './work-address.tsx';

/** The fields of the API that stand under *More*. */
export const moreFields = [
  'departmentId',
  'locationId',
  'title',
  'managerId',
  'timeZone',
  'employmentType',
  'endDate',
  'startTime',
  'workAddress',
  'credentialTo',
];

const employmentTypes = ['employee', 'contractor', 'intern', 'working student', 'freelancer', 'temporary', 'apprentice'];
const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;
const zones = Intl.supportedValuesOf('timeZone');

type HireMoreProps = {
  draft: HireDraft;
  set: (change: Partial<HireDraft>) => void;
  problems: Record<string, string>;
  /** Something below is wrong, so it is shown. */
  opened: boolean;
};

/** What is seldom needed: everything that is taken over from somebody alike, the end, the hour, the address, who gets the first credential. */
export function HireMore({ draft, set, problems, opened }: HireMoreProps) {
  const departments = useCall('listDepartments');
  const locations = useCall('listLocations');
  const { like } = draft;
  const none = (value: string | null | undefined) => (like === null ? 'Not said' : `As ${like.name}${value ? `: ${value}` : ''}`);
  const places = (data: { rows: { id: string; name: string }[] } | undefined, taken: string | null | undefined) => [
    { value: '', label: none(taken) },
    ...(data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const choose = (field: 'departmentId' | 'locationId' | 'employmentType' | 'timeZone') => ({
    value: draft[field],
    error: problems[field],
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
  });
  const employment = draft.employmentType || like?.employmentType || '';
  return (
    <FoldedPart heading="More" note="role, place, end, work address, first credential" opened={opened}>
      <div className={classes.two}>
        <NativeSelect label="Department" data={places(departments.data, like?.department)} {...choose('departmentId')} />
        <NativeSelect label="Location" data={places(locations.data, like?.place)} {...choose('locationId')} />
        <TextInput
          label="Title"
          placeholder={like === null ? undefined : none(like.title)}
          autoComplete="off"
          value={draft.title}
          error={problems.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <PersonChoice
          label="Manager"
          value={draft.manager}
          onChange={(manager) => set({ manager })}
          problem={problems.managerId}
          description={like?.manager != null ? `Empty: ${like.manager}, as for ${like.name}.` : undefined}
        />
        <NativeSelect
          label="Kind of employment"
          data={[{ value: '', label: none(like?.employmentType) }, ...employmentTypes.map((value) => ({ value, label: capital(value) }))]}
          {...choose('employmentType')}
        />
        <TextInput
          type="date"
          label="Last day"
          description={
            limitedEmployments.has(employment)
              ? 'Access closes after it; the sponsor is asked before.'
              : 'Only where the end is agreed already.'
          }
          value={draft.endDate}
          error={problems.endDate}
          onChange={(event) => set({ endDate: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label="The first morning begins at"
          description="On their own clock."
          value={draft.startTime}
          error={problems.startTime}
          onChange={(event) => set({ startTime: event.currentTarget.value || usualStart })}
        />
        <NativeSelect
          label="Time zone of their own"
          description="For somebody who works elsewhere."
          data={[{ value: '', label: 'That of the location' }, ...zones.map((value) => ({ value, label: value }))]}
          {...choose('timeZone')}
        />
      </div>
      <WorkAddress draft={draft} onChange={(workAddress) => set({ workAddress })} problem={problems.workAddress} />
      <ChoiceCards
        legend="Who gets the first credential?"
        value={draft.credentialTo}
        onChange={(credentialTo) => set({ credentialTo })}
        choices={[
          { value: 'personal', label: 'The new colleague', detail: 'An invitation that works once, to the personal address.' },
          { value: 'manager', label: 'Their manager', detail: 'Who hands it over on the first morning.' },
        ]}
      />
    </FoldedPart>
  );
}
