import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { FieldProblem } from '../design/field-problem.tsx';
import type { ChosenPerson } from '../shell/find-person.tsx';
import { type FoundPerson, NamedPerson } from './named-person.tsx';

type AnswerFieldProps = {
  kind: string;
  options: { value: string; label: string }[];
  value: string;
  onChange: (answer: string) => void;
  find: (words: string) => Promise<FoundPerson[]>;
  error?: string;
  /** For the ids of its parts. */
  id: string;
};

/** The control with which a question is answered. */
export function AnswerField({ kind, options, value, onChange, find, error, id }: AnswerFieldProps) {
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  if (kind === 'person') {
    return (
      <NamedPerson
        label="Who?"
        value={person}
        onChange={(chosen) => {
          setPerson(chosen);
          onChange(chosen?.id ?? '');
        }}
        find={find}
        problem={error}
      />
    );
  }
  if (kind === 'date') {
    return (
      <TextInput label="Which day?" type="date" value={value} error={error} onChange={(event) => onChange(event.currentTarget.value)} />
    );
  }
  if (kind === 'text') {
    return (
      <Textarea
        label="Your answer"
        autosize
        minRows={3}
        maxLength={4_000}
        value={value}
        error={error}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <div>
      <ChoiceCards legend="Your answer" value={value === '' ? null : value} onChange={onChange} choices={options} />
      {error !== undefined && <FieldProblem id={`${id}-answer`}>{error}</FieldProblem>}
    </div>
  );
}
