import { Autocomplete, Button, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type ConditionForm, type ConditionRow, comparisonsOf, conditionText, emptyRow, type Fact } from './condition-text.ts';
import classes from './playbooks.module.css';

type ConditionFieldsProps = {
  value: string | undefined;
  /** The rows of `value`, where it is no more than a list of comparisons. */
  rows: ConditionForm | null;
  facts: Fact[];
  onChange: (text: string | undefined) => void;
  problem?: string;
};

/** In which case a step is done: always, by rows, or by a text. */
export function ConditionFields({ value, rows, facts, onChange, problem }: ConditionFieldsProps) {
  const [form, setForm] = useState(rows);
  const [mode, setMode] = useState<'always' | 'rows' | 'text'>(value === undefined ? 'always' : rows === null ? 'text' : 'rows');
  const put = (next: ConditionForm) => {
    setForm(next);
    onChange(next.rows.length === 0 ? undefined : conditionText(next));
  };
  const [first] = facts;
  return (
    <fieldset className={classes.group}>
      <legend>In which case</legend>
      <NativeSelect
        aria-label="In which case it is done"
        value={mode}
        data={[
          { value: 'always', label: 'In every case' },
          ...(value !== undefined && form === null && mode === 'text' ? [] : [{ value: 'rows', label: 'Only if…' }]),
          { value: 'text', label: 'Only if, written as a text' },
        ]}
        onChange={(event) => {
          const next = event.currentTarget.value as typeof mode;
          setMode(next);
          if (next === 'always') {
            setForm(null);
            onChange(undefined);
          }
          if (next === 'rows' && form === null && first !== undefined) put({ join: 'all', rows: [emptyRow(first)] });
        }}
      />
      {mode === 'rows' && form !== null && (
        <>
          {form.rows.map((row, index) => (
            <RowFields
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
              key={index}
              row={row}
              number={index + 1}
              facts={facts}
              onChange={(next) => put({ ...form, rows: form.rows.with(index, next) })}
              onRemove={form.rows.length > 1 ? () => put({ ...form, rows: form.rows.toSpliced(index, 1) }) : undefined}
            />
          ))}
          {form.rows.length > 1 && (
            <NativeSelect
              aria-label="Whether all of these must hold"
              value={form.join}
              data={[
                { value: 'all', label: 'All of these must hold' },
                { value: 'any', label: 'One of these is enough' },
              ]}
              onChange={(event) => put({ ...form, join: event.currentTarget.value as ConditionForm['join'] })}
            />
          )}
          {first !== undefined && (
            <Button size="xs" onClick={() => put({ ...form, rows: [...form.rows, emptyRow(first)] })}>
              Add another
            </Button>
          )}
        </>
      )}
      {mode === 'text' && (
        <Textarea
          label="The condition"
          description="An expression such as person.department == &quot;Sales&quot;. What is not known counts as unknown: then somebody is asked."
          autosize
          minRows={1}
          spellCheck={false}
          classNames={{ input: classes.code }}
          value={value ?? ''}
          error={problem}
          onChange={(event) => {
            setForm(null);
            onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value);
          }}
        />
      )}
      {problem !== undefined && mode !== 'text' && <p className={classes.wrong}>{problem}</p>}
    </fieldset>
  );
}

type RowFieldsProps = {
  row: ConditionRow;
  number: number;
  facts: Fact[];
  onChange: (row: ConditionRow) => void;
  onRemove?: () => void;
};

function RowFields({ row, number, facts, onChange, onRemove }: RowFieldsProps) {
  const fact = facts.find(({ field }) => field === row.field) ?? { field: row.field, label: row.field, type: 'string' as const };
  const known = facts.some(({ field }) => field === row.field);
  return (
    <div className={classes.row}>
      <NativeSelect
        label={`What is compared (${number})`}
        value={row.field}
        data={[...(known ? [] : [{ value: row.field, label: row.field }]), ...facts.map(({ field, label }) => ({ value: field, label }))]}
        onChange={(event) => {
          const next = facts.find(({ field }) => field === event.currentTarget.value);
          if (next !== undefined) onChange(emptyRow(next));
        }}
      />
      <div className={classes.line}>
        {fact.type === 'bool' ? (
          <NativeSelect
            aria-label={`Whether it must be so (${number})`}
            value={(row.is === '==') === row.value ? 'yes' : 'no'}
            data={[
              { value: 'yes', label: 'yes' },
              { value: 'no', label: 'no' },
            ]}
            onChange={(event) => onChange({ ...row, is: '==', value: event.currentTarget.value === 'yes' })}
          />
        ) : (
          <>
            <NativeSelect
              aria-label={`How it is compared (${number})`}
              value={row.is}
              data={comparisonsOf(fact.type)}
              onChange={(event) => onChange({ ...row, is: event.currentTarget.value as ConditionRow['is'] })}
            />
            <ValueField row={row} fact={fact} number={number} onChange={onChange} />
          </>
        )}
        {onRemove !== undefined && (
          <Button size="xs" onClick={onRemove} aria-label={`Remove condition ${number}`}>
            Remove
          </Button>
        )}
      </div>
    </div>
  );
}

function ValueField({
  row,
  fact,
  number,
  onChange,
}: {
  row: ConditionRow;
  fact: Fact;
  number: number;
  onChange: (row: ConditionRow) => void;
}) {
  const label = `Compared with (${number})`;
  if (fact.options !== undefined)
    return (
      <NativeSelect
        aria-label={label}
        value={String(row.value)}
        data={fact.options}
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
      />
    );
  if (fact.type === 'int')
    return (
      <NumberInput
        aria-label={label}
        allowDecimal={false}
        value={Number(row.value)}
        onChange={(value) => onChange({ ...row, value: Number(value) || 0 })}
      />
    );
  return (
    <Autocomplete
      aria-label={label}
      data={fact.known ?? []}
      limit={30}
      value={String(row.value)}
      onChange={(value) => onChange({ ...row, value })}
    />
  );
}
