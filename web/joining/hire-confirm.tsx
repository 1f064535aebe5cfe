import { Button } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { DialogActs } from '../design/dialog.tsx';
import { formatDay } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import type { OutputOf } from '../shell/call.ts';
import { usePlace } from '../shell/place.ts';
import { useAct } from '../shell/use-call.ts';
import type { HireTerms } from './hire-draft.ts';
import { HireEffects } from './hire-effects.tsx';
import heldClasses from './hire-held.module.css';
import { answerTo, type HeldAnswers, heldThings, openQuestions } from './hire-held.tsx';
import classes from './joining.module.css';
import { StepHeading } from './step-heading.tsx';

export type HirePreview = OutputOf<'previewHire'>;

type HireConfirmProps = {
  terms: HireTerms;
  /** Null while it is counted. */
  preview: HirePreview | null;
  /** What is shown is from before the last choice. */
  counting: boolean;
  error: unknown;
  onTerms: (terms: HireTerms) => void;
  /** With what was refused, by field. */
  onBack: (problems: Record<string, string>) => void;
  onClose: () => void;
};

/** What the hire does before it does: address, first morning, what they get and why, the steps in time; then the deed. */
export function HireConfirm({ terms, preview, counting, error, onTerms, onBack, onClose }: HireConfirmProps) {
  const { go } = usePlace();
  const now = useNow();
  const [asked, setAsked] = useState<HirePreview['rehire']>(null);
  const [isSomebodyElse, setSomebodyElse] = useState(false);
  const start = useAct('startHire', {
    onDone: ({ runId }) => {
      onClose();
      go(`/joining/${runId}`);
    },
  });
  // Once it was chosen that they come back, the answer asks no more: the question stays so that it can be changed.
  const rehire = preview?.rehire ?? asked;
  const answer = rehire !== null && terms.personId === rehire.personId ? 'back' : isSomebodyElse ? 'other' : null;
  const refused = fieldProblems(start.error);
  const [answers, setAnswers] = useState<HeldAnswers>({});
  const held = preview === null ? [] : heldThings(preview);
  const toSay = openQuestions(held, answers);
  const blocked = preview === null || counting || preview.obstacles.length > 0 || (rehire !== null && answer === null) || toSay > 0;
  const hire = () => {
    const fromBefore = held.flatMap((thing) => {
      const decision = answerTo(thing, answers);
      return decision === null ? [] : [{ appId: thing.appId, entitlementId: thing.entitlementId, decision }];
    });
    start.mutate({ body: { ...terms, ...(fromBefore.length > 0 ? { fromBefore } : {}) } });
  };
  return (
    <>
      <StepHeading>What happens when {terms.givenName} joins</StepHeading>
      <div aria-live="polite" aria-busy={preview === null && error === null} className={classes.part}>
        {preview === null && error === null && (
          <p className="gc-small gc-dimmed">The effects are being worked out. Nothing has happened.</p>
        )}
        {rehire !== null && (
          <div className={classes.question}>
            <ChoiceCards
              legend={`${rehire.name} ${rehire.leftAt === null ? 'is on the list of people' : `left on ${formatDay(rehire.leftAt.slice(0, 10), { now })}`}. The same person?`}
              value={answer}
              onChange={(choice) => {
                setAsked(rehire);
                setSomebodyElse(choice === 'other');
                onTerms({ ...terms, personId: choice === 'back' ? rehire.personId : undefined });
              }}
              choices={[
                {
                  value: 'back',
                  label: `Yes, ${terms.givenName} comes back`,
                  detail: 'A new employment of the same person; the old one stays as history.',
                },
                { value: 'other', label: 'No, somebody of the same name', detail: 'A new person, with an address that nobody had before.' },
              ]}
            />
          </div>
        )}
        {preview !== null && <HireEffects preview={preview} terms={terms} answers={answers} onAnswers={setAnswers} />}
      </div>
      {preview !== null && (
        <p className={classes.undo}>
          Until the first morning you can move the start, or say that {terms.givenName} does not come: what was opened closes again and is
          read back.
        </p>
      )}
      {(start.error ?? error) !== null && (
        <div className={classes.part}>
          <Problem {...problemProps(start.error ?? error)} />
        </div>
      )}
      <DialogActs>
        {rehire !== null && answer === null && (
          <p className={heldClasses.open} role="status">
            First say above whether it is the same person.
          </p>
        )}
        {toSay > 0 && !counting && (
          <p className={heldClasses.open} role="status">
            First say above{toSay === 1 ? '' : `, for ${toSay} things,`} whether {terms.givenName} stays an administrator.
          </p>
        )}
        <Button onClick={onClose} disabled={start.isPending}>
          Keep as it is
        </Button>
        <Button onClick={() => onBack(refused)} disabled={start.isPending}>
          Back
        </Button>
        <Button variant="filled" loading={start.isPending} disabled={blocked} onClick={hire}>
          Hire {terms.givenName}
        </Button>
      </DialogActs>
    </>
  );
}
