import { type ChosenPerson, FindPerson } from '../shell/find-person.tsx';

export type FoundPerson = ChosenPerson & { detail: string };

type NamedPersonProps = {
  label: string;
  value: ChosenPerson | null;
  onChange: (person: ChosenPerson | null) => void;
  find: (words: string) => Promise<FoundPerson[]>;
  problem?: string;
};

/** Names somebody whom a task lets its reader name. */
export function NamedPerson(props: NamedPersonProps) {
  return <FindPerson {...props} detailOf={({ detail }) => detail} nobody="Nobody who could be named has this name." />;
}
