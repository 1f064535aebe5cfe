import { DryRun } from '../design/dry-run.tsx';
import { toast } from '../design/toast.tsx';
import { problemProps } from '../shell/api-problem.ts';
import { useAct } from '../shell/use-call.ts';
import type { Person } from './words.ts';

/** Erases the data of a person who has left, for good. */
export function EraseDialog({ person, accounts, onClose }: { person: Person; accounts: number | null; onClose: () => void }) {
  const erase = useAct('erasePerson', {
    onDone: () => {
      onClose();
      toast('Their data was erased.');
    },
  });
  return (
    <DryRun
      opened
      onClose={onClose}
      title={`Erase the data of ${person.name}?`}
      lines={[
        { key: 'person', value: 1, text: 'person loses name, addresses, number and title here' },
        ...(accounts === null ? [] : [{ key: 'accounts', value: accounts, text: 'accounts lose the names and addresses that were read' }]),
        { key: 'apps', value: 0, text: 'apps are touched: what stands there is erased there' },
      ]}
      undo="Lists, messages, tasks and events of the audit lose what names them; what was done, and when, stays provable. It cannot be undone. Backups that were made before still hold the data until they are deleted; proofs that were handed out stay with whoever has them."
      actLabel="Erase for good"
      confirmName={person.name}
      busy={erase.isPending}
      problem={erase.error === null ? undefined : problemProps(erase.error)}
      onAct={() => erase.mutate({ params: { personId: person.id } })}
    />
  );
}
