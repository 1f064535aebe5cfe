import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';

export type ChosenPerson = { id: string; name: string };

/** How many are shown at once. */
export const shownAtOnce = 20;

type FindPersonProps<Found extends ChosenPerson> = {
  label: string;
  description?: string;
  value: ChosenPerson | null;
  onChange: (person: Found | null) => void;
  /** The people whom these words fit, in the order in which they are shown. */
  find: (words: string, signal: AbortSignal) => Promise<Found[]>;
  /** What tells people of one name apart. */
  detailOf: (person: Found) => string;
  /** Said when nobody fits. */
  nobody?: string;
  problem?: string;
};

/** Names somebody: a few letters bring the people whom they fit. Arrows, Enter and Esc work as in every list; what is found is said aloud; an emptied field is nobody. */
export function FindPerson<Found extends ChosenPerson>({
  label,
  description,
  value,
  onChange,
  find,
  detailOf,
  nobody = 'Nobody here is called that.',
  problem,
}: FindPersonProps<Found>) {
  const key = useId();
  const [typed, setTyped] = useState(value?.name ?? '');
  const [words] = useDebouncedValue(typed.trim(), 200);
  const wanted = words !== '' && words !== value?.name;
  const found = useQuery({
    queryKey: ['people who are found', key, words],
    queryFn: ({ signal }) => find(words, signal),
    enabled: wanted,
    placeholderData: (before) => before,
  });
  const people = wanted ? (found.data ?? []) : [];
  const options: ChosenPerson[] = value === null || people.some(({ id }) => id === value.id) ? people : [...people, value];
  const isSettled = wanted && !found.isFetching && found.error === null && words === typed.trim();
  return (
    <div>
      <Select
        label={label}
        description={description}
        placeholder="Type a part of the name"
        data={options.map(({ id, name }) => ({ value: id, label: name }))}
        value={value?.id ?? null}
        onChange={(id) => onChange(people.find((person) => person.id === id) ?? null)}
        searchable
        searchValue={typed}
        onSearchChange={(text) => {
          setTyped(text);
          // Emptied is nobody: so the keyboard clears it as well.
          if (text === '' && value !== null && value.name !== '') onChange(null);
        }}
        allowDeselect={false}
        selectFirstOptionOnChange={isSettled}
        // Whoever is chosen keeps their name in the field and stands in the list only where the words fit.
        filter={({ options: shown }) =>
          wanted ? shown.filter((option) => 'value' in option && people.some(({ id }) => id === option.value)) : shown
        }
        renderOption={({ option }) => {
          const person = people.find(({ id }) => id === option.value);
          const detail = person === undefined ? '' : detailOf(person);
          return (
            <span>
              {option.label}
              {detail !== '' && <span className="gc-dimmed"> · {detail}</span>}
            </span>
          );
        }}
        error={problem ?? (found.error === null ? undefined : 'The people could not be read. Type again.')}
        clearable
        comboboxProps={{ withinPortal: false }}
        clearButtonProps={{ 'aria-label': `Nobody: ${label}`, 'aria-hidden': false, tabIndex: 0, size: '24px' }}
        // The list itself scrolls, as readers of lists expect.
        withScrollArea={false}
        styles={{ options: { maxHeight: 260, overflowY: 'auto' } }}
      />
      <p role="status" className={isSettled && (people.length === 0 || people.length >= shownAtOnce) ? 'gc-dimmed gc-small' : 'gc-unseen'}>
        {!isSettled
          ? ''
          : people.length === 0
            ? nobody
            : people.length === 1
              ? 'One person found.'
              : people.length < shownAtOnce
                ? `${people.length} people found.`
                : `The first ${people.length} are shown: type more of the name.`}
      </p>
    </div>
  );
}
