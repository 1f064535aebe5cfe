import { type ReactNode, useId } from 'react';
import classes from './choice-cards.module.css';

export type Choice<Value extends string> = { value: Value; label: ReactNode; detail?: ReactNode; disabled?: boolean };

type ChoiceCardsProps<Value extends string> = {
  legend: string;
  /** The question stands above already, for the eye. */
  legendUnseen?: boolean;
  /** Null where nothing is chosen: a sensitive choice has no default. */
  value: Value | null;
  onChange: (value: Value) => void;
  choices: Choice<Value>[];
};

/** A choice of two equal cards (or a few). */
export function ChoiceCards<Value extends string>({ legend, legendUnseen = false, value, onChange, choices }: ChoiceCardsProps<Value>) {
  const name = useId();
  return (
    <fieldset className={classes.choice}>
      <legend className={legendUnseen ? 'gc-unseen' : classes.legend}>{legend}</legend>
      <div className={classes.cards}>
        {choices.map((choice) => (
          <label key={choice.value} className={classes.card}>
            <input
              type="radio"
              name={name}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
            />
            <span>
              <b>{choice.label}</b>
              {choice.detail !== undefined && <span className={classes.detail}>{choice.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
