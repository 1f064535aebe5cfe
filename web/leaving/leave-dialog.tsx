import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog, DialogActs } from '../design/dialog.tsx';
import { formatDay, formatInZones } from '../design/format-in-zones.ts';
import { useNow } from '../design/now.ts';
import { Problem } from '../design/problem.tsx';
import { Progress } from '../design/progress.tsx';
import { ApiProblem, fieldProblems, problemProps } from '../shell/api-problem.ts';
import { usePlace } from '../shell/place.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import { listed, namesTold } from './blast-lines.ts';
import classes from './leaving.module.css';
import { emptyDraft, type LeavingDraft, type LeavingTerms, termsOf } from './leaving-draft.ts';
import { LeavingEffects } from './leaving-effects.tsx';
import { type Leaver, LeavingForm, leaverOf, shareClock } from './leaving-form.tsx';
import { NowOrLater } from './now-or-later.tsx';
import { type LeavingPreview, useLeavingCount } from './use-leaving-count.ts';

export { ChangeDatesDialog } from './change-dates-dialog.tsx';

type LeaveDialogProps = { personIds: string[]; opened: boolean; onClose: () => void };

const atOnce: LeavingTerms = { at: 'now' };

/** Lets one person or many leave: now or later, then what that touches, then the deed. Goes to the run (or the board) once it is confirmed. */
export function LeaveDialog({ personIds, opened, onClose }: LeaveDialogProps) {
  const many = personIds.length > 1;
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={many ? `When do these ${personIds.length} people leave?` : 'When does this person leave?'}
      titleUnseen
    >
      {opened && <Leave key={personIds.join()} personIds={personIds} onClose={onClose} />}
    </Dialog>
  );
}

function Leave({ personIds, onClose }: { personIds: string[]; onClose: () => void }) {
  // Their names and clocks; what is counted again once the moment is chosen.
  const { rows, error, done } = useLeavingCount(personIds, atOnce);
  const isLeaving = leavesAlready(error);
  const runs = useCall('listRuns', { query: { personId: personIds[0], limit: 1 } }, { enabled: isLeaving && personIds.length === 1 });
  const run = runs.data?.rows[0];
  const exit =
    run === undefined ? { label: 'Show the open runs', to: '/runs?view=open' } : { label: 'Open this exit', to: `/runs/${run.id}` };
  if (error !== null) {
    return (
      <>
        <h2>{personIds.length === 1 ? 'This exit cannot be prepared' : 'These exits cannot be prepared'}</h2>
        <div className={classes.problem}>
          <Problem {...problemProps(error)} unchanged="Nothing was changed." act={isLeaving ? exit : undefined} />
        </div>
        <DialogActs>
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </DialogActs>
      </>
    );
  }
  if (rows === null) {
    return <Progress verb="Looked at" done={done} total={personIds.length} noun={personIds.length === 1 ? 'person' : 'people'} />;
  }
  return <Choose leavers={rows.map(({ person }) => leaverOf(person))} onClose={onClose} />;
}

const leavesAlready = (error: unknown) => error instanceof ApiProblem && error.code === 'already_leaving';

function Choose({ leavers, onClose }: { leavers: Leaver[]; onClose: () => void }) {
  const [draft, setDraft] = useState<LeavingDraft>(() => emptyDraft(leavers[0]?.place.zone ?? 'UTC'));
  const [isAnswered, setAnswered] = useState(false);
  const [terms, setTerms] = useState<LeavingTerms | null>(null);
  const now = useNow();
  const personIds = leavers.map(({ id }) => id);
  const count = useLeavingCount(personIds, terms);
  const problems = fieldProblems(count.error);
  const ready = termsOf(draft, now, !shareClock(leavers));
  if (terms !== null && (count.error === null || Object.keys(problems).length === 0)) {
    return <Confirm leavers={leavers} terms={terms} count={count} onBack={() => setTerms(null)} onClose={onClose} />;
  }
  const who = leavers.length === 1 ? leavers[0]?.name : `these ${leavers.length} people`;
  const [does, leaves] = leavers.length === 1 ? ['Does', `${who} leaves`] : ['Do', `These ${leavers.length} people leave`];
  if (!isAnswered) {
    return (
      <>
        <StepHeading key="when">{`${does} ${who} leave now, or later?`}</StepHeading>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAnswered(true);
          }}
        >
          <div className={classes.form}>
            <NowOrLater leavers={leavers} value={draft.when} onChange={(when) => setDraft({ ...draft, when })} legendUnseen />
          </div>
          <DialogActs>
            <Button onClick={onClose}>Keep as it is</Button>
            <Button type="submit" variant="filled" disabled={draft.when === null}>
              Next
            </Button>
          </DialogActs>
        </form>
      </>
    );
  }
  return (
    <>
      <StepHeading key="details">{draft.when === 'now' ? `${leaves} now` : `When ${does?.toLowerCase()} ${who} leave?`}</StepHeading>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTerms(ready);
        }}
      >
        <LeavingForm
          leavers={leavers}
          draft={draft}
          onChange={(next) => {
            setDraft(next);
            setTerms(null);
          }}
          problems={problems}
        />
        <DialogActs>
          <Button onClick={onClose}>Keep as it is</Button>
          <Button onClick={() => setAnswered(false)}>Back</Button>
          <Button type="submit" variant="filled" disabled={ready === null || terms !== null}>
            Show what happens
          </Button>
        </DialogActs>
      </form>
    </>
  );
}

