import { Button, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { Problem } from '../design/problem.tsx';
import { ApiProblem, fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useCall } from '../shell/use-call.ts';
import classes from './access.module.css';
import { BrakePart, isReleased } from './brake-part.tsx';
import { ConditionPart, type Draft, draftOf, textOf } from './condition-part.tsx';
import { emptyGrant, type GrantDraft, GrantsPart, grantsOf } from './grants-part.tsx';
import { RuleEffects } from './rule-effects.tsx';
import type { Rule, RuleBody, RuleDetail } from './words.ts';

type RuleFormProps = {
  /** The rule that is changed; null where one is written. */
  rule: RuleDetail | null;
  busy: boolean;
  error: unknown;
  /** Somebody else changed it meanwhile: stands instead of the error. */
  meanwhile?: ReactNode;
  onSubmit: (body: RuleBody) => void;
  onCancel: () => void;
};

/** Writes or changes a rule, tried on today's people while it is written. */
export function RuleForm({ rule, busy, error, meanwhile, onSubmit, onCancel }: RuleFormProps) {
  const [name, setName] = useState(rule?.name ?? '');
  const [draft, setDraft] = useState<Draft>(() => (rule === null ? draftOf('person.department == ""') : draftOf(rule.when)));
  const [grants, setGrants] = useState<GrantDraft[]>(() => (rule === null ? [emptyGrant] : rule.grants.map(grantDraft)));
  const [mend, setMend] = useState<Rule['mend']>(rule?.mend ?? 'shown');
  const [days, setDays] = useState(String(rule?.graceDays ?? 0));
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [why, setWhy] = useState('');
  const when = textOf(draft);
  const given = grantsOf(grants);
  const graceDays = days.trim() === '' ? 0 : Number(days);
  const body = JSON.stringify({ ruleId: rule?.id ?? null, when, grants: given, graceDays: Number.isFinite(graceDays) ? graceDays : -1 });
  const [asked] = useDebouncedValue(body, 350);
  const whole = when !== null;
  const preview = useCall('previewAccessRule', { body: JSON.parse(asked) }, { enabled: whole && asked === body, keepPrevious: true });
  const settled = whole && asked === body && !preview.isFetching && preview.data !== undefined && preview.error === null;
  const shown = whole && preview.error === null ? preview.data : undefined;
  const brake = settled ? (preview.data?.brake ?? null) : null;
  // Nothing is wrong yet with what was not come to: that an app is needed is said where it is tried.
  const { grants: _untouched, ...early } = fieldProblems(preview.error);
  const problems = { ...(given.length === 0 ? early : fieldProblems(preview.error)), ...fieldProblems(error) };
  const losing = preview.data?.losses.people ?? 0;
  const released = brake === null || isReleased(losing, typed, why);
  const isBraked = error instanceof ApiProblem && error.code === 'brake';
  const submit = () => {
    if (when === null) return;
    onSubmit({
      name: name.trim(),
      when,
      grants: given,
      mend,
      graceDays,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(brake === null ? {} : { brake: { people: losing, reason: why.trim() } }),
    });
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label="Name of the rule"
        description="As you would say it: “Sales in the CRM”."
        required
        maxLength={200}
        autoComplete="off"
        value={name}
        error={problems.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ConditionPart draft={draft} onChange={setDraft} problem={problems.when} />
      <GrantsPart grants={grants} onChange={setGrants} problem={problems.grants} />
      <ChoiceCards
        legend="When people and the rule differ later"
        value={mend}
        onChange={setMend}
        choices={[
          { value: 'shown', label: 'It waits on the plan', detail: 'Nothing changes in an app until somebody applies the plan.' },
          {
            value: 'by-itself',
            label: 'Mend it by itself',
            detail: 'As soon as a reading or a change of a person shows it, within the brakes. What was there before Groundcrew stays.',
          },
        ]}
      />
      <TextInput
        label="Days of grace"
        description="Somebody who moves to another department, title or the like keeps what this rule gave them for so long. 0: it goes at once."
        inputMode="numeric"
        autoComplete="off"
        maw={320}
        value={days}
        error={problems.graceDays}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <section
        className={classes.effects}
        aria-live="polite"
        aria-busy={whole && !settled && preview.error === null}
        data-busy={(whole && !settled && preview.error === null) || undefined}
      >
        <h2>Tried on today’s people</h2>
        {shown === undefined && (
          <p className={classes.detail}>
            {!whole
              ? 'Finish the condition, and you see whom it means.'
              : given.length === 0 && problems.when === undefined
                ? 'Choose an app, and you see who would get it.'
                : tried(preview.error)}
          </p>
        )}
        {shown !== undefined && <RuleEffects preview={shown} everybody={draft.kind === 'everyone'} />}
      </section>
      {rule !== null && (
        <Textarea
          label="Why it changes"
          description="For the history. You may leave it out."
          autosize
          maxLength={1000}
          value={reason}
          error={problems.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {brake !== null && preview.data !== undefined && (
        <BrakePart
          limit={brake.limit}
          inADay={brake.people}
          losing={losing}
          names={preview.data.losses.names}
          typed={typed}
          onTyped={setTyped}
          reason={why}
          onReason={setWhy}
        />
      )}
      {meanwhile}
      {error !== null && meanwhile === undefined && (isBraked || Object.keys(fieldProblems(error)).length === 0) && (
        <Problem {...problemProps(error)} />
      )}
      <div className={classes.acts}>
        <Button onClick={onCancel} disabled={busy}>
          {rule === null ? 'Leave without saving' : 'Keep it as it is'}
        </Button>
        <Button
          type="submit"
          variant="filled"
          loading={busy}
          disabled={meanwhile !== undefined || !settled || name.trim() === '' || given.length === 0 || !released}
        >
          {rule === null ? 'Save the rule' : 'Save the change'}
        </Button>
      </div>
      <p className={classes.detail}>{afterSaving[mend]}</p>
    </form>
  );
}

const afterSaving: Record<Rule['mend'], string> = {
  shown: 'Saving changes nothing in any app. What differs then waits on the plan.',
  'by-itself': 'What the rule gives is then given by itself, beginning with the next reading or change of a person.',
};

const grantDraft = ({ appId, entitlement, kind }: Rule['grants'][number]): GrantDraft => ({
  appId,
  entitlement: entitlement ?? '',
  kind: kind ?? '',
});

const tried = (error: unknown): string =>
  error === null
    ? 'It is being tried.'
    : error instanceof ApiProblem && Object.keys(fieldProblems(error)).length === 0
      ? error.detail
      : 'It could not be tried: see what is wrong above.';
