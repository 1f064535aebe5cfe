import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useCall } from '../shell/use-call.ts';
import classes from './playbooks.module.css';

export type ChosenPerson = { id: string; name: string };

type PersonChoiceProps = {
  label: string;
  description?: string;
  value: ChosenPerson | null;
  onChange: (person: ChosenPerson | null) => void;
  /** Nobody may be chosen: the choice can be taken back. */
  clearable?: boolean;
  problem?: string;
};

/** Chooses somebody of the roster by typing a part of the name or address. */
export function PersonChoice({ label, description, value, onChange, clearable = false, problem }: PersonChoiceProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [find] = useDebouncedValue(typed ?? '', 200);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = useCall('search', { query: { q: find.trim() } }, { enabled: find.trim().length >= 2, keepPrevious: true });
  const people = find.trim().length < 2 ? [] : (found.data?.people ?? []).filter(({ status }) => status !== 'left');
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const person = people.find((one) => one.id === id);
        onChange(person === undefined ? null : { id: person.id, name: person.name });
        setTyped(null);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          label={label}
          description={description}
          placeholder="Type a name"
          autoComplete="off"
          error={problem}
          value={typed ?? value?.name ?? ''}
          rightSectionPointerEvents="auto"
          rightSectionWidth={clearable && value !== null ? 70 : undefined}
          rightSection={
            clearable && value !== null ? (
              <button type="button" className={classes.link} onClick={() => onChange(null)}>
                Nobody
              </button>
            ) : undefined
          }
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setTyped(null);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={find.trim().length < 2}>
        <Combobox.Options aria-label={label}>
          {people.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              {person.name}
              {person.title ? <span className="gc-dimmed"> · {person.title}</span> : null}
            </Combobox.Option>
          ))}
          {people.length === 0 && !found.isFetching && <Combobox.Empty>Nobody here is called that.</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