type ConfirmProps = {
  leavers: Leaver[];
  terms: LeavingTerms;
  count: ReturnType<typeof useLeavingCount>;
  onBack: () => void;
  onClose: () => void;
};

function Confirm({ leavers, terms, count: { rows, error, done }, onBack, onClose }: ConfirmProps) {
  const { go } = usePlace();
  const [typed, setTyped] = useState('');
  const start = useAct('startLeaving', {
    onDone: ({ runIds: [first, ...others] }) => {
      onClose();
      go(others.length === 0 && first !== undefined ? `/runs/${first}` : '/leaving');
    },
  });
  const personIds = leavers.map(({ id }) => id);
  const many = leavers.length > 1;
  const mustType = leavers.length > 5 ? String(leavers.length) : null;
  const blocked = rows === null || rows.some(({ obstacles }) => obstacles.length > 0) || (mustType !== null && typed.trim() !== mustType);
  return (
    <>
      <StepHeading>
        {many ? `What happens when these ${leavers.length} people leave` : `What happens when ${leavers[0]?.name} leaves`}
      </StepHeading>
      <div aria-live="polite" aria-busy={rows === null && error === null} className={classes.problem}>
        {rows === null && error === null && (
          <Progress verb="Counted" done={done} total={leavers.length} noun={many ? 'people' : 'person'} />
        )}
        {rows !== null && <LeavingEffects previews={rows} />}
      </div>
      <UndoWords terms={terms} rows={rows} />
      {mustType !== null && rows !== null && (
        <TextInput
          className={classes.confirm}
          label={
            <>
              Type <b>{mustType}</b>, the number of people, to confirm
            </>
          }
          value={typed}
          autoComplete="off"
          inputMode="numeric"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {(start.error ?? error) !== null && (
        <div className={classes.problem}>
          <Problem {...problemProps(start.error ?? error)} />
        </div>
      )}
      <DialogActs>
        <Button onClick={onClose} disabled={start.isPending}>
          Keep as it is
        </Button>
        <Button onClick={onBack} disabled={start.isPending}>
          Back
        </Button>
        <Button variant="filled" loading={start.isPending} disabled={blocked} onClick={() => start.mutate({ body: { personIds, terms } })}>
          <DeedWords terms={terms} rows={rows} />
        </Button>
      </DialogActs>
    </>
  );
}

/** The question of a step takes the focus, so that a screen reader says that the step changed. */
function StepHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h2 ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}

function DeedWords({ terms, rows }: { terms: LeavingTerms; rows: LeavingPreview[] | null }) {
  const now = useNow();
  const whose = rows !== null && rows.length > 1 ? `Close access of ${rows.length} people` : 'Close access';
  return terms.at === 'now' ? `${whose} now` : `${whose} on ${formatDay(terms.at.slice(0, 10), { now })}`;
}

function UndoWords({ terms, rows }: { terms: LeavingTerms; rows: LeavingPreview[] | null }) {
  const now = useNow();
  const moments = [...new Map((rows ?? []).map((row) => [row.moment.cutOffAt, row])).values()];
  const [first] = moments;
  const told = namesTold(rows ?? []);
  const until =
    terms.at === 'now' || first === undefined
      ? null
      : moments.length > 1
        ? 'Until access closes for each of them, at the moments above,'
        : `Until ${formatInZones(first.moment.cutOffAt, [leaverOf(first.person).place], { now })}`;
  return (
    <p className={classes.undo}>
      Accounts are suspended, never deleted by this.
      {until !== null && ` ${until} you can move it or call it off, and no access will have closed.`}
      {told.length > 0 && ` The mail to ${listed(told)} goes out at once and cannot be called back.`} For 90 days everything can be given
      back; deleting is a later step of its own, and you are asked first.
    </p>
  );
}
