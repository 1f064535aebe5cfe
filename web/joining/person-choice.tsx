import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useCall } from '../shell/use-call.ts';
import type { KnownPerson } from './hire-draft.ts';

type PersonChoiceProps = {
  label: string;
  description?: string;
  value: { id: string; name: string } | null;
  onChange: (person: KnownPerson | null) => void;
  problem?: string;
};

/** Chooses somebody who works here by a part of the name or title. */
export function PersonChoice({ label, description, value, onChange, problem }: PersonChoiceProps) {
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), 200);
  const wanted = words.length >= 2 && words !== value?.name;
  const found = useCall('listPeople', { query: { view: 'here', search: words, limit: 20 } }, { enabled: wanted, keepPrevious: true });
  const people = wanted ? (found.data?.rows ?? []) : [];
  const options = value === null || people.some(({ id }) => id === value.id) ? people : [{ ...value, title: null }, ...people];
  return (
    <Select
      label={label}
      description={description}
      placeholder="Type a part of the name or title"
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={value?.id ?? null}
      onChange={(id) => onChange(people.find((each) => each.id === id) ?? null)}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options: shown }) => shown}
      renderOption={({ option }) => {
        const person = people.find(({ id }) => id === option.value);
        const detail = [person?.title, person?.department].filter(Boolean).join(', ');
        return (
          <span>
            {option.label}
            {detail !== '' && <span className="gc-dimmed"> · {detail}</span>}
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
