import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import classes from './filter-bar.module.css';
import { usePhone } from './use-phone.ts';

export type Filter = {
  key: string;
  label: string;
  /** What is set, in words: “all but interns”. Without it the labels of what is chosen. */
  words?: string;
  options: { value: string; label: string; count?: number }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** One value at most. */
  single?: boolean;
};

type FilterBarProps = {
  /** “Name, title, address or number”. */
  placeholder: string;
  find: string;
  onFind: (text: string) => void;
  filters?: Filter[];
  closer?: boolean;
  onCloser?: (closer: boolean) => void;
  /** Right of the filters, on wide windows: a link. */
  right?: ReactNode;
};

/** Find in this list, then filters: dashed while empty, solid with their value and × when set. On the phone: *Add a filter*. */
export function FilterBar({ placeholder, find, onFind, filters = [], closer, onCloser, right }: FilterBarProps) {
  const phone = usePhone();
  const empty = filters.filter(({ chosen }) => chosen.length === 0);
  const shown = phone ? filters.filter(({ chosen }) => chosen.length > 0) : filters;
  return (
    <search className={classes.bar}>
      <TextInput
        type="search"
        className={classes.find}
        aria-label="Find in this list"
        placeholder={placeholder}
        value={find}
        onChange={(event) => onFind(event.currentTarget.value)}
      />
      {shown.map((filter) => (
        <FilterButton key={filter.key} filter={filter} />
      ))}
      {phone && empty.length > 0 && <AddFilter filters={empty} />}
      {!phone && (right !== undefined || onCloser !== undefined) && (
        <div className={classes.right}>
          {right}
          {onCloser !== undefined && (
            <button type="button" className={classes.closer} aria-pressed={closer} onClick={() => onCloser(closer !== true)}>
              {closer === true ? 'Wider rows' : 'Closer rows'}
            </button>
          )}
        </div>
      )}
    </search>
  );
}

const wordsOf = ({ words, options, chosen }: Filter) =>
  words ?? chosen.map((value) => options.find((option) => option.value === value)?.label ?? value).join(', ');

function FilterButton({ filter }: { filter: Filter }) {
  const [opened, setOpened] = useState(false);
  const set = filter.chosen.length > 0;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus withinPortal>
      <span className={classes.filter} data-set={set || undefined}>
        <Popover.Target>
          <button type="button" onClick={() => setOpened(!opened)}>
            {filter.label}
            {set && `: ${wordsOf(filter)}`}
          </button>
        </Popover.Target>
        {set && (
          <button type="button" className={classes.clear} aria-label={`Clear ${filter.label}`} onClick={() => filter.onChange([])}>
            ×
          </button>
        )}
      </span>
      <Popover.Dropdown className={classes.dropdown}>
        <Options filter={filter} />
      </Popover.Dropdown>
    </Popover>
  );
}

function AddFilter({ filters }: { filters: Filter[] }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus withinPortal>
      <span className={classes.filter}>
        <Popover.Target>
          <button type="button" onClick={() => setOpened(!opened)}>
            Add a filter
          </button>
        </Popover.Target>
      </span>
      <Popover.Dropdown className={classes.dropdown}>
        {filters.map((filter) => (
          <Options key={filter.key} filter={filter} headed />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function Options({ filter, headed = false }: { filter: Filter; headed?: boolean }) {
  const [text, setText] = useState('');
  const headingId = useId();
  const found = filter.options.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
  const toggle = (value: string) => {
    const has = filter.chosen.includes(value);
    if (filter.single === true) filter.onChange(has ? [] : [value]);
    else filter.onChange(has ? filter.chosen.filter((other) => other !== value) : [...filter.chosen, value]);
  };
  return (
    <fieldset className={classes.options}>
      <legend id={headingId} className={headed ? classes.heading : 'gc-unseen'}>
        {filter.label}
      </legend>
      {filter.options.length > 8 && (
        <TextInput
          size="xs"
          aria-label={`Find in ${filter.label}`}
          placeholder="Find"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={classes.scroll}>
        {found.map(({ value, label, count }) => (
          <Checkbox
            key={value}
            size="xs"
            checked={filter.chosen.includes(value)}
            onChange={() => toggle(value)}
            label={
              <>
                {label} {count !== undefined && <span className="gc-dimmed gc-figures">{count}</span>}
              </>
            }
          />
        ))}
        {found.length === 0 && <p className="gc-small gc-dimmed">Nothing is called that.</p>}
      </div>
      {filter.chosen.length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => filter.onChange([])}>
          Clear
        </Button>
      )}
    </fieldset>
  );
}
