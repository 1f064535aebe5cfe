import { NumberInput, Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './access.module.css';
import { Names } from './names.tsx';
import { listed, people } from './words.ts';

export type Losing = { id: string | null; name: string; apps: string[] };

type BrakePartProps = {
  /** At most so many may lose something without being asked; left out where it was said already. */
  limit?: number;
  /** How many would lose something by this: the number to confirm. */
  losing: number;
  /** With those who lost something by rules in the last 24 hours, where they are more. */
  inADay?: number;
  names: Losing[];
  typed: string;
  onTyped: (typed: string) => void;
  /** Left out where the reason is asked for beside it. */
  reason?: string;
  onReason?: (reason: string) => void;
  /** It appeared as an answer: its heading takes the focus and is read. */
  takesFocus?: boolean;
};

/** The brake: who would lose something, by name; their number and a reason let it go on. */
export function BrakePart({ limit, losing, inADay, names, typed, onTyped, reason, onReason, takesFocus = false }: BrakePartProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!takesFocus) return;
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'start' });
  }, [takesFocus]);
  return (
    <section className={classes.brake} aria-label="The brake">
      <div>
        <h3 ref={heading} tabIndex={-1}>
          {people(losing)} would lose something.
        </h3>
        <p className={classes.detail}>
          {inADay !== undefined && inADay > losing && `With those of the last 24 hours they are ${inADay}. `}
          {limit === undefined ? 'So many at once are held' : `More than ${limit} in a day are held`} until somebody has looked at the
          names. Nothing was changed yet.
        </p>
      </div>
      <Names
        label="Who would lose something"
        rows={names.map(({ id, name, apps }) => ({ id, name, more: apps.length === 0 ? undefined : listed(apps) }))}
        total={losing}
      />
      <NumberInput
        label={`Type ${losing} to confirm that so many lose something`}
        hideControls
        allowNegative={false}
        allowDecimal={false}
        value={typed}
        onChange={(value) => onTyped(String(value))}
      />
      {onReason !== undefined && (
        <Textarea
          label="Why this is right"
          description="It stands in the history, with your name."
          autosize
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      )}
    </section>
  );
}

/** Whether the brake was let go: the number is the one that was shown, and a reason is there. */
export const isReleased = (losing: number, typed: string, reason: string): boolean => typed === String(losing) && reason.trim().length >= 3;
