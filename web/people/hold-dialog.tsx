import { toast } from '../design/toast.tsx';
import type { OutputOf } from '../shell/call.ts';
import { ReasonDialog } from '../shell/reason-dialog.tsx';
import { useAct } from '../shell/use-call.ts';
import type { Person } from './words.ts';

export type Hold = OutputOf<'listLegalHolds'>['rows'][number];

/** Places a legal hold on a person, or lifts the one that stands. */
export function HoldDialog({ person, hold, onClose }: { person: Person; hold: Hold | null; onClose: () => void }) {
  const done = (words: string) => () => {
    onClose();
    toast(words);
  };
  const place = useAct('placeLegalHold', { onDone: done(`What ${person.name} left is held.`) });
  const lift = useAct('liftLegalHold', { onDone: done('The legal hold is lifted.') });
  if (hold !== null) {
    return (
      <ReasonDialog
        title={`Lift the legal hold on ${person.name}?`}
        actLabel="Lift it"
        busy={lift.isPending}
        error={lift.error}
        onAct={(reason) => lift.mutate({ params: { holdId: hold.id }, body: { reason } })}
        onClose={onClose}
      >
        <p>
          {hold.placedBy} placed it: “{hold.reason}”. Once it is lifted, what it held back goes on: licences are freed, and accounts that
          were kept long enough are asked about. Nothing is deleted without an approval.
        </p>
      </ReasonDialog>
    );
  }
  return (
    <ReasonDialog
      title={`Place a legal hold on ${person.name}?`}
      actLabel="Place it"
      busy={place.isPending}
      error={place.error}
      onAct={(reason) => place.mutate({ params: { personId: person.id }, body: { reason } })}
      onClose={onClose}
    >
      <p>
        Until somebody lifts it, no account of theirs is deleted, no licence is taken, and their data cannot be erased here. Access still
        closes as planned. It stands in the audit, with your reason.
      </p>
    </ReasonDialog>
  );
}
