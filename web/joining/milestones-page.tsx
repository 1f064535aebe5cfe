import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { EmptyPage } from '../design/empty-page.tsx';
import { PageBody } from '../design/page-body.tsx';
import { PageHeader } from '../design/page-header.tsx';
import { Problem } from '../design/problem.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { toast } from '../design/toast.tsx';
import { fieldProblems, problemProps } from '../shell/api-problem.ts';
import { useMay } from '../shell/session.ts';
import { useAct, useCall } from '../shell/use-call.ts';
import classes from './joining.module.css';
import { choiceOfCondition, conditionOfChoice, everyone, ownCondition } from './milestone-condition.ts';

type Row = { key: number; id: string | null; name: string; when: string; targetDays: number };

/** What shows that somebody has arrived in their role, and by when: the measure of time-to-productive. */
export default function MilestonesPage() {
  const { data, error } = useCall('listMilestones');
  return (
    <PageBody>
      <PageHeader
        crumb={[{ label: 'Joining', to: '/joining' }]}
        title="Milestones"
        lede="What shows that somebody has arrived: the first ticket answered, the first change shipped. Counted from the first day, confirmed by the manager or the person."
      />
      {error !== null && <Problem {...problemProps(error)} />}
      {data === undefined ? error === null && <Skeleton as="rows" /> : <Milestones rows={data.rows} />}
    </PageBody>
  );
}

function Milestones({ rows: kept }: { rows: Omit<Row, 'key'>[] }) {
  const mayManage = useMay('joining:manage');
  const nextKey = useRef(kept.length);
  const [rows, setRows] = useState<Row[]>(() => kept.map((row, key) => ({ ...row, key })));
  const [changed, setChanged] = useState(false);
  const save = useAct('saveMilestones', {
    onDone: () => {
      setChanged(false);
      toast('The milestones are saved. They count for who starts from now on, and for who has started.');
    },
  });
  const problems = fieldProblems(save.error);
  const change = (next: Row[]) => {
    setRows(next);
    setChanged(true);
  };
  const add = () => {
    nextKey.current += 1;
    change([...rows, { key: nextKey.current, id: null, name: '', when: everyone, targetDays: 14 }]);
  };
  if (rows.length === 0 && !changed) {
    return (
      <EmptyPage title="No milestone yet" act={mayManage ? { label: 'Add the first', onClick: add } : undefined}>
        <p>
          A few are enough, two or three for a role. “Laptop works and I can sign in everywhere” after one day; “first ticket answered”
          after ten. The page of each new colleague shows which were reached, and how long it took.
        </p>
      </EmptyPage>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: { rows: rows.map(({ key: _, id, ...row }) => ({ ...row, id: id ?? undefined })) } });
      }}
    >
      <div className={classes.part}>
        {rows.map((row, index) => (
          <MilestoneRow
            key={row.key}
            row={row}
            mayManage={mayManage}
            problems={{
              name: problems[`rows[${index}].name`],
              when: problems[`rows[${index}].when`],
              targetDays: problems[`rows[${index}].targetDays`],
            }}
            onChange={(part) => change(rows.map((other) => (other === row ? { ...row, ...part } : other)))}
            onRemove={() => change(rows.filter((other) => other !== row))}
          />
        ))}
      </div>
      {save.error !== null && <Problem {...problemProps(save.error)} />}
      {mayManage && (
        <div className={classes.acts}>
          <Button
            type="submit"
            variant="filled"
            loading={save.isPending}
            disabled={!changed || rows.some(({ name }) => name.trim() === '')}
          >
            Save the milestones
          </Button>
          <Button onClick={add}>Add a milestone</Button>
        </div>
      )}
    </form>
  );
}

type MilestoneRowProps = {
  row: Row;
  mayManage: boolean;
  problems: { name?: string; when?: string; targetDays?: string };
  onChange: (part: Partial<Row>) => void;
  onRemove: () => void;
};

function MilestoneRow({ row, mayManage, problems, onChange, onRemove }: MilestoneRowProps) {
  const departments = useCall('listDepartments');
  const [isOwn, setOwn] = useState(() => choiceOfCondition(row.when) === ownCondition);
  const named = departments.data?.rows.map(({ name }) => name) ?? [];
  const choice = isOwn ? ownCondition : choiceOfCondition(row.when);
  return (
    <fieldset className={classes.fieldset} disabled={!mayManage}>
      <legend className="gc-unseen">{row.name === '' ? 'New milestone' : row.name}</legend>
      <div className={classes.milestone}>
        <TextInput
          label="What"
          placeholder="First ticket answered"
          maxLength={200}
          value={row.name}
          error={problems.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <div>
          <NativeSelect
            label="For"
            value={choice}
            error={isOwn ? undefined : problems.when}
            data={[
              { value: everyone, label: 'Everyone' },
              ...[...new Set([...named, ...(isOwn || choice === everyone ? [] : [choice])])].map((name) => ({ value: name, label: name })),
              { value: ownCondition, label: 'A condition…' },
            ]}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              setOwn(chosen === ownCondition);
              if (chosen !== ownCondition) onChange({ when: conditionOfChoice(chosen) });
            }}
          />
          {isOwn && (
            <TextInput
              mt={10}
              aria-label="Condition"
              description='Such as person.title == "Support engineer"'
              value={row.when}
              error={problems.when}
              onChange={(event) => onChange({ when: event.currentTarget.value })}
            />
          )}
        </div>
        <NumberInput
          label="Target, in days"
          min={0}
          max={365}
          allowDecimal={false}
          hideControls
          value={row.targetDays}
          error={problems.targetDays}
          onChange={(days) => onChange({ targetDays: Number(days) || 0 })}
        />
        {mayManage && (
          <Button variant="subtle" onClick={onRemove} aria-label={`Take away: ${row.name === '' ? 'the new milestone' : row.name}`}>
            Take away
          </Button>
        )}
      </div>
    </fieldset>
  );
}
