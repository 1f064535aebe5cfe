import { Dialog } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { useAct } from '../shell/use-call.ts';
import { PersonForm } from './person-form.tsx';
import type { Person } from './words.ts';

/** Changes what is known of a person. */
export function ChangePersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const change = useAct('changePerson', {
    onDone: ({ name }) => {
      onClose();
      toast(`${name} was changed.`);
    },
  });
  return (
    <Dialog opened onClose={onClose} title={`Change ${person.name}`}>
      <PersonForm
        person={person}
        busy={change.isPending}
        error={change.error}
        actLabel="Change it"
        onCancel={onClose}
        onSubmit={(body) => change.mutate({ params: { personId: person.id }, body })}
      />
    </Dialog>
  );
}
