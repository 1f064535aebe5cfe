import { Autocomplete, Button, NativeSelect, TagsInput, Textarea } from '@mantine/core';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { useCall } from '../shell/use-call.ts';
import classes from './access.module.css';
import { type ConditionRow, conditionRows, conditionText, everyone, factLabel, hows, isYesOrNo } from './condition.ts';
import { scrollingOptions } from './scrolling-options.ts';

/** The condition while it is written: in rows, or as text where rows cannot say it or somebody wants it so. */
export type Draft = { kind: 'everyone' } | { kind: 'rows'; rows: ConditionRow[] } | { kind: 'text'; text: string };

const emptyRow: ConditionRow = { field: 'department', how: 'is', values: [] };

export function draftOf(when: string): Draft {
  const rows = conditionRows(when);
  if (rows === null) return { kind: 'text', text: when };
  return rows.length === 0 ? { kind: 'everyone' } : { kind: 'rows', rows };
}

const isWhole = ({ values }: ConditionRow): boolean => values.some((value) => value.trim() !== '');

/** The text of a draft; null while a row is not finished. */
export function textOf(draft: Draft): string | null {
  if (draft.kind === 'everyone') return everyone;
  if (draft.kind === 'text') return draft.text.trim() === '' ? null : draft.text.trim();
  return draft.rows.length > 0 && draft.rows.every(isWhole) ? conditionText(draft.rows) : null;
}

type ConditionPartProps = { draft: Draft; onChange: (draft: Draft) => void; problem?: string };

/** Whom a rule means: everyone, or those of whom all of the rows are true; the text that it is stands below. */
export function ConditionPart({ draft, onChange, problem }: ConditionPartProps) {
  if (draft.kind === 'text') return <AsText draft={draft} onChange={onChange} problem={problem} />;
  const text = textOf(draft);
  return (
    <div className={classes.part}>
      <ChoiceCards
        legend="Whom does it mean?"
        value={draft.kind}
        onChange={(kind) => onChange(kind === 'everyone' ? { kind } : { kind: 'rows', rows: [emptyRow] })}
        choices={[
          { value: 'rows', label: 'Some people', detail: 'Those of whom all of this is true.' },
          { value: 'everyone', label: 'Everyone', detail: 'Whoever works here, also whoever comes later.' },
        ]}
      />
      {draft.kind === 'rows' && <Rows rows={draft.rows} onChange={(rows) => onChange({ kind: 'rows', rows })} />}
      {problem !== undefined && <p className={classes.lose}>{problem}</p>}
      <p className={classes.text}>
        {text !== null && <code className={classes.code}>{text}</code>}
        <button type="button" className={classes.link} onClick={() => onChange({ kind: 'text', text: text ?? '' })}>
          Write it as text
        </button>
      </p>
    </div>
  );
}

function AsText({ draft, onChange, problem }: { draft: Draft & { kind: 'text' } } & Omit<ConditionPartProps, 'draft'>) {
  const rows = conditionRows(draft.text);
  const free = rows !== null || draft.text.trim() === '';
  return (
    <div className={classes.part}>
      <Textarea
        label="Whom does it mean?"
        description="A condition in CEL over person.department, location, country, title, employmentType, costCentre and manager (==, !=, in), and person.managesPeople, which is true or not; &&, ||, !."
        placeholder={'person.department == "Sales" || person.title.contains("Sales")'}
        autosize
        minRows={2}
        spellCheck={false}
        value={draft.text}
        error={problem}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        onChange={(event) => onChange({ kind: 'text', text: event.currentTarget.value })}
      />
      <p>
        {free ? (
          <button
            type="button"
            className={classes.link}
            onClick={() => onChange(draft.text.trim() === '' ? { kind: 'rows', rows: [emptyRow] } : draftOf(draft.text))}
          >
            Choose it in rows
          </button>
        ) : (
          <span className={classes.detail}>Rows cannot say this, so it stays text.</span>
        )}
      </p>
    </div>
  );
}

function Rows({ rows, onChange }: { rows: ConditionRow[]; onChange: (rows: ConditionRow[]) => void }) {
  const facts = useCall('listRuleFacts').data?.rows ?? [];
  const fields =
    facts.length > 0 ? facts.map(({ field, label }) => ({ value: field, label })) : [{ value: 'department', label: 'Department' }];
  const set = (index: number, row: ConditionRow) => onChange(rows.map((each, at) => (at === index ? row : each)));
  return (
    <>
      {rows.map((row, index) => {
        const label = fields.find(({ value }) => value === row.field)?.label ?? factLabel(row.field);
        const known = facts.find(({ field }) => field === row.field)?.values ?? [];
        const values = known.map(({ value }) => value);
        const peopleOf = (value: string) => known.find((each) => each.value === value)?.people;
        const shared = {
          'aria-label': `${label}: value`,
          placeholder: 'Type or choose',
          ...scrollingOptions,
          renderOption: ({ option }: { option: { value: string } }) => (
            <span>
              {option.value} <span className="gc-dimmed gc-figures">{peopleOf(option.value)}</span>
            </span>
          ),
        };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <fieldset key={index} className={`${classes.part} ${classes.row}`}>
            <legend className="gc-unseen">Condition {index + 1}</legend>
            <NativeSelect
              aria-label="Fact"
              data={fields.some(({ value }) => value === row.field) ? fields : [{ value: row.field, label }, ...fields]}
              value={row.field}
              onChange={(event) => set(index, rowOf(event.currentTarget.value, row.how))}
            />
            <NativeSelect
              aria-label="Compared how"
              data={isYesOrNo(row.field) ? hows.slice(0, 1) : hows}
              value={row.how}
              onChange={(event) => set(index, withHow(row, event.currentTarget.value as ConditionRow['how']))}
            />
            {isYesOrNo(row.field) ? (
              <NativeSelect
                aria-label={`${label}: value`}
                data={yesOrNo.map(({ value, label }) => ({ value, label: `${label} (${(peopleOf(value) ?? 0).toLocaleString('en')})` }))}
                value={row.values[0] ?? 'true'}
                onChange={(event) => set(index, { ...row, values: [event.currentTarget.value] })}
              />
            ) : row.how === 'is' || row.how === 'is-not' ? (
              <Autocomplete
                {...shared}
                data={values}
                value={row.values[0] ?? ''}
                onChange={(value) => set(index, { ...row, values: [value] })}
              />
            ) : (
              <TagsInput {...shared} data={values} value={row.values} onChange={(chosen) => set(index, { ...row, values: chosen })} />
            )}
            {rows.length > 1 && (
              <Button
                variant="subtle"
                aria-label={`Leave out condition ${index + 1}`}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                Leave out
              </Button>
            )}
          </fieldset>
        );
      })}
      <div>
        <Button size="xs" onClick={() => onChange([...rows, nextRow(rows, fields)])}>
          And also…
        </Button>
      </div>
    </>
  );
}

const withHow = (row: ConditionRow, how: ConditionRow['how']): ConditionRow => {
  const single = how === 'is' || how === 'is-not';
  return { ...row, how, values: single ? row.values.slice(0, 1) : row.values.filter((value) => value !== '') };
};

const yesOrNo = [
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

/** A row on another fact: still without a value, unless the fact is true or not. */
const rowOf = (field: string, how: ConditionRow['how']): ConditionRow =>
  isYesOrNo(field) ? { field, how: 'is', values: ['true'] } : { field, how, values: [] };

const nextRow = (rows: ConditionRow[], fields: { value: string }[]): ConditionRow =>
  rowOf(fields.find(({ value }) => rows.every(({ field }) => field !== value))?.value ?? emptyRow.field, emptyRow.how);
