import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useCall } from '../shell/use-call.ts';

export type ChosenPerson = { id: string; name: string };

type PersonChoiceProps = {
  label: string;
  description?: string;
  value: ChosenPerson | null;
  onChange: (person: ChosenPerson | null) => void;
  /** Who cannot be chosen. */
  except?: string[];
  problem?: string;
};

/** Chooses somebody of the roster by a part of the name. */
export function PersonChoice({ label, description, value, onChange, except = [], problem }: PersonChoiceProps) {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), 200);
  const wanted = words.length >= 2 && words !== value?.name;
  const found = useCall('listPeople', { query: { view: 'here', search: words, limit: 20 } }, { enabled: wanted, keepPrevious: true });
  const people = (wanted ? (found.data?.rows ?? []) : []).filter(({ id }) => !except.includes(id));
  const options = value === null || people.some(({ id }) => id === value.id) ? people : [{ ...value, title: null }, ...people];
  return (
    <Select
      label={label}
      description={description}
      placeholder="Type a part of the name"
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={value?.id ?? null}
      onChange={(id) => {
        const person = options.find((each) => each.id === id);
        onChange(person === undefined ? null : { id: person.id, name: person.name });
      }}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: shown }) => shown}
      renderOption={({ option }) => {
        const title = people.find(({ id }) => id === option.value)?.title;
        return (
          <span>
            {option.label}
            {title ? <span className="gc-dimmed"> · {title}</span> : null}
          </span>
        );
      }}
      nothingFoundMessage={wanted && !found.isFetching ? 'Nobody here is called that.' : undefined}
      error={problem}
      clearable
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ 'aria-label': `Nobody: ${label}` }}
    />
  );
}
