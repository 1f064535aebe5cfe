import { useEffect, useEffectEvent, useState } from 'react';
import { Problem } from '../design/problem.tsx';
import { usePhone } from '../design/use-phone.ts';
import { duplicateStep, type Edited, moveStep, removeStep } from './draft-steps.ts';
import classes from './playbooks.module.css';
import { RemoveDialog } from './remove-dialog.tsx';
import { StepDialog } from './step-dialog.tsx';
import { StepList } from './step-list.tsx';
import { stepElementId } from './step-row.tsx';
import { type Trial, TryPanel } from './try-panel.tsx';
import type { Checked, Definition, Outline, OutlinedStep, Playbook, Tried } from './words.ts';

type StepsPartProps = {
  playbook: Playbook;
  definition: Definition;
  base: string;
  outline: Outline;
  /** The outline is still that of before the last change. */
  stale: boolean;
  check: Checked | null;
  problems: ReadonlyMap<string, { field: string; message: string }[]>;
  mayManage: boolean;
  onChange: (definition: Definition) => void;
  trial: Trial;
  onTrial: (trial: Trial) => void;
  tried: Tried | null;
  triedLast: Tried | undefined;
  tryError: unknown;
};

type Open =
  | { kind: 'edit'; step: OutlinedStep }
  | { kind: 'add'; part: OutlinedStep['part']; after: string | null }
  | { kind: 'remove'; step: OutlinedStep };

/** The list of steps, edited; the trial beside it, on the phone before it. */
export function StepsPart(props: StepsPartProps) {
  const { playbook, definition, base, outline, stale, check, problems, mayManage, onChange } = props;
  const phone = usePhone();
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState('');
  // The focus goes with a step that moved to another part of the list.
  const [focus, setFocus] = useState<{ key: string; from: Outline } | null>(null);
  useEffect(() => {
    if (focus === null || stale || focus.from === outline) return;
    // After a dialog that has just closed gave the focus back to what opened it.
    const timer = setTimeout(() => {
      document.getElementById(stepElementId(focus.key))?.focus();
      setFocus(null);
    }, 40);
    return () => clearTimeout(timer);
  }, [focus, outline, stale]);
  // A key that is pressed twice moves twice, each time in the order that the last move made.
  const [moves, setMoves] = useState<{ key: string; by: -1 | 1 }[]>([]);
  const put = (edited: Edited) => {
    setSaid(edited.said);
    if (edited.definition === null) return;
    setFocus({ key: edited.key, from: outline });
    onChange(edited.definition);
  };
  const moveNext = useEffectEvent(({ key, by }: { key: string; by: -1 | 1 }) => put(moveStep(definition, outline, key, by)));
  useEffect(() => {
    const [next] = moves;
    if (stale || next === undefined) return;
    setMoves((waiting) => waiting.slice(1));
    moveNext(next);
  }, [moves, stale]);
  const acts = mayManage
    ? {
        edit: (step: OutlinedStep) => setOpen({ kind: 'edit', step }),
        add: (part: OutlinedStep['part'], after: string | null) => setOpen({ kind: 'add', part, after }),
        move: (key: string, by: -1 | 1) => setMoves((waiting) => [...waiting, { key, by }]),
        duplicate: (key: string) => put(duplicateStep(definition, key)),
        remove: (step: OutlinedStep) => setOpen({ kind: 'remove', step }),
      }
    : null;
  const broken = problems.size > 0;
  const panel = (
    <TryPanel
      moment={playbook.moment}
      trial={props.trial}
      onChange={props.onTrial}
      tried={props.triedLast}
      error={props.tryError}
      broken={broken}
    />
  );
  const whole = problems.get('') ?? [];
  return (
    <div className={classes.bench}>
      {phone && panel}
      <div className={classes.list}>
        {mayManage && (
          <p className={classes.hint}>
            A step is changed by opening it, and moved with <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> or under More.
          </p>
        )}
        <p className={said === '' ? 'gc-unseen' : classes.said} role="status">
          {said}
        </p>
        {whole.map(({ field, message }) => (
          <Problem key={`${field} ${message}`} what={message} unchanged="It cannot be saved yet." />
        ))}
        <StepList
          playbook={playbook}
          outline={outline}
          changes={check?.changes ?? null}
          problems={problems}
          tried={props.tried}
          acts={acts}
        />
      </div>
      {!phone && panel}
      {open?.kind === 'edit' && (
        <StepDialog
          playbook={playbook}
          definition={definition}
          base={base}
          edited={{ outlined: open.step }}
          onDone={(next) => {
            setOpen(null);
            onChange(next);
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === 'add' && (
        <StepDialog
          playbook={playbook}
          definition={definition}
          base={base}
          edited={{ part: open.part, after: open.after }}
          onDone={(next, key) => {
            setOpen(null);
            const title = next.steps.find((step) => step.key === key)?.title ?? '';
            put({ definition: next, said: `“${title}” was added.`, key });
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === 'remove' && (
        <RemoveDialog
          step={open.step}
          definition={definition}
          outline={outline}
          onRemove={() => {
            setSaid(`“${open.step.title}” was removed.`);
            setOpen(null);
            onChange(removeStep(definition, open.step.key));
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
