import { Checkbox, TextInput } from '@mantine/core';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { type Place, zoneCity } from '../design/format-in-zones.ts';
import { LocalMomentPicker } from '../design/local-moment-picker.tsx';
import classes from './leaving.module.css';
import { isSensitive, type LeavingDraft, type Told } from './leaving-draft.ts';
import { MemberChoice } from './member-choice.tsx';
import { OwnClockPicker } from './own-clock-picker.tsx';

export type Leaver = { id: string; name: string; place: Place };

type LeavingFormProps = {
  leavers: Leaver[];
  draft: LeavingDraft;
  onChange: (draft: LeavingDraft) => void;
  /** What is wrong, by the API's field. */
  problems: Record<string, string>;
  /** An exit that exists keeps who may know of it. */
  keepsKnowing?: boolean;
};

export const leaverOf = ({ id, name, zone, place }: { id: string; name: string; zone: string; place: string | null }): Leaver => ({
  id,
  name,
  place: { zone, name: place ?? zoneCity(zone) },
});

/** The clocks that the leavers live by. */
export const placesOf = (leavers: Leaver[]): Place[] => [...new Map(leavers.map(({ place }) => [place.zone, place])).values()];

/** Whether the leavers live by one clock; otherwise the same local time is meant on each one's own. */
export const shareClock = (leavers: Leaver[]): boolean => placesOf(leavers).length === 1;

/** When access closes if not now, the last working day, when they know, who else may. */
export function LeavingForm({ leavers, draft, onChange, problems, keepsKnowing = false }: LeavingFormProps) {
  const places = placesOf(leavers);
  const one = leavers.length === 1;
  const set = (change: Partial<LeavingDraft>) => onChange({ ...draft, ...change });
  return (
    <div className={classes.form}>
      {draft.when === 'later' &&
        (places.length === 1 ? (
          <LocalMomentPicker
            legend="Access closes"
            value={draft.moment}
            onChange={(moment) => set({ moment })}
            places={places}
            problem={problems.at}
          />
        ) : (
          <OwnClockPicker
            legend="Access closes"
            value={draft.moment}
            onChange={(moment) => set({ moment })}
            places={places}
            problem={problems.at}
          />
        ))}
      {draft.when !== null && (
        <div className={classes.two}>
          <TextInput
            type="date"
            label="Last working day"
            description="Empty: the day access closes."
            value={draft.lastWorkingDay}
            error={problems.lastWorkingDay}
            onChange={(event) => set({ lastWorkingDay: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Contract ends"
            description="If it is another day."
            value={draft.legalEnd}
            error={problems.legalEnd}
            onChange={(event) => set({ legalEnd: event.currentTarget.value })}
          />
        </div>
      )}
      {draft.when === 'later' && <ToldChoice one={one} draft={draft} set={set} places={places} problem={problems.toldAt} />}
      {draft.when === 'now' && <p className={classes.hint}>They learn of it as access closes. Nothing is sent to them before.</p>}
      {draft.when === 'later' && draft.told !== 'now' && !keepsKnowing && (
        <div>
          <Checkbox
            label="Sensitive: only those I name may know of it until then"
            description="Without this, everybody who may see exits sees it; the person who leaves never does before the moment above."
            checked={draft.sensitive}
            onChange={(event) => set({ sensitive: event.currentTarget.checked })}
          />
          {isSensitive(draft) && <MemberChoice chosen={draft.named} onChange={(named) => set({ named })} />}
        </div>
      )}
      <TextInput
        label="Reason"
        description="For the history; the person does not read it."
        maxLength={500}
        value={draft.reason}
        error={problems.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </div>
  );
}

type ToldChoiceProps = {
  one: boolean;
  draft: LeavingDraft;
  set: (change: Partial<LeavingDraft>) => void;
  places: Place[];
  problem?: string;
};

function ToldChoice({ one, draft, set, places, problem }: ToldChoiceProps) {
  const who = one ? 'they' : 'all of them';
  return (
    <>
      <ChoiceCards<Told>
        legend="When do they know?"
        value={draft.told}
        onChange={(told) => set({ told })}
        choices={[
          { value: 'cut-off', label: 'When access closes', detail: 'Until then nothing reaches them, whatever role they hold.' },
          { value: 'now', label: one ? 'They know already' : 'All know already', detail: 'They get their own list of what to do at once.' },
          { value: 'chosen', label: 'At another moment', detail: `From then on ${who} see it and get their own tasks.` },
        ]}
      />
      {draft.told === 'chosen' && (
        <LocalMomentPicker
          legend="They are told"
          value={draft.toldMoment}
          onChange={(toldMoment) => set({ toldMoment })}
          places={places}
          problem={problem}
        />
      )}
      {draft.told !== 'chosen' && problem !== undefined && <p className={classes.note}>{problem}</p>}
    </>
  );
}
