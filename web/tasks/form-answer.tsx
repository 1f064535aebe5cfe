import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ChoiceCards } from '../design/choice-cards.tsx';
import { FieldProblem } from '../design/field-problem.tsx';
import type { ChosenPerson } from '../shell/find-person.tsx';
import { type FoundPerson, NamedPerson } from './named-person.tsx';
import classes from './tasks.module.css';

export type FormPart = {
  key: string;
  label: string;
  kind: 'choice' | 'person' | 'text' | 'date';
  options: { value: string; label: string }[];
  only: { key: string; values: string[] } | null;
  otherwise: { value: string | null; words: string } | null;
  words: string | null;
};

type FormAnswerProps = {
  parts: FormPart[];
  /** The answer so far, part by part. */
  values: Record<string, string>;
  onChange: (key: string, value: string) => void;
  find: (words: string) => Promise<FoundPerson[]>;
  /** What is wrong, by `answer.<key>`. */
  problems: Record<string, string>;
  /** For the ids of its parts. */
  id: string;
};

/** A question in several parts. A part that follows from another is shown once that has its value; what is proposed is chosen already, or said. */
export function FormAnswer({ parts, values, onChange, find, problems, id }: FormAnswerProps) {
  const shownOf = (part: FormPart) => values[part.key] ?? (part.kind === 'choice' ? (part.otherwise?.value ?? '') : '');
  const isAsked = ({ only }: FormPart) => {
    const asker = only === null ? undefined : parts.find(({ key }) => key === only.key);
    return only === null || (asker !== undefined && only.values.includes(shownOf(asker)));
  };
  return (
    <div className={classes.part}>
      {parts.filter(isAsked).map((part) => (
        <Part
          key={part.key}
          part={part}
          value={shownOf(part)}
          onChange={(value) => onChange(part.key, value)}
          find={find}
          problem={problems[`answer.${part.key}`]}
          id={`${id}-${part.key}`}
        />
      ))}
    </div>
  );
}

type PartProps = {
  part: FormPart;
  value: string;
  onChange: (value: string) => void;
  find: FormAnswerProps['find'];
  problem: string | undefined;
  id: string;
};

function Part({ part, value, onChange, find, problem, id }: PartProps) {
  const [person, setPerson] = useState<ChosenPerson | null>(null);
  const words = part.words ?? undefined;
  if (part.kind === 'person') {
    return (
      <div>
        <NamedPerson
          label={part.label}
          value={person}
          onChange={(chosen) => {
            setPerson(chosen);
            onChange(chosen?.id ?? '');
          }}
          find={find}
          problem={problem}
        />
        {words !== undefined && <p className="gc-dimmed gc-small">{words}</p>}
      </div>
    );
  }
  if (part.kind === 'date') {
    return (
      <TextInput
        label={part.label}
        description={words}
        type="date"
        value={value}
        error={problem}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (part.kind === 'text') {
    return (
      <Textarea
        label={part.label}
        description={words}
        autosize
        minRows={2}
        maxLength={2_000}
        value={value}
        error={problem}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <div>
      <ChoiceCards legend={part.label} value={value === '' ? null : value} onChange={onChange} choices={part.options} />
      {words !== undefined && <p className="gc-dimmed gc-small">{words}</p>}
      {problem !== undefined && <FieldProblem id={id}>{problem}</FieldProblem>}
    </div>
  );
}
