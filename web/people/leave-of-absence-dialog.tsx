import { useMay } from '../shell/session.ts';
import { useCall } from '../shell/use-call.ts';
import { LeaveForm } from './leave-form.tsx';
import type { Person } from './words.ts';

/** Sets, changes or ends a leave of absence, and shows first what is suspended for it. */
export function LeaveOfAbsenceDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const mayAccess = useMay('access:manage');
  const absence = useCall('getPersonAbsence', { params: { personId: person.id } }, { enabled: mayAccess });
  if (mayAccess && absence.data === undefined && absence.error === null) return null;
  return <LeaveForm person={person} absence={absence.data ?? null} onClose={onClose} />;
}
