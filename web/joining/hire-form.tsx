import { Button, TextInput } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { type Place, zoneCity } from '../design/format-in-zones.ts';
import { PersonChoice } from '../shell/person-choice.tsx';
import { useCall } from '../shell/use-call.ts';
import { FirstDay } from './first-day.tsx';
import { type HireDraft, partsOf, saysMore } from './hire-draft.ts';
import { HireMore, moreFields } from './hire-more.tsx';
import classes from './joining.module.css';

export type HireFormProps = {
  draft: HireDraft;
  onChange: (draft: HireDraft) => void;
  /** What is wrong, by the API's field. */
  problems: Record<string, string>;
};

/** Four fields are enough: name, personal address, first day, somebody whose role it is like. The rest stands under *More*. */
export function HireForm({ draft, onChange, problems }: HireFormProps) {
  const set = (change: Partial<HireDraft>) => onChange({ ...draft, ...change });
  const place = useHirePlace(draft);
  const { like } = draft;
  const taken = like === null ? [] : [like.title, like.department, like.place, like.employmentType];
  return (
    <div className={classes.form}>
      <div>
        {draft.parts === null && (
          <TextInput
            label="Name"
            description="As it will stand everywhere. The family name is found by itself."
            autoComplete="off"
            maxLength={200}
            value={draft.name}
            error={problems.givenName ?? problems.familyName}
            data-autofocus
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        )}
        <NameParts draft={draft} set={set} problems={problems} />
      </div>
      <TextInput
        label="Personal address"
        description="For the welcome page before the first day. No password is ever mailed."
        type="email"
        autoComplete="off"
        value={draft.personalAddress}
        error={problems.personalAddress}
        onChange={(event) => set({ personalAddress: event.currentTarget.value })}
      />
      <FirstDay
        date={draft.startDate}
        time={draft.startTime}
        place={place}
        problem={problems.startDate ?? problems.startTime}
        onChange={(startDate) => set({ startDate })}
      />
      <div>
        <PersonChoice
          label="Role like"
          description="Department, title, place, manager and employment are taken over from them."
          value={like}
          onChange={(chosen) => set({ like: chosen })}
          problem={problems.likePersonId}
        />
        {like !== null && (
          <p className={classes.hint}>
            {taken.filter(Boolean).join(', ')}
            {like.manager !== null && `; reports to ${like.manager}`}. Change any of it under More.
          </p>
        )}
        {like === null && draft.departmentId === '' && draft.personId === null && (
          <p className={classes.hint}>Nobody alike? Say department and place under More: what they get goes by them.</p>
        )}
      </div>
      <HireMore
        draft={draft}
        set={set}
        problems={problems}
        opened={saysMore(draft) || moreFields.some((field) => problems[field] !== undefined)}
      />
    </div>
  );
}

type PartsProps = { draft: HireDraft; set: (change: Partial<HireDraft>) => void; problems: Record<string, string> };

function NameParts({ draft, set, problems }: PartsProps) {
  const id = useId();
  const parts = partsOf(draft);
  const first = useRef<HTMLInputElement>(null);
  const isOne = draft.parts === null;
  // What was pressed to come here is gone: the focus goes to what took its place.
  useEffect(() => {
    if (!isOne) first.current?.focus();
  }, [isOne]);
  if (isOne) {
    if (parts.givenName === '') return null;
    return (
      <p className={classes.hint} aria-live="polite">
        Given name <b>{parts.givenName}</b>,{' '}
        {parts.familyName === '' ? (
          'no family name'
        ) : (
          <>
            family name <b>{parts.familyName}</b>
          </>
        )}
        .{' '}
        <button type="button" className={classes.link} onClick={() => set({ parts })}>
          Correct it
        </button>
      </p>
    );
  }
  const change = (part: Partial<typeof parts>) => {
    const next = { ...parts, ...part };
    set({ parts: next, name: `${next.givenName} ${next.familyName}`.trim() });
  };
  return (
    <fieldset className={classes.fieldset} aria-describedby={id}>
      <legend className="gc-unseen">Name</legend>
      <div className={classes.two}>
        <TextInput
          ref={first}
          label="Given name"
          autoComplete="off"
          value={parts.givenName}
          error={problems.givenName}
          data-autofocus
          onChange={(event) => change({ givenName: event.currentTarget.value })}
        />
        <TextInput
          label="Family name"
          autoComplete="off"
          value={parts.familyName}
          error={problems.familyName}
          onChange={(event) => change({ familyName: event.currentTarget.value })}
        />
      </div>
      <p id={id} className={classes.hint}>
        The family name may stay empty.{' '}
        {draft.personId === null && (
          <Button size="compact-xs" variant="subtle" onClick={() => set({ parts: null })}>
            One field again
          </Button>
        )}
      </p>
    </fieldset>
  );
}

/** Whose clock the first morning is on: their own zone, that of the place, or that of the person alike; null where nothing says it yet. */
function useHirePlace({ timeZone, locationId, like }: HireDraft): Place | null {
  const locations = useCall('listLocations');
  const location = (locations.data?.rows ?? []).find(({ id }) => id === locationId);
  if (timeZone !== '') return { zone: timeZone, name: location?.name ?? zoneCity(timeZone) };
  if (location?.timeZone != null) return { zone: location.timeZone, name: location.name };
  return like === null ? null : { zone: like.timeZone, name: like.place ?? zoneCity(like.timeZone) };
}
