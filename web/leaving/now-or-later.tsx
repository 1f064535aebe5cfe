import { ChoiceCards } from '../design/choice-cards.tsx';
import { useNow } from '../design/now.ts';
import { ZonedTime } from '../design/zoned-time.tsx';
import classes from './leaving.module.css';
import type { LeavingDraft } from './leaving-draft.ts';
import { type Leaver, placesOf } from './leaving-form.tsx';

type NowOrLaterProps = {
  leavers: Leaver[];
  value: LeavingDraft['when'];
  onChange: (when: LeavingDraft['when']) => void;
  /** The heading of the step asks it already, for the eye. */
  legendUnseen?: boolean;
};

/** The first question of an exit. Nothing is chosen beforehand: the difference is whether somebody can still sign in a minute later. */
export function NowOrLater({ leavers, value, onChange, legendUnseen = false }: NowOrLaterProps) {
  const now = useNow();
  const [first] = leavers;
  const one = leavers.length === 1;
  return (
    <ChoiceCards
      legend="Now or later?"
      legendUnseen={legendUnseen}
      value={value}
      onChange={onChange}
      choices={[
        {
          value: 'now',
          label: 'Now',
          detail: (
            <>
              {one ? `For ${first?.name} it is` : 'For them it is'}
              <span className={classes.now}>
                {placesOf(leavers).map((place) => (
                  <span key={place.zone} className={classes.now}>
                    <ZonedTime instant={now} place={place} alone={!one} />
                  </span>
                ))}
              </span>
            </>
          ),
        },
        {
          value: 'later',
          label: 'Later',
          detail: `At a day and time on ${one ? 'their clock' : 'each one’s own clock'}. Until then nothing closes.`,
        },
      ]}
    />
  );
}
