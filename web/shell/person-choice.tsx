import { call, type OutputOf } from './call.ts';
import { type ChosenPerson, FindPerson, shownAtOnce } from './find-person.tsx';

export type { ChosenPerson } from './find-person.tsx';

type RosterPerson = OutputOf<'listPeople'>['rows'][number];

type PersonChoiceProps = {
  label: string;
  description?: string;
  value: ChosenPerson | null;
  onChange: (person: RosterPerson | null) => void;
  /** Who has not started yet can be chosen as well. */
  withJoiners?: boolean;
  /** Who cannot be chosen. */
  except?: string[];
  problem?: string;
};

/** Chooses somebody of the roster who has not left, by a part of the name, address, number or title. */
export function PersonChoice({ withJoiners = false, except = [], ...field }: PersonChoiceProps) {
  return (
    <FindPerson
      {...field}
      find={async (search, signal) => {
        const { rows } = await call('listPeople', { query: { view: withJoiners ? 'now' : 'here', search, limit: shownAtOnce }, signal });
        return rows.filter(({ id, status }) => status !== 'left' && !except.includes(id));
      }}
      detailOf={({ title, department }) => [title, department].filter(Boolean).join(', ')}
    />
  );
}
