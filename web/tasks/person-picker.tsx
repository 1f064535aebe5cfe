import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';

export type FoundPerson = { id: string; name: string; detail: string };

type PersonPickerProps = {
  label: string;
  description?: string;
  value: string | null;
  onChange: (id: string | null) => void;
  find: (words: string) => Promise<FoundPerson[]>;
  error?: string;
};

/** Names somebody of the roster: a few letters of the name bring the list. */
export function PersonPicker({ label, description, value, onChange, find, error }: PersonPickerProps) {
  const key = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<FoundPerson | null>(null);
  const [words] = useDebouncedValue(typed.trim(), 200);
  const wanted = words !== '' && words !== chosen?.name;
  const found = useQuery({ queryKey: ['people of a task', key, words], queryFn: () => find(words), enabled: wanted });
  const people = wanted ? (found.data ?? []) : chosen === null ? [] : [chosen];
  const looking = wanted && (found.isFetching || words !== typed.trim());
  const nothing = wanted && !looking && people.length === 0 && found.error === null;
  return (
    <div>
      <Select
        label={label}
        description={description}
        placeholder="A part of the name"
        data={people.map((person) => ({ value: person.id, label: person.name }))}
        value={value}
        onChange={(id) => {
          setChosen(people.find((person) => person.id === id) ?? null);
          onChange(id);
        }}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        renderOption={({ option }) => {
          const detail = people.find((person) => person.id === option.value)?.detail;
          return (
            <span>
              {option.label}
              {detail ? <span className="gc-dimmed"> · {detail}</span> : null}
            </span>
          );
        }}
        error={error ?? (found.error === null ? undefined : 'The people could not be read. Type again.')}
        clearable
        clearButtonProps={{ 'aria-label': 'Name somebody else' }}
        comboboxProps={{ withinPortal: false }}
      />
      <p role="status" className="gc-dimmed gc-small">
        {nothing ? 'Nobody who could be named has this name.' : ''}
      </p>
    </div>
  );
}
